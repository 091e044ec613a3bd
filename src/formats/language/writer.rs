//! Writes a project in the canonical layout: two blanks a level, `[]` and `{}` when empty, one
//! LF after the last brace.

use serde_json::value::RawValue;

use super::super::{Output, Plan, Relieve, Writer, Written};
use super::canonical::{class, close, integer, key, label, line, text, value};
use super::restore::{around, kept_labels, member, raw_member};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::ledger::{LedgerEntry, Sort, find};
use crate::formats::losses::{Loss, Losses};
use crate::json::Node;
use crate::model::{Classes, Confidence, Document, Kind, Label, Project, Split, StrPair};
use crate::text::main_script::MainScript;

pub(super) struct LanguageWriter {
    plan: Plan,
    /// What stands before and after the documents, where a ledger keeps it.
    around: Option<(Vec<u8>, Vec<u8>)>,
    /// Whether documents may be in several languages, or that is still to be found out.
    minds_scripts: bool,
}

impl LanguageWriter {
    pub(super) fn new(plan: Plan) -> Self {
        let around = around(&plan);
        let is_open =
            |assumed: &Assumption| matches!(assumed.option, "--language" | "--multilingual");
        let minds_scripts =
            plan.project.multilingual == Some(true) || plan.assumed.iter().any(is_open);
        Self {
            plan,
            around,
            minds_scripts,
        }
    }
}

impl LanguageWriter {
    /// The labels of a document, in the form that its kind has.
    fn labels(written: Written<'_, '_>, all: &mut Output, relieve: Relieve<'_>) {
        let document = written.aligned.document;
        let out = &mut all.main;
        if document.labels.has_entities() {
            let labels = written.aligned;
            let regions = document.regions();
            key(4, "entities", out);
            out.push(b'[');
            if regions.is_empty() && !document.extras.unlabeled {
                // What holds the labels in another format is no region.
                write_regions(&[(0, written.length)], |_| 0, labels, out, relieve);
            } else {
                let extents = regions
                    .iter()
                    .map(|region| (region.span.start, region.span.len()));
                let extents: Vec<_> = extents.collect();
                write_regions(&extents, |label| label.region, labels, out, relieve);
            }
            close(4, b']', out);
        }
        match &document.labels.classes {
            Some(Classes::One(Some(one))) => {
                key(4, "class", out);
                class(4, &one.category, out);
            }
            Some(Classes::Many(classes)) if !document.extras.unlabeled => {
                key(4, "classes", out);
                out.push(b'[');
                for one in classes {
                    line(5, out);
                    class(5, &one.category, out);
                }
                close(4, b']', out);
            }
            _ => {}
        }
    }
}

