//! Writes a project in the canonical layout: two blanks a level, `[]` and `{}` when empty, one
//! LF after the last brace.

use serde_json::value::RawValue;

use super::super::write::{number, string};
use super::super::{Placed, Plan, Writer};
use super::canonical::{close, line, raw_key, value};
use super::keep;
use crate::examined::Examined;
use crate::fact::Assumption;
use crate::json::Node;
use crate::ledger::{Entry, Sort, find, own_keys};
use crate::losses::{Loss, Losses, Pair};
use crate::model::{Confidence, Document, Kind, Label, Labels, Project};
use crate::text::Span;

pub(super) struct LanguageWriter {
    plan: Plan,
    /// What stands before and after the documents, where a ledger keeps it.
    around: Option<(Vec<u8>, Vec<u8>)>,
}

impl LanguageWriter {
    pub(super) fn new(plan: Plan) -> Self {
        let around = around(&plan);
        Self { plan, around }
    }
}

impl LanguageWriter {
    /// The labels of a document, in the form that its kind has.
    fn labels(document: &Document<'_>, placed: Placed<'_>, out: &mut Vec<u8>) {
        match &document.labels {
            Labels::Spans {
                labels, regions, ..
            } => {
                key(4, "entities", out);
                out.push(b'[');
                if regions.is_empty() && !document.extras.unlabeled {
                    let whole = [(0, placed.length)];
                    write_regions(&whole, labels, placed, out);
                } else {
                    let extents = regions
                        .iter()
                        .map(|region| (region.span.start, region.span.len()));
                    write_regions(&extents.collect::<Vec<_>>(), labels, placed, out);
                }
                close(4, b']', out);
            }
            Labels::Class(Some(one)) => {
                key(4, "class", out);
                class(4, &one.category, out);
            }
            Labels::Classes(_) if document.extras.unlabeled => {}
            Labels::Classes(classes) => {
                key(4, "classes", out);
                out.push(b'[');
                for one in classes {
                    line(5, out);
                    class(5, &one.category, out);
                }
                close(4, b']', out);
            }
            Labels::Class(None) | Labels::Sentiments(_) | Labels::Summary(_) => {}
        }
    }
}

/// The member of a document that a ledger keeps under that name.
fn member<'a>(facts: &'a [Entry], name: &str) -> Option<&'a Entry> {
    let mut members = facts.iter().filter(|entry| entry.fact == Sort::Member);
    members.find(|entry| name_of(entry) == name)
}

/// The name of the member that an entry is about: the last token of its pointer.
fn name_of(entry: &Entry) -> String {
    let last = entry.pointer.rsplit('/').next().unwrap_or_default();
    last.replace("~1", "/").replace("~0", "~")
}

fn raw_member(level: usize, name: &str, raw: &str, out: &mut Vec<u8>) {
    line(level, out);
    string(name, out);
    out.extend_from_slice(b": ");
    if let Ok(node) = Node::parse(raw) {
        value(level, node, out);
    }
}

/// Writes the labels as a ledger keeps them, those that still stand and new ones; answers
/// whether it could.
fn kept_labels(
    entry: &Entry,
    document: &Document<'_>,
    placed: Placed<'_>,
    out: &mut Vec<u8>,
) -> bool {
    let name = name_of(entry);
    let now = own_keys(document);
    let same = entry.labels.as_deref() == Some(&now) && placed.spans.iter().all(Option::is_some);
    match entry.value.as_deref() {
        // There was no member of labels.
        None => now.is_empty(),
        Some(raw) if same => {
            raw_member(4, &name, raw.get(), out);
            true
        }
        Some(_) if name == "entities" => {
            let Some(regions) = keep::regions(entry, &now, placed.spans) else {
                return false;
            };
            if regions.is_empty() {
                return false;
            }
            key(4, "entities", out);
            out.push(b'[');
            for region in regions {
                line(5, out);
                out.push(b'{');
                for (name, member) in region.members {
                    raw_key(6, name, out);
                    value(6, member, out);
                }
                key(6, "labels", out);
                out.push(b'[');
                for (index, object) in region.labels {
                    line(7, out);
                    match (object, document.spans().get(index), placed.spans.get(index)) {
                        (Some(object), _, _) => value(7, object, out),
                        (None, Some(one), Some(Some(span))) => label(&one.category, *span, out),
                        _ => {}
                    }
                }
                close(6, b']', out);
                close(5, b'}', out);
            }
            close(4, b']', out);
            true
        }
        Some(_) => false,
    }
}

/// The object of one label, on a line of its own.
fn label(category: &str, span: Span, out: &mut Vec<u8>) {
    out.push(b'{');
    text(8, "category", category, out);
    integer(8, "offset", span.start, out);
    integer(8, "length", span.len(), out);
    close(7, b'}', out);
}

