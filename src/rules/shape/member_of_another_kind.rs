//! `member-of-another-kind`

use crate::diagnostics::{Folded, Issue, Message, Severity, quote};
use crate::json::change::Op;
use crate::json::{self, Node};
use crate::model::Kind;
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A member that belongs to projects of another kind.
pub struct MemberOfAnotherKind;

const META: Meta = Meta {
    name: "member-of-another-kind",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "a member that belongs to projects of another kind, such as `classes` in a \
        single-label project",
    why: "The kind of the project decides which members of a document hold its labels: `class` \
        in single-label classification, `classes` in multi-label classification, `entities` in \
        entity recognition. A program that reads by the kind looks for its own member and finds \
        none, so the document is unlabeled for it, although labels are in the file. What the \
        service does with the other member is not documented.",
    example: r#"{ "location": "1.txt", "language": "en-us", "classes": [{ "category": "Refund" }] }   (in a `CustomSingleLabelClassification` project)"#,
    remedy: "Find out which of the two is right. If the kind is, write the labels into the \
        member of that kind: one object in `class`, an array of objects in `classes`, regions \
        with their labels in `entities`. If the documents are, write their kind as \
        `projectKind` in `metadata` and in `assets`. A document with several classes cannot \
        become one of a single-label project without a choice.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589) and every later version: `assets` has another type for each `projectKind`, \
        and each type has documents with members of their own. `entities` means two things: \
        declarations in `assets`, regions in a document.",
};

impl Rule for MemberOfAnotherKind {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{}; it is in {} places", all.first, all.total))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::MemberOfAnotherKind {
            name,
            kind,
            instead,
        } = issue
        else {
            return None;
        };
        let (member, own) = (quote(name), kind.noun());
        let message = match home(name, *kind) {
            Some(home) => format!("{member} belongs to {home}, and this project is {own}"),
            None => format!("{member} belongs to another kind, and this project is {own}"),
        };
        let help = match instead {
            Some(instead) => format!(
                "write {} instead, or correct `projectKind` in `metadata` and in `assets`",
                quote(instead)
            ),
            None => "leave it out if the kind is right; otherwise correct `projectKind` in \
                `metadata` and in `assets`"
                .to_owned(),
        };
        Some(Message::new(message).help(help).cause(member))
    }

    fn fix(&self, issue: &Issue, value: &str) -> Option<Op> {
        let Issue::MemberOfAnotherKind { instead, .. } = issue else {
            return None;
        };
        let node = Node::parse(value).ok()?;
        let rename = |key: &str, value: String| Some(Op::Rename(key.to_owned(), value));
        match (*instead, node.items().as_slice()) {
            (Some("class"), [only]) if only.kind() == json::Kind::Object => {
                rename("class", only.raw().to_owned())
            }
            (Some("classes"), []) if node.kind() == json::Kind::Object => {
                rename("classes", format!("[{value}]"))
            }
            _ => Some(Op::Remove),
        }
    }
}

/// The kinds that have the member, where it says so itself.
fn home(name: &str, kind: Kind) -> Option<&'static str> {
    Some(match (name, kind) {
        ("class", _) => Kind::SingleLabelClassification.noun(),
        // A single-label project declares its classes under the same name.
        ("classes", Kind::SingleLabelClassification) => Kind::MultiLabelClassification.noun(),
        ("classes", _) => "classification",
        ("entities", _) => Kind::EntityRecognition.noun(),
        ("sentimentSpans", _) => Kind::TextSentiment.noun(),
        ("summaryLocation", _) => Kind::AbstractiveSummarization.noun(),
        ("compositionSetting" | "list" | "prebuilts", _) => Kind::Healthcare.noun(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, kind: Kind, instead: Option<&'static str>) -> Message {
        let name = name.to_owned();
        let issue = Issue::MemberOfAnotherKind {
            name,
            kind,
            instead,
        };
        MemberOfAnotherKind.issue(&issue).unwrap()
    }

    #[test]
    fn the_kind_that_has_the_member() {
        let text = |name, kind| said(name, kind, None).text;
        assert_eq!(
            text("classes", Kind::SingleLabelClassification),
            "`classes` belongs to multi-label classification, and this project is single-label \
             classification"
        );
        assert_eq!(
            text("classes", Kind::EntityRecognition),
            "`classes` belongs to classification, and this project is entity recognition"
        );
        assert_eq!(
            text("prebuilts", Kind::EntityRecognition),
            "`prebuilts` belongs to healthcare, and this project is entity recognition"
        );
        assert_eq!(
            text("other", Kind::TextSentiment),
            "`other` belongs to another kind, and this project is sentiment"
        );
    }

    #[test]
    fn the_member_that_the_kind_has_or_none() {
        let help = |instead| {
            let message = said("class", Kind::MultiLabelClassification, instead);
            message.help.unwrap()
        };
        assert_eq!(
            help(Some("classes")),
            "write `classes` instead, or correct `projectKind` in `metadata` and in `assets`"
        );
        assert!(help(None).starts_with("leave it out if the kind is right; otherwise correct"));
    }
}
