//! What speaks against a comparison, gathered over all documents.

use super::incomparable::Incomparable;
use crate::diagnostics::{count, quote};
use crate::text::Unit;

/// How many names are listed.
const NAMED: usize = 3;

/// Names of documents: how many, and the first of them.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) number: u64,
    first: Vec<String>,
}

impl Named {
    /// Adds a name.
    pub(super) fn add(&mut self, name: &str) {
        self.number += 1;
        if self.first.len() < NAMED {
            self.first.push(quote(name));
        }
    }

    /// `` `a.txt`, `b.txt` and 3 more ``
    pub(super) fn told(&self) -> String {
        let more = self.number - self.first.len() as u64;
        let first = self.first.join(", ");
        if more > 0 {
            format!("{first} and {more} more")
        } else {
            first
        }
    }
}

/// The words that a job gives its entities, beside those of the texts.
#[derive(Debug)]
pub(super) struct WordChecks {
    /// How many entities with words there are.
    all: u64,
    /// How many have the words of the text, by what their offsets may count.
    fitting: [u64; Unit::ALL.len()],
    /// The first that has others: what is to be told of it, and the unit that it was read in.
    first: Option<(String, Unit)>,
}

impl WordChecks {
    pub(super) const fn new() -> Self {
        Self {
            all: 0,
            fitting: [0; Unit::ALL.len()],
            first: None,
        }
    }

    /// Adds an entity: whether it fits in each unit. `told` says what is wrong where it does not fit in
    /// the unit that it is read in.
    pub(super) fn add(&mut self, fits: [bool; Unit::ALL.len()], told: Option<(String, Unit)>) {
        self.all += 1;
        for (sum, fits) in self.fitting.iter_mut().zip(fits) {
            *sum += u64::from(fits);
        }
        if self.first.is_none() {
            self.first = told;
        }
    }

    /// Why the entities cannot be scored, if so.
    fn complaint(&self) -> Option<String> {
        let (first, unit) = self.first.as_ref()?;
        let unit = *unit;
        let read = Unit::ALL.into_iter().zip(self.fitting);
        let fitting = |wanted: Unit| {
            let mut all = Unit::ALL.into_iter().zip(self.fitting);
            all.find(|(unit, _)| *unit == wanted).map_or(0, |it| it.1)
        };
        let wrong = self.all - fitting(unit).min(self.all);
        let wrong = count(wrong, "predicted entity").replace("entitys", "entities");
        let mut others = read.filter(|(other, fitting)| *other != unit && *fitting == self.all);
        let advice = match others.next() {
            Some((other, _)) => format!(
                "the offsets were read as {}, and all fit as {}: give `--job-offsets {}`",
                unit.plural(),
                other.plural(),
                other.name()
            ),
            None => "the texts are not those that the job was given".to_owned(),
        };
        let verb = if wrong.starts_with("1 ") {
            "has"
        } else {
            "have"
        };
        Some(format!(
            "{wrong} {verb} other words than the text at their place: {first}; {advice}"
        ))
    }
}

/// What speaks against a comparison.
#[derive(Debug)]
pub(super) struct Complaints {
    /// Label files with records that cannot be read, each with how many.
    pub(super) unread: Vec<(String, u64)>,
    /// Documents with gold labels that cannot be read.
    pub(super) gold_unreadable: Named,
    /// Documents with predicted labels that cannot be read.
    pub(super) predicted_unreadable: Named,
    /// Gold documents without a prediction.
    pub(super) lacking: Named,
    /// Documents whose texts differ.
    pub(super) other_texts: Named,
    /// Documents with labels whose texts are white space alone.
    pub(super) blank: Named,
    /// Documents with gold labels that have no place in the text.
    pub(super) gold_unplaced: Named,
    /// Documents with predicted labels that have none.
    pub(super) predicted_unplaced: Named,
    /// Documents without a text whose sides count something else.
    pub(super) other_units: Named,
    /// Documents with several classes where there can be one.
    pub(super) several_classes: Named,
    /// Words that a job gives.
    pub(super) words: WordChecks,
    /// Documents without a name of their own, of which several have one text and different labels.
    pub(super) twins: Named,
    /// What names of documents make unclear.
    pub(super) names: Vec<String>,
}

