//! Compares labels with those that are right, or those of two labelers.
//!
//! What was predicted is read first and kept in little room ([`Predictions`]); the gold documents then go
//! by one after the other, with their texts, and claim what was predicted for them by their names.

mod claims;
mod complaints;
mod incomparable;
mod predictions;
mod sides;
mod stems;
mod summary;

use self::complaints::{Complaints, Named};
use self::predictions::task_of;
use self::sides::Sides;
use super::Corpus;
use crate::diagnostics::{count, quote};
use crate::evaluation::{Evaluation, Scores, Task};
use crate::model::{Kind, LabeledDocument};
use crate::pipeline::Error;

pub use incomparable::Incomparable;
pub use predictions::Predictions;
pub use summary::score_summary;

/// What becomes of a gold document for which nothing was predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The comparison is refused.
    Refuse,
    /// It counts as if nothing was found in it.
    Score,
    /// It is left out.
    Skip,
}

/// What is asked of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct ScoreOptions<'a> {
    /// The set of gold documents that is compared; `None` is all of them.
    pub dataset: Option<&'a str>,
    /// What becomes of gold documents without a prediction.
    pub missing: Missing,
    /// How many of the worst documents are told.
    pub worst: usize,
    /// Whether their words are.
    pub words: bool,
    /// What messages call the two sides.
    pub sides: (&'a str, &'a str),
}

/// What a comparison came to.
#[derive(Clone, Debug)]
pub struct Scored {
    /// What is labeled.
    pub kind: Kind,
    /// The figures.
    pub scores: Scores,
    /// What a reader of them should know.
    pub notes: Vec<String>,
}

/// Compares what was predicted with gold.
///
/// Fails where a file cannot be read; refuses where the two cannot be compared.
pub fn score(
    gold: &Corpus<'_>,
    mut predictions: Predictions,
    options: &ScoreOptions<'_>,
) -> Result<Result<Scored, Incomparable>, Error> {
    let (task, kind) = match common_kind(gold, predictions.task, options.sides.1) {
        Ok(both) => both,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let all = gold.paths()?.into_iter().map(|(_, name)| name.path);
    predictions.gold_names = all.collect();
    let names = std::mem::take(&mut predictions.names);
    let mut run = Run {
        evaluation: Evaluation::new(task, names, options.worst, options.words),
        complaints: Complaints::new(),
        counted: 0,
        outside: 0,
        skipped: 0,
        unlabeled: 0,
        elsewhere: Named::default(),
        changed: Named::default(),
        seen: Named::default(),
        predictions,
        options,
    };
    let mut unread = u64::from(gold.is_broken());
    gold.each(
        |_| true,
        |aligned| {
            match aligned {
                Some(aligned) => run.add(&aligned.labeled(), aligned.document.unreadable),
                None => unread += 1,
            }
            Ok(())
        },
    )?;
    let gold = (unread > 0).then(|| (gold.source().name().to_owned(), unread));
    let predicted = std::mem::take(&mut run.predictions.unread);
    run.complaints.unread.extend(gold);
    run.complaints.unread.extend(predicted);
    Ok(run.finish(kind))
}

/// What both sides label.
fn common_kind(
    gold: &Corpus<'_>,
    predicted: Option<Task>,
    side: &str,
) -> Result<(Task, Kind), Incomparable> {
    let path = gold.source().name();
    let own = gold.kind();
    if let Some(kind) = own
        && task_of(kind).is_none()
    {
        let kind = kind.noun();
        return Err(Incomparable::new(format!(
            "{path} holds {kind}, which has no score"
        )));
    }
    let predicted = match (own.and_then(task_of), predicted) {
        // One class is a set too, and a file tells sets from one class by the longest that it has.
        (Some(Task::ClassSets), Some(Task::OneClass)) => Some(Task::ClassSets),
        (_, predicted) => predicted,
    };
    match (own.and_then(task_of), predicted) {
        (Some(gold), Some(predicted)) if gold != predicted => Err(Incomparable::new(format!(
            "{path} has {}, and {side} has {}: they cannot be compared",
            gold.noun(),
            predicted.noun()
        ))),
        (None, None) => Err(Incomparable::new(format!(
            "neither {path} nor {side} has a label, so there is nothing to compare"
        ))),
        (Some(task), _) | (None, Some(task)) => {
            let usual = match task {
                Task::Spans => Kind::EntityRecognition,
                Task::OneClass => Kind::SingleLabelClassification,
                Task::ClassSets => Kind::MultiLabelClassification,
            };
            Ok((task, own.unwrap_or(usual)))
        }
    }
}

/// A comparison on its way.
struct Run<'a> {
    evaluation: Evaluation,
    predictions: Predictions,
    options: &'a ScoreOptions<'a>,
    complaints: Complaints,
    /// Documents that were compared.
    counted: u64,
    /// Gold documents of other sets, for which nothing was predicted.
    outside: u64,
    /// Gold documents that the user leaves out.
    skipped: u64,
    /// Gold documents without a class, where each has one.
    unlabeled: u64,
    /// Gold documents of sets that are not asked for.
    elsewhere: Named,
    /// Documents that the service was told something else of.
    changed: Named,
    /// Gold documents.
    seen: Named,
}

