//! `inputs-conflict`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Inputs that are to become one and contradict one another.
pub struct InputsConflict;

const META: Meta = Meta {
    name: "inputs-conflict",
    group: Group::Conversion,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "several inputs become one, and say different things of one document",
    why: "Where several files become one, a document that they share gets the labels of all. Two \
        labels on the same words, two classes where there can be one, or two texts under one name \
        cannot both be right, and which one is, only people can tell. Nothing is written.",
    example: "{\"image_url\":\"AmlDatastore://workspaceblobstore/1.txt\",\
        \"label\":[{\"label\":\"City\",\"offsetStart\":0,\"offsetEnd\":4}]}\n\
        and in the other file\n\
        {\"image_url\":\"AmlDatastore://workspaceblobstore/1.txt\",\
        \"label\":[{\"label\":\"Person\",\"offsetStart\":0,\"offsetEnd\":4}]}",
    remedy: "Settle it in one of the files. Where the documents are not the same, \
        `--prefix-by-file` gives them different names.",
    source: "What a document can have: one text a location, and one class in a single-label project. Two \
        labels on the same words are what `spans-conflict` finds within one file.",
};

impl Rule for InputsConflict {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::InputsConflict {
            document,
            earlier,
            later,
        } = issue
        else {
            return None;
        };
        let document = quote(document);
        let message = match later {
            Some(later) => {
                format!("{document} has {later} here, and {earlier} in an earlier input")
            }
            None => format!("{document} cannot be united with an earlier input: {earlier}"),
        };
        let help = "settle it in one of the files, or give `--prefix-by-file` if the documents are not \
                    the same";
        Some(Message::new(message).help(help))
    }
}
