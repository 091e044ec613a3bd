//! `location-unsafe`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::model::path::unsafe_reason;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A location that leads, or could lead, out of the folder of the texts.
pub struct LocationUnsafe;

const META: Meta = Meta {
    name: "location-unsafe",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a location that leads out of the folder: absolute, `..`, a drive, a NUL, a \
        backslash, a link",
    why: "A location names a document in a blob container, and a container has no parent folder, \
        no drives and no root above it, so this can hardly be a document's name. On a disk the \
        same name could point at any file of the machine. So it is never followed, and nothing \
        outside the folders of `--texts` is ever opened, not even through a link.",
    example: r#""location": "../contracts/01.txt""#,
    remedy: "Put the document into the folder of the texts and write its name alone, or its \
        path from there with `/` between the folders.",
    source: "The data-formats pages of Azure AI Language: all documents lie in the root of the \
        container, so the location is the document's name. The page of 2021 also allows a path \
        like `dir1/file.txt`. That nothing else is opened is a promise of this tool.",
};

impl Rule for LocationUnsafe {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NAMES.or(Symptoms::FILES)
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address, state) in aligned.files() {
            // A name can be judged where nobody asked for the texts too.
            let (verdict, reason) = match state {
                TextState::Unsafe(reason) => ("was not opened", Some(*reason)),
                TextState::NotAsked => ("would not be opened", unsafe_reason(address.path())),
                _ => continue,
            };
            let Some(reason) = reason else {
                continue;
            };
            let name = quote(address.path());
            let text = format!("the document {name} {verdict}: {reason}");
            let help = "write its path inside the folder of the texts, with `/` between folders";
            sink.report(at, Message::new(text).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_name;

    #[test]
    fn a_name_is_judged_without_texts() {
        for (path, reason) in [
            ("../1.txt", "it climbs out of the folder by `..`"),
            ("/1.txt", "it is absolute"),
            ("C:1.txt", "it names a drive"),
        ] {
            let text = format!("the document `{path}` would not be opened: {reason}");
            assert_eq!(of_name(&LocationUnsafe, path, true), [text]);
        }
        assert_eq!(of_name(&LocationUnsafe, "a/..1.txt", true), [""; 0]);
    }
}
