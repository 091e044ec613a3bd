//! Writes lines: compact, one LF a line, every line the same members.

use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::losses::{Loss, Losses};
use crate::formats::write::{number, string};
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::model::{Confidence, Document, Project, Split};

/// The container that a conversion back assumes.
const CONTAINER: &str = "workspaceblobstore";

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
        let document = written.aligned.document;
        let out = &mut out.main;
        out.extend_from_slice(b"{\"text\":");
        let text = written.aligned.any_text();
        string(text.map_or("", |text| text.as_str()), out);
        out.extend_from_slice(b",\"label\":[");
        let mut separator: &[u8] = b"";
        if document.labels.has_entities() {
            let mut spans: Vec<_> = written.aligned.targets().collect();
            spans.sort_by_key(|(label, span)| (span.start, span.end, &*label.category));
            for (label, span) in spans {
                out.extend_from_slice(separator);
                separator = b",";
                out.push(b'[');
                number(span.start, out);
                out.push(b',');
                number(span.end, out);
                out.push(b',');
                string(&label.category, out);
                out.push(b']');
                relieve(out);
            }
        }
        for class in document.classes() {
            out.extend_from_slice(separator);
            separator = b",";
            string(&class.category, out);
        }
        out.extend_from_slice(b"],\"name\":");
        string(self.target_name(document), out);
        if self.has_languages() {
            out.extend_from_slice(b",\"language\":");
            optional(document.language.as_deref(), out);
        }
        if self.plan.splits {
            out.extend_from_slice(b",\"dataset\":");
            let split = document.split.as_ref().map(Split::name);
            optional(split.or(self.plan.dataset), out);
        }
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
        let extras = &document.extras;
        losses.add(Loss::Contributor, extras.columns.len() as u64);
        losses.add(Loss::Unknown, extras.unknown + extras.carried.len() as u64);
        let odd = matches!(extras.confidence, Confidence::Absent | Confidence::Other(_));
        losses.add(Loss::Confidence, u64::from(odd));
        let container = document.address.container();
        let is_other = container.is_some_and(|container| container != CONTAINER);
        losses.add(Loss::Folder, u64::from(is_other));
        let is_lost = document.language.is_some() && !self.has_languages();
        losses.add(Loss::Language, u64::from(is_lost));
        losses.add_foreign(document);
        losses.add(Loss::Unlabeled, u64::from(extras.unlabeled));
        let is_regional = document.labels.is_regional() && !extras.unlabeled;
        let is_cut = is_regional && aligned.has_one_whole_region() == Some(false);
        losses.add(Loss::Regions, u64::from(is_cut));
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
