//! Are the labels declared, used and frequent enough?

mod class_duplicate;
mod class_reads_as_missing;
mod document_count;
mod document_unlabeled;
mod label_declared_twice;
mod label_few_in_train;
mod label_imbalance;
mod label_monotone;
mod label_name;
mod label_rare;
mod label_undeclared;
mod label_unused;
mod labels_alike;
mod surface_conflict;
mod surface_conflict_in_document;
mod surface_seldom_labeled;
mod surface_unlabeled;
mod surface_unlabeled_in_document;
mod too_few_labels;
mod too_many_labels;

use crate::corpus::confirmed::Confirmed;
use crate::corpus::search::{Found, Missed};
use crate::diagnostics::{Location, Message, Severity};
use crate::rules::{Corpus, CorpusSink};

pub(super) use class_duplicate::ClassDuplicate;
pub(super) use class_reads_as_missing::ClassReadsAsMissing;
pub(super) use document_count::DocumentCount;
pub(super) use document_unlabeled::DocumentUnlabeled;
pub(super) use label_declared_twice::LabelDeclaredTwice;
pub(super) use label_few_in_train::LabelFewInTrain;
pub(super) use label_imbalance::LabelImbalance;
pub(super) use label_monotone::LabelMonotone;
pub(super) use label_name::LabelName;
pub(super) use label_rare::LabelRare;
pub(super) use label_undeclared::LabelUndeclared;
pub(super) use label_unused::LabelUnused;
pub(super) use labels_alike::LabelsAlike;
pub(super) use surface_conflict::SurfaceConflict;
pub(super) use surface_conflict_in_document::SurfaceConflictInDocument;
pub(super) use surface_seldom_labeled::SurfaceSeldomLabeled;
pub(super) use surface_unlabeled::SurfaceUnlabeled;
pub(super) use surface_unlabeled_in_document::SurfaceUnlabeledInDocument;
pub(super) use too_few_labels::TooFewLabels;
pub(super) use too_many_labels::TooManyLabels;

/// Where a label is declared, or else used first.
fn place_of_label(corpus: &Corpus<'_>, label: &str) -> Option<Location> {
    let undeclared = || {
        let seen = corpus.statistics.undeclared.get(label)?;
        seen.first.as_ref().map(|(_, location)| location.clone())
    };
    let first = || Some(corpus.statistics.first_uses.get(label)?.1.clone());
    corpus.declaration(label).or_else(undeclared).or_else(first)
}

/// Says, where it is so, that not all surfaces were compared.
fn note_cap(corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
    if let Some(cap) = corpus.statistics.surfaces.compared() {
        let message = format!(
            "only the {cap} surfaces with the smallest hashes were compared, of more that are \
             labeled"
        );
        let help = "parts of the corpus can be compared in full";
        let message = Message::new(message).severity(Severity::Note);
        sink.report(None, message.help(help));
    }
}

