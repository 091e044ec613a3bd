//! `version-unknown`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A `projectFileVersion` that no source names.
pub struct VersionUnknown;

const META: Meta = Meta {
    name: "version-unknown",
    group: Group::Shape,
    severity: Severity::Note,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a `projectFileVersion` that no source names; the file is read as the newest known \
        version",
    why: "The version is that of the service's interface that the file is written for. One that \
        is not known here may be newer than this tool, and then members may have been added \
        whose meaning it cannot know; the others have kept theirs in every version since \
        2022-05-01. It may also be a slip: with a version that the service does not have, the \
        file says something about itself that is not so.",
    example: r#""projectFileVersion": "2022-05""#,
    remedy: "Write the version of the interface that you import with, such as 2022-05-01 or \
        2023-04-01. If the file comes from a newer service, nothing needs to change: look at \
        the findings of `unknown-member`, which name what is new.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json`: a required string, \
        \"The version of the exported file\", without a list of values. Known here are \
        2022-05-01 (commit 3b06a589), 2022-10-01-preview (commit 52fb0473), 2023-04-01 (commit \
        0e5d9de1), 2023-04-15-preview (commit 81690014) and 2025-05-15-preview (commit \
        3f445de9). 2024-11-15-preview and 2025-11-01 were not examined.",
};

impl Rule for VersionUnknown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::VersionUnknown(version) = issue else {
            return None;
        };
        let message = format!(
            "the `projectFileVersion` {} is none of the known ones",
            quote(version)
        );
        let help = "the file was read as the newest known version; write the version of the \
            service that you import with, such as `2022-05-01` or `2023-04-01`";
        Some(Message::new(message).help(help))
    }
}
