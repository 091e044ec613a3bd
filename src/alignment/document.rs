//! A document together with its text: what the rules look at.

use crate::alignment::forensics::{self, Assessment};
use crate::model::{Address, At, Document, Labels, UnitChoice};
use crate::rules::settings::Thresholds;
use crate::text::{ByteRange, Fault, Span, Text, Unit};

/// What became of a document's text.
#[derive(Clone, Debug)]
pub enum TextState<'a> {
    /// It was read, and holds more than white space.
    Read(Text<'a>),
    /// It was read, and holds nothing, or nothing but white space.
    Blank(Text<'a>),
    /// It is not UTF-8: the first byte that is wrong, from the start of the text.
    NotUtf8(usize),
    /// No file has its name; the name that is nearest, where one is near.
    Missing(Option<String>),
    /// Its name leads out of the folder, or could: why. It was not opened.
    Unsafe(&'static str),
    /// It is there and cannot be read: the system's reason.
    Unreadable(String),
    /// Texts are not looked at (`--no-texts`).
    NotAsked,
}

/// A document, its text, and what is proved about its spans.
#[derive(Debug)]
pub struct AlignedDocument<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// Its text.
    pub text: TextState<'a>,
    /// The text of its summary, where it has one.
    pub summary: Option<TextState<'a>>,
    /// For each label whether its span is proved; `None` where that is not known.
    pub labels: Vec<Option<Result<ByteRange, Fault>>>,
    /// The same for each region.
    pub regions: Vec<Option<Result<ByteRange, Fault>>>,
    /// How many labels stand after a character outside the basic plane while the file does
    /// not tell whether such a character counts 1 or 2. Nothing is known of them.
    pub ambiguous: u64,
    /// The first of those labels.
    pub first_ambiguous: Option<usize>,
    /// Whether its offsets may count something else; empty where nobody asked.
    pub forensics: Assessment,
    /// The language that every document must be in, where the project says that it has one
    /// only.
    pub sole_language: Option<&'a str>,
}

impl<'a> AlignedDocument<'a> {
    /// Proves the spans of a document against its text. With `thresholds` it is weighed too
    /// whether the offsets count something else than `unit`.
    #[must_use]
    pub fn new(
        document: &'a Document<'a>,
        text: TextState<'a>,
        unit: UnitChoice,
        thresholds: Option<&Thresholds>,
    ) -> Self {
        let spans = document.spans();
        let mut aligned = Self {
            document,
            labels: Vec::new(),
            regions: Vec::new(),
            text,
            summary: None,
            ambiguous: 0,
            first_ambiguous: None,
            forensics: Assessment::default(),
            sole_language: None,
        };
        // Nothing can stand in a blank text; that it is blank is the one thing to say.
        let TextState::Read(text) = &aligned.text else {
            aligned.labels = vec![None; spans.len()];
            aligned.regions = vec![None; document.regions().len()];
            return aligned;
        };
        let declared: Vec<Span> = spans.iter().map(|label| label.span).collect();
        let regions = document.regions().iter().map(|region| region.span);
        // Each of the two is in order for itself, as a rule, and both together are not.
        let prove = |spans: &[Span]| text.resolve(spans).into_iter().map(Some).collect();
        let proofs: Vec<_> = prove(&declared);
        aligned.regions = prove(&regions.collect::<Vec<_>>());
        if let Some(thresholds) = thresholds {
            let proved = |proof: &Option<Result<ByteRange, Fault>>| (*proof)?.ok();
            let places: Vec<_> = proofs.iter().map(proved).collect();
            aligned.forensics = forensics::examine(text, &declared, &places, thresholds);
        }
        let astral = if unit == UnitChoice::Ambiguous {
            first_astral(text)
        } else {
            None
        };
        aligned.labels = proofs;
        aligned.forget_ambiguous(astral);
        aligned
    }

    /// The text, where there is one with something in it.
    #[must_use]
    pub const fn text(&self) -> Option<&Text<'a>> {
        match &self.text {
            TextState::Read(text) => Some(text),
            _ => None,
        }
    }

    /// The proved range of a label, by its index.
    #[must_use]
    pub fn range(&self, label: usize) -> Option<ByteRange> {
        (*self.labels.get(label)?)?.ok()
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
    pub fn proved(&self) -> impl Iterator<Item = (usize, ByteRange, &Text<'a>)> + '_ {
        self.text().into_iter().flat_map(move |text| {
            let ranges = self.labels.iter().enumerate();
            ranges.filter_map(move |(index, range)| Some((index, (*range)?.ok()?, text)))
        })
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
            At::Label(index) => (*self.labels.get(index)?)?,
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

    /// Withdraws what was proved of labels that read differently in code points and in UTF-16.
    /// `astral` is the first character that tells them apart.
    fn forget_ambiguous(&mut self, astral: Option<i64>) {
        let Some(astral) = astral else {
            return;
        };
        for (index, label) in self.document.spans().iter().enumerate() {
            if label.span.unit == Unit::CodePoint && label.span.end > astral {
                self.labels[index] = None;
                self.ambiguous += 1;
                self.first_ambiguous.get_or_insert(index);
            }
        }
    }
}

/// The offset of the first character outside the basic plane; the same number in code points
/// and in UTF-16 code units.
#[must_use]
pub fn first_astral(text: &Text<'_>) -> Option<i64> {
    if text.is_ascii() {
        return None;
    }
    // Only characters outside the basic plane have a lead byte of 0xF0 or more.
    let bytes = text.as_str().as_bytes();
    let is_astral = |byte: &u8| *byte >= 0xf0;
    // The largest byte of many is found at once, and a single one is not.
    let mut chunks = bytes.chunks(128);
    let chunk = chunks.position(|chunk| chunk.iter().max().is_some_and(is_astral))?;
    let within = bytes[128 * chunk..].iter().position(is_astral)?;
    let byte = 128 * chunk + within;
    i64::try_from(str_indices::chars::count(&text.as_str()[..byte])).ok()
}
