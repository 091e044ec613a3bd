//! Whether a file is a report that labelwright wrote, so that another may take its place.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostics::KnownFinding;
use crate::report::{REPORTS, difference, scores, synced};

/// How many bytes of a file are looked at.
const MOST: u64 = 1 << 20;

/// Whether a file is one of the reports, or empty.
///
/// Fails where it cannot be read.
pub(super) fn is_own_report(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut head)?;
    Ok(is_report(&String::from_utf8_lossy(&head)))
}

fn is_report(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    text.is_empty()
        || is_baseline(text)
        || difference::is_human(text)
        || synced::is_human(text)
        || scores::is_own(text)
        || REPORTS.iter().any(|emitter| emitter.is_own(text))
}

/// Whether a text is the beginning of a baseline, whose lines are known findings.
fn is_baseline(text: &str) -> bool {
    let first = text.lines().next();
    first.is_some_and(|line| serde_json::from_str::<KnownFinding>(line).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_what_people_keep() {
        for own in [
            "",
            "\n",
            "{\"version\":1,\"tool\":{\"name\":\"labelwright\",\"version\":\"0\"},\"inputs\":[]}",
            "{\n \"version\": 1,\n \"tool\": {\n  \"name\": \"labelwright\",\n",
            "warning[label-rare]\n\n  `A` has 1 instance\n",
            "Score of a.json against b.json\n",
            "of,label,precision,recall,f1,true_positives,false_positives,false_negatives,gold,predicted\r\n",
            "a.json: 1 document, 2 labels; 0 errors, 0 warnings, 0 notes\n",
        ] {
            assert!(is_report(own), "{own}");
        }
        for other in [
            "{\"inputs\":[{\"tool\":{\"name\":\"labelwright\"}}]}",
            "{\"image_url\":\"x\",\"label\":[]}",
            "Notes on the labels of all documents\n",
            "[rules]\nlabel-rare = 'off'\n",
        ] {
            assert!(!is_report(other), "{other}");
        }
    }
}
