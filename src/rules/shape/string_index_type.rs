//! `string-index-type`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A `stringIndexType` that is absent, or not the one that there is.
pub struct StringIndexType;

const META: Meta = Meta {
    name: "string-index-type",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a `stringIndexType` that is missing, or not `Utf16CodeUnit`",
    why: "The member says what offsets and lengths count. In label files UTF-16 code units are \
        the only answer, and the member is required all the same. `TextElements_v8` and \
        `UnicodeCodePoint` belong to the requests of the running service, which has a parameter \
        of the same name. With another unit every label behind an emoji is in another place.",
    example: r#""stringIndexType": "UnicodeCodePoint""#,
    remedy: "Write `\"stringIndexType\": \"Utf16CodeUnit\"`. First make sure that the numbers \
        are UTF-16 code units: a program that wrote another name may have counted another \
        thing, and changing the name does not change the numbers.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589) and every later version: required, with `Utf16CodeUnit` as its only value.",
};

impl Rule for StringIndexType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::StringIndexType(value) = issue else {
            return None;
        };
        let message = match value {
            Some(value) => {
                let value = quote(value);
                let message = format!("`stringIndexType` is {value}, not `Utf16CodeUnit`");
                Message::new(message).help(
                    "write `Utf16CodeUnit`, once you know that the offsets count UTF-16 code units",
                )
            }
            None => Message::new("`stringIndexType` is absent; it must be `Utf16CodeUnit`")
                .help("add `\"stringIndexType\": \"Utf16CodeUnit\"`"),
        };
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_another() {
        let text = |value: Option<&str>| {
            let issue = Issue::StringIndexType(value.map(str::to_owned));
            StringIndexType.issue(&issue).map(|message| message.text)
        };
        let absent = "`stringIndexType` is absent; it must be `Utf16CodeUnit`";
        assert_eq!(text(None).as_deref(), Some(absent));
        let another = "`stringIndexType` is `Utf8`, not `Utf16CodeUnit`";
        assert_eq!(text(Some("Utf8")).as_deref(), Some(another));
    }
}
