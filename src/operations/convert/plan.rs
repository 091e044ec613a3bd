//! What a conversion is made with: the unit, the new corpus, the ledger's head.

use super::conversion::Conversion;
use super::restore::Ledger;
use crate::diagnostics::Assumption;
use crate::formats::languages::Languages;
use crate::formats::ledger::LedgerHead;
use crate::formats::{Info, LedgerFacts, Plan, UnitRule, UnitSide, sets};
use crate::model::{Kind, Project};
use crate::pipeline::pass::Pass;
use crate::pipeline::survey::Survey;
use crate::text::Unit;

/// The unit that is read where the file does not state it: the one that the user gives, or that a ledger
/// says.
pub(super) fn unit_read(conversion: &Conversion<'_>, from: &Info) -> Option<Unit> {
    let head = || conversion.restore.map(|ledger| &ledger.head);
    let kept = || {
        let head = head()?;
        head.target_offsets.as_deref().or(head.offsets.as_deref())
    };
    given(conversion, from, UnitSide::Target).or_else(|| named(kept()?))
}

/// The unit that the user gives, unless it is about that side alone.
fn given(conversion: &Conversion<'_>, from: &Info, other: UnitSide) -> Option<Unit> {
    let to = conversion.to.info();
    (conversion.unit).filter(|unit| UnitSide::of(*unit, from, to) != other)
}

/// The same of the unit that is written.
fn unit_written(conversion: &Conversion<'_>, from: &Info) -> Option<Unit> {
    let head = conversion.restore.map(|ledger| &ledger.head);
    let kept = || named(head?.offsets.as_deref()?);
    // Where both sides have units of their own, what the user says is about the side that is read.
    let is_of_both = head.is_some_and(|head| head.target_offsets.is_some());
    let given = given(conversion, from, UnitSide::Source).filter(|_| !is_of_both);
    given.or_else(kept)
}

fn named(name: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| unit.name() == name)
}

/// What the documents are labeled with. A file without any label does not tell it, and one in which each
/// document has a class may be of a project where they could have several: the ledger may know.
pub(super) fn kind(survey: &Survey, restored: Option<&Ledger>) -> Option<Kind> {
    let kept = restored.and_then(Ledger::kind);
    let (single, multi) = (
        Some(Kind::SingleLabelClassification),
        Some(Kind::MultiLabelClassification),
    );
    let told = &survey.header.project;
    let is_open = told.kind.is_none() || told.one_class_or_several;
    let may_be_several = is_open && survey.kind == single;
    if survey.kind.is_none() || may_be_several && kept == multi {
        kept
    } else {
        survey.kind
    }
}

/// What the new corpus is written with. `languages` is what the documents tell of theirs, as far as
/// they were gone over.
pub(super) fn plan(pass: &Pass<'_>, conversion: &Conversion<'_>, languages: Languages) -> Plan {
    let (source, survey) = (pass.source, pass.survey);
    let given = &conversion.metadata;
    let old = &survey.header.project;
    let rule = conversion.to.info().unit;
    let unit = match rule {
        UnitRule::Fixed(unit) => Some(unit),
        // It has no offsets that the ledger could be of.
        UnitRule::None => None,
        UnitRule::Inferred { .. } => unit_written(conversion, pass.format.info()),
    };
    let restored = conversion.restore.map(|ledger| ledger.head.clone());
    let kept = restored.as_ref();
    let kept_datastore = kept.and_then(|head| head.datastore.clone());
    let kept_prefix = kept.and_then(|head| head.prefix.clone());
    let prefix = given.prefix.clone().or(kept_prefix).unwrap_or_default();
    let mut plan = Plan {
        project: Project {
            kind: survey.kind,
            name: given.name.clone().or_else(|| old.name.clone()),
            container: given.container.clone().or_else(|| old.container.clone()),
            language: given.language.clone().or_else(|| old.language.clone()),
            description: given
                .description
                .clone()
                .or_else(|| old.description.clone()),
            multilingual: given.multilingual.or(old.multilingual),
            settings: old.settings.clone(),
            ..Project::default()
        },
        labels: if conversion.to.lists_labels() && !old.declared.is_empty() {
            // What a project declares stays as it is, used or not.
            old.declared
                .iter()
                .map(|declared| declared.name.clone())
                .collect()
        } else {
            survey.labels.clone()
        },
        unit: unit.unwrap_or_else(|| rule.written()),
        splits: pass.has_splits() || given.dataset.is_some() || pass.options.datasets.is_some(),
        dataset: given.dataset,
        datastore: given
            .datastore
            .clone()
            .or(kept_datastore)
            .unwrap_or_default(),
        prefix: prefix.trim_matches('/').to_owned(),
        languages,
        assumed: Vec::new(),
        wishes: conversion.wishes,
        restored,
    };
    let (from, to) = (pass.format.info(), conversion.to.info());
    let by_file = from.file_splits && pass.options.file_splits && pass.options.datasets.is_none();
    if by_file && to.splits {
        let sets = sets::in_names(source.stems());
        plan.assumed.extend(sets.iter().map(|set| Assumption {
            what: "set by the name of the file",
            value: set.name().to_owned(),
            option: "--dataset-from",
        }));
    }
    if let Some(head) = &plan.restored {
        for label in &mut plan.labels {
            if let Some(name) = head.label_names.get(label) {
                label.clone_from(name);
            }
        }
    }
    let mut hints = old.clone();
    hints.container = hints.container.or_else(|| survey.container.clone());
    conversion.to.complete(&mut plan, &hints, source.stem());
    plan
}

/// The first line of the ledger. `proved` is the unit that labels of the source prove by the text that they
/// say they cover, where the user says another.
pub(crate) fn ledger_head(
    pass: &Pass<'_>,
    conversion: &Conversion<'_>,
    plan: &Plan,
    proved: Option<Unit>,
) -> LedgerHead {
    let survey = pass.survey;
    let from = pass.format.info();
    let unit = match from.unit {
        UnitRule::Inferred { .. } => proved.unwrap_or(survey.unit.unit()),
        UnitRule::Fixed(_) | UnitRule::None => plan.unit,
    };
    let spans = survey.kind.is_some_and(Kind::has_spans);
    let is_inferred = |rule| matches!(rule, UnitRule::Inferred { .. });
    let differ = is_inferred(from.unit) && is_inferred(conversion.to.info().unit);
    let differ = differ && plan.unit != unit;
    let mut head = LedgerHead {
        kind: survey.kind.map(|kind| kind.name().to_owned()),
        offsets: spans.then(|| unit.name().to_owned()),
        target_offsets: (spans && differ).then(|| plan.unit.name().to_owned()),
        told: (*pass.options.told).clone(),
        ..LedgerHead::bare(from.name, conversion.to.info().name)
    };
    if from.declares {
        let used = survey
            .labels
            .iter()
            .filter(|label| !survey.declared.contains(*label));
        head.undeclared = used.cloned().collect();
    }
    if let Some(source) = pass.format.ledger() {
        let facts = LedgerFacts {
            header: &survey.header,
            folder: survey.folder.as_ref(),
            plan,
        };
        source.head(facts, &mut head);
    }
    head
}
