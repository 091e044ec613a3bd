//! Are the labels declared, used and frequent enough?

mod label_rare;
mod label_undeclared;
mod label_unused;

pub(super) use label_rare::LabelRare;
pub(super) use label_undeclared::LabelUndeclared;
pub(super) use label_unused::LabelUnused;

#[cfg(test)]
mod testing {
    use crate::json::Pointer;
    use crate::model::{Declaration, Kind, Project};
    use crate::rules::{Corpus, Levels, Rule, run};
    use crate::settings::Settings;
    use crate::tally::{BySplit, Tally};

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
        run::corpus(&[rule], &corpus, &Levels::default(), None, &mut found);
        let found = found.into_iter();
        let found = found.map(|finding| (finding.bytes.map(|bytes| bytes.start), finding.message));
        found.collect()
    }
}
