//! What may be amiss in a document, told by one look at it.
//!
//! Nearly all documents are as they should be, and nearly all rules would look at each label of
//! one to find nothing. So every document is looked over once, and a rule is asked only where a
//! symptom shows of what it looks for ([`super::Rule::when`]). A symptom may show in vain, which
//! costs time. It must never be missing where a rule has something to say: a property test asks
//! all rules about all documents, and compares.

use crate::alignment::{AlignedDocument, Claim, TextState};
use crate::model::path::is_plain;
use crate::rules::settings::Thresholds;
use crate::text::ByteRange;
use crate::text::whole::is_surely_whole;

/// A set of symptoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symptoms(u8);

impl Symptoms {
    /// None: of a rule that never looks at a document.
    pub const NEVER: Self = Self(0);
    /// That there is a document, which is always so.
    pub const ALWAYS: Self = Self(1);
    /// The path of a file is more than letters, digits, `_` and `-` with `.txt` behind them; or a
    /// location has folders.
    pub const NAMES: Self = Self(1 << 1);
    /// A file could not be read, is blank, or begins with a byte-order mark.
    pub const FILES: Self = Self(1 << 2);
    /// Labels do not follow one another, each with at least one character and no more than the
    /// threshold; or a number is negative.
    pub const NUMBERS: Self = Self(1 << 3);
    /// There is more or less than one region; or it is negative, does not hold all labels, or
    /// does not hold all of the text.
    pub const REGIONS: Self = Self(1 << 4);
    /// A span or a region names no characters of the text, or others than the file says.
    pub const PROOFS: Self = Self(1 << 5);
    /// At the edge of a proved span is something else than a whole word in ASCII.
    pub const EDGES: Self = Self(1 << 6);
    /// Spans have labels of several names.
    pub const SEVERAL: Self = Self(1 << 7);

    /// Both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a symptom in common.
    #[must_use]
    pub const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Looks a document over.
    #[must_use]
    pub fn of(aligned: &AlignedDocument<'_>, thresholds: &Thresholds) -> Self {
        let mut symptoms = Self::ALWAYS.or(numbers(aligned, thresholds));
        if let [first, others @ ..] = aligned.document.spans() {
            let is_one = others.iter().all(|other| other.category == first.category);
            symptoms = symptoms.or(Self::SEVERAL.unless(is_one));
        }
        for (_, address, state) in aligned.files() {
            let path = address.path();
            let is_nested = address.is_location() && path.contains('/');
            symptoms = symptoms.or(Self::NAMES.unless(is_plain(path) && !is_nested));
            let is_fine = match state {
                TextState::Read(text) => !text.has_byte_order_mark(),
                TextState::NotAsked => true,
                _ => false,
            };
            symptoms = symptoms.or(Self::FILES.unless(is_fine));
        }
        let Some(text) = aligned.text() else {
            return symptoms;
        };
        let spans = || aligned.spans.iter().filter_map(|span| span.proof);
        let mut proofs = spans().chain(aligned.regions.iter().copied().flatten());
        let is_proved = proofs.all(|proof| proof.is_ok())
            && aligned
                .spans
                .iter()
                .all(|span| span.claim != Claim::Differs);
        symptoms = symptoms.or(Self::PROOFS.unless(is_proved));
        let is_whole =
            |range: ByteRange| range.is_empty() || is_surely_whole(text.as_str(), range.as_range());
        let mut ranges = spans().filter_map(Result::ok);
        symptoms.or(Self::EDGES.unless(ranges.all(is_whole)))
    }

    /// These, unless all is well.
    const fn unless(self, well: bool) -> Self {
        if well { Self::NEVER } else { self }
    }
}

