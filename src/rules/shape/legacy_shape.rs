//! `legacy-shape`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A shape of before 2022-05-01.
pub struct LegacyShape;

const META: Meta = Meta {
    name: "legacy-shape",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "an earlier shape: `entityNames` or `intentNames`, `extractors` or `classifiers`, \
        the `api-version` body, `project-file-version`",
    why: "Before 2022-05-01 the members had other names, and in the first shape the labels were \
        numbers into a list of names. The file is read in full here, since the offsets did not \
        change between the shapes. Whether today's service still takes an earlier shape is not \
        documented; in April 2022 the import of a sample file failed because `extractors` was \
        not found in it. Files with `entityNames`, `intentNames`, or `extractors` or `classifiers` \
        at the top also do not have the project's name, container and language. Where `classifiers` \
        lists one class a document, the file does not even say whether several were allowed.",
    example: r#"{ "entityNames": ["City"], "documents": [{ "location": "1.txt", "culture": "en-us", "entities": [{ "regionStart": 0, "regionLength": 20, "labels": [{ "entity": 0, "start": 8, "length": 6 }] }] }] }"#,
    remedy: "Run `labelwright convert --to language`, which writes the same labels in today's \
        shape. `--project-name`, `--container` and `--language` say what the old shape does not; \
        without them defaults are written, and a note names each. If the finding says that \
        something was assumed, see to it that it is so.",
    source: "Four earlier shapes were examined: the loan agreements and web of science samples in \
        Azure-Samples/cognitive-services-sample-data-files of January 2022 (commits a58fc6e, \
        8a01f0d and 04ff6ed), whose loan labels are the same 240 spans as today's; the import \
        body of 2021-11-01-preview in the documentation of that time; and the draft of \
        2022-05-01 in Azure/azure-rest-api-specs (commit 017551d5). MicrosoftDocs/azure-docs \
        issue 91665 has the failed import. Microsoft's converter \
        (microsoft/CognitiveServicesLanguageUtilities, commit e9f94228) still writes \
        `extractors`.",
};

impl Rule for LegacyShape {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::LegacyShape { shape, assumed } = issue else {
            return None;
        };
        let mut message = format!("the file has {shape}, which came before today's");
        if let Some(assumed) = assumed {
            message.push_str("; assumed in reading it: ");
            message.push_str(assumed);
        }
        let help = "`labelwright convert --to language` writes today's shape";
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_and_without_an_assumption() {
        let text = |assumed| {
            let shape = "the shape of November 2021 (`intentNames`)";
            let message = LegacyShape.issue(&Issue::LegacyShape { shape, assumed });
            message.unwrap().text
        };
        let plain = "the file has the shape of November 2021 (`intentNames`), which came before \
            today's";
        assert_eq!(text(None), plain);
        let more = "; assumed in reading it: single-label classification";
        let assumed = Some("single-label classification");
        assert_eq!(text(assumed), format!("{plain}{more}"));
    }
}
