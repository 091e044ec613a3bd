//! Offset forensics: what do the numbers of a document count, if not what they should?
//!
//! Offsets that were counted on another form of the text still fit that form: an editor that
//! counts code points, a script that reads line ends as one character, a program that keeps the
//! byte-order mark. Each such form is a [`Hypothesis`]. A document is asked only where some of
//! its spans do not fit as declared, and where its text has something to count differently, so
//! a good document costs one look at the edges of its spans.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::place::{Edges, is_space, length, place};
use super::plausibility::{alike, edge_kinds, is_odd, plausibility, tempered};
use crate::alignment::evidence::Evidence;
use crate::alignment::{CountedForm, HYPOTHESES, Hypothesis, HypothesisSet};
use crate::text::whole::is_surely_whole;
use crate::text::words::cuts_word;
use crate::text::{ByteRange, Span, Text, Unit};

/// What a document says: the evidence for each hypothesis that more speaks for than against, and
/// under which no fewer of its spans fit than as declared. Empty for a document that fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// By index of [`HYPOTHESES`].
    pub evidence: BTreeMap<usize, Evidence>,
    /// The hypotheses under which some number of the document means another place, and which no more
    /// speaks for than against.
    pub refuted: HypothesisSet,
    /// Spans that have a place and do not fit it, as declared: they cut words or characters, or have
    /// white space at an edge.
    pub misplaced: u64,
}

impl Assessment {
    /// The hypotheses that the evidence is for.
    #[must_use]
    pub fn gaining(&self) -> HypothesisSet {
        self.evidence.keys().fold(0, |set, index| set | 1 << index)
    }

    /// Whether no other hypothesis explains the document better than this one.
    #[must_use]
    pub fn says_nothing_against(&self, hypothesis: Hypothesis) -> bool {
        let index = HYPOTHESES.iter().position(|one| *one == hypothesis);
        let weight = |(index, evidence): (&usize, &Evidence)| evidence.weight(*index);
        let most = self.evidence.iter().map(weight).max();
        let own = index.and_then(|index| self.evidence.get_key_value(&index));
        own.map(weight) >= most
    }

    /// Whether several spans, or its region, speak for another way of counting.
    #[must_use]
    pub fn points_elsewhere(&self) -> bool {
        let mut evidence = self.evidence.values();
        evidence.any(|it| it.differing > 0 && it.regions > 0 || it.gains_several())
    }

    /// Whether the document's spans may lie elsewhere than they seem to.
    #[must_use]
    pub fn doubt(&self) -> bool {
        !self.evidence.is_empty()
    }
}

/// Weighs the hypotheses for one document. `spans` are all in the declared unit, `places` are what
/// was proved of them in it, and `region` is where the document's only region ends, if there is one
/// from the start of the text, and whether that is the end of the text.
#[must_use]
pub fn examine(
    text: &Text<'_>,
    spans: &[Span],
    region: Option<(i64, bool)>,
    places: &[Option<ByteRange>],
) -> Assessment {
    let mut findings = Assessment::default();
    let Some(unit) = spans.first().map(|span| span.unit) else {
        return findings;
    };
    let is_whole = region.is_none_or(|(_, is_whole)| is_whole);
    // Between letters of a script without blanks every place fits, but not before a full stop.
    let looks_well = |place: &Option<ByteRange>| {
        place.is_some_and(|range| {
            let (start, end) = (range.start(), range.end());
            fits(text, Some((start, end))) && (text.is_ascii() || !is_odd(text, start, end))
        })
    };
    if is_whole && places.iter().all(looks_well) {
        return findings;
    }
    let declared = Declared::new(text, region, places);
    let count = spans.len();
    let misfits = declared.fits.iter().filter(|fits| !**fits).count();
    let judged = declared.places.iter().zip(&declared.fits);
    let misplaced = judged.filter(|(place, fits)| place.is_some() && !**fits);
    findings.misplaced = misplaced.count() as u64;
    let (spans, declared) = declared.sample(spans);
    let features = Features::of(text);
    // What concerns each number leaves few spans where they fit, but between letters of a script
    // without blanks.
    let all_may_be_wrong = 10 * misfits > count || features.not_ascii;
    // A text without line ends tells nothing of how they were counted, and as much of the rest.
    let mut reduced = Vec::new();
    for (index, hypothesis) in HYPOTHESES.iter().enumerate() {
        let plainer = features.reduced(*hypothesis, unit);
        if plainer != *hypothesis {
            reduced.push((index, plainer));
            continue;
        }
        let is_declared = hypothesis.unit == unit && hypothesis.form == CountedForm::Plain;
        if !is_declared && (all_may_be_wrong || !hypothesis.form.is_of_numbers()) {
            let evidence = declared.against(text, &spans, *hypothesis);
            if evidence.leans() && evidence.supposed >= evidence.declared {
                findings.evidence.insert(index, evidence);
            } else if evidence.differs() {
                findings.refuted |= 1 << index;
            }
        }
    }
    for (index, plainer) in reduced {
        if let Some(plainer) = HYPOTHESES.iter().position(|other| *other == plainer) {
            if let Some(evidence) = findings.evidence.get(&plainer).copied() {
                findings.evidence.insert(index, evidence);
            }
            findings.refuted |= ((findings.refuted >> plainer) & 1) << index;
        }
    }
    findings
}

