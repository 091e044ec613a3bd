//! Findings: what a rule says about a place in a label file.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::redact::hide_quoted;
use crate::diagnostics::{
    Applicability, Details, Excerpt, Fix, FixAction, Places, Region, Remedy, Shown, Subject, Words,
    quote,
};
use crate::json::Pointer;
use crate::model::At;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong, or worse than it could be.
    Warning,
    /// The service rejects it, or the label cannot mean what the labeler meant.
    Error,
}

impl Severity {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule says: the wording, apart from the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What is wrong, one sentence without a full stop. Data in it is quoted with `quote`.
    pub text: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// A severity other than the rule's own, where the rule has two.
    pub severity: Option<Severity>,
    /// What would fix it, where a machine can: all of it together.
    pub fixes: Vec<FixAction>,
    /// What it is about, where that matters for other findings.
    pub subject: Subject,
    /// The other places of the document that it is about, behind its own.
    pub also: Vec<At>,
    /// What may explain it away once the corpus is known, see [`Diagnostic::doubt`].
    pub doubt: u64,
}

impl Message {
    /// A message without help, at the rule's own severity.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            help: None,
            severity: None,
            fixes: Vec::new(),
            subject: Subject::default(),
            also: Vec::new(),
            doubt: 0,
        }
    }

    /// The same, where the corpus may explain it away.
    #[must_use]
    pub const fn doubt(mut self, doubt: u64) -> Self {
        self.doubt = doubt;
        self
    }

    /// The same about further places of the document too.
    #[must_use]
    pub fn also(mut self, places: impl IntoIterator<Item = At>) -> Self {
        self.also.extend(places);
        self
    }

    /// The same about a label.
    #[must_use]
    pub fn of_label(mut self, label: &str) -> Self {
        self.subject.label = Some(label.to_owned());
        self
    }

    /// The same about the document of its place, said once the corpus was known.
    #[must_use]
    pub const fn of_document(mut self) -> Self {
        self.subject.of_document = true;
        self
    }

    /// The same with what it is called in a list of its like.
    #[must_use]
    pub fn item(mut self, item: impl Into<String>) -> Self {
        self.subject.item = Some(item.into());
        self
    }

    /// The same with what it has in common only with some of its rule.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.subject.cause = Some(cause.into());
        self
    }

    /// The same with a word on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what would fix it.
    #[must_use]
    pub fn fixes(mut self, fixes: impl IntoIterator<Item = FixAction>) -> Self {
        self.fixes.extend(fixes);
        self
    }

    /// The same at another severity than the rule's own.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// A finding. Bytes count from the start of the label file, ends exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// How much it weighs, after `--deny` and `--warn`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// The bytes of the value it is about; `None` where it belongs to no place.
    pub bytes: Option<Range<u64>>,
    /// 1-based line and column of the first of those bytes; columns count Unicode scalar
    /// values. Filled in once the findings are complete, by [`crate::input::LineCounter::place`].
    pub position: Option<(u64, u64)>,
    /// The value it is about; in a JSONL file from the root of its line.
    pub pointer: Option<Pointer>,
    /// The document it is about, by `location` or by the path after the datastore.
    pub document: Option<String>,
    /// The words of the document around the span.
    pub excerpt: Option<Box<Excerpt>>,
    /// The words of the label file around the place, for the findings that are shown to people.
    pub snippet: Option<Box<Excerpt>>,
    /// What explains it, if the corpus bears it out: the hypotheses of [`crate::alignment::forensics`]
    /// under which more spans of its document fit, or the two labels that share words. 0 where nothing
    /// does.
    pub doubt: u64,
    /// The bytes that fix it, where that was asked for and a machine can.
    pub fix: Option<Box<Fix>>,
    /// Where it ends, and where the changes of its fix lie, for the findings of which a report shows it.
    pub region: Option<Box<Region>>,
    /// Where else the same is to be said, where it is said once for several places.
    pub places: Option<Box<Places>>,
    /// What it is about, until what has one cause is one finding.
    pub subject: Option<Box<Subject>>,
    /// What it is about, for programs.
    pub details: Option<Box<Details>>,
    /// Whether it is about the corpus, so that its document is only the first of those concerned.
    pub is_of_corpus: bool,
    /// What makes it the same in another run, see [`crate::diagnostics::identity`]; 0 until the findings are
    /// complete.
    pub fingerprint: u64,
}