/// What shows in the numbers of spans and regions.
fn numbers(aligned: &AlignedDocument<'_>, thresholds: &Thresholds) -> Symptoms {
    let document = aligned.document;
    let most = i64::try_from(thresholds.span_characters).unwrap_or(i64::MAX);
    let labels = document.spans();
    let (mut last, mut follow) = (0, true);
    // The least of the starts and the greatest of the ends, where labels do not follow one
    // another.
    let (mut first, mut reach) = (i64::MAX, i64::MIN);
    for label in labels {
        let (start, end) = (label.span.start, label.span.end);
        follow &= last <= start && start < end && label.span.len() <= most;
        first = first.min(start);
        reach = reach.max(end);
        last = end;
    }
    let regions_are_well = match (document.labels.is_regional(), document.regions()) {
        (true, [region]) => {
            let span = region.span;
            let holds = labels.is_empty() || span.start <= first && reach <= span.end;
            let whole = aligned.has_one_whole_region() != Some(false);
            0 <= span.start && span.start <= span.end && holds && whole
        }
        (_, regions) => regions.is_empty(),
    };
    Symptoms::NUMBERS
        .unless(follow && !aligned.mixes())
        .or(Symptoms::REGIONS.unless(regions_are_well))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Absent, Labels};

    use crate::model::{Label, Notation, Region, UnitChoice};
    use crate::rules::settings::Settings;
    use crate::rules::{DocumentSink, RULES, Said, run, testing};
    use crate::text::{Span, Text, Unit};

    fn span() -> impl Strategy<Value = Span> {
        let unit = Unit::Utf16;
        (-1_i64..14, prop_oneof![4 => 1_i64..5, 1 => -2_i64..14]).prop_map(
            move |(start, length)| Span {
                unit,
                start,
                end: start + length,
            },
        )
    }

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        let apart = prop::collection::vec((0_i64..3, 1_i64..4), 0..4).prop_map(|steps| {
            let mut at = 0;
            let step = |(gap, length)| {
                let start = at + gap;
                at = start + length;
                Span {
                    unit: Unit::Utf16,
                    start,
                    end: at,
                }
            };
            steps.into_iter().map(step).collect()
        });
        prop_oneof![apart, prop::collection::vec(span(), 0..4)]
    }

    fn name() -> impl Strategy<Value = String> {
        const ODD: [&str; 6] = [
            "../a.txt", "a/b.txt", "con.txt", "COM1.txt", "a.TXT", "a.txt.",
        ];
        let odd = prop::sample::select(&ODD[..]).prop_map(str::to_owned);
        prop_oneof!["[a-zA-Z0-9_./-]{0,6}(\\.txt)?", odd, ".{0,4}"]
    }

    fn state(text: &str, which: u8) -> TextState<'_> {
        match which {
            0 => TextState::NotAsked,
            1 => TextState::Missing(Absent::default()),
            2 => TextState::NotUtf8 {
                byte: 0,
                encoding: None,
            },
            3 => TextState::Unsafe("a reason"),
            4 => TextState::Unreadable("a reason".to_owned()),
            5 => TextState::TooLong(1 << 40),
            6 => TextState::Blank(Text::new("")),
            _ => TextState::Read(Text::new(text)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn no_rule_has_more_to_say_than_it_is_asked(
            text in r"(\PC|[ab1_ .\r\n\u{301}é😀]){1,12}",
            which in 0_u8..20,
            name in name(),
            (spans, regions) in (spans(), prop::option::of(prop::collection::vec(span(), 0..3))),
            (fits, most) in (any::<bool>(), prop_oneof![Just(2_u64), Just(500)]),
            (pairs, url) in (any::<bool>(), any::<bool>()),
        ) {
            let labels: Vec<Label<'_>> = spans.iter().enumerate().map(|(index, span)| Label {
                category: Cow::Borrowed(["A", "B"][index % 2]),
                span: *span,
                region: 0,
                index, covered: None, }).collect();
            // Random regions are seldom right ones.
            let regional = regions.is_some();
            let end = i64::try_from(text.encode_utf16().count()).unwrap();
            let whole = Span { unit: Unit::Utf16, start: 0, end };
            let regions = match regions {
                Some(_) if fits => vec![whole],
                other => other.unwrap_or_default(),
            };
            let regions = regions.into_iter().enumerate();
            let regions = regions.map(|(index, span)| Region { span, index }).collect();
            let labels = Labels::entities(labels, regional.then_some(regions));
            let mut document = testing::document(labels);
            document.address.path = 0..name.len();
            document.address.written = Cow::Borrowed(&name);
            document.address.shortens = url;
            document.notation = if pairs { Notation::StartEnd } else { Notation::OffsetLength };
            let unit = UnitChoice::Given(Unit::Utf16);
            let aligned = AlignedDocument::new(&document, state(&text, which), unit, false);
            let mut settings = Settings::default();
            settings.thresholds.span_characters = most;
            let (mut asked, mut all) = (Vec::new(), Vec::new());
            let drain = &mut |_: &mut Vec<_>| ();
            let rules = run::document_rules(RULES);
            run::document(&rules, &aligned, &settings, &mut asked, drain);
            for rule in RULES {
                let (settings, said, meta) = (&settings, &mut all, rule.meta());
                rule.document(&aligned, &mut DocumentSink { meta, settings, said, drain });
            }
            let plain = |said: Vec<Said<crate::model::At>>| {
                let said = said.into_iter();
                said.map(|said| (said.meta.name, said.place, said.message)).collect::<Vec<_>>()
            };
            prop_assert_eq!(plain(asked), plain(all));
        }
    }

    #[test]
    fn a_document_as_it_should_be_raises_none() {
        let span = |start, end| Span {
            unit: Unit::Utf16,
            start,
            end,
        };
        let label = |index, span| Label {
            category: Cow::Borrowed("A"),
            span,
            region: 0,
            index,
            covered: None,
        };
        let labels = vec![
            label(0, span(0, 3)),
            label(1, span(4, 9)),
            label(2, span(9, 10)),
        ];
        let regions = vec![Region {
            span: span(0, 12),
            index: 0,
        }];
        let document = testing::document(Labels::entities(labels, Some(regions)));
        let unit = UnitChoice::Given(Unit::Utf16);
        let thresholds = Settings::default().thresholds;
        for state in [
            TextState::NotAsked,
            TextState::Read(Text::new("Ada wrote. \u{e9}")),
        ] {
            let aligned = AlignedDocument::new(&document, state, unit, false);
            assert_eq!(Symptoms::of(&aligned, &thresholds), Symptoms::ALWAYS);
        }
    }
}
