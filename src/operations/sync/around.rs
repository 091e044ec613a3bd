//! What stands around the records of the project: their list, and the declarations.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::FixAction;
use crate::formats::Relabeler;
use crate::input::Source;
use crate::json::cut::Outline;
use crate::json::patch::Edit;
use crate::json::{Locator, change, list};
use crate::model::Kind;
use crate::operations::read::Corpus;
use crate::pipeline::Error;

/// The record that new ones are laid out like.
pub(super) struct Model {
    pub(super) record: String,
    /// Whether it is the format's own, and no record of the project.
    pub(super) is_formats: bool,
}

/// The record that new ones are laid out like: the first of the project that is fit for it, or the
/// format's own.
pub(super) fn model(project: &Corpus<'_>, relabeler: &dyn Relabeler) -> Result<Model, Error> {
    let kind = project.kind().unwrap_or(Kind::EntityRecognition);
    let source = project.source();
    for document in project.documents()? {
        let bytes = source.bytes(document?.record);
        let bytes = bytes.map_err(|error| Error::read(source, error))?;
        let record = String::from_utf8_lossy(&bytes);
        let record = record.trim_ascii();
        if relabeler.is_model(kind, record) {
            return Ok(Model {
                record: record.to_owned(),
                is_formats: false,
            });
        }
    }
    Ok(Model {
        record: relabeler.model(kind, is_compact(project)).to_owned(),
        is_formats: true,
    })
}

fn outline_text(outline: &Outline) -> Option<&str> {
    std::str::from_utf8(&outline.bytes).ok()
}

/// Whether the project is written on one line.
fn is_compact(project: &Corpus<'_>) -> bool {
    let text = project.outline().and_then(outline_text);
    text.is_some_and(|text| !text.trim_ascii().contains('\n'))
}

/// The edits that take records out of the list of documents, and add others at its end.
pub(super) fn documents(
    project: &Corpus<'_>,
    records: &[Range<u64>],
    gone: &BTreeSet<usize>,
    mut added: Vec<String>,
) -> Result<Vec<Edit>, Error> {
    if gone.is_empty() && added.is_empty() {
        return Ok(Vec::new());
    }
    let source = project.source();
    let inner = inner(project);
    let space = match records.split_last() {
        Some((last, before)) => {
            let from = before.last().map_or(inner.start, |before| before.end);
            space(source, from..last.start)?
        }
        None if is_compact(project) => String::new(),
        None => {
            if let Some(last) = added.last_mut() {
                last.push_str("\n    ");
            }
            "\n      ".to_owned()
        }
    };
    let added: Vec<(usize, String)> = added.into_iter().map(|it| (records.len(), it)).collect();
    Ok(list::edits(
        records,
        inner,
        |at| gone.contains(&at),
        &added,
        &space,
    ))
}

/// What stands between the brackets of the list of documents.
fn inner(project: &Corpus<'_>) -> Range<u64> {
    let found = || {
        let outline = project.outline()?;
        let locator = Locator::new(outline_text(outline)?);
        let (format, ..) = project.read_with();
        let record = format.record_pointer(project.project(), 0)?;
        let list = locator.locate(&record.parent()?)?;
        Some(outline.place(list.start) + 1..outline.place(list.end - 1))
    };
    found().unwrap_or(0..0)
}

/// The white space before a record.
fn space(source: &Source, between: Range<u64>) -> Result<String, Error> {
    let bytes = source.bytes(between);
    let bytes = bytes.map_err(|error| Error::read(source, error))?;
    let text = String::from_utf8_lossy(&bytes);
    let after = text.rfind(',').map_or(0, |comma| comma + 1);
    Ok(text[after..].to_owned())
}

/// The edits that declare labels, behind those that are declared.
///
/// Fails where the project has no list of them.
pub(super) fn declarations(project: &Corpus<'_>, labels: &[String]) -> Result<Vec<Edit>, String> {
    let (format, ..) = project.read_with();
    let edit = |label: &String| {
        let outline = project.outline()?;
        let locator = Locator::new(outline_text(outline)?);
        let action = FixAction::Declare(label.clone());
        let change = format
            .editor()?
            .header_change(project.project(), &locator, &action)?;
        let edit = change::edits(&locator, &change)?;
        let index = |place: u64| usize::try_from(place).ok();
        let bytes = index(edit.bytes.start)?..index(edit.bytes.end)?;
        let bytes = if bytes.is_empty() {
            // What is added stands behind the byte before, not before the piece that comes next.
            let place = outline.place(bytes.start.checked_sub(1)?) + 1;
            place..place
        } else {
            outline.range(&bytes)
        };
        Some(Edit { bytes, ..edit })
    };
    let mut edits: Vec<Edit> = Vec::new();
    for label in labels {
        let new = edit(label).ok_or_else(|| {
            format!(
                "{} has no list of declared labels that {} could be added to",
                project.source().name(),
                crate::diagnostics::quote(label)
            )
        })?;
        match edits.last_mut() {
            // In a list without items each would be the first.
            Some(last) if last.bytes == new.bytes && !new.text.starts_with(',') => {
                last.text.push_str(", ");
                last.text.push_str(&new.text);
            }
            _ => edits.push(new),
        }
    }
    Ok(edits)
}
