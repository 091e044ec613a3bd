//! Can the test set measure what the training set teaches?

mod dataset_unknown;
mod label_missing_in_test;
mod label_missing_in_train;
mod split_absent;
mod split_leak;
mod split_near_leak;
mod split_one_sided;
mod split_partial;
mod split_ratio;
mod split_skewed;

pub(super) use dataset_unknown::DatasetUnknown;
pub(super) use label_missing_in_test::LabelMissingInTest;
pub(super) use label_missing_in_train::LabelMissingInTrain;
pub(super) use split_absent::SplitAbsent;
pub(super) use split_leak::SplitLeak;
pub(super) use split_near_leak::SplitNearLeak;
pub(super) use split_one_sided::SplitOneSided;
pub(super) use split_partial::SplitPartial;
pub(super) use split_ratio::SplitRatio;
pub(super) use split_skewed::SplitSkewed;

use crate::corpus::BySplit;
use crate::rules::Corpus;

/// The instances of each label by split, where the splits can be compared: both have documents,
/// and everything in the file was read. Where everything is in one set, that is the one thing to
/// say.
fn comparable<'a>(corpus: &Corpus<'a>) -> impl Iterator<Item = (&'a String, BySplit)> {
    let documents = corpus.statistics.documents;
    let one_sided = documents.train == 0 || documents.test == 0;
    let known = !one_sided && corpus.is_complete();
    let labels = known.then_some(&corpus.statistics.labels);
    labels
        .into_iter()
        .flatten()
        .map(|(label, seen)| (label, *seen))
}

#[cfg(test)]
mod testing {
    use crate::corpus::confirmed::{Alike, Confirmed};
    use crate::corpus::{BySplit, Statistics};
    use crate::diagnostics::Location;
    use crate::diagnostics::Severity;
    use crate::json::Pointer;
    use crate::model::Project;
    use crate::rules::settings::Settings;
    use crate::rules::testing::of_corpus;
    use crate::rules::{Corpus, Rule};

    /// A corpus of so many documents.
    pub(super) fn documents(train: u64, test: u64, unassigned: u64) -> Statistics {
        Statistics {
            documents: BySplit {
                train,
                test,
                unassigned,
                ..BySplit::default()
            },
            ..Statistics::default()
        }
    }

    /// Adds a label with so many instances.
    pub(super) fn label(
        statistics: &mut Statistics,
        name: &str,
        train: u64,
        test: u64,
        unassigned: u64,
    ) {
        let by_split = BySplit {
            train,
            test,
            unassigned,
            ..BySplit::default()
        };
        statistics.labels.insert(name.to_owned(), by_split);
    }

    /// A document that is like another one.
    pub(super) fn alike(name: &str, other: &str, index: f64) -> Alike {
        let location = Location {
            bytes: 0..1,
            pointer: Some(Pointer::root().key("location")),
            document: Some(name.to_owned()),
        };
        Alike {
            location,
            name: name.to_owned(),
            other: other.to_owned(),
            index,
        }
    }

    /// What the rule says of a corpus of which so much was proved.
    pub(super) fn findings_of(
        rule: &'static dyn Rule,
        statistics: &Statistics,
        confirmed: &Confirmed,
    ) -> Vec<(Severity, String)> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            confirmed,
            ..Corpus::of(&project, statistics, &settings)
        };
        let found = of_corpus(rule, &corpus).into_iter();
        found
            .map(|finding| (finding.severity, finding.message))
            .collect()
    }

    /// What the rule says of a corpus that adds up to `statistics`.
    pub(super) fn findings(rule: &'static dyn Rule, statistics: &Statistics) -> Vec<String> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus::of(&project, statistics, &settings);
        let found = of_corpus(rule, &corpus).into_iter();
        found.map(|finding| finding.message).collect()
    }
}
