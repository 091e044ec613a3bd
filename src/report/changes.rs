//! What two contents of a file differ in, as a unified diff.

use std::fmt::Write;

use similar::{DiffableStr, TextDiff};

use crate::diagnostics::redact::redacted;
use crate::diagnostics::{commands, push_visible, visible};

/// The difference of two contents of a file, with the lines as they may be shown: without the values of
/// `private` members. Lines that differ in what is hidden only are there, and look the same.
#[must_use]
pub fn changes(name: &str, old: &str, new: &str, private: &[&str]) -> String {
    let (old_shown, new_shown) = (redacted(old, private), redacted(new, private));
    let (old_shown, new_shown) = (old_shown.tokenize_lines(), new_shown.tokenize_lines());
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if out.is_empty() {
            let name = visible(name);
            out = format!("--- a/{name}\n+++ b/{name}\n");
        }
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let old_line = change.old_index().and_then(|index| old_shown.get(index));
            let new_line = change.new_index().and_then(|index| new_shown.get(index));
            out.push_str(&change.tag().to_string());
            push_line(&mut out, new_line.or(old_line).copied().unwrap_or_default());
        }
    }
    out
}

/// Adds a line with its end.
fn push_line(out: &mut String, line: &str) {
    let ends = ["\r\n", "\n"].into_iter();
    let mut ends = ends.filter_map(|end| Some((line.strip_suffix(end)?, end)));
    let (line, end) = ends.next().unwrap_or((line, ""));
    let start = out.len();
    for char in line.chars() {
        // A colon can command a runner only where nothing but blanks is before it.
        let is_first = || out[start..].trim_start() == ":";
        match char {
            '\t' => out.push(char),
            '[' if commands(out, char) => out.extend(char.escape_unicode()),
            ':' if is_first() => out.extend(char.escape_unicode()),
            _ => push_visible(out, char),
        }
    }
    out.push_str(match end {
        "" if line.ends_with('\r') => "\n",
        "" => "\n\\ No newline at end of file\n",
        end => end,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unified(name: &str, old: &str, new: &str) -> String {
        changes(name, old, new, &["labeler"])
    }

    #[test]
    fn a_diff_is_safe_to_show_and_hides_who_labeled() {
        let old = "{\"labeler\":\"Jo\",\"a\":\"\u{9b}1m\"}\r\n\tx\ry";
        let new = "{\"labeler\":\"Al\",\"a\":\"\u{9b}1m\"}\r\n\tx\rz\n";
        let want = "--- a/n\\u{1b}\n+++ b/n\\u{1b}\n@@ -1,3 +1,3 @@\n\
            -{\"labeler\":\"**\",\"a\":\"\\u{9b}1m\"}\r\n\
            +{\"labeler\":\"**\",\"a\":\"\\u{9b}1m\"}\r\n \tx\\r\n\
            -y\n\\ No newline at end of file\n+z\n";
        assert_eq!(unified("n\u{1b}", old, new), want);
        assert_eq!(unified("n", old, old), "");
        let (old, new) = (
            "::set-env a::b\nx ##vso[y]\n1\n",
            "::set-env a::b\nx ##vso[y]\n2\n",
        );
        let want = "--- a/n\n+++ b/n\n@@ -1,3 +1,3 @@\n :\\u{3a}set-env a::b\n \
            x ##vso\\u{5b}y]\n-1\n+2\n";
        assert_eq!(unified("n", old, new), want);
    }
}
