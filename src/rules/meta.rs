//! What is said of a rule: the words of the catalogue, apart from the rules themselves.

use super::scope::Scope;
use crate::diagnostics::{Applicability, Severity};

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Can the file be read at all?
    Syntax,
    /// Has it the members and types of the contract?
    Shape,
    /// Do the spans name characters, and the right ones?
    Offsets,
    /// Are the texts there, and whole?
    Documents,
    /// Are the labels declared, used and frequent enough?
    Coverage,
    /// Can the test set measure what the training set teaches?
    Split,
    /// Does the service take the project's name and languages?
    Project,
    /// What stops or costs something in a conversion.
    Conversion,
}

impl Group {
    /// Every group, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Syntax,
        Self::Shape,
        Self::Offsets,
        Self::Documents,
        Self::Coverage,
        Self::Split,
        Self::Project,
        Self::Conversion,
    ];

    /// The name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Shape => "shape",
            Self::Offsets => "offsets",
            Self::Documents => "documents",
            Self::Coverage => "coverage",
            Self::Split => "split",
            Self::Project => "project",
            Self::Conversion => "conversion",
        }
    }
}

/// Why a rule exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The published contract or a parser would reject it.
    Format,
    /// The service's documented limit or behaviour.
    Service,
    /// The label cannot mean what the labeler meant.
    Truth,
    /// The documentation or practice recommends otherwise.
    Advice,
}

impl Basis {
    /// The word used in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Service => "service",
            Self::Truth => "truth",
            Self::Advice => "advice",
        }
    }

    /// What it means, as a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Format => "The published contract, or a parser, rejects it.",
            Self::Service => "The service documents this limit or behaviour.",
            Self::Truth => "The label cannot mean what the labeler meant.",
            Self::Advice => "The documentation, or practice, recommends otherwise.",
        }
    }
}

/// What is said of a rule: its entry in the catalogue, and the sections of `explain`.
/// Everything but `example` is prose in Markdown.
#[derive(Debug)]
pub struct Meta {
    /// The name, kebab-case; it names the defect and reads well after "allow".
    pub name: &'static str,
    /// The subject.
    pub group: Group,
    /// The severity of its findings, where the user does not say otherwise.
    pub severity: Severity,
    /// Why the rule exists.
    pub basis: Basis,
    /// The label files that it applies to.
    pub scope: Scope,
    /// Whether a machine can fix it.
    pub fix: Option<Applicability>,
    /// Whether it runs only where the user asks for it by its own name.
    pub on_request: bool,
    /// What it finds: one line without a full stop.
    pub summary: &'static str,
    /// Why it matters: what the service or the model does with it.
    pub why: &'static str,
    /// A piece of a label file that it reports.
    pub example: &'static str,
    /// How to fix it.
    pub remedy: &'static str,
    /// Where the facts come from.
    pub source: &'static str,
}
