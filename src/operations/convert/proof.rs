//! What a ledger has put back is read again before it counts: a ledger is data from somewhere.

use std::path::Path;
use std::sync::Arc;

use super::restore::Ledger;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Issue, Location};
use crate::formats::ledger::{LabelKey, keys, own_keys};
use crate::formats::{Context, Format, Plan, Record, TextPlace, Told, Writer, made_name};
use crate::input::Source;
use crate::model::{Body, Document, Kind, Labels, Project};
use crate::pipeline::originals::place_in;
use crate::pipeline::survey::skim;
use crate::pipeline::{Error, Options};
use crate::text::{Span, Text, Unit};

/// What the new corpus is read with.
pub(super) struct Rewritten {
    format: &'static dyn Format,
    project: Project,
    unit: Unit,
    /// What the new corpus is read with: what the user said of it when the ledger was written. Where
    /// the ledger has nothing of that, it may be one that did not keep it yet, and then what the
    /// user says now may be it.
    told: Vec<Arc<Told>>,
    /// Whether the source labels tokens: white space at the edges of labels is what the ledger alone has.
    from_tokens: bool,
}

impl Rewritten {
    pub(super) fn new(
        from: &dyn Format,
        format: &'static dyn Format,
        plan: &Plan,
        told: &Arc<Told>,
    ) -> Self {
        let kept = plan.restored.as_ref().map(|head| head.told.clone());
        let kept = kept.unwrap_or_default();
        let is_open = kept.is_nothing() && !told.is_nothing();
        let now = is_open.then(|| Arc::clone(told));
        Self {
            told: std::iter::once(Arc::new(kept)).chain(now).collect(),
            format,
            project: plan.project.clone(),
            unit: plan.unit,
            from_tokens: matches!(
                from.info().texts,
                TextPlace::Tokens | TextPlace::InlineOrTokens
            ),
        }
    }

    /// Proves what stands once in the new corpus.
    ///
    /// Fails where it cannot be read, or is of another kind than what is put into it.
    pub(super) fn prove_header(
        &self,
        writer: &dyn Writer,
        ledger: &Ledger,
        options: &Options,
    ) -> Result<(), Error> {
        let mut bytes = Vec::new();
        writer.head(&mut bytes);
        writer.tail(false, &mut bytes);
        if bytes.is_empty() {
            return Ok(());
        }
        let source = Source::in_memory(bytes, Path::new(""));
        let options = Options {
            told: self.told.first().cloned().unwrap_or_default(),
            ..options.clone()
        };
        let header = skim(&source, self.format, &options)?;
        let hides = header.issues.iter().any(|(issue, _)| issue.hides_record());
        // In other formats the documents tell the kind.
        let is_told = self.format.info().declares;
        let is_other = is_told && header.project.kind != self.project.kind;
        if hides || header.project.documents_unread || is_other {
            let what = "line 1: the project in it is not one that the labels can be put into";
            return Err(ledger.fault(what.to_owned()));
        }
        Ok(())
    }

    /// How many labels are back that were left out on the way there, where a document was written as it was
    /// meant: under that name, and with the labels that it has. `left_out` tells that the ledger knows of
    /// such others.
    pub(super) fn returned(
        &self,
        written: &[u8],
        aligned: &AlignedDocument<'_>,
        name: &str,
        left_out: bool,
        counts_mark: bool,
    ) -> Option<u64> {
        let read = |told: &Arc<Told>| self.read(written, name, told);
        let mut found = self.told.iter().filter_map(read);
        found.find_map(|found| self.proved(found, aligned, name, left_out, counts_mark))
    }