impl Diagnostic {
    /// The label or class that it is about.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.details.as_ref()?.label.as_deref()
    }

    /// The words of the document that it is about.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.details.as_ref()?.words.as_ref()
    }

    /// What would fix it, where a machine can.
    #[must_use]
    pub fn remedy(&self) -> Option<&Remedy> {
        self.details.as_ref()?.remedy.as_ref()
    }

    /// Notes the words of the document that it is about.
    pub fn show(&mut self, shown: Shown) {
        if shown.words.is_some() {
            let details = self.details.get_or_insert_default();
            (details.words, details.text) = (shown.words, shown.text);
        }
        self.excerpt = shown.excerpt;
    }

    /// Notes what would fix it: what rules ask for, where there are such changes.
    pub fn remedied(&mut self, applicability: Option<Applicability>, description: String) {
        if let Some(applicability) = applicability {
            self.details.get_or_insert_default().remedy = Some(Remedy {
                applicability,
                description,
            });
        }
    }

    /// Takes out the words of its document; those that its sentences quote, where they quote any.
    pub fn redact(&mut self, quotes_text: bool) {
        self.excerpt = None;
        if let Some(words) = self.details.as_mut().and_then(|it| it.words.as_mut()) {
            words.surface = None;
        }
        if quotes_text {
            self.hide_quotes();
        }
    }

    /// Hides what its sentences quote, but for the name of the label.
    fn hide_quotes(&mut self) {
        let label = self.label().map(quote).unwrap_or_default();
        self.message = hide_quoted(&self.message, &label);
        let help = self.help.take();
        self.help = help.map(|help| match help {
            Cow::Owned(help) => Cow::Owned(hide_quoted(&help, &label)),
            known @ Cow::Borrowed(_) => known,
        });
        self.hide_item();
    }

    /// Hides what its message quotes behind a byte, and what it is about.
    pub fn hide_quotes_from(&mut self, at: usize) {
        let hidden = hide_quoted(&self.message[at..], "");
        self.message.replace_range(at.., &hidden);
        self.hide_item();
    }

    fn hide_item(&mut self) {
        let item = self.subject.as_mut().and_then(|it| it.item.as_mut());
        if let Some(item) = item {
            *item = hide_quoted(item, "");
        }
    }

    /// The order of every report: by byte (findings without a place come last), then by rule.
    #[must_use]
    pub fn in_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |finding: &Self| {
            let start = finding.bytes.as_ref().map_or(u64::MAX, |bytes| bytes.start);
            let end = finding.bytes.as_ref().map_or(u64::MAX, |bytes| bytes.end);
            (start, finding.rule, end)
        };
        key(self)
            .cmp(&key(other))
            .then_with(|| self.pointer.cmp(&other.pointer))
            .then_with(|| self.message.cmp(&other.message))
    }

    /// The same without what it says of the value of a private member: the place is that of the
    /// member, and data beside its name is hidden.
    #[must_use]
    pub fn without_private(mut self, is_private: impl Fn(&str) -> bool) -> Self {
        let up_to = self.pointer.as_ref();
        let Some((pointer, member)) = up_to.and_then(|pointer| pointer.up_to(is_private)) else {
            return self;
        };
        self.message = hide_quoted(&self.message, &quote(member));
        let help = self.help.take();
        self.help = help.map(|help| match help {
            Cow::Owned(help) => Cow::Owned(hide_quoted(&help, &quote(member))),
            known @ Cow::Borrowed(_) => known,
        });
        self.pointer = Some(pointer);
        self
    }

    /// The memory it takes, about, in bytes.
    #[must_use]
    pub fn weight(&self) -> usize {
        /// What an allocation takes beside its content.
        const ALLOCATION: usize = 16;
        let own = |text: &str| text.len() + ALLOCATION;
        let help = match &self.help {
            Some(Cow::Owned(help)) => own(help),
            _ => 0,
        };
        let excerpts = [&self.excerpt, &self.snippet].into_iter().flatten();
        let excerpts = excerpts.map(|it| size_of::<Excerpt>() + own(&it.name) + own(&it.text));
        let edits = self.fix.iter().flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| size_of_val(edit) + own(&edit.text));
        let others = self.places.iter().flat_map(|places| &places.others);
        let others =
            others.map(|it| size_of_val(it) + it.document.as_ref().map_or(0, |name| own(name)));
        size_of::<Self>()
            + own(&self.message)
            + help
            + self.pointer.as_ref().map_or(0, |it| own(it.as_str()))
            + self.document.as_ref().map_or(0, |it| own(it))
            + excerpts.sum::<usize>()
            + edits.sum::<usize>()
            + others.sum::<usize>()
            + self.region.as_ref().map_or(0, |region| {
                size_of::<Region>() + size_of_val(region.edits.as_slice())
            })
            + self.subject.as_ref().map_or(0, |subject| {
                let Subject {
                    label, item, cause, ..
                } = &**subject;
                let words = [label, item, cause].into_iter().flatten();
                size_of::<Subject>() + words.map(|it| own(it)).sum::<usize>()
            })
            + self.details.as_ref().map_or(0, |details| {
                let Details {
                    label,
                    words,
                    text: _,
                    split,
                    labeler,
                    remedy,
                } = &**details;
                let surface = words.as_ref().and_then(|words| words.surface.as_ref());
                let remedy = remedy.as_ref().map(|remedy| &remedy.description);
                let all = [
                    label.as_ref(),
                    surface,
                    split.as_ref(),
                    labeler.as_ref(),
                    remedy,
                ];
                size_of::<Details>() + all.into_iter().flatten().map(|it| own(it)).sum::<usize>()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_a_private_member() {
        for (sentence, want) in [
            (
                "`labeler`: expected a string",
                "`labeler`: expected a string",
            ),
            (
                "`labeler`: found the number `12`",
                "`labeler`: found the number `**`",
            ),
            (
                "item 0 of `labeler`: found `12`",
                "item 0 of `labeler`: found `**`",
            ),
            ("already a member `Jo` Do`", "already a member `******`"),
            ("`Jo`labeler` is `b`", "`*****************`"),
        ] {
            assert_eq!(hide_quoted(sentence, "`labeler`"), want);
        }
    }
}