/// What one document says of one hypothesis, whether its spans fit as declared or not. The
/// arguments are those of [`examine`].
#[must_use]
pub fn weigh(
    text: &Text<'_>,
    spans: &[Span],
    region: Option<(i64, bool)>,
    places: &[Option<ByteRange>],
    hypothesis: Hypothesis,
) -> Evidence {
    Declared::new(text, region, places).against(text, spans, hypothesis)
}

/// The most labels of a document that the hypotheses are asked about, from its start to its end. More
/// would tell nothing else.
const ASKED: usize = 2048;

/// What is known of a document as declared.
struct Declared {
    /// Where its only region ends, and whether that is the end of the text.
    region: Option<(i64, bool)>,
    places: Vec<Edges>,
    /// Whether each span fits.
    fits: Vec<bool>,
}

impl Declared {
    /// The places that were proved, judged.
    fn new(text: &Text<'_>, region: Option<(i64, bool)>, places: &[Option<ByteRange>]) -> Self {
        let edges = |range: ByteRange| (range.start(), range.end());
        let places: Vec<Edges> = places.iter().map(|range| range.map(edges)).collect();
        Self {
            region,
            fits: places.iter().map(|place| fits(text, *place)).collect(),
            places,
        }
    }

    /// The labels that the hypotheses are asked about, and what is known of those.
    fn sample(self, spans: &[Span]) -> (Cow<'_, [Span]>, Self) {
        let step = spans.len().div_ceil(ASKED);
        if step <= 1 {
            return (Cow::Borrowed(spans), self);
        }
        let spans: Vec<Span> = spans.iter().copied().step_by(step).collect();
        let sample = Self {
            region: self.region,
            places: self.places.into_iter().step_by(step).collect(),
            fits: self.fits.into_iter().step_by(step).collect(),
        };
        (Cow::Owned(spans), sample)
    }

    /// What the document says of a hypothesis.
    fn against(&self, text: &Text<'_>, spans: &[Span], hypothesis: Hypothesis) -> Evidence {
        let supposed = place(text, spans, hypothesis);
        let mut evidence = Evidence {
            spans: spans.len() as u64,
            ..Evidence::default()
        };
        let mut kinds: BTreeMap<[Option<[char; 4]>; 2], (i64, u64)> = BTreeMap::new();
        for (number, place) in supposed.iter().enumerate() {
            let as_declared = self.fits[number];
            let differs = *place != self.places[number];
            let as_supposed = if differs {
                fits(text, *place)
            } else {
                as_declared
            };
            evidence.declared += u64::from(as_declared);
            evidence.supposed += u64::from(as_supposed);
            evidence.differing += u64::from(differs);
            evidence.differing_declared += u64::from(differs && as_declared);
            evidence.differing_supposed += u64::from(differs && as_supposed);
            if differs {
                let both = [self.places[number], *place];
                let [before, after] = tempered(both.map(|place| plausibility(text, place)));
                let kind = kinds.entry(both.map(|place| edge_kinds(text, place)));
                let (sum, count) = kind.or_default();
                *sum += i64::from(after - before);
                *count += 1;
            }
            evidence.places = evidence.places.wrapping_add(mix(number, *place));
        }
        let kinds = kinds.into_values();
        evidence.gain = kinds.map(|(sum, count)| alike(sum, count)).sum();
        if let Some((end, is_whole)) = self.region
            && !hypothesis.form.is_of_numbers()
        {
            let length = length(text, hypothesis);
            evidence.regions = i64::from(length == end) - i64::from(is_whole);
        }
        evidence
    }
}

