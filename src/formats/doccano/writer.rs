//! Writes lines: compact, one LF a line, every line the same members.

use super::wire::LABEL;
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::inline::SETS;
use crate::formats::inline_keep::Kept;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::write::{number, string};
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::model::{Class, Document, Label, Project, Split};
use crate::text::Span;

pub(super) struct DoccanoWriter {
    plan: Plan,
}

impl DoccanoWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// Whether lines have a language. A member must stand on all lines or on none.
    const fn has_languages(&self) -> bool {
        self.plan.project.language.is_some()
    }
}

/// Writes the list of a document's labels: its spans in their order, or its classes.
pub(super) fn list(
    mut spans: Vec<(&Label<'_>, Span)>,
    classes: &[Class<'_>],
    out: &mut Vec<u8>,
    relieve: Relieve<'_>,
) {
    spans.sort_by(|(one, a), (other, b)| {
        let key = |span: &Span| (span.start, span.end);
        (key(a), &one.category).cmp(&(key(b), &other.category))
    });
    let mut separator: &[u8] = b"[";
    for (label, span) in spans {
        out.extend_from_slice(separator);
        separator = b",";
        triple(&label.category, span, out);
        relieve(out);
    }
    for class in classes {
        out.extend_from_slice(separator);
        separator = b",";
        string(&class.category, out);
    }
    out.extend_from_slice(if separator == b"[" { b"[]" } else { b"]" });
}

/// Writes a span as `[start,end,name]`.
fn triple(name: &str, span: Span, out: &mut Vec<u8>) {
    out.push(b'[');
    number(span.start, out);
    out.push(b',');
    number(span.end, out);
    out.push(b',');
    string(name, out);
    out.push(b']');
}

/// Writes a string, or `null` where there is none.
fn optional(value: Option<&str>, out: &mut Vec<u8>) {
    match value {
        Some(value) => string(value, out),
        None => out.extend_from_slice(b"null"),
    }
}

impl Writer for DoccanoWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>) {
        let aligned = written.aligned;
        let document = aligned.document;
        let kept = Kept::of(written.entries, self.plan.told_text());
        let out = &mut out.main;
        out.push(b'{');
        string(&kept.text, out);
        out.push(b':');
        let text = aligned.any_text();
        string(text.map_or("", |text| text.as_str()), out);
        out.push(b',');
        string(&kept.list().unwrap_or_else(|| LABEL.to_owned()), out);
        out.push(b':');
        let spans: Vec<(&Label<'_>, Span)> = aligned.targets().collect();
        let spell = |index: usize, out: &mut Vec<u8>| {
            if let Some((label, span)) = spans.get(index) {
                triple(&label.category, *span, out);
            }
        };
        if !kept.labels(aligned, spell, out) {
            list(spans, document.classes(), out, relieve);
        }
        // Where another member names the document, one of the usual name is one of the others.
        let is_named = kept.name(out);
        if !is_named {
            out.extend_from_slice(b",\"name\":");
            string(self.target_name(document), out);
        }
        // What is put back has the members that it had, and others where they say something new.
        let is_new = self.plan.restored.is_none();
        let language = document.language.as_deref();
        let is_another = language.is_some() && language != self.plan.project.language.as_deref();
        if self.has_languages() && !kept.has("language") && (is_new || is_another) {
            out.extend_from_slice(b",\"language\":");
            optional(language, out);
        }
        let split = document
            .split
            .as_ref()
            .map(Split::name)
            .or(self.plan.dataset);
        let has_set = SETS.iter().any(|name| kept.has(name));
        if self.plan.splits && !has_set && (is_new || split.is_some()) {
            out.extend_from_slice(b",\"dataset\":");
            optional(split, out);
        }
        kept.members(if is_named { &[] } else { &["name"] }, out);
        out.push(b'}');
    }

    fn separator(&self) -> &'static [u8] {
        b"\n"
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            out.push(b'\n');
        }
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add_unheld(document);
        let is_lost = document.language.is_some() && !self.has_languages();
        losses.add(Loss::Language, u64::from(is_lost));
        losses.add(Loss::Unlabeled, u64::from(document.extras.unlabeled));
        losses.add_regions(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
