//! The two sides that come to a project, read and kept as numbers: the export and the ancestor.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Sync;
use crate::comparison::{Entry, Match, Name, NameId, Names, Refusal, Roll, Side, Synced};
use crate::diagnostics::{Severity, count};
use crate::formats::Relabeler;
use crate::model::{Kind, Shape};
use crate::operations::check;
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::rules;
use crate::rules::meta::Group;

/// A label file as reports name it.
pub(super) fn side(corpus: &Corpus<'_>) -> Side {
    Side {
        path: corpus.source().name().to_owned(),
        format: corpus.format(),
        kind: corpus.kind(),
        unit: corpus.unit(),
        ..Side::default()
    }
}

/// What writes labels into the project.
///
/// Fails where the project is none that labels can be written into, or the export labels something else.
pub(super) fn fit(
    project: &Corpus<'_>,
    asked: &Sync<'_>,
) -> Result<&'static dyn Relabeler, String> {
    let name = project.source().name();
    let (format, ..) = project.read_with();
    let Some(relabeler) = format.relabeler() else {
        return Err(format!(
            "{name} is a label file of {}, into which no labels can be put; convert the export instead",
            format.info().title
        ));
    };
    if let Shape::Earlier(_) = project.project().shape {
        return Err(format!(
            "{name} has an earlier shape; bring it to today's first: `labelwright convert {name} --to {} \
             -o NEW`",
            format.info().name
        ));
    }
    let Some(kind) = project.kind() else {
        return Err(format!(
            "{name} does not tell what it labels; `labelwright check` says why"
        ));
    };
    if matches!(kind, Kind::TextSentiment | Kind::AbstractiveSummarization) {
        return Err(format!(
            "{name} is a project of {}, for which there are no exports",
            kind.noun()
        ));
    }
    for other in [Some(asked.labels), asked.base].into_iter().flatten() {
        // A file of empty lists alone does not tell its kind.
        let Some(theirs) = other.kind() else {
            continue;
        };
        let one_of_several = (kind, theirs)
            == (
                Kind::MultiLabelClassification,
                Kind::SingleLabelClassification,
            );
        let both_spans = kind.has_spans() && theirs.has_spans() && theirs != Kind::TextSentiment;
        if kind != theirs && !one_of_several && !both_spans {
            return Err(format!(
                "{} labels for {}, and {name} is a project of {}",
                other.source().name(),
                theirs.noun(),
                kind.noun()
            ));
        }
    }
    Ok(relabeler)
}

/// The documents of a file.
fn read(corpus: &Corpus<'_>, names: &mut Names, side: &mut Side) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    corpus.each(
        |_| true,
        |aligned| {
            match aligned {
                Some(aligned) => {
                    let entry = Entry::of(aligned, corpus.unit_choice(), names);
                    side.documents += 1;
                    side.labels += entry.labels();
                    entries.push(entry);
                }
                None => side.unread += 1,
            }
            Ok(())
        },
    )?;
    Ok(entries)
}

/// What the documents of a file are in another one, by their places among the records.
pub(super) fn matches(roll: &mut Roll, names: &[(u64, Name)]) -> BTreeMap<u64, Match> {
    let others: Vec<Name> = names.iter().map(|(_, name)| name.clone()).collect();
    let places = names.iter().map(|(index, _)| *index);
    places.zip(roll.pair(&others)).collect()
}

/// The documents of an export.
pub(super) struct Export {
    pub(super) roll: Roll,
    /// What the documents of the project are in it, by their places among the records.
    pub(super) matches: BTreeMap<u64, Match>,
    /// The labels that it uses.
    pub(super) used: BTreeSet<NameId>,
}

impl Export {
    /// Reads an export. What is wrong with it is a refusal of the report.
    pub(super) fn read(
        corpus: &Corpus<'_>,
        names: &mut Names,
        report: &mut Synced,
    ) -> Result<Self, Error> {
        let entries = read(corpus, names, &mut report.sides[1])?;
        let used = entries.iter().flat_map(Entry::categories).collect();
        let mut roll = Roll::default();
        for entry in entries {
            roll.push(entry);
        }
        report.refusals.extend(errors(corpus)?);
        Ok(Self {
            roll,
            matches: BTreeMap::new(),
            used,
        })
    }
}

/// Why labels of a file with errors are not to be trusted.
fn errors(corpus: &Corpus<'_>) -> Result<Option<Refusal>, Error> {
    let (format, texts, options) = corpus.read_with();
    // Classes are put into a project without their texts, unless the user names these.
    let needs_texts = corpus.kind().is_none_or(Kind::has_spans);
    let texts = texts.filter(|texts| needs_texts || texts.given());
    let outcome = check(corpus.source(), Some(format), texts, options)?;
    let groups = [
        Group::Syntax,
        Group::Shape,
        Group::Offsets,
        Group::Documents,
    ];
    let (mut errors, mut names) = (0, BTreeSet::new());
    for found in &outcome.diagnostics {
        let found = found?;
        let rule = rules::find(found.rule);
        let is_grave = found.severity == Severity::Error;
        if is_grave && rule.is_some_and(|rule| groups.contains(&rule.meta().group)) {
            errors += 1;
            names.insert(found.rule);
        }
    }
    let path = corpus.source().name();
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Ok((errors > 0).then(|| Refusal {
        document: None,
        reason: format!(
            "{path} has {} ({}); `labelwright check` shows where",
            count(errors, "error"),
            names.join(", ")
        ),
    }))
}

/// The documents of the common ancestor.
pub(super) struct Ancestor {
    roll: Roll,
    /// What the documents of another file are in it, by their places among the records.
    matches: BTreeMap<u64, Match>,
}

impl Ancestor {
    /// Reads an ancestor. What is wrong with it is a refusal of the report.
    pub(super) fn read(
        corpus: &Corpus<'_>,
        names: &mut Names,
        report: &mut Synced,
    ) -> Result<Self, Error> {
        let mut side = side(corpus);
        let entries = read(corpus, names, &mut side)?;
        if side.unread > 0 || corpus.is_broken() {
            report.refusals.push(Refusal {
                document: None,
                reason: format!(
                    "{} has records that cannot be read as documents; `labelwright check` shows them",
                    side.path
                ),
            });
        }
        let mut roll = Roll::default();
        for entry in entries {
            roll.push(entry);
        }
        Ok(Self {
            roll,
            matches: BTreeMap::new(),
        })
    }

    /// Finds out what the documents of another file are, which [`Self::find`] is asked of then.
    pub(super) fn pair(&mut self, names: &[(u64, Name)]) {
        self.matches = matches(&mut self.roll, names);
    }

    /// The document of that place in the other file as the ancestor has it; `None` where it has not.
    ///
    /// Fails where it may be several.
    pub(super) fn find(&self, index: u64) -> Result<Option<Entry>, String> {
        match self.matches.get(&index) {
            Some(Match::One(at)) => Ok(self.roll.get(*at).cloned()),
            Some(Match::None) | None => Ok(None),
            Some(Match::Several) => Err(
                "it ends like several names in the ancestor, so it cannot be told which of \
                 them it is"
                    .to_owned(),
            ),
        }
    }
}