/// What a text has that can be counted in several ways.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a feature of its own"
)]
struct Features {
    not_ascii: bool,
    astral: bool,
    crlf: bool,
    newline: bool,
    mark: bool,
    /// White space other than blanks, or blanks at the start.
    spaced: bool,
    /// White space at the start.
    leading: bool,
    /// White space behind white space.
    runs: bool,
}

impl Features {
    fn of(text: &Text<'_>) -> Self {
        let bytes = text.as_str().as_bytes();
        let not_ascii = !text.is_ascii();
        let is_blank = |byte: &u8| is_space(char::from(*byte));
        let control = bytes
            .iter()
            .any(|byte| (b'\t'..=b'\r').contains(byte) || (0x1c..=0x1f).contains(byte));
        Self {
            not_ascii,
            astral: not_ascii && bytes.iter().any(|byte| *byte >= 0xf0),
            crlf: control && memchr::memmem::find(bytes, b"\r\n").is_some(),
            newline: control && memchr::memchr(b'\n', bytes).is_some(),
            mark: text.has_byte_order_mark(),
            // Which of the characters beyond ASCII are white space is not worth asking here.
            spaced: control || not_ascii || bytes.first() == Some(&b' '),
            leading: text.as_str().starts_with(is_space),
            runs: not_ascii || bytes.windows(2).any(|pair| pair.iter().all(is_blank)),
        }
    }

    /// The plainest hypothesis that comes to the same in the text; that of the declared unit, where
    /// there is one.
    fn reduced(&self, hypothesis: Hypothesis, declared: Unit) -> Hypothesis {
        let form = self.reduced_form(hypothesis.form);
        let is_same = |unit: Unit| match unit {
            Unit::Utf16 | Unit::CodePoint => !self.astral,
            // A byte-order mark has three bytes, also where all behind it is ASCII.
            Unit::Utf8 => !self.not_ascii && !form.counts_mark(),
            Unit::Grapheme | Unit::Grapheme10 => !self.not_ascii && !self.crlf,
        };
        let mut units = [declared, Unit::Utf16, Unit::CodePoint].into_iter();
        let plainer = units
            .find(|unit| *unit == hypothesis.unit || is_same(*unit) && is_same(hypothesis.unit))
            .map(|unit| Hypothesis { unit, form });
        plainer
            .filter(|plainer| HYPOTHESES.contains(plainer))
            .unwrap_or(Hypothesis { form, ..hypothesis })
    }

    /// The plainest form that comes to the same in the text.
    const fn reduced_form(&self, form: CountedForm) -> CountedForm {
        use CountedForm::{ByteOrderMark, LineEndsAsOne, Plain};
        match form {
            LineEndsAsOne if !self.crlf => Plain,
            CountedForm::LineEndsAsTwo if !self.newline => Plain,
            ByteOrderMark if !self.mark => Plain,
            CountedForm::ByteOrderMarkAndLineEndsAsOne => match (self.mark, self.crlf) {
                (true, true) => form,
                (true, false) => ByteOrderMark,
                (false, true) => LineEndsAsOne,
                (false, false) => Plain,
            },
            CountedForm::BlanksOnly if !self.spaced => Plain,
            CountedForm::Trimmed if !self.leading => Plain,
            CountedForm::Collapsed if !self.leading && !self.runs => Plain,
            CountedForm::Composed | CountedForm::Decomposed if !self.not_ascii => Plain,
            _ => form,
        }
    }
}

/// Whether a span stands as a person would have drawn it.
fn fits(text: &Text<'_>, place: Edges) -> bool {
    let Some((start, end)) = place else {
        return false;
    };
    // Nearly all do by a look at four bytes.
    if is_surely_whole(text.as_str(), start..end) {
        return true;
    }
    let Some(slice) = text.as_str().get(start..end) else {
        return false;
    };
    let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
    let edge = |byte, is_end| text.is_grapheme_edge(byte) && !cuts_word(text, byte, is_end);
    !blank(slice.chars().next())
        && !blank(slice.chars().next_back())
        && edge(start, false)
        && edge(end, true)
}

/// A number for a span and its place, such that sums of them tell placements apart.
fn mix(number: usize, place: Edges) -> u64 {
    let (start, end) = place.unwrap_or((usize::MAX, usize::MAX));
    let mut value = 0x9e37_79b9_7f4a_7c15_u64;
    for part in [number, start, end] {
        value = (value ^ part as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value ^= value >> 29;
    }
    value
}

#[cfg(test)]
mod tests;
