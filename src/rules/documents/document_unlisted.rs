//! `document-unlisted`

use crate::diagnostics::{Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A text beside the documents that no label file lists.
pub struct DocumentUnlisted;

const META: Meta = Meta {
    name: "document-unlisted",
    group: Group::Documents,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    summary: "a `.txt` in a folder of documents that no label file lists",
    why: "This is no fault: a text that nobody lists has no labels yet. But it is also what is \
        left where a label file was cut short, or where a document was renamed after it was \
        labeled. It is looked for once all label files of the run were read, and only in folders \
        where a document was found; a folder is passed over where one of its label files could \
        not be read as a whole. Hidden files and links do not count. A \
        conversion, which reads one label file of perhaps many, does not look for such texts.",
    example: "Test 1.txt   (it lies beside `01.txt`, and the label file does not name it)",
    remedy: "Label the text and list it, or move it out of the folder. If it is meant to stay \
        unlabeled, allow this rule.",
    source: "Microsoft's loan agreement sample has three texts that its label file does not \
        list (`Test 1.txt` to `Test 3.txt`); its web of science sample has one, of 0 bytes.",
};

impl Rule for DocumentUnlisted {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let help = "label it and list it, or move it out of the folder of the texts";
        match issue {
            Issue::DocumentUnlisted(name) => {
                let text = format!("no label file lists {}", quote(name));
                Some(Message::new(text).help(help))
            }
            Issue::MoreUnlisted { folder, more } => {
                let texts = count(*more, "more text");
                let folder = if folder.is_empty() {
                    "the folder of the texts".to_owned()
                } else {
                    quote(folder)
                };
                let text = format!("no label file lists {texts} in {folder}");
                let help = "name the folder of the documents alone with `--texts DIR`";
                Some(Message::new(text).help(help))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_one_by_one_is_counted() {
        let said = |issue: &Issue| DocumentUnlisted.issue(issue).map(|message| message.text);
        let one = Issue::DocumentUnlisted("Test 1.txt".to_owned());
        assert_eq!(
            said(&one).as_deref(),
            Some("no label file lists `Test 1.txt`")
        );
        for (folder, expected) in [
            (
                "",
                "no label file lists 7 more texts in the folder of the texts",
            ),
            ("a/b", "no label file lists 7 more texts in `a/b`"),
        ] {
            let folder = folder.to_owned();
            let more = Issue::MoreUnlisted { folder, more: 7 };
            assert_eq!(said(&more).as_deref(), Some(expected));
        }
        assert_eq!(said(&Issue::BlankLine), None);
    }
}
