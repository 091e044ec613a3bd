//! Writes records: compact, one LF a line, every line the same members.

use std::borrow::Cow;

use super::tagged;
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::inline_keep::Kept;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::tokenize::lost_edges;
use crate::formats::write::{number, string};
use crate::formats::{HuggingfaceForm, Output, Plan, Relieve, Writer, Written};
use crate::model::{Class, Document, Kind, Label, Project};
use crate::text::Span;
use crate::text::squeezed::is_dropped;

pub(super) struct HuggingfaceWriter {
    plan: Plan,
}

impl HuggingfaceWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// Whether new records are written as tokens. There are none for classes.
    fn writes_tokens(&self) -> bool {
        let has_spans = self.plan.project.kind.is_none_or(Kind::has_spans);
        has_spans && self.plan.wishes.huggingface_form == HuggingfaceForm::Tokens
    }
}

/// The member that the labels of a project of that kind are written to.
pub(super) const fn key_of(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::SingleLabelClassification) => "label",
        Some(Kind::MultiLabelClassification) => "labels",
        _ => "entities",
    }
}

/// Writes the labels of a document, as projects of that kind have them.
pub(super) fn labels(
    kind: Option<Kind>,
    spans: Vec<(&Label<'_>, Span)>,
    classes: &[Class<'_>],
    out: &mut Vec<u8>,
    relieve: Relieve<'_>,
) {
    if kind == Some(Kind::SingleLabelClassification) {
        match classes.first() {
            Some(class) => string(&class.category, out),
            None => out.extend_from_slice(b"null"),
        }
        return;
    }
    let mut separator: &[u8] = b"[";
    for (label, span) in spans {
        out.extend_from_slice(separator);
        separator = b",";
        object(&label.category, span, out);
        relieve(out);
    }
    for class in classes {
        out.extend_from_slice(separator);
        separator = b",";
        string(&class.category, out);
    }
    out.extend_from_slice(if separator == b"[" { b"[]" } else { b"]" });
}

/// Writes a span.
fn object(name: &str, span: Span, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"start\":");
    number(span.start, out);
    out.extend_from_slice(b",\"end\":");
    number(span.end, out);
    out.extend_from_slice(b",\"label\":");
    string(name, out);
    out.push(b'}');
}

impl Writer for HuggingfaceWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>) {
        let aligned = written.aligned;
        let kept = Kept::of(written.entries, self.plan.told_text());
        let out = &mut out.main;
        out.push(b'{');
        // A record that was one of tokens stays that.
        let old = tagged::tokens_of(&kept);
        let is_of_tokens = self.writes_tokens() || !old.is_empty();
        if let Some(text) = aligned.any_text().filter(|_| is_of_tokens) {
            let name = self.target_name(aligned.document);
            tagged::record(aligned, text, (&kept, &old), name, out);
            out.push(b'}');
            return;
        }
        string(&kept.text, out);
        out.push(b':');
        let text = aligned.any_text();
        string(text.map_or("", |text| text.as_str()), out);
        out.push(b',');
        let key = key_of(self.plan.project.kind);
        string(&kept.list().unwrap_or_else(|| key.to_owned()), out);
        out.push(b':');
        let spans: Vec<(&Label<'_>, Span)> = aligned.targets().collect();
        let spell = |index: usize, out: &mut Vec<u8>| {
            if let Some((label, span)) = spans.get(index) {
                object(&label.category, *span, out);
            }
        };
        if !kept.labels(aligned, spell, out) {
            let classes = aligned.document.classes();
            labels(self.plan.project.kind, spans, classes, out, relieve);
        }
        // Where another member names the document, one of the usual name is one of the others.
        let is_named = kept.name(out);
        if !is_named {
            out.extend_from_slice(b",\"name\":");
            string(self.target_name(aligned.document), out);
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

    fn holds_overlaps(&self) -> bool {
        !self.writes_tokens()
    }

    fn label_name<'l>(&self, name: &'l str) -> Cow<'l, str> {
        if self.writes_tokens() {
            tagged::spelled(name)
        } else {
            Cow::Borrowed(name)
        }
    }

    fn span_fault(&self, words: &str) -> bool {
        self.writes_tokens() && words.chars().all(is_dropped)
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add_unheld(document);
        if self.writes_tokens() {
            losses.add(Loss::Text, 1);
            losses.add(Loss::Edge, lost_edges(aligned));
            let renamed = aligned
                .targets()
                .filter(|(label, _)| self.is_renamed(&label.category));
            losses.add(Loss::LabelName, renamed.count() as u64);
        }
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add_language(aligned);
        losses.add(Loss::Unlabeled, u64::from(document.extras.unlabeled));
        losses.add_regions(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
