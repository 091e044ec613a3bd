//! Options that take one of several words: which words, and what they mean.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, Command, ValueEnum};

use crate::diagnostics::FailOn;
use crate::diagnostics::Severity;
use crate::formats::{FORMATS, Format};
use crate::rules::settings::Profile;
use crate::rules::{self, Group};
use crate::text::Unit;

/// `--offsets`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Offsets {
    /// What the spans themselves speak for
    Auto,
    /// UTF-16 code units, as in .NET, Java and JavaScript
    Utf16,
    /// Unicode code points, as in Python
    Codepoint,
    /// Bytes of UTF-8
    Utf8,
    /// Grapheme clusters: what people take for a character
    Grapheme,
    /// Grapheme clusters of Unicode 10, as doccano's page counts them
    Grapheme10,
}

/// `--profile`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Flow {
    /// An import into Azure AI Language
    Import,
    /// A Language project that is connected to an Azure ML labeling project
    AmlConnect,
}

/// `--fail-on`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FailOnFlag {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// All findings
    Note,
    /// None: the status tells only whether the work could be done
    Never,
}

/// `--min-severity`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LeastSeverity {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// All findings
    Note,
}

impl Offsets {
    /// The unit, or `None` where the evidence is to decide.
    pub(super) const fn unit(self) -> Option<Unit> {
        match self {
            Self::Auto => None,
            Self::Utf16 => Some(Unit::Utf16),
            Self::Codepoint => Some(Unit::CodePoint),
            Self::Utf8 => Some(Unit::Utf8),
            Self::Grapheme => Some(Unit::Grapheme),
            Self::Grapheme10 => Some(Unit::Grapheme10),
        }
    }
}

impl From<Flow> for Profile {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::Import => Self::Import,
            Flow::AmlConnect => Self::AmlConnect,
        }
    }
}

impl From<LeastSeverity> for Severity {
    fn from(flag: LeastSeverity) -> Self {
        match flag {
            LeastSeverity::Error => Self::Error,
            LeastSeverity::Warning => Self::Warning,
            LeastSeverity::Note => Self::Note,
        }
    }
}

impl From<FailOnFlag> for FailOn {
    fn from(flag: FailOnFlag) -> Self {
        match flag {
            FailOnFlag::Error => Self::From(Severity::Error),
            FailOnFlag::Warning => Self::From(Severity::Warning),
            FailOnFlag::Note => Self::From(Severity::Note),
            FailOnFlag::Never => Self::Never,
        }
    }
}

/// A format by its name, for `--format`, `--from` and `--to`.
#[derive(Clone, Copy)]
pub(super) struct FormatName(pub(super) Option<&'static dyn Format>);

impl FormatName {
    /// `auto`, or a format.
    pub(super) fn or_auto() -> impl TypedValueParser<Value = Self> {
        let auto = PossibleValue::new("auto").help("What the content shows");
        let read = formats(|format| format.is_read());
        PossibleValuesParser::new([auto].into_iter().chain(read)).map(|name| Self::of(&name))
    }

    /// A format.
    pub(super) fn target() -> impl TypedValueParser<Value = Self> {
        PossibleValuesParser::new(formats(|_| true)).map(|name| Self::of(&name))
    }

    fn of(name: &str) -> Self {
        Self(crate::formats::find(name))
    }
}

/// The names of formats, with what each is.
fn formats(wanted: fn(&dyn Format) -> bool) -> impl Iterator<Item = PossibleValue> {
    let wanted = FORMATS.iter().filter(move |format| wanted(**format));
    let infos = wanted.map(|format| format.info());
    infos.map(|info| PossibleValue::new(info.name).help(info.title))
}

/// The name of a rule, of a group, or `all`. What is none of them is said when the rules are
/// chosen; shells complete those that there are.
#[derive(Clone)]
pub(super) struct RuleNames;

impl TypedValueParser for RuleNames {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let groups = Group::ALL.into_iter().map(Group::name);
        let names = groups.chain(rules::metas().into_iter().map(|meta| meta.name));
        Some(Box::new(names.map(PossibleValue::new)))
    }
}