/// Reports words that stand without a label, of one sort. `told` has the words of a finding: what was found,
/// and what the rule asks for.
fn report_missed(
    confirmed: &Confirmed,
    missed: Missed,
    sink: &mut CorpusSink<'_>,
    told: impl Fn(&Found, &str) -> (String, &'static str),
) {
    for unlabeled in &confirmed.unlabeled {
        let found = &unlabeled.found;
        if found.missed == Some(missed) {
            let words = sink.settings().quote_words(&found.words);
            let (message, help) = told(found, &words);
            let message = Message::new(message).help(help);
            let shown = unlabeled.shown.clone();
            sink.report_shown(Some(unlabeled.location.clone()), message, shown);
        }
    }
}

#[cfg(test)]
mod testing {
    use std::borrow::Cow;

    use crate::alignment::{AlignedDocument, TextState};
    use crate::corpus::confirmed::{Confirmed, Unlabeled};
    use crate::corpus::search::{Found, Missed};
    use crate::corpus::surfaces::Surfaces;
    use crate::corpus::{BySplit, Statistics};
    use crate::diagnostics::{Location, Shown};
    use crate::json::Pointer;
    use crate::model::{Class, Declaration, Document, Kind, Labels, Project, UnitChoice};
    use crate::rules::settings::Settings;
    use crate::rules::testing::{self, bytes_and_messages};
    use crate::rules::{Corpus, Rule};
    use crate::text::Unit;

    /// A place in a document.
    pub(super) fn location(index: u64) -> Location {
        Location {
            bytes: index..index + 1,
            pointer: Some(Pointer::root()),
            document: Some(format!("{index}.txt")),
        }
    }

    /// Words that stand so often without and with a label in a document.
    pub(super) fn unlabeled(
        index: u64,
        count: u64,
        here: u64,
        missed: Option<Missed>,
    ) -> Unlabeled {
        Unlabeled {
            location: location(index),
            found: Found {
                words: "New York".to_owned(),
                count,
                elsewhere: 14,
                here,
                label: "City".to_owned(),
                first: 0..8,
                pattern: 0,
                missed,
            },
            shown: Shown::default(),
        }
    }

    /// These words, labeled once each.
    pub(super) fn surfaces(words: &[&str], cap: usize) -> Surfaces {
        let mut surfaces = Surfaces::with_cap(cap);
        for words in words {
            surfaces.note(words, "A", (0, 0));
        }
        surfaces
    }

    /// What the rule says of a corpus of which so much was proved: the byte and the message.
    pub(super) fn findings_of(
        rule: &'static dyn Rule,
        statistics: &Statistics,
        confirmed: &Confirmed,
    ) -> Vec<(Option<u64>, String)> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            confirmed,
            ..Corpus::of(&project, statistics, &settings)
        };
        bytes_and_messages(testing::of_corpus(rule, &corpus))
    }

    /// What the rule says of a project that declares `declared` and uses `used` so many times:
    /// the index of the declaration that it points at, and the message.
    pub(super) fn findings(
        rule: &'static dyn Rule,
        kind: Option<Kind>,
        declared: &[&str],
        used: &[(&str, u64)],
    ) -> Vec<(Option<u64>, String)> {
        let declared = (0..).zip(declared).map(|(index, name)| Declaration {
            name: (*name).to_owned(),
            pointer: Pointer::root().key("assets"),
            bytes: index..index + 1,
        });
        let project = Project {
            kind,
            declared: declared.collect(),
            ..Project::default()
        };
        let mut statistics = Statistics::default();
        for (label, unassigned) in used {
            let by_split = BySplit {
                unassigned: *unassigned,
                ..BySplit::default()
            };
            statistics.labels.insert((*label).to_owned(), by_split);
        }
        of_corpus(rule, &project, &statistics)
    }

    /// What the rule says of a corpus: the first byte of the place, and the message.
    pub(super) fn of_corpus(
        rule: &'static dyn Rule,
        project: &Project,
        statistics: &Statistics,
    ) -> Vec<(Option<u64>, String)> {
        let settings = Settings::default();
        let corpus = Corpus::of(project, statistics, &settings);
        bytes_and_messages(testing::of_corpus(rule, &corpus))
    }

    /// A document with these classes.
    pub(super) fn classes<'a>(names: &[&'a str]) -> Document<'a> {
        let classes = names.iter().enumerate().map(|(index, name)| Class {
            category: Cow::Borrowed(*name),
            index,
            spelled: None,
        });
        testing::document(Labels::classes(classes.collect()))
    }

    /// What the rule says of a document whose text is not looked at.
    pub(super) fn of_document(rule: &'static dyn Rule, document: &Document<'_>) -> Vec<String> {
        let unit = UnitChoice::Given(Unit::Utf16);
        let aligned = AlignedDocument::new(document, TextState::NotAsked, unit, false);
        testing::of_document(rule, &aligned)
    }
}
