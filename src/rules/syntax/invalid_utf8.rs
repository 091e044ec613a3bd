//! `invalid-utf8`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Bytes in a label file that are not UTF-8.
pub struct InvalidUtf8;

const META: Meta = Meta {
    name: "invalid-utf8",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "bytes that are not UTF-8 in a label file",
    why: "JSON is exchanged in UTF-8. Other bytes have no agreed meaning: one reader refuses \
        the file, another puts U+FFFD in their place, and then a label's name or a document's \
        location is no longer the one that the project knows. Mostly an editor saved the file \
        in a Windows code page, or a tool cut a string in the middle of a character.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/caf\xE9.txt","label":[]}   (\xE9 stands for one byte of Latin-1)"#,
    remedy: "Find out which encoding the file has and save it in UTF-8, without a byte-order \
        mark. Do not let an editor replace the bytes: what stood there would be lost.",
    source: "RFC 8259, section 8.1, and jsonlines.org, whose first requirement is UTF-8. Every \
        real label file that was examined is UTF-8.",
};

impl Rule for InvalidUtf8 {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::InvalidUtf8 = issue else {
            return None;
        };
        let help = "save the file in UTF-8; the record was not read";
        Some(Message::new("there are bytes here that are not UTF-8").help(help))
    }
}
