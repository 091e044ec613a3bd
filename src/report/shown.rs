//! Findings and rules as a page shows them: their words as HTML.

use serde::Serialize;

use super::markup::{excerpt, prose, shown};
use crate::diagnostics::identity::spelled;
use crate::diagnostics::{Applicability, Diagnostic, visible};
use crate::pipeline::Outcome;
use crate::rules;

/// The most further places of a finding that a page names.
const MOST_PLACES: usize = 20;

/// What a page says of a rule, as HTML.
#[derive(Serialize)]
pub struct About {
    /// What it finds.
    pub(super) summary: String,
    /// Why that matters.
    pub(super) why: String,
    /// What to do about it; empty where each finding says that.
    pub(super) remedy: String,
}

impl About {
    /// What is said of the rule of that name; nothing where there is none.
    #[must_use]
    pub fn rule(name: &str) -> Self {
        let meta = rules::find(name).map(rules::Rule::meta);
        Self {
            summary: prose(meta.map_or("", |meta| meta.summary)),
            why: prose(meta.map_or("", |meta| meta.why)),
            remedy: prose(meta.map_or("", |meta| meta.remedy)),
        }
    }
}

/// A finding: names and places are plain text, sentences and words of documents are HTML.
#[derive(Serialize)]
pub struct Finding {
    id: String,
    severity: &'static str,
    message: String,
    help: Option<String>,
    document: Option<String>,
    label: Option<String>,
    labeler: Option<String>,
    set: Option<String>,
    /// Path, line and column in the label file.
    at: String,
    /// The words of the document, marked.
    words: Option<String>,
    /// Where they are in the text: line and column.
    text_at: Option<String>,
    /// The lines of the label file.
    source: Option<String>,
    places: Vec<String>,
    more_places: u64,
    fix: Option<Fix>,
    /// What shows it on the command line.
    command: String,
}

#[derive(Serialize)]
struct Fix {
    applicability: &'static str,
    description: String,
}

/// A finding as a page shows it. `number` tells it from the same one in another file.
#[must_use]
pub fn finding(number: usize, outcome: &Outcome, found: &Diagnostic) -> Finding {
    let (path, _) = outcome.file_of(found);
    let place = |path: &str, position: Option<(u64, u64)>| match position {
        Some((line, column)) => format!("{}:{line}:{column}", visible(path)),
        None => visible(path).into_owned(),
    };
    let details = found.details.as_deref();
    let places = found.places.as_deref();
    let others = places.map_or(&[][..], |places| &places.others);
    let named = others.iter().take(MOST_PLACES).map(|other| {
        let (path, _) = outcome.file_at(other.start);
        match (&other.document, other.position) {
            (Some(document), Some(_)) => {
                format!("{} ({})", shown(document), place(path, other.position))
            }
            (Some(document), None) => shown(document),
            (None, _) => place(path, other.position),
        }
    });
    let named: Vec<String> = named.collect();
    let total = places.map_or(0, |places| places.total.saturating_sub(1));
    let words = found.excerpt.as_deref();
    let text_at = words
        .and(found.words())
        .map(|words| format!("line {}, column {}", words.line, words.column));
    let mut command = format!("labelwright check {} --select {}", quoted(path), found.rule);
    let fix = found.remedy().map(|remedy| {
        command.push_str(match remedy.applicability {
            Applicability::Safe => " --diff",
            Applicability::Unsafe => " --unsafe-fixes --diff",
        });
        Fix {
            applicability: remedy.applicability.name(),
            description: prose(&remedy.description),
        }
    });
    Finding {
        // Two files may have the same finding.
        id: format!("f-{number}-{}", spelled(found.fingerprint)),
        severity: found.severity.name(),
        message: prose(&found.message),
        help: found.help.as_deref().map(prose),
        document: found.document.as_deref().map(shown),
        label: found.label().map(shown),
        labeler: details.and_then(|it| it.labeler.as_deref()).map(shown),
        set: details.and_then(|it| it.split.as_deref()).map(shown),
        at: place(path, found.position),
        words: words.map(excerpt),
        text_at,
        source: found.snippet.as_deref().map(excerpt),
        more_places: total - named.len() as u64,
        places: named,
        fix,
        command,
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._-+:@%".contains(char);
    if !path.is_empty() && path.chars().all(is_plain) {
        return path.to_owned();
    }
    format!("'{}'", visible(path).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted("a/b-1.json"), "a/b-1.json");
        assert_eq!(quoted("it's mine.json"), "'it'\\''s mine.json'");
        assert_eq!(quoted("$(x)"), "'$(x)'");
        assert_eq!(quoted(""), "''");
    }
}
