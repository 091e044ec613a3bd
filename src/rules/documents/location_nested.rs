//! `location-nested`

use super::judged_names;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A location in a folder of the container.
pub struct LocationNested;

const META: Meta = Meta {
    name: "location-nested",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "locations with a folder in them; the service wants documents at the root of the \
        container",
    why: "A project of Azure AI Language belongs to one container, and its documents are the \
        files at the root of that. A document in a folder may not be found, and then its labels \
        go with it.",
    example: r#""location": "reports/01.txt""#,
    remedy: "Move the text to the root of the container and write its name alone. Where files \
        in different folders have the same name, make the folder part of it: \
        `reports-01.txt`.",
    source: "The data-formats pages of Azure AI Language: since all documents are in the root \
        of the container, the location should be the document's name. The page of 2021 allowed \
        a path like `dir1/file.txt`, relative to the label file; whether that still works is \
        not known.",
};

impl Rule for LocationNested {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NAMES
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!(
            "{} documents lie in folders, not at the root of the container",
            all.total
        ))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address) in judged_names(aligned) {
            if address.is_location() && address.path().contains('/') {
                let path = quote(address.path());
                let text = format!("{path} lies in a folder, not at the root of the container");
                let help = "move the document to the root, and write its name alone";
                sink.report(at, Message::new(text).help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_name;

    #[test]
    fn folders_in_locations_only() {
        let said = "`a/1.txt` lies in a folder, not at the root of the container";
        assert_eq!(of_name(&LocationNested, "a/1.txt", true), [said]);
        assert_eq!(of_name(&LocationNested, "a/1.txt", false), [""; 0]);
        for path in ["1.txt", "/1.txt", "../1.txt", "a\\1.txt", ""] {
            assert_eq!(of_name(&LocationNested, path, true), [""; 0], "{path}");
        }
    }
}
