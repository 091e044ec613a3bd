//! `lossy-conversion`

use crate::diagnostics::{Issue, Message, Severity, count};
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
        let Issue::Lossy {
            lost,
            unplaced,
            has_ledger,
        } = issue
        else {
            return None;
        };
        let lost = lost
            .iter()
            .map(|(what, number)| format!("{what} ({number})"));
        let lost = lost.collect::<Vec<_>>().join(", ");
        let found = (*unplaced > 0).then(|| {
            let verb = if *unplaced == 1 { "finds" } else { "find" };
            format!("{} of the ledger {verb} no place", count(*unplaced, "fact"))
        });
        let unheld = (!lost.is_empty()).then(|| format!("the target format cannot hold {lost}"));
        let message = [unheld, found]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ");
        let help = match (lost.is_empty(), has_ledger) {
            (true, _) => {
                "the documents or labels that these facts are about have other names or places now, or are \
                 gone; the ledger still has them"
            }
            (false, true) => {
                "give `--losses FILE` to keep these facts, and `--restore FILE` on the way back"
            }
            (false, false) => "keep the source file, since no ledger puts these facts back",
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
            unplaced: 0,
            has_ledger: true,
        });
        let text = "the target format cannot hold dataset (17), project name (1)";
        assert_eq!(message.map(|message| message.text).as_deref(), Some(text));
    }

    #[test]
    fn what_finds_no_place_is_no_fault_of_the_format() {
        let message = |lost: &[(&'static str, u64)], unplaced| {
            let issue = Issue::Lossy {
                lost: lost.to_vec(),
                unplaced,
                has_ledger: true,
            };
            let message = LossyConversion.issue(&issue).unwrap();
            (message.text, message.help.unwrap())
        };
        let (text, help) = message(&[], 1);
        assert_eq!(text, "1 fact of the ledger finds no place");
        assert!(help.contains("the ledger still has them"));
        let (text, help) = message(&[("splits", 2)], 3);
        assert_eq!(
            text,
            "the target format cannot hold splits (2); 3 facts of the ledger find no place"
        );
        assert!(help.contains("--losses"));
    }

    #[test]
    fn a_ledger_is_offered_where_it_keeps_something() {
        let help = |has_ledger| {
            let lost = vec![("splits", 1)];
            let issue = Issue::Lossy {
                lost,
                unplaced: 0,
                has_ledger,
            };
            LossyConversion.issue(&issue)?.help
        };
        assert!(help(true).is_some_and(|help| help.contains("--losses")));
        assert!(help(false).is_some_and(|help| !help.contains("--losses")));
    }
}
