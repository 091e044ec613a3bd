//! `importer-rejects`

use crate::diagnostics::{Folded, Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// What the tool whose file this is would not take, or would break.
pub struct ImporterRejects;

const META: Meta = Meta {
    name: "importer-rejects",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "what the labeling tool whose file this is refuses on import, or drops without a word",
    why: "A labeling tool does not read all that its own export, or a script, has written. Label \
        Studio refuses a whole file for one `completed_by` with an account that its server does \
        not have, and takes `completions`, the older name of `annotations`, without a word and \
        without the labels. labelwright reads these files all the same, so nothing is wrong \
        with a conversion of them. The finding says what would happen if the file as it stands \
        were imported into the tool. What is wrong with a file whoever reads it, such as a span \
        past the end of its text, has a rule of its own and is not said again here.",
    example: r#"[{ "data": { "text": "Ada" }, "annotations": [{ "completed_by": 77, "result": [] }] }]"#,
    remedy: "Where the file is to go into the tool, change what is named. Where it is only to be \
        converted or checked, nothing has to be done. A file that `labelwright convert` writes \
        has none of this.",
    source: "Label Studio 1.23.2 was run, and 36 files imported into it: `completed_by` of another \
        server, a byte-order mark, JSONL, an empty array and an annotation without `result` \
        were refused with status 400, each the whole file; `completions` gave status 201 and a \
        task without annotations. doccano 1.8.4 was run: a line with an empty text was refused, and \
        the others were stored.",
};

impl Rule for ImporterRejects {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let total = all.total;
        Some(format!("in {total} places {}", all.first))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::ImporterRejects {
            tool,
            what,
            outcome,
            help,
        } = issue
        else {
            return None;
        };
        let message = format!("{what}: {tool} {outcome}");
        Some(Message::new(message.clone()).cause(message).help(*help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_and_what_it_does_are_named() {
        let issue = Issue::ImporterRejects {
            tool: "Label Studio 1.23.2",
            what: "`completed_by` names an account".into(),
            outcome: "refuses the whole file where it has no such account",
            help: "remove the member",
        };
        let text = ImporterRejects.issue(&issue).map(|message| message.text);
        let want = "`completed_by` names an account: Label Studio 1.23.2 refuses the whole file \
            where it has no such account";
        assert_eq!(text.as_deref(), Some(want));
    }
}