impl Complaints {
    pub(super) fn new() -> Self {
        Self {
            unread: Vec::new(),
            gold_unreadable: Named::default(),
            predicted_unreadable: Named::default(),
            lacking: Named::default(),
            other_texts: Named::default(),
            blank: Named::default(),
            gold_unplaced: Named::default(),
            predicted_unplaced: Named::default(),
            other_units: Named::default(),
            several_classes: Named::default(),
            words: WordChecks::new(),
            twins: Named::default(),
            names: Vec::new(),
        }
    }

    /// The refusal, if there is a reason. `sides` is what the two files are called, and `hint` is said
    /// of documents that the second lacks.
    pub(super) fn refusal(&self, sides: (&str, &str), hint: &str) -> Option<Incomparable> {
        let (gold, other) = sides;
        let mut all: Vec<String> = self.unread.iter().map(unread).collect();
        all.extend(self.names.iter().take(NAMED).cloned());
        let mut tell = |named: &Named, what: &str, then: &str| {
            if named.number > 0 {
                let documents = count(named.number, "document");
                all.push(format!("{documents} {what}: {}; {then}", named.told()));
            }
        };
        let why = "`labelwright check` says why";
        let unreadable = |side: &str| format!("of {side} with labels that cannot be read");
        tell(&self.gold_unreadable, &unreadable(gold), why);
        tell(&self.predicted_unreadable, &unreadable(other), why);
        tell(
            &self.other_texts,
            "with another text on each side",
            "spans of different texts cannot be compared: name the folder of the texts that both \
             were labeled on with `--texts`",
        );
        tell(
            &self.blank,
            "whose text is white space alone, in which no label can stand",
            "give them their texts, or take the labels out",
        );
        tell(
            &self.gold_unplaced,
            &format!("of {gold} with labels that name no characters of the text"),
            "`labelwright check` tells more",
        );
        let words = self.words.complaint();
        if words.is_none() {
            tell(
                &self.predicted_unplaced,
                &format!("of {other} with labels that name no characters of the text"),
                "the offsets may count something else, or the text is another one",
            );
        }
        tell(
            &self.other_units,
            "without a text, whose offsets count something else on each side",
            "name the folder of the texts with `--texts`",
        );
        tell(
            &self.several_classes,
            "with several classes, where there is one a document",
            "give each document one class",
        );
        let then = format!(
            "{hint}`--missing score` counts them as if {other} had no label there, and \
             `--missing skip` leaves them out"
        );
        tell(
            &self.twins,
            &format!(
                "that {other} has by their texts alone, which are the same and have different labels"
            ),
            "it cannot be told which is which: give the documents names, or leave all but one of them out",
        );
        tell(
            &self.lacking,
            &format!("of {gold} that {other} lacks"),
            &then,
        );
        all.extend(words);
        (!all.is_empty()).then_some(Incomparable(all))
    }
}

/// That a file has records that cannot be read. What they hold is unknown, so figures without them could
/// be better than they are.
pub(super) fn unread((path, number): &(String, u64)) -> String {
    format!(
        "{} of {path} cannot be read; `labelwright check` says why",
        count(*number, "record")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_unit_that_fits_is_named() {
        let mut complaints = Complaints::new();
        let told = Some(("`Bob` at 2..5".to_owned(), Unit::Grapheme));
        complaints
            .words
            .add([true, true, false, false, false], told);
        complaints.words.add([true, false, false, true, true], None);
        let refusal = complaints.refusal(("GOLD", "PREDICTED"), "").unwrap();
        let want = "1 predicted entity has other words than the text at their place: `Bob` at \
                    2..5; the offsets were read as grapheme clusters, and all fit as UTF-16 code \
                    units: give `--job-offsets utf16`";
        assert_eq!(refusal.0, [want]);
    }

    #[test]
    fn the_first_names_are_told() {
        let mut named = Named::default();
        for name in ["a", "b", "c", "d", "e"] {
            named.add(name);
        }
        assert_eq!(named.told(), "`a`, `b`, `c` and 2 more");
        assert!(Complaints::new().refusal(("a", "b"), "").is_none());
    }
}