/// Regions (offset and length) with their labels: those that have its number.
fn write_regions(
    regions: &[(i64, i64)],
    region_of: impl Fn(&Label<'_>) -> usize,
    labels: &AlignedDocument<'_>,
    out: &mut Vec<u8>,
    relieve: Relieve<'_>,
) {
    for (number, (offset, length)) in regions.iter().enumerate() {
        line(5, out);
        out.push(b'{');
        integer(6, "regionOffset", *offset, out);
        integer(6, "regionLength", *length, out);
        key(6, "labels", out);
        out.push(b'[');
        for (one, span) in labels.targets() {
            if region_of(one) == number {
                label(&one.category, span, out);
                relieve(out);
            }
        }
        close(6, b']', out);
        close(5, b'}', out);
    }
}

impl Writer for LanguageWriter {
    fn head(&self, out: &mut Vec<u8>) {
        if let Some((head, _)) = &self.around {
            out.extend_from_slice(head);
            return;
        }
        let project = &self.plan.project;
        let kind = project.kind.unwrap_or(Kind::EntityRecognition).name();
        let said = |value: &Option<String>| value.clone().unwrap_or_default();
        out.push(b'{');
        text(1, "projectFileVersion", "2022-05-01", out);
        text(1, "stringIndexType", "Utf16CodeUnit", out);
        key(1, "metadata", out);
        out.push(b'{');
        text(2, "projectKind", kind, out);
        text(
            2,
            "storageInputContainerName",
            &said(&project.container),
            out,
        );
        text(2, "projectName", &said(&project.name), out);
        key(2, "multilingual", out);
        let multilingual = project.multilingual == Some(true);
        out.extend_from_slice(if multilingual { b"true," } else { b"false," });
        text(2, "description", &said(&project.description), out);
        text(2, "language", &said(&project.language), out);
        key(2, "settings", out);
        let settings = project.settings.as_deref().map(Node::parse);
        if let Some(Ok(settings)) = settings {
            value(2, settings, out);
        } else {
            out.extend_from_slice(b"{},");
        }
        close(1, b'}', out);
        key(1, "assets", out);
        out.push(b'{');
        text(2, "projectKind", kind, out);
        let is_class = matches!(
            project.kind,
            Some(Kind::SingleLabelClassification | Kind::MultiLabelClassification)
        );
        key(2, if is_class { "classes" } else { "entities" }, out);
        out.push(b'[');
        for label in &self.plan.labels {
            line(3, out);
            out.push(b'{');
            text(4, "category", label, out);
            close(3, b'}', out);
        }
        close(2, b']', out);
        key(2, "documents", out);
        out.push(b'[');
    }

    fn document(&self, written: Written<'_, '_>, all: &mut Output, relieve: Relieve<'_>) {
        let document = written.aligned.document;
        let out = &mut all.main;
        line(3, out);
        out.push(b'{');
        text(4, "location", self.target_name(document), out);
        let kept = |name: &str| member(written.entries, name);
        // A document that the ledger knows has the language that it had, or none.
        if let Some(entry) = kept("language") {
            if let Some(raw) = entry.value.as_deref() {
                raw_member(4, "language", raw.get(), out);
            }
        } else {
            let of_script = || written.script.and_then(|script| self.language_of(script));
            let project = self.plan.project.language.as_deref().unwrap_or_default();
            let own = document.language.as_deref();
            let language = own.or_else(of_script).unwrap_or(project);
            text(4, "language", language, out);
        }
        let split = document
            .split
            .as_ref()
            .filter(|split| **split != Split::Dev);
        let split = split.map(Split::name);
        if let Some(raw) = kept("dataset").and_then(|entry| entry.value.as_deref()) {
            raw_member(4, "dataset", raw.get(), out);
        } else if let Some(split) =
            split.or(self.plan.dataset.filter(|_| written.entries.is_empty()))
        {
            text(4, "dataset", split, out);
        }
        let labels = find(written.entries, Sort::Labels);
        let is_kept = labels.is_some_and(|entry| kept_labels(entry, written.aligned, out));
        if !is_kept {
            Self::labels(written, all, relieve);
        }
        let out = &mut all.main;
        let known = ["language", "dataset"];
        for entry in written
            .entries
            .iter()
            .filter(|entry| entry.fact == Sort::Member)
        {
            let name = entry.pointer.last();
            if let (Some(raw), false) = (entry.value.as_deref(), known.contains(&&*name)) {
                raw_member(4, &name, raw.get(), out);
            }
        }
        for (name, raw) in &document.extras.carried {
            raw_member(4, name, raw, out);
        }
        close(3, b'}', out);
        // The comma belongs to the next document, if there is one.
        out.pop();
    }

    fn kept_document(&self, raw: &RawValue, out: &mut Vec<u8>) {
        line(3, out);
        if let Ok(node) = Node::parse(raw.get()) {
            value(3, node, out);
            out.pop();
        }
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            line(2, out);
        }
        if let Some((_, tail)) = &self.around {
            out.extend_from_slice(tail);
            return;
        }
        out.push(b']');
        line(1, out);
        out.push(b'}');
        line(0, out);
        out.extend_from_slice(b"}\n");
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        let restored = self.plan.restored.as_ref();
        if let Some(prefix) = restored.and_then(|head| head.prefix.as_deref()) {
            let path = document.address.path();
            let inner = path.strip_prefix(prefix).filter(|_| !prefix.is_empty());
            // `docs/1.txt` does not lie in `doc`.
            return inner
                .and_then(|inner| inner.strip_prefix('/'))
                .unwrap_or(path);
        }
        if document.address.shortens {
            document.address.name()
        } else {
            document.address.path()
        }
    }

    fn needs_length(&self) -> bool {
        true
    }

    fn needs_script(&self, document: &Document<'_>, entries: &[LedgerEntry]) -> bool {
        self.minds_scripts && document.language.is_none() && member(entries, "language").is_none()
    }

    fn language_of(&self, script: MainScript) -> Option<&'static str> {
        let project = self.plan.project.language.as_deref().unwrap_or_default();
        let is_another = self.plan.project.multilingual == Some(true) && !script.fits(project);
        is_another.then(|| script.likely_language())
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        let extras = &document.extras;
        losses.add(Loss::Contributor, extras.columns.len() as u64);
        losses.add(Loss::Unknown, extras.unknown);
        losses.add_foreign(document);
        let kept = matches!(
            extras.confidence,
            Confidence::Ones | Confidence::Inapplicable
        );
        losses.add(Loss::Confidence, u64::from(!kept));
        losses.add(Loss::Split, u64::from(document.split == Some(Split::Dev)));
        let address = &document.address;
        if !address.shortens {
            return;
        }
        let place = (address.container().unwrap_or_default(), address.folder());
        let seen = StrPair(place.0, place.1);
        losses
            .folders
            .add(seen, |pair| (pair.0.to_owned(), pair.1.to_owned()));
        losses.with_folder += 1;
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add(Loss::Unknown, source.extras);
        if losses.with_folder == 0 {
            return;
        }
        match losses.folders.one().cloned() {
            Some((datastore, folder)) if !datastore.is_empty() => {
                // The default needs no word.
                if datastore != "workspaceblobstore" {
                    rebuilt.push(Assumption {
                        what: "datastore",
                        value: datastore,
                        option: "--datastore",
                    });
                }
                if !folder.is_empty() {
                    rebuilt.push(Assumption {
                        what: "folder",
                        value: folder,
                        option: "--prefix",
                    });
                }
            }
            _ => losses.add(Loss::Folder, losses.with_folder),
        }
    }
}
