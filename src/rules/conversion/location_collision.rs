//! `location-collision`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Two documents that would get the same location.
pub struct LocationCollision;

const META: Meta = Meta {
    name: "location-collision",
    group: Group::Conversion,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "two documents that would get the same location (`a/1.txt`, `b/1.txt`)",
    why: "Azure AI Language wants all documents at the root of their container, so a location \
        is the last segment of the path. Two documents of the same name would become one, with \
        the labels of one text laid over the other. The conversion is refused, and nothing is \
        written.",
    example: "{\"image_url\":\"AmlDatastore://workspaceblobstore/a/1.txt\",\"label\":[]}\n\
        {\"image_url\":\"AmlDatastore://workspaceblobstore/b/1.txt\",\"label\":[]}",
    remedy: "Give the texts different names, in the storage and in the label file, or convert \
        each folder into a project of its own.",
    source: "The Azure AI Language page on data formats: \"Since all the documents are in the \
        root of the container this should be the document name.\" Microsoft's converter \
        (microsoft/CognitiveServicesLanguageUtilities, commit e9f94228) takes the bare file \
        name and does not look for a second one.",
};

impl Rule for LocationCollision {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::LocationCollision {
            location,
            first,
            second,
        } = issue
        else {
            return None;
        };
        let message = format!(
            "{} and {} would both get the location {}",
            quote(first),
            quote(second),
            quote(location),
        );
        let help = "rename one of the two texts, in the storage and in the label file";
        Some(Message::new(message).help(help))
    }
}
