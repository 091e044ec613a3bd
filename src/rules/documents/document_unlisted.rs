//! `document-unlisted`

use crate::diagnostics::{Folded, Issue, Message, Severity, quote};
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
    on_request: false,
    summary: "texts (`.txt`) in a folder of documents that no label file lists",
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
        let Issue::DocumentUnlisted { names, total } = issue else {
            return None;
        };
        let all = Folded {
            items: names.iter().map(|name| quote(name)).collect(),
            total: *total,
            ..Folded::default()
        };
        let text = match total {
            1 => format!("no label file lists {}", all.list()),
            many => format!("no label file lists {many} texts: {}", all.list()),
        };
        let help = "label and list what belongs to the corpus, and move the rest out of the folder";
        Some(Message::new(text).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_folder_are_one_finding() {
        let said = |names: &[&str], total| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let issue = Issue::DocumentUnlisted { names, total };
            DocumentUnlisted.issue(&issue).map(|message| message.text)
        };
        let one = "no label file lists `Test 1.txt`";
        assert_eq!(said(&["Test 1.txt"], 1).as_deref(), Some(one));
        let many = "no label file lists 9 texts: `a.txt`, `b.txt` and 7 more";
        assert_eq!(said(&["a.txt", "b.txt"], 9).as_deref(), Some(many));
        assert_eq!(DocumentUnlisted.issue(&Issue::BlankLine), None);
    }
}
