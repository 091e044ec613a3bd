//! Both sides of a document, brought to positions that can be compared.

use super::complaints::{Complaints, Named};
use super::predictions::{Found, fingerprint};
use crate::diagnostics::{quote, quote_at};
use crate::evaluation::service::Expected;
use crate::evaluation::{Evaluation, Mark, Names};
use crate::model::LabeledDocument;
use crate::text::{ByteRange, Text, Unit};

/// A byte-order mark.
const MARK: char = '\u{feff}';

/// Both sides of a document.
pub(super) struct Sides<'a> {
    pub(super) document: &'a LabeledDocument,
    /// What was predicted, if anything was.
    pub(super) found: Option<Found<'a>>,
    pub(super) complaints: &'a mut Complaints,
    /// Gets the document where the service was told something else of it.
    pub(super) changed: &'a mut Named,
}

impl Sides<'_> {
    /// Adds a document with classes. Answers whether it could be compared.
    pub(super) fn add_classes(self, evaluation: &mut Evaluation, is_one: bool) -> bool {
        let numbers = |names: &mut Names, classes: &[String]| {
            let mut numbers: Vec<u32> = classes.iter().map(|it| names.number(it)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let name = &self.document.name;
        let gold = numbers(evaluation.names(), &self.document.classes);
        let found = self.found.as_ref();
        let mut predicted = found.map_or_else(Vec::new, |found| found.classes.to_vec());
        predicted.dedup();
        if is_one && (gold.len() > 1 || predicted.len() > 1) {
            self.complaints.several_classes.add(name);
            return false;
        }
        if let Some(expected) = found.and_then(|found| found.expected)
            && numbers(evaluation.names(), &expected.classes) != gold
        {
            self.changed.add(name);
        }
        evaluation.add_classes(name, &gold, &predicted);
        true
    }

    /// Adds a document with spans. Answers whether it could be compared.
    pub(super) fn add_spans(self, evaluation: &mut Evaluation) -> bool {
        let name = &self.document.name;
        let Some(text) = self.document.text.as_deref() else {
            return self.add_numbers(evaluation);
        };
        let found = self.found.as_ref();
        let predicted = found.map_or(0, |found| found.spans.len());
        if text.trim().is_empty() && self.document.spans.len() + predicted > 0 {
            self.complaints.blank.add(name);
            return false;
        }
        let gold = self.document.spans.iter().map(|span| {
            let bytes = span.bytes.as_ref()?;
            Some(Mark {
                start: bytes.start,
                end: bytes.end,
                label: evaluation.names().number(&span.category),
            })
        });
        let Some(gold) = gold.collect::<Option<Vec<Mark>>>() else {
            self.complaints.gold_unplaced.add(name);
            return false;
        };
        let Some(found) = &self.found else {
            evaluation.add_spans(name, Some(text), &gold, &[]);
            return true;
        };
        if found.text.is_some_and(|other| other != fingerprint(text)) {
            self.complaints.other_texts.add(name);
            return false;
        }
        // The mark before the text is gone already, and another one belongs to the text.
        let marked: String;
        let text = if text.starts_with(MARK) {
            marked = format!("{MARK}{text}");
            Text::new(&marked)
        } else {
            Text::new(text)
        };
        let placed = marks(&text, found);
        let fits = check_words(&text, found, self.complaints);
        let Some(predicted) = placed.filter(|_| fits) else {
            self.complaints.predicted_unplaced.add(name);
            return false;
        };
        if let Some(expected) = found.expected
            && !is_expected(&text, expected, &gold, evaluation.names())
        {
            self.changed.add(name);
        }
        evaluation.add_spans(name, Some(text.as_str()), &gold, &predicted);
        true
    }

    /// The same without a text: by the numbers that the files have.
    fn add_numbers(self, evaluation: &mut Evaluation) -> bool {
        let name = &self.document.name;
        let spans = &self.document.spans;
        let found = self.found.as_ref();
        let own = spans.iter().map(|span| span.declared.unit);
        let others = found.into_iter().flat_map(|found| found.spans);
        let others = others.map(|guess| guess.span.unit);
        if let (Some(first), Some(_)) = (own.clone().next(), others.clone().next())
            && own.chain(others).any(|unit| unit != first)
        {
            self.complaints.other_units.add(name);
            return false;
        }
        let mark = |start: i64, end: i64, label: u32| {
            let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
            (start <= end).then_some(Mark { start, end, label })
        };
        let gold = spans.iter().map(|span| {
            let label = evaluation.names().number(&span.category);
            mark(span.declared.start, span.declared.end, label)
        });
        let gold: Option<Vec<Mark>> = gold.collect();
        let predicted = found.map_or(&[][..], |found| found.spans).iter();
        let predicted = predicted.map(|it| mark(it.span.start, it.span.end, it.label));
        let predicted: Option<Vec<Mark>> = predicted.collect();
        match (gold, predicted) {
            (None, _) => self.complaints.gold_unplaced.add(name),
            (_, None) => self.complaints.predicted_unplaced.add(name),
            (Some(gold), Some(predicted)) => {
                evaluation.add_spans(name, None, &gold, &predicted);
                return true;
            }
        }
        false
    }
}

fn mark(range: ByteRange, label: u32) -> Mark {
    Mark {
        start: range.start(),
        end: range.end(),
        label,
    }
}

/// The predicted spans by their bytes, where all of them name characters.
///
/// Where the text was read with the label file too, the places are proved there: the numbers alone would
/// not tell them, since a file may count a mark before the text, or each span in a unit of its own.
fn marks(text: &Text<'_>, found: &Found<'_>) -> Option<Vec<Mark>> {
    if found.text.is_some() {
        let marks = found.spans.iter().map(|guess| {
            let (start, end) = guess.bytes?;
            let label = guess.label;
            Some(Mark { start, end, label })
        });
        return marks.collect();
    }
    let ranges = text.resolve(&found.declared()).into_iter();
    let marks = ranges.zip(found.spans);
    marks
        .map(|(range, guess)| Some(mark(range.ok()?, guess.label)))
        .collect()
}

/// Notes whether the predicted spans name the words that they are said to name, in each unit. Answers
/// whether they do in their own.
fn check_words(text: &Text<'_>, found: &Found<'_>, complaints: &mut Complaints) -> bool {
    if found.words.iter().all(Option::is_none) {
        return true;
    }
    let mut is_right = true;
    let ranges = Unit::ALL.map(|unit| text.resolve(&found.declared_in(unit)));
    for (at, words) in found.words.iter().enumerate() {
        let Some(words) = words else { continue };
        let range = |ranges: &Vec<Result<ByteRange, _>>| ranges.get(at).copied()?.ok();
        let fits = ranges.each_ref().map(|ranges| {
            let range = range(ranges);
            range.is_some_and(|range| text.slice(range) == words)
        });
        let own = Unit::ALL.iter().position(|unit| *unit == found.unit);
        let fits_own = own.is_some_and(|own| fits[own]);
        let told = (!fits_own).then(|| {
            let span = found.spans.get(at).map(|guess| guess.span);
            let (start, end) = span.map_or((0, 0), |span| (span.start, span.end));
            let there = own.and_then(|own| range(&ranges[own]));
            let there = there.map_or("nothing".to_owned(), |range| {
                quote_at(text.as_str(), range.as_range())
            });
            let (words, name) = (quote(words), quote(found.name));
            (
                format!("{name} has {there} at {start}..{end}, and not {words}"),
                found.unit,
            )
        });
        is_right &= fits_own;
        complaints.words.add(fits, told);
    }
    is_right
}

/// Whether the service was told to expect the gold labels.
fn is_expected(text: &Text<'_>, expected: &Expected, gold: &[Mark], names: &mut Names) -> bool {
    let spans: Vec<_> = expected
        .spans
        .iter()
        .map(|it| it.span(Unit::Utf16))
        .collect();
    let ranges = text.resolve(&spans).into_iter().zip(&expected.spans);
    let marks = ranges.map(|(range, span)| Some(mark(range.ok()?, names.number(&span.category))));
    let Some(mut marks) = marks.collect::<Option<Vec<Mark>>>() else {
        return false;
    };
    let mut gold = gold.to_vec();
    marks.sort_unstable();
    gold.sort_unstable();
    marks == gold
}
