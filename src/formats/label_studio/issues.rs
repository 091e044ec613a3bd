//! What Label Studio would do with what stands in a file: said where that is no fault of the file
//! for anybody else.

use std::borrow::Cow;

use crate::diagnostics::Issue;

/// The version that was run.
const TOOL: &str = "Label Studio 1.23.2";

const fn rejects(what: &'static str, outcome: &'static str, help: &'static str) -> Issue {
    Issue::ImporterRejects {
        tool: TOOL,
        what: Cow::Borrowed(what),
        outcome,
        help,
    }
}

/// A byte-order mark before the file.
pub(super) const MARK: Issue = rejects(
    "the file begins with a byte-order mark",
    "refuses the whole file (status 400)",
    "save the file as UTF-8 without a byte-order mark",
);

/// Several objects without an array around them.
pub(super) const LINES: Issue = rejects(
    "the tasks stand one after the other, without an array around them",
    "refuses the whole file (status 400), whatever its name",
    "write the tasks as one JSON array",
);

/// An array without a task.
pub(super) const EMPTY: Issue = rejects(
    "the array has no task",
    "refuses the file (status 400)",
    "export the tasks anew",
);

/// `completions`, the name before version 1.0.
pub(super) const OLD_NAME: Issue = rejects(
    "`completions` is the name that `annotations` had before version 1.0",
    "takes the task without its labels, and says nothing",
    "rename the member to `annotations`",
);

/// An account in an annotation.
pub(super) const ACCOUNT: Issue = rejects(
    "`completed_by` names an account of one server",
    "refuses the whole file (status 400) where its server does not have that account",
    "remove the member before the file goes to another server",
);

/// A region with an empty list of labels.
pub(super) const NO_LABEL: Issue = rejects(
    "a region has no label",
    "takes it without a word",
    "give the region a label, or remove it",
);

/// A region that does not say what it belongs to.
pub(super) const fn unbound(member: &'static str) -> Issue {
    let what = match member.as_bytes() {
        b"from_name" => "a region has no `from_name`, which names its control",
        b"to_name" => "a region has no `to_name`, which names its text",
        _ => "a region has no `type`",
    };
    rejects(
        what,
        "takes it without a word, and does not show it",
        "add the member, as the labeling config of the project has it",
    )
}

/// What is not read.
pub(super) fn unsupported(what: &str) -> Issue {
    Issue::UnsupportedKind(what.to_owned())
}
