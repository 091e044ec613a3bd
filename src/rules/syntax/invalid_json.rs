//! `invalid-json`

use crate::diagnostic::{Message, Severity};
use crate::fact::Fact;
use crate::rules::{Basis, Group, Meta, Rule};

/// What RFC 8259 forbids.
pub struct InvalidJson;

const META: Meta = Meta {
    name: "invalid-json",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    fix: None,
    summary: "what RFC 8259 forbids, with line and column",
    why: "Both services parse the file strictly and refuse it as a whole, mostly without saying \
        where the fault is. In a JSONL file the other lines are checked all the same.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[],}"#,
    remedy: "Go to the line and column that the finding names. Usual faults are a comma after \
        the last member, a missing comma or brace between two members, quotes that are not \
        escaped, and comments. Several examples on the documentation's pages have them.",
    source: "RFC 8259; the examples of the Azure AI Language page on data formats, some of which \
        lack a comma or a brace.",
};

impl Rule for InvalidJson {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn fact(&self, fact: &Fact) -> Option<Message> {
        let Fact::InvalidJson(reason) = fact else {
            return None;
        };
        let message = format!("this is not JSON: {reason}");
        Some(Message::new(message).help("mend the JSON at this place; the record was not read"))
    }
}