    /// The same of a document that was read.
    fn proved(
        &self,
        mut found: Document<'_>,
        aligned: &AlignedDocument<'_>,
        name: &str,
        left_out: bool,
        counts_mark: bool,
    ) -> Option<u64> {
        // What could not be read was left out, or somebody has changed the ledger.
        if found.unreadable > 0 && !left_out {
            return None;
        }
        let has_spans = self.project.kind.is_some_and(Kind::has_spans);
        if has_spans && found.labels.spans.is_none() && aligned.document.classes().is_empty() {
            // In a file of spans a document may have classes alone, which the target had no place for.
            found.labels = Labels::entities(Vec::new(), None);
        }
        let is_tokens = matches!(found.body, Body::Tokens(_));
        if is_tokens {
            let text = aligned.any_text();
            if !text.is_some_and(|text| place_in(&mut found, text)) {
                return None;
            }
        }
        let was_tokens = self.from_tokens && !matches!(aligned.document.body, Body::Inline(_));
        if let (true, Some(text)) = (was_tokens, aligned.any_text()) {
            trim(&mut found, text);
        }
        let (mut meant, mut read) = (keys(aligned), own_keys(&found));
        if counts_mark && aligned.any_text().is_some_and(Text::has_byte_order_mark) {
            for key in &mut meant {
                if let LabelKey::Span(_, start, end) = key {
                    (*start, *end) = (*start + 1, *end + 1);
                }
            }
        }
        meant.sort_unstable();
        read.sort_unstable();
        let same = if left_out {
            holds(&read, &meant)
        } else {
            read == meant
        };
        // An address says where the document of that name lies.
        let path = found.address.path();
        let above = path.strip_suffix(name);
        // A record without a name gets one that hangs on where it stands. One of tokens gets the text that
        // they stand in, whatever it is called.
        let is_free = is_tokens || path == made_name();
        let is_named = above.is_some_and(|above| above.is_empty() || above.ends_with('/'));
        let more = (read.len() - meant.len().min(read.len())) as u64 + found.unreadable;
        (same && (is_free || is_named)).then_some(more)
    }

    /// Whether a document that the ledger has as a whole is one of that name.
    pub(super) fn is_document(&self, written: &[u8], name: &str) -> bool {
        let read = |told: &Arc<Told>| self.read(written, name, told);
        let mut found = self.told.iter().filter_map(read);
        // A record without a name gets one that hangs on where it stands.
        let is_named = |path: &str| path == name || path == made_name();
        found.any(|found| is_named(found.address.path()) && found.labels.count() == 0)
    }

    fn read<'t>(&self, written: &'t [u8], name: &str, told: &Told) -> Option<Document<'t>> {
        // A record that is a file is called like that.
        let stem = Path::new(name).with_extension("");
        let stems = [stem.to_string_lossy().into_owned()];
        let is_file = self.format.info().layout.folder.is_some();
        let record = Record {
            index: 0,
            in_file: (0, 0),
            start: 0,
            text: std::str::from_utf8(written).ok()?,
            ends_file: false,
        };
        let context = Context {
            project: &self.project,
            kind: self.project.kind,
            unit: self.unit,
            quick: true,
            stems: if is_file { &stems } else { &[] },
            datasets: None,
            file_splits: true,
            told,
            before: 0,
        };
        let reading = self.format.read(record, context);
        // Half of a character in a member that nobody knows was there before. In a name or a label it
        // would show by these.
        let hides = reading.issues.iter().any(|found| {
            found.issue.hides_record() && !matches!(found.issue, Issue::LoneSurrogate)
        });
        reading.document.filter(|_| !hides)
    }
}

/// Takes white space off the edges of the labels of a document.
fn trim(document: &mut Document<'_>, text: &Text<'_>) {
    let Some(spans) = &mut document.labels.spans else {
        return;
    };
    let declared: Vec<Span> = spans.labels.iter().map(|label| label.span).collect();
    for (label, range) in spans.labels.iter_mut().zip(text.resolve(&declared)) {
        let ranges = range
            .ok()
            .and_then(|range| Some((range, text.trimmed(range)?)));
        let near = ranges.and_then(|(range, inner)| text.declare_near(label.span, range, inner));
        label.span = near.unwrap_or(label.span);
    }
}

/// Whether all of `some` are among `all`, as often as they stand there; both in order.
fn holds(all: &[LabelKey], some: &[LabelKey]) -> bool {
    let mut all = all.iter();
    some.iter().all(|one| all.any(|other| other == one))
}

/// Documents that the target has no address for.
#[derive(Default)]
pub(super) struct Nameless {
    pub(super) documents: u64,
    /// The first: its place, its location, and what is wrong with that.
    pub(super) first: Option<(Location, String, &'static str)>,
}

impl Nameless {
    pub(super) fn add(&mut self, first: impl FnOnce() -> (Location, String, &'static str)) {
        self.documents += 1;
        self.first.get_or_insert_with(first);
    }

    /// Adds those that follow in the file.
    pub(super) fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.first = self.first.take().or(other.first);
    }
}
