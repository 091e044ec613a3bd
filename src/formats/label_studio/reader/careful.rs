//! Reads what there is to read of a task, and notes everything that is not as it should be.

use super::super::annotation::{Chosen, Live, choose, media};
use super::super::data::{data, name_of};
use super::super::issues::{OLD_NAME, unsupported};
use super::super::made::Made;
use super::super::min;
use super::super::wire::{ANNOTATIONS, COLUMNS};
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields, array, located};
use crate::formats::{Context, Reading, Record, RecordForm, audit};
use crate::json::{Kind as JsonKind, Pointer};
use crate::model::{Document, Foreign};

/// The members of a task that are read, or counted as what they are.
const READ: [&str; 4] = ["data", "annotations", "completions", "predictions"];

/// Reads a task.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut issues = Vec::new();
    let read = read_task(record, context, &mut issues);
    let (document, form) = read.map_or((None, RecordForm::Unreadable), |(document, form)| {
        (Some(document), form)
    });
    Reading {
        document,
        form,
        issues,
        edits: Vec::new(),
    }
}

fn read_task<'a>(
    record: Record<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Document<'a>, RecordForm)> {
    let whole = record.text;
    let node = audit::parse(&record, issues)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let task = Fields::new(whole, root.clone(), issues)?;
    if min::is(&task) {
        return min::read(record, &task, &root, context, issues);
    }
    if let Some((what, field)) = media(&task) {
        issues.push(located(whole, unsupported(what), &field));
        return None;
    }
    let own = task.required("data", issues)?;
    let fields = Fields::new(whole, own.clone(), issues)?;
    let data = data(whole, &fields, &own, &[], context, issues)?;
    let mut made = Made::new(record, context, data.text.clone());
    let mut lost = Vec::new();
    if let Some(field) = task.find("predictions") {
        lost.push((Foreign::Prediction, field.node.items().len() as u64));
    }
    let chosen = match annotations(whole, &task, context, &mut lost, issues) {
        Chosen::None => None,
        Chosen::One(one, others) => {
            lost.push((Foreign::Annotation, others));
            Some(one)
        }
        Chosen::Open(issue) => {
            // It is about the list of them.
            let annotations = ANNOTATIONS.iter().find_map(|name| task.find(name))?;
            issues.push(located(whole, issue, &annotations));
            return None;
        }
        Chosen::Unreadable => return None,
    };
    let mut unlabeled = true;
    let mut columns = Vec::new();
    if let Some(chosen) = chosen {
        unlabeled = false;
        columns = chosen.columns(&COLUMNS);
        lost.push((Foreign::Bookkeeping, chosen.bookkeeping()));
        made.regions(issues, |regions| {
            if let Some(result) = &chosen.result {
                regions.array(result, true);
            } else {
                regions.unreadable += 1;
            }
        })?;
    }
    let others = task.rest(&READ).len();
    lost.push((Foreign::Bookkeeping, others as u64));
    made.lost.extend(lost);
    made.unlabeled = unlabeled;
    made.columns = columns;
    let id = task.find("id").map(|id| id.node.raw());
    let name = name_of(&data.name, id);
    made.unreadable += u64::from(task.meant("annotations", &["annotators"]) && unlabeled);
    made.document(name, data, issues)
}

/// Which annotation is read.
fn annotations<'a>(
    whole: &'a str,
    task: &Fields<'a>,
    context: Context<'_>,
    lost: &mut Vec<(Foreign, u64)>,
    issues: &mut Vec<Located>,
) -> Chosen<'a> {
    let found = ANNOTATIONS
        .iter()
        .find_map(|name| Some((*name, task.find(name)?)));
    let Some((name, field)) = found else {
        task.tell_misspelled(ANNOTATIONS[0], issues);
        return Chosen::None;
    };
    if field.node.kind() == JsonKind::Null {
        return Chosen::None;
    }
    let Some(items) = array(whole, &field, issues) else {
        return Chosen::Unreadable;
    };
    if name != ANNOTATIONS[0] && !items.is_empty() {
        issues.push(located(whole, OLD_NAME, &field));
    }
    let total = items.len() as u64;
    let live = Live::of(whole, items, issues);
    let cancelled = total - live.len() as u64;
    lost.push((Foreign::Answer, cancelled));
    choose(live, context.told.annotator.as_deref())
}