impl Run<'_> {
    /// Adds a gold document, of which so many labels cannot be read.
    fn add(&mut self, document: &LabeledDocument, unreadable: u64) {
        let name = document.name.as_str();
        self.seen.add(name);
        let split = document.split.as_deref();
        let is_in = |wanted: &str| split.is_some_and(|split| split.eq_ignore_ascii_case(wanted));
        let mut found = match self.predictions.claim(name) {
            Ok(found) => found,
            Err(refusal) => {
                self.complaints.names.extend(refusal.0);
                return;
            }
        };
        if found.is_none() {
            found = self.predictions.claim_text(document);
        }
        if self.options.dataset.is_some_and(|wanted| !is_in(wanted)) {
            self.elsewhere.add(name);
            return;
        }
        if found.is_none() {
            let is_due = self.options.dataset.is_some()
                || is_in("Test")
                || split.is_none() && !self.predictions.are_results();
            match self.options.missing {
                _ if !is_due => {
                    self.outside += 1;
                    return;
                }
                Missing::Refuse => {
                    self.complaints.lacking.add(name);
                    return;
                }
                Missing::Skip => {
                    self.skipped += 1;
                    return;
                }
                Missing::Score => {}
            }
        }
        if unreadable > 0 {
            self.complaints.gold_unreadable.add(name);
            return;
        }
        if found.is_some_and(|at| self.predictions.document(at).unreadable > 0) {
            self.complaints.predicted_unreadable.add(name);
            return;
        }
        let sides = Sides {
            document,
            found: found.map(|at| self.predictions.document(at)),
            complaints: &mut self.complaints,
            changed: &mut self.changed,
        };
        let is_counted = match self.evaluation.task() {
            Task::Spans => sides.add_spans(&mut self.evaluation),
            Task::OneClass if document.classes.is_empty() => {
                self.unlabeled += 1;
                false
            }
            Task::OneClass => sides.add_classes(&mut self.evaluation, true),
            Task::ClassSets => sides.add_classes(&mut self.evaluation, false),
        };
        self.counted += u64::from(is_counted);
    }

    fn finish(mut self, kind: Kind) -> Result<Scored, Incomparable> {
        let pages = if self.predictions.continued.is_empty() {
            String::new()
        } else {
            let files = self.predictions.continued.join(", ");
            format!("{files} is one of several pages (`nextLink`): give them all; ")
        };
        let hint = match self.predictions.failed.as_slice() {
            [] => pages,
            [first, ..] => {
                let failed = self.predictions.failed.len() as u64;
                let failed = count(failed, "document");
                format!(
                    "{pages}the job failed on {failed}, such as {}; ",
                    quote(first)
                )
            }
        };
        for name in self.predictions.unclear() {
            self.complaints.twins.add(name);
        }
        let is_read = self.complaints.unread.is_empty() && self.complaints.names.is_empty();
        if self.counted == 0 && is_read && self.has_no_common() {
            return Err(self.nothing_in_common());
        }
        if let Some(refusal) = self.complaints.refusal(self.options.sides, &hint) {
            return Err(refusal);
        }
        if self.counted == 0 {
            return Err(self.nothing_in_common());
        }
        let notes = self.notes();
        Ok(Scored {
            kind,
            scores: self.evaluation.scores(),
            notes,
        })
    }

    /// Whether nothing that was predicted has the name of a gold document.
    fn has_no_common(&self) -> bool {
        let all = self.seen.number;
        let without = self.complaints.lacking.number + self.outside + self.skipped;
        without == all
    }

    fn nothing_in_common(&self) -> Incomparable {
        if let Some(wanted) = self.options.dataset
            && self.elsewhere.number == self.seen.number
        {
            let wanted = quote(wanted);
            let side = self.options.sides.0;
            return Incomparable::new(format!("no document of {side} is in the set {wanted}"));
        }
        if self.unlabeled > 0 {
            let side = self.options.sides.0;
            return Incomparable::new(format!(
                "no document of {side} that can be compared has a class"
            ));
        }
        let mut predicted = Named::default();
        self.predictions
            .unclaimed()
            .for_each(|name| predicted.add(name));
        let told = |named: &Named| {
            if named.number == 0 {
                "none".to_owned()
            } else {
                named.told()
            }
        };
        let (gold, other) = self.options.sides;
        Incomparable::new(format!(
            "no document of {other} is one of {gold}: {gold} has {}, and {other} has {}",
            told(&self.seen),
            told(&predicted)
        ))
    }

    /// What a reader of the figures should know.
    fn notes(&self) -> Vec<String> {
        let (gold, other) = self.options.sides;
        let mut notes = Vec::new();
        let mut note = |number: u64, what: &str| {
            if number > 0 {
                notes.push(format!("{} {what}", count(number, "document")));
            }
        };
        note(self.elsewhere.number, "of other sets left out");
        note(
            self.outside,
            &format!("of {gold} outside the test set left out: not in {other}"),
        );
        note(self.skipped, &format!("of {gold} left out: not in {other}"));
        note(
            self.unlabeled,
            &format!("of {gold} without a class left out"),
        );
        let mut unclaimed = Named::default();
        self.predictions
            .unclaimed()
            .for_each(|name| unclaimed.add(name));
        if unclaimed.number > 0 {
            let number = count(unclaimed.number, "document");
            let told = unclaimed.told();
            notes.push(format!(
                "{number} of {other} left out, not in {gold}: {told}"
            ));
        }
        if !self.predictions.continued.is_empty() {
            let files = self.predictions.continued.join(", ");
            notes.push(format!(
                "{files} is one of several pages (`nextLink`): figures of the whole need them all"
            ));
        }
        if self.changed.number > 0 {
            let number = count(self.changed.number, "document");
            let told = self.changed.told();
            notes.push(format!(
                "{number} with other gold labels than the service was told to expect: {told}"
            ));
        }
        notes
    }
}
