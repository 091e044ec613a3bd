//! `truncated-file`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A file that stops inside a value.
pub struct TruncatedFile;

const META: Meta = Meta {
    name: "truncated-file",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a last line or object that just stops",
    why: "The rest of the labels is not there. An Azure AI Language file is one object and is \
        not whole before its last brace; of a JSONL file the last line is lost, and perhaps \
        many that should follow it. Mostly a download, a copy or an export broke off, or the \
        disk was full.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/20.txt","label":[{"label":"City","offs"#,
    remedy: "Export or copy the file again and compare the sizes. Brackets that are added by \
        hand make the file readable, but they do not bring the missing documents back.",
    source: "RFC 8259: an object, an array and a string each end with a character of their own. \
        A missing line end after the last record is another matter and no fault: some label \
        files in Azure-Samples/cognitive-services-sample-data-files have none.",
};

impl Rule for TruncatedFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::TruncatedFile = issue else {
            return None;
        };
        let help = "export or copy the file again; what stops here was not read";
        Some(Message::new("the file stops inside a value").help(help))
    }
}
