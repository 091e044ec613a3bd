//! `invalid-json`

use crate::diagnostics::{Issue, Message, Severity, count};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// What RFC 8259 forbids.
pub struct InvalidJson;

const META: Meta = Meta {
    name: "invalid-json",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "what RFC 8259 forbids, with line and column",
    why: "Both services parse the file strictly and refuse it as a whole, mostly without saying \
        where the fault is. In a JSONL file the other lines are checked all the same. A record longer \
        than `record-bytes` (256 MiB unless set otherwise) is not read, so that no file can take \
        all memory; RFC 8259 lets a parser limit the size of texts.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[],}"#,
    remedy: "Go to the line and column that the finding names. Usual faults are a comma after \
        the last member, a missing comma or brace between two members, quotes that are not \
        escaped, and comments. Several examples on the documentation's pages have them.",
    source: "RFC 8259, section 9 on limits; the examples of the Azure AI Language page on data formats, some of which \
        miss a comma or a brace.",
};

impl Rule for InvalidJson {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        Some(match issue {
            Issue::InvalidJson(reason) => Message::new(format!("this is not JSON: {reason}"))
                .help("fix the JSON at this place; the record was not read"),
            Issue::TooLong { length, limit } => too_long(*length, *limit),
            _ => return None,
        })
    }
}

fn too_long(length: Option<u64>, limit: u64) -> Message {
    let limit = size(limit);
    let raise = "if it is meant to be so long, raise `record-bytes` under `[thresholds]` in \
        `labelwright.toml`";
    match length {
        Some(length) => Message::new(format!(
            "this record of {} is over the limit of {limit} and was not read",
            size(length)
        ))
        .help(format!(
            "a record this long is often several without line ends or closing brackets between \
             them, which is to be fixed here; {raise}"
        )),
        None => Message::new(format!(
            "what is around the documents is over the limit of {limit} here; the file was \
             not read on"
        ))
        .help(format!(
            "look for a quote or a bracket before this place that is never closed, and for a \
             member that does not belong in a label file; {raise}"
        )),
    }
}

/// A number of bytes, exactly, and in MiB where it is more than one of them.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    if bytes < MIB {
        return count(bytes, "byte");
    }
    let tenths = u128::from(bytes) * 10 / u128::from(MIB);
    format!("{bytes} bytes ({}.{} MiB)", tenths / 10, tenths % 10)
}
