//! `class-as-array`

use crate::diagnostics::{Folded, Issue, Message, Severity};
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// An array of one class where one object belongs.
pub struct ClassAsArray;

const META: Meta = Meta {
    name: "class-as-array",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "`class` as an array with one item, where the contract has the one object",
    why: "A document of a single-label project has one class, and its `class` is one object. \
        `classes` of a multi-label project is the array. With one item it is plain what is \
        meant, so it is read that way here; a program that reads `class` into typed data stops \
        at the bracket. Microsoft's own sample had the array for a month in 2022.",
    example: r#"{ "location": "1.txt", "language": "en-us", "class": [{ "category": "Refund" }] }"#,
    remedy: "Write the one object without the brackets: `\"class\": { \"category\": \"Refund\" \
        }`. If documents may have several classes, make the project multi-label: the kind is \
        `CustomMultiLabelClassification` then, and the member `classes`.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589) and every later version: `class` is an object with `category`. The web of \
        science sample in Azure-Samples/cognitive-services-sample-data-files had arrays in June \
        2022 (commit ecf0c88) and objects from July on (commit 69608c5); issue 46 there is \
        about them.",
};

impl Rule for ClassAsArray {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let total = all.total;
        Some(format!(
            "`class` is an array with one item in {total} documents, where one object belongs"
        ))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::ClassAsArray = issue else {
            return None;
        };
        let message = "`class` is an array with one item, where one object belongs";
        let help = "write the one object without the brackets; it was read as that object";
        Some(Message::new(message).help(help))
    }
}
