//! A document together with its text: what the rules look at.

use std::borrow::Cow;

use crate::alignment::covered;
use crate::alignment::evidence::Evidence;
use crate::alignment::forensics::{self, Assessment};
use crate::alignment::span::{AlignedSpan, Claim, Proof};
use crate::alignment::{Hypothesis, first_difference};
use crate::model::{Absent, Address, At, Document, Label, UnitChoice};
use crate::text::{ByteRange, Encoding, Fault, Span, Text, Unit};

/// What became of a document's text.
#[derive(Clone, Debug)]
pub enum TextState<'a> {
    /// It was read, and holds more than white space.
    Read(Text<'a>),
    /// It was read, and holds nothing, or nothing but white space.
    Blank(Text<'a>),
    /// It is not UTF-8.
    NotUtf8 {
        /// The first byte that is wrong, from the start of the text.
        byte: usize,
        /// What it was saved as, where that can be told.
        encoding: Option<Encoding>,
    },
    /// No file has its name; what is known of it.
    Missing(Absent),
    /// Its name leads out of the folder, or could: why. It was not opened.
    Unsafe(&'static str),
    /// It is there and cannot be read: the system's reason.
    Unreadable(String),
    /// It has so many bytes, which are more than are read.
    TooLong(u64),
    /// Texts are not looked at (`--no-texts`).
    NotAsked,
}

/// A document, its text, and what is proved about its spans.
#[derive(Clone, Debug)]
pub struct AlignedDocument<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// Its text.
    pub text: TextState<'a>,
    /// The text of its summary, where it has one.
    pub summary: Option<TextState<'a>>,
    /// The span of each label, in the order of [`Document::spans`].
    pub spans: Vec<AlignedSpan>,
    /// What is proved of each region, in the order of [`Document::regions`].
    pub regions: Vec<Proof>,
    /// How many labels stand after a character that counts differently in the units that the file
    /// may mean, while it does not tell which. Nothing is known of them.
    pub ambiguous: u64,
    /// The first of those labels.
    pub first_ambiguous: Option<usize>,
    /// Whether its offsets may count something else; empty where nobody asked.
    pub forensics: Assessment,
    /// The language that every document must be in, where the project says that it has one
    /// only.
    pub sole_language: Option<&'a str>,
    /// The language of the project, where it says one.
    pub project_language: Option<&'a str>,
}

impl<'a> AlignedDocument<'a> {
    /// Proves the spans of a document against its text. With `weigh` it is weighed too
    /// whether the offsets count something else than `unit`.
    #[must_use]
    pub fn new(
        document: &'a Document<'a>,
        text: TextState<'a>,
        unit: UnitChoice,
        weigh: bool,
    ) -> Self {
        let spans = document.spans();
        let mut aligned = Self {
            document,
            spans: Vec::new(),
            regions: Vec::new(),
            text,
            summary: None,
            ambiguous: 0,
            first_ambiguous: None,
            forensics: Assessment::default(),
            sole_language: None,
            project_language: None,
        };
        // Nothing can stand in a blank text; that it is blank is the one thing to say.
        let TextState::Read(text) = &aligned.text else {
            aligned.spans = vec![AlignedSpan::default(); spans.len()];
            aligned.regions = vec![None; document.regions().len()];
            return aligned;
        };
        let declared: Vec<Span> = spans.iter().map(|label| label.span).collect();
        let regions = document.regions().iter().map(|region| region.span);
        // Each of the two is in order for itself, as a rule, and both together are not.
        let regions: Vec<Span> = regions.collect();
        aligned.regions = text.resolve(&regions).into_iter().map(Some).collect();
        let proofs = text
            .resolve(&declared)
            .into_iter()
            .map(|proof| AlignedSpan {
                proof: Some(proof),
                ..AlignedSpan::default()
            });
        aligned.spans = proofs.collect();
        let proved = |aligned: &Self| (0..spans.len()).map(|label| aligned.range(label)).collect();
        let places: Vec<_> = if weigh { proved(&aligned) } else { Vec::new() };
        covered::hear(document, text, &mut aligned.spans);
        if weigh {
            let (declared, places) = aligned.unsettled(declared, places);
            aligned.forensics = forensics::examine(
                text,
                &declared,
                whole_region(document, &aligned.regions, text),
                &places,
            );
        }
        if let UnitChoice::Ambiguous { taken, among } = unit {
            let agreed = first_difference(text, among);
            aligned.forget_ambiguous(taken, agreed);
        }
        aligned
    }

    /// What the document says of a way of counting; `None` where there is no text.
    #[must_use]
    pub fn evidence_for(&self, hypothesis: Hypothesis) -> Option<Evidence> {
        let text = self.text()?;
        let spans = self.document.spans().iter().map(|label| label.span);
        let places = (0..self.spans.len()).map(|label| self.range(label));
        let (spans, places) = self.unsettled(spans.collect(), places.collect());
        let region = whole_region(self.document, &self.regions, text);
        Some(forensics::weigh(text, &spans, region, &places, hypothesis))
    }

    /// Those of all spans whose place nothing but their numbers tells, with those of `places` that
    /// are theirs.
    fn unsettled(
        &self,
        spans: Vec<Span>,
        places: Vec<Option<ByteRange>>,
    ) -> (Vec<Span>, Vec<Option<ByteRange>>) {
        if self.document.extras.covered.is_none() {
            return (spans, places);
        }
        let all = spans.into_iter().zip(places).zip(&self.spans);
        let open = all.filter(|(_, aligned)| aligned.claim.unit().is_none());
        open.map(|(open, _)| open).unzip()
    }

    /// Whether the numbers of two labels cannot be compared: they are in different units, or one is of
    /// several stretches.
    #[must_use]
    pub fn mixes(&self) -> bool {
        let mut units = self.units().map(|(_, unit)| unit);
        let first = units.next();
        let is_several = |span: &AlignedSpan| matches!(span.claim, Claim::Discontinuous(_));
        units.any(|unit| Some(unit) != first) || self.spans.iter().any(is_several)
    }

    /// The labels with numbers that can be compared: where they mix what these are, bytes, and -1 for
    /// those whose place is not proved.
    #[must_use]
    pub fn comparable(&self) -> Cow<'_, [Label<'a>]> {
        let labels = self.document.spans();
        if !self.mixes() {
            return Cow::Borrowed(labels);
        }
        let in_bytes = |(index, label): (usize, &Label<'a>)| {
            let number = |byte: usize| i64::try_from(byte).unwrap_or(i64::MAX);
            let range = self.range(index);
            let edges = range.map_or((-1, -1), |it| (number(it.start()), number(it.end())));
            Label {
                span: Span {
                    unit: Unit::Utf8,
                    start: edges.0,
                    end: edges.1,
                },
                ..label.clone()
            }
        };
        Cow::Owned(labels.iter().enumerate().map(in_bytes).collect())
    }

    /// The labels, each with the unit that its numbers are in.
    pub fn units(&self) -> impl Iterator<Item = (&Label<'a>, Unit)> + '_ {
        let labels = self.document.spans().iter().zip(&self.spans);
        labels.map(|(label, span)| (label, span.claim.unit().unwrap_or(label.span.unit)))
    }

    /// The text, where there is one with something in it.
    #[must_use]
    pub const fn text(&self) -> Option<&Text<'a>> {
        match &self.text {
            TextState::Read(text) => Some(text),
            _ => None,
        }
    }

    /// The text, where there is one, be it blank.
    #[must_use]
    pub const fn any_text(&self) -> Option<&Text<'a>> {
        match &self.text {
            TextState::Read(text) | TextState::Blank(text) => Some(text),
            _ => None,
        }
    }

    /// The proved range of a label, by its index.
    #[must_use]
    pub fn range(&self, label: usize) -> Option<ByteRange> {
        self.spans.get(label)?.proof?.ok()
    }

    /// Whether the document has one region, and that over the whole of its text. `None` where
    /// the text does not tell.
    #[must_use]
    pub fn has_one_whole_region(&self) -> Option<bool> {
        let [_] = self.document.regions() else {
            return Some(false);
        };
        let text = self.text()?;
        let range = (*self.regions.first()?)?.ok()?;
        Some(range.start() == 0 && range.end() == text.as_str().len())
    }

    /// The labels with a proved range, and the text that they stand in.
    pub fn proved(&self) -> impl Iterator<Item = (usize, ByteRange, &Text<'a>)> + Clone + '_ {
        let text = self.text();
        let spans = self.spans.iter().enumerate();
        spans.filter_map(move |(index, span)| Some((index, span.proof?.ok()?, text?)))
    }

    /// The labels that are written, each with its numbers in the target's unit, in their order.
    pub fn targets(&self) -> impl Iterator<Item = (&Label<'a>, Span)> + '_ {
        let labels = self.document.spans().iter().zip(&self.spans);
        labels.filter_map(|(label, span)| Some((label, span.target?)))
    }

    /// Proves the spans of labels against a text that is blank, which no rule asks for.
    pub fn prove(&mut self, text: &Text<'_>) {
        let spans: Vec<Span> = self
            .document
            .spans()
            .iter()
            .map(|label| label.span)
            .collect();
        for (span, proof) in self.spans.iter_mut().zip(text.resolve(&spans)) {
            span.proof = Some(proof);
        }
        covered::hear(self.document, text, &mut self.spans);
    }

    /// Has every label written with the numbers that it has already, in `unit`.
    pub fn keep_numbers(&mut self, unit: Unit) {
        for (label, span) in self.document.spans().iter().zip(&mut self.spans) {
            span.target = Some(Span { unit, ..label.span });
        }
    }

    /// The files that the document is made of, and the place that names each.
    pub fn files(&self) -> impl Iterator<Item = (At, &Address<'_>, &TextState<'a>)> {
        let text = (At::Address, &self.document.address, &self.text);
        let summary = match (&self.document.labels.summary, &self.summary) {
            (Some(address), Some(state)) => Some((At::Summary, address, state)),
            _ => None,
        };
        std::iter::once(text).chain(summary)
    }

    /// The part of the text that a finding at `at` should show, in bytes.
    #[must_use]
    pub fn shown(&self, at: At) -> Option<std::ops::Range<usize>> {
        let text = self.text()?;
        let proof = match at {
            At::Label(index) => self.spans.get(index)?.proof?,
            At::Region(index) => (*self.regions.get(index)?)?,
            _ => return None,
        };
        match (proof, at) {
            (Ok(range), At::Label(_)) => Some(range.as_range()),
            (Err(Fault::SplitsCharacter { character, .. }), _) => Some(text.grapheme_at(character)),
            (Err(Fault::OutOfBounds { .. }), At::Label(index)) => {
                let span = self.document.spans().get(index)?.span;
                let end = text.as_str().len();
                let start = Span {
                    end: span.start,
                    ..span
                };
                let start = text.resolve(&[start]).first()?.ok()?;
                Some(start.end()..end)
            }
            _ => None,
        }
    }

    /// Withdraws what was proved of labels that read differently in two units, behind the offset
    /// up to which they are `agreed`.
    fn forget_ambiguous(&mut self, taken: Unit, agreed: Option<i64>) {
        let Some(agreed) = agreed else {
            return;
        };
        for (index, label) in self.document.spans().iter().enumerate() {
            let is_open = label.span.unit == taken && label.covered.is_none();
            if is_open && label.span.end > agreed {
                self.spans[index].proof = None;
                self.ambiguous += 1;
                self.first_ambiguous.get_or_insert(index);
            }
        }
    }
}

/// The end of a document's only region, where that begins with the text, and whether it is the end of
/// the text.
fn whole_region(document: &Document<'_>, proofs: &[Proof], text: &Text<'_>) -> Option<(i64, bool)> {
    let ([region], [proof]) = (document.regions(), proofs) else {
        return None;
    };
    let end = text.as_str().len();
    let is_whole = matches!(proof, Some(Ok(range)) if range.end() == end);
    (region.span.start == 0).then_some((region.span.end, is_whole))
}