/// The header that a ledger keeps, in the canonical layout, up to the documents and after them.
/// Labels that it does not declare are added to its declarations.
fn around(plan: &Plan) -> Option<(Vec<u8>, Vec<u8>)> {
    let raw = plan.restored.as_ref()?.project.as_deref()?;
    let top = Node::parse(raw.get()).ok()?;
    let (mut out, mut head) = (Vec::new(), None);
    out.push(b'{');
    for member in top.members() {
        raw_key(1, member.name.raw(), &mut out);
        if member.key() != "assets" || head.is_some() {
            value(1, member.value, &mut out);
            continue;
        }
        out.push(b'{');
        for member in member.value.members() {
            raw_key(2, member.name.raw(), &mut out);
            match &*member.key() {
                "documents" if head.is_none() => {
                    out.push(b'[');
                    head = Some(std::mem::take(&mut out));
                    out.extend_from_slice(b"],");
                }
                "entities" | "classes" => declarations(plan, member.value, &mut out),
                _ => value(2, member.value, &mut out),
            }
        }
        close(1, b'}', &mut out);
    }
    close(0, b'}', &mut out);
    out.pop();
    out.push(b'\n');
    // The closing bracket of the documents belongs to what comes after the last of them.
    Some((head?, out))
}

fn declarations(plan: &Plan, declared: Node<'_>, out: &mut Vec<u8>) {
    let items = declared.items();
    let names = |item: &Node<'_>| {
        let members = item.members();
        let name = members.iter().find(|member| member.key() == "category");
        name.and_then(|name| name.value.string()?.ok())
            .map(std::borrow::Cow::into_owned)
    };
    let known: Vec<String> = items.iter().filter_map(names).collect();
    out.push(b'[');
    for item in items {
        line(3, out);
        value(3, item, out);
    }
    for label in plan.labels.iter().filter(|label| !known.contains(label)) {
        line(3, out);
        class(3, label, out);
    }
    close(2, b']', out);
}

/// A key on a line of its own, up to its value.
fn key(level: usize, name: &str, out: &mut Vec<u8>) {
    line(level, out);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\": ");
}

fn text(level: usize, name: &str, value: &str, out: &mut Vec<u8>) {
    key(level, name, out);
    string(value, out);
    out.push(b',');
}

fn integer(level: usize, name: &str, value: i64, out: &mut Vec<u8>) {
    key(level, name, out);
    number(value, out);
    out.push(b',');
}

/// The object of one class, after its key or on a line of its own.
fn class(level: usize, category: &str, out: &mut Vec<u8>) {
    out.push(b'{');
    text(level + 1, "category", category, out);
    close(level, b'}', out);
}

/// Regions (offset and length) with their labels: those of the region with the same number, and
/// in the last one whatever comes after.
fn write_regions(
    regions: &[(i64, i64)],
    labels: &[Label<'_>],
    placed: Placed<'_>,
    out: &mut Vec<u8>,
) {
    for (number, (offset, length)) in regions.iter().enumerate() {
        line(5, out);
        out.push(b'{');
        integer(6, "regionOffset", *offset, out);
        integer(6, "regionLength", *length, out);
        key(6, "labels", out);
        out.push(b'[');
        for (one, span) in labels.iter().zip(placed.spans) {
            if let Some(span) = span.filter(|_| one.region == number) {
                line(7, out);
                label(&one.category, span, out);
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

    fn document(&self, document: &Document<'_>, placed: Placed<'_>, out: &mut Vec<u8>) {
        line(3, out);
        out.push(b'{');
        text(4, "location", self.location(document), out);
        let kept = |name: &str| member(placed.facts, name);
        // A document that the ledger knows has the language that it had, or none.
        if let Some(entry) = kept("language") {
            if let Some(raw) = entry.value.as_deref() {
                raw_member(4, "language", raw.get(), out);
            }
        } else {
            let project = self.plan.project.language.as_deref().unwrap_or_default();
            text(
                4,
                "language",
                document.language.as_deref().unwrap_or(project),
                out,
            );
        }
        let split = document.split.as_ref().map(crate::model::Split::name);
        if let Some(raw) = kept("dataset").and_then(|entry| entry.value.as_deref()) {
            raw_member(4, "dataset", raw.get(), out);
        } else if let Some(split) = split.or(self.plan.dataset.filter(|_| placed.facts.is_empty()))
        {
            text(4, "dataset", split, out);
        }
        let labels = find(placed.facts, Sort::Labels);
        let written = labels.is_some_and(|entry| kept_labels(entry, document, placed, out));
        if !written {
            Self::labels(document, placed, out);
        }
        let known = ["language", "dataset"];
        for entry in placed
            .facts
            .iter()
            .filter(|entry| entry.fact == Sort::Member)
        {
            let name = name_of(entry);
            if let (Some(raw), false) = (entry.value.as_deref(), known.contains(&&*name)) {
                raw_member(4, &name, raw.get(), out);
            }
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

    fn location<'d>(&self, document: &'d Document<'_>) -> &'d str {
        let restored = self.plan.restored.as_ref();
        if let Some(prefix) = restored.and_then(|head| head.prefix.as_deref()) {
            let path = document.address.path();
            let inner = path.strip_prefix(prefix).filter(|_| !prefix.is_empty());
            return inner.map_or(path, |inner| inner.trim_start_matches('/'));
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

    fn losses(&self, examined: &Examined<'_>, losses: &mut Losses) {
        let document = examined.document;
        let extras = &document.extras;
        losses.add(Loss::Contributor, extras.columns.len() as u64);
        losses.add(Loss::Unknown, extras.unknown);
        let kept = matches!(
            extras.confidence,
            Confidence::Ones | Confidence::Inapplicable
        );
        losses.add(Loss::Confidence, u64::from(!kept));
        let address = &document.address;
        if !address.shortens {
            return;
        }
        let place = (address.datastore().unwrap_or_default(), address.folder());
        let seen = Pair(place.0, place.1);
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
