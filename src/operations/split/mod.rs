//! Puts documents into Train and Test, or into folds.

mod gather;
mod groups;
mod refusal;
mod request;
mod write;

use self::gather::{Gathered, Known, gather};
use self::groups::Groups;
use self::request::SETS;
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::stratification::{Effort, Row, Split, SplitOutcome, Units, Unmet};

pub use self::groups::GroupKey;
pub use self::refusal::Refusal;
pub use self::request::{Division, SplitRequest};
pub use self::write::write_datasets;

/// Documents that were put into sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// Each document in the order of the file: its place there, its name, and the number of its set.
    pub documents: Vec<(u64, String, usize)>,
    /// What there is to say of it.
    pub outcome: SplitOutcome,
}

/// Puts the documents of a file into sets; nothing is written.
///
/// The answer hangs on names, labels, texts and the seed, and not on the order of the documents. Documents of
/// one name, with one text, and those that are asked to stay together are never parted.
///
/// Fails where the file cannot be read.
pub fn split(
    corpus: &Corpus<'_>,
    request: &SplitRequest<'_>,
) -> Result<Result<Assigned, Refusal>, Error> {
    if !corpus.visit(&crate::pipeline::visit::JudgeOnly, |()| Ok(()))? {
        return Ok(Err(Refusal::Unreadable));
    }
    let mut gathered = gather(corpus, request.near.is_some())?;
    gathered.settle();
    if let Some(refusal) = refusal::of_corpus(&gathered, corpus.kind()) {
        return Ok(Err(refusal));
    }
    if request.near.is_some() && gathered.documents.iter().all(|it| it.text.is_none()) {
        return Ok(Err(Refusal::NoTexts));
    }
    let mut groups = Groups::new(gathered.documents.len());
    groups.join_equal(&gathered.documents, request.group_by);
    if let Some(threshold) = request.near {
        groups.join_near(corpus, &gathered, threshold)?;
    }
    Ok(assign(corpus, request, &gathered, &mut groups))
}

fn assign(
    corpus: &Corpus<'_>,
    request: &SplitRequest<'_>,
    gathered: &Gathered,
    groups: &mut Groups,
) -> Result<Assigned, Refusal> {
    let documents = &gathered.documents;
    let total = documents.len() as u64;
    let (sets, wanted) = wanted(request.division, total)?;
    let row = |(number, known): (usize, &Known)| Row {
        labels: known.labels.clone(),
        group: u32::try_from(groups.of(number)).unwrap_or(u32::MAX),
        kept: known.set.filter(|_| request.keep).and_then(number_of),
    };
    let rows: Vec<Row> = documents.iter().enumerate().map(row).collect();
    let units = Units::new(&rows, gathered.labels.len()).map_err(|straddling| {
        let (one, other) = straddling.documents;
        Refusal::Straddling(documents[one].name.clone(), documents[other].name.clone())
    })?;
    refusal::of_sizes(&units, request.division, &sets, &wanted)?;
    let split = Split::stratified(&units, &wanted, request.seed, Effort::FULL);
    let mut outcome = SplitOutcome {
        labels: gathered.labels.keys().cloned().collect(),
        // Folds are nothing that documents were in before.
        before: match request.division {
            Division::Folds(_) => None,
            _ => before(documents, gathered.labels.len()),
        },
        after: split.spread(&units),
        groups: units.groups(),
        kept: units.kept(sets.len()).iter().sum(),
        seed: request.seed,
        unmet: Vec::new(),
        sets,
        wanted,
    };
    outcome.find_unmet();
    if units.has_no_pairs() {
        outcome.unmet.push(Unmet::Pairs);
    }
    if !corpus.has_texts() {
        outcome.unmet.push(Unmet::Unread(None));
    } else if gathered.unread > 0 {
        outcome.unmet.push(Unmet::Unread(Some(gathered.unread)));
    }
    let place = |(number, known): (usize, &Known)| {
        (known.index, known.name.clone(), split.of(&units, number))
    };
    let mut assigned: Vec<_> = documents.iter().enumerate().map(place).collect();
    assigned.sort_unstable();
    Ok(Assigned {
        documents: assigned,
        outcome,
    })
}

/// The names of the sets, and how many documents each is to have.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of documents, which are fewer than 2^32"
)]
fn wanted(division: Division, total: u64) -> Result<(Vec<String>, Vec<u64>), Refusal> {
    let test = match division {
        Division::TestRatio(ratio) => (ratio * total as f64).round() as u64,
        Division::TestCount(count) => count,
        Division::Folds(folds) => {
            let count = folds as u64;
            let sizes = (0..count).map(|fold| total / count + u64::from(fold < total % count));
            let names = (1..=folds).map(|fold| fold.to_string());
            return Ok((names.collect(), sizes.collect()));
        }
    };
    if test == 0 || test >= total {
        return Err(Refusal::EmptySet { test, total });
    }
    Ok((SETS.map(str::to_owned).to_vec(), vec![test, total - test]))
}

fn number_of(set: &str) -> Option<usize> {
    SETS.iter().position(|own| *own == set)
}

/// How the documents are spread over the sets that they have; `None` where none has one.
fn before(documents: &[Known], labels: usize) -> Option<crate::stratification::Spread> {
    if documents.iter().all(|known| known.set.is_none()) {
        return None;
    }
    let rows: Vec<Row> = (0..)
        .zip(documents)
        .map(|(group, known)| Row {
            labels: known.labels.clone(),
            group,
            kept: None,
        })
        .collect();
    let set = |known: &Known| known.set.and_then(number_of).unwrap_or(SETS.len());
    let assigned = documents.iter().map(set).collect();
    let units = Units::new(&rows, labels).ok()?;
    Some(Split::given(assigned, SETS.len() + 1).spread(&units))
}
