//! `project-name`

use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project under a name that the service does not take.
pub struct ProjectName;

const META: Meta = Meta {
    name: "project-name",
    group: Group::Project,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a project name over 50 characters, or with others than letters (a to z, A to Z), \
        digits, `_`, `.` and `-`",
    why: "The name is part of the address that the project is called by, and the service has \
        rules for it. A project cannot be imported under another name, however good its labels \
        are.",
    example: r#""projectName": "Loan agreements (2024)""#,
    remedy: "Write `-` for blanks and leave brackets and accents out: `Loan-agreements-2024`. \
        The name in the file and the name that you import under should be one.",
    source: "The service limits of Azure AI Language: a project name has letters (a-z, A-Z), \
        numbers (0-9) and the symbols `_`, `.`, `-`, no spaces, and at most 50 characters.",
};

impl Rule for ProjectName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let Some(name) = &corpus.project.name else {
            return;
        };
        let most = corpus.settings.thresholds.name_characters;
        let length = name.chars().count() as u64;
        let allowed = |char: &char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-');
        let mut others = Vec::new();
        for char in name.chars().filter(|char| !allowed(char)) {
            if !others.contains(&char) {
                others.push(char);
            }
            if others.len() > MOST_SHOWN {
                break;
            }
        }
        let shown = quote(name);
        let text = if name.is_empty() {
            "the project has an empty name".to_owned()
        } else if !others.is_empty() {
            let cut = if others.len() > MOST_SHOWN {
                ", …"
            } else {
                ""
            };
            let others: Vec<String> = others.into_iter().take(MOST_SHOWN).map(called).collect();
            let others = others.join(", ");
            format!(
                "the project name {shown} has characters that the service does not take: {others}{cut}"
            )
        } else if length > most {
            format!("the project name {shown} has {length} characters, and {most} is the most")
        } else {
            return;
        };
        let help = format!(
            "use letters (a to z, A to Z), digits, `_`, `.` and `-`, {most} characters at most"
        );
        let place = Corpus::place(corpus.project.places.name.as_ref());
        sink.report(place, Message::new(text).help(help));
    }
}

/// How many of the characters that are not allowed a message shows.
const MOST_SHOWN: usize = 10;

/// What a character is called in a message.
fn called(char: char) -> String {
    match char {
        ' ' => "blank".to_owned(),
        char => quote(char.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::model::Project;
    use crate::rules::project::testing::{findings, member};
    use crate::rules::settings::Profile;

    fn said(name: &str) -> Vec<(Option<u64>, String)> {
        let mut project = Project {
            name: Some(name.to_owned()),
            ..Project::default()
        };
        project.places.name = Some(member("projectName"));
        findings(
            &ProjectName,
            &project,
            &Statistics::default(),
            Profile::Import,
        )
    }

    #[test]
    fn names_that_the_service_takes() {
        for name in ["demo", "a", "A_b.c-9", &"x".repeat(50)] {
            assert_eq!(said(name), [], "{name}");
        }
        let none = Project::default();
        let found = findings(&ProjectName, &none, &Statistics::default(), Profile::Import);
        assert_eq!(found, []);
    }

    #[test]
    fn names_that_it_does_not_take() {
        let long = "x".repeat(51);
        let not_taken = |name: &str, others: &str| {
            format!(
                "the project name `{name}` has characters that the service does not take: {others}"
            )
        };
        for (name, expected) in [
            ("", "the project has an empty name".to_owned()),
            ("a b", not_taken("a b", "blank")),
            ("a/b (c/d)", not_taken("a/b (c/d)", "`/`, blank, `(`, `)`")),
            ("Prüfung", not_taken("Prüfung", "`ü`")),
            ("a\n", not_taken("a\\n", "`\\n`")),
            (
                &long,
                format!("the project name `{long}` has 51 characters, and 50 is the most"),
            ),
        ] {
            assert_eq!(said(name), [(Some(7), expected)]);
        }
    }
}
