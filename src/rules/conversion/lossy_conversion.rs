//! `lossy-conversion`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Facts that the target format has no place for.
pub struct LossyConversion;

const META: Meta = Meta {
    name: "lossy-conversion",
    group: Group::Conversion,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "what the target format cannot hold, summed up by kind with counts",
    why: "The two formats do not say the same things. An Azure ML line has no place for the \
        split, for regions or for a declared label that nobody used; an Azure AI Language file \
        has none for the labeler, the time or the confidence. The labels come through, these \
        facts do not, and the way back starts without them.",
    example: r#"{ "location": "1.txt", "language": "en-us", "dataset": "Test", … }   (converted to Azure ML JSONL)"#,
    remedy: "Keep the source file. `--losses FILE` writes each lost fact into a ledger, and \
        `--restore FILE` puts them back on the way back. `--deny-loss` refuses a conversion \
        that would lose anything.",
    source: "Microsoft publishes no mapping between the formats. Its own converter (microsoft/\
        CognitiveServicesLanguageUtilities, commit e9f94228) drops confidences and folders \
        without a word.",
};

impl Rule for LossyConversion {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::Lossy { lost, has_ledger } = issue else {
            return None;
        };
        let lost: Vec<String> = lost
            .iter()
            .map(|(what, number)| format!("{what} ({number})"))
            .collect();
        let message = format!("the target format cannot hold {}", lost.join(", "));
        let help = if *has_ledger {
            "give `--losses FILE` to keep these facts, and `--restore FILE` on the way back"
        } else {
            "keep the source file, since no ledger holds the facts of its format"
        };
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_stand_in_their_order() {
        let lost = vec![("dataset", 17), ("project name", 1)];
        let message = LossyConversion.issue(&Issue::Lossy {
            lost,
            has_ledger: true,
        });
        let text = "the target format cannot hold dataset (17), project name (1)";
        assert_eq!(message.map(|message| message.text).as_deref(), Some(text));
    }
    #[test]
    fn a_ledger_is_offered_where_it_keeps_something() {
        let help = |has_ledger| {
            let lost = vec![("splits", 1)];
            let issue = Issue::Lossy { lost, has_ledger };
            LossyConversion.issue(&issue)?.help
        };
        assert!(help(true).is_some_and(|help| help.contains("--losses")));
        assert!(help(false).is_some_and(|help| !help.contains("--losses")));
    }
}
