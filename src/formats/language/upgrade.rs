//! Brings a project of an earlier shape to today's.

use serde_json::value::RawValue;

use crate::alignment::{AlignedDocument, TextState};
use crate::formats::language::complete::{complete, kept_project};
use crate::formats::language::writer::LanguageWriter;
use crate::formats::languages::Languages;
use crate::formats::ledger::{LedgerHead, compact};
use crate::formats::{Output, Plan, Wishes, Writer, Written};
use crate::model::{Document, Project, UnitChoice};
use crate::text::Unit;

/// A plan for writing a project of an earlier shape in today's.
fn modern_plan(project: &Project, languages: Languages) -> Plan {
    Plan {
        project: project.clone(),
        labels: project
            .declared
            .iter()
            .map(|declared| declared.name.clone())
            .collect(),
        unit: Unit::Utf16,
        splits: true,
        dataset: None,
        datastore: String::new(),
        prefix: String::new(),
        languages,
        assumed: Vec::new(),
        wishes: Wishes::default(),
        restored: None,
    }
}

/// The header of a file of an earlier shape as it is in today's, without documents.
pub(super) fn modern_header(project: &Project, languages: Languages) -> Option<Box<RawValue>> {
    let mut plan = modern_plan(project, languages);
    complete(&mut plan, project, "");
    let writer = LanguageWriter::new(plan);
    let mut text = Vec::new();
    writer.head(&mut text);
    writer.tail(false, &mut text);
    compact(std::str::from_utf8(&text).ok()?)
}

/// A document of an earlier shape as it is in today's. One that gives no language gets that of the
/// project, as the head of the ledger has it.
pub(super) fn modern_document(head: &LedgerHead, document: &Document<'_>) -> String {
    let unit = UnitChoice::Given(Unit::Utf16);
    let mut aligned = AlignedDocument::new(document, TextState::NotAsked, unit, false);
    aligned.keep_numbers(Unit::Utf16);
    let written = Written {
        aligned: &aligned,
        length: 0,
        entries: &[],
        script: None,
    };
    let mut out = Output::default();
    // Of the project, a document knows the language alone.
    let project = Project {
        language: match document.language {
            Some(_) => None,
            None => kept_project(head).and_then(|kept| kept.language),
        },
        ..Project::default()
    };
    let plan = modern_plan(&project, Languages::default());
    LanguageWriter::new(plan).document(written, &mut out, &mut |_| ());
    String::from_utf8(out.main).unwrap_or_default()
}
