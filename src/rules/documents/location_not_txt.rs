//! `location-not-txt`

use super::judged_names;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::model::path::is_txt;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document whose name does not end in `.txt`.
pub struct LocationNotTxt;

const META: Meta = Meta {
    name: "location-not-txt",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a location that does not end in `.txt`",
    why: "Custom features of Azure AI Language take `.txt` files only. What becomes of a \
        document under another name is not documented: it may be left out, and its labels with \
        it, or stop the import. In a file of Azure Machine Learning this is about the project \
        in Language that its labels are meant for.",
    example: r#""location": "01.md""#,
    remedy: "Rename the file so that it ends in `.txt`, in the label file too. A document that \
        is no plain text (PDF, Word, HTML) must be made into text first, and the offsets must \
        be those of that text.",
    source: "The documentation of Azure AI Language: only `.txt` files \
        are supported. Whether `.TXT` is one is not said; it is let pass here.",
};

impl Rule for LocationNotTxt {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NAMES
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{} documents do not end in `.txt`", all.total))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address) in judged_names(aligned) {
            // What some system cannot store at the end of a name has a finding already.
            let strange = |char: char| matches!(char, ' ' | '.') || char.is_control();
            let path = address.path();
            if is_txt(path) || is_txt(path.trim_end_matches(strange)) {
                continue;
            }
            let text = format!("{} does not end in `.txt`", quote(path));
            let help = "rename the file and the location; only plain text files are documents";
            sink.report(at, Message::new(text).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_name;

    #[test]
    fn names_that_end_otherwise() {
        for path in ["a.md", "a", "a.txt.gz", "atxt", "a.txt/b", ".md"] {
            for is_location in [true, false] {
                let said = of_name(&LocationNotTxt, path, is_location);
                assert_eq!(said, [format!("`{path}` does not end in `.txt`")]);
            }
        }
    }

    #[test]
    fn names_that_are_txt_or_have_another_finding() {
        for path in [
            "a.txt",
            "a.TXT",
            "a.txt ",
            "a.txt.",
            "a.txt\u{7}",
            "",
            "../a",
            "a\\b",
        ] {
            assert_eq!(of_name(&LocationNotTxt, path, true), [""; 0], "{path:?}");
        }
    }
}
