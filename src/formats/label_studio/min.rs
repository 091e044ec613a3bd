//! `JSON_MIN` exports: one object for each annotation, with the data of the task at its top.

use super::annotation::{columns, is_person};
use super::data::{data, name_of};
use super::made::Made;
use super::region::Regions;
use super::wire::MIN_COLUMNS;
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields};
use crate::formats::{Context, Record, RecordForm};
use crate::json::{Kind, Node};
use crate::model::{Document, Foreign};

/// The members that are neither data nor labels.
const OWN: [&str; 8] = [
    "id",
    "annotator",
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
    "agreement",
    "history",
];

/// Whether a record is one of such an export.
pub(super) fn is(record: &Fields<'_>) -> bool {
    let has = |name: &str| record.find(name).is_some();
    !has("data") && has("annotation_id") && (has("lead_time") || has("annotator"))
}

/// The members that hold labels, each with its name: arrays of regions, and what stands behind the
/// id of the task and before the annotator. There the export writes what was labeled, and a choice
/// of one class is a plain string (SDK 2.1.2).
fn controls<'a>(node: Node<'a>) -> Vec<(String, Node<'a>)> {
    let members = node.members();
    let position = |name: &str| members.iter().position(|member| member.key() == name);
    let window = position("id").zip(position("annotator"));
    let mut found = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let key = member.key();
        if OWN.contains(&&*key) {
            continue;
        }
        let is_inside = window.is_some_and(|(id, by)| id < index && index < by);
        let items = member.value.items();
        let is_regions = !items.is_empty() && items.iter().all(|it| it.kind() == Kind::Object);
        let choices = member.value.members();
        let is_choices = matches!(&choices[..], [one] if one.key() == "choices");
        if is_inside || is_regions || is_choices {
            found.push((key.into_owned(), member.value));
        }
    }
    found
}

/// Reads a record. `None` where it is by another person than the one that is meant, too.
pub(super) fn read<'a>(
    record: Record<'a>,
    fields: &Fields<'a>,
    root: &Field<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Document<'a>, RecordForm)> {
    let by = fields.find("annotator").map(|field| field.node);
    let by = by.filter(|by| by.kind() != Kind::Null);
    if let (Some(person), Some(by)) = (&context.told.annotator, by)
        && !is_person(by, person)
    {
        return None;
    }
    let controls = controls(root.node);
    let names = controls.iter().map(|(name, _)| &**name);
    let others: Vec<&str> = OWN.into_iter().chain(names).collect();
    let data = data(record.text, fields, root, &others, context, issues)?;
    let mut made = Made::new(record, context, data.text.clone());
    made.regions(issues, |regions| {
        for (name, node) in &controls {
            let field = Field {
                node: *node,
                pointer: root.pointer.key(name),
            };
            control(&field, regions);
        }
    })?;
    made.columns = columns(fields, &MIN_COLUMNS);
    let is_null = |field: Field<'_>| field.node.kind() == Kind::Null;
    made.unlabeled = fields.find("annotation_id").is_none_or(is_null);
    let is_kept = |name: &&&str| !MIN_COLUMNS.contains(*name) && fields.find(name).is_some();
    let kept = OWN.iter().filter(is_kept).count();
    made.lost.push((Foreign::Bookkeeping, kept as u64));
    let id = fields.find("id").map(|id| id.node.raw());
    let name = name_of(&data.name, id);
    made.document(name, data, issues)
}

fn control<'a>(field: &Field<'a>, regions: &mut Regions<'a, '_>) {
    match field.node.kind() {
        Kind::Array if Regions::is_regions(field) => regions.array(field, false),
        Kind::String => {
            if let Some(Ok(category)) = field.node.string() {
                regions.choice(category, field.pointer.clone());
            }
        }
        Kind::Object => {
            let members = field.node.members();
            let choices = members.iter().rfind(|member| member.key() == "choices");
            match choices {
                Some(choices) => regions.choices(&Field {
                    node: choices.value,
                    pointer: field.pointer.key("choices"),
                }),
                None => regions.lose(Foreign::Attribute),
            }
        }
        Kind::Null => {}
        Kind::Array | Kind::Number | Kind::Bool => regions.lose(Foreign::Attribute),
    }
}
