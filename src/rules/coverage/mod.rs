//! Are the labels declared, used and frequent enough?

mod label_monotone;
mod label_rare;
mod label_undeclared;
mod label_unused;
mod surface_conflict;
mod surface_unlabeled;

pub(super) use label_monotone::LabelMonotone;
pub(super) use label_rare::LabelRare;
pub(super) use label_undeclared::LabelUndeclared;
pub(super) use label_unused::LabelUnused;
pub(super) use surface_conflict::SurfaceConflict;
pub(super) use surface_unlabeled::SurfaceUnlabeled;

use crate::diagnostic::{Message, Severity};
use crate::rules::{Corpus, CorpusSink};

/// Says, where it is so, that not all surfaces were compared.
fn note_cap(corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
    if let Some(cap) = corpus.tally.surfaces.compared() {
        let message = format!(
            "only the {cap} surfaces with the smallest hashes were compared, of more that are \
            labeled"
        );
        let help = "parts of the corpus can be compared in full";
        let message = Message::new(message).severity(Severity::Note);
        sink.report(None, message.help(help));
    }
}

#[cfg(test)]
mod testing {
    use crate::json::Pointer;
    use crate::model::{Declaration, Kind, Project};
    use crate::rules::{Corpus, Levels, Rule, run};
    use crate::settings::Settings;
    use crate::site::Site;
    use crate::tally::confirmed::Confirmed;
    use crate::tally::surfaces::Surfaces;
    use crate::tally::{BySplit, Tally};

    /// A place in a document.
    pub(super) fn site(index: u64) -> Site {
        Site {
            bytes: index..index + 1,
            pointer: Pointer::root(),
            document: Some(format!("{index}.txt")),
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
        tally: &Tally,
        confirmed: &Confirmed,
    ) -> Vec<(Option<u64>, String)> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            confirmed,
            ..Corpus::of(&project, tally, &settings)
        };
        let mut found = Vec::new();
        run::corpus(&[rule], &corpus, &Levels::default(), &mut found);
        let found = found.into_iter();
        let found = found.map(|finding| (finding.bytes.map(|bytes| bytes.start), finding.message));
        found.collect()
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
        let mut tally = Tally::default();
        for (label, unassigned) in used {
            let by_split = BySplit {
                unassigned: *unassigned,
                ..BySplit::default()
            };
            tally.labels.insert((*label).to_owned(), by_split);
        }
        let settings = Settings::default();
        let corpus = Corpus::of(&project, &tally, &settings);
        let mut found = Vec::new();
        run::corpus(&[rule], &corpus, &Levels::default(), &mut found);
        let found = found.into_iter();
        let found = found.map(|finding| (finding.bytes.map(|bytes| bytes.start), finding.message));
        found.collect()
    }
}
