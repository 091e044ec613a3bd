//! Writes records: compact, one LF a line, every line the same members.

use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::losses::{Loss, Losses};
use crate::formats::write::{number, string};
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::model::{Confidence, Document, Kind, Project};

/// The container that a conversion back assumes.
const CONTAINER: &str = "workspaceblobstore";

pub(super) struct HuggingFaceWriter {
    plan: Plan,
}

impl HuggingFaceWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }
}

impl Writer for HuggingFaceWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>) {
        let document = written.aligned.document;
        let out = &mut out.main;
        out.extend_from_slice(b"{\"text\":");
        let text = written.aligned.any_text();
        string(text.map_or("", |text| text.as_str()), out);
        match self.plan.project.kind {
            Some(Kind::SingleLabelClassification) => {
                out.extend_from_slice(b",\"label\":");
                match document.classes().first() {
                    Some(class) => string(&class.category, out),
                    None => out.extend_from_slice(b"null"),
                }
            }
            Some(Kind::MultiLabelClassification) => {
                out.extend_from_slice(b",\"labels\":[");
                for (index, class) in document.classes().iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    string(&class.category, out);
                }
                out.push(b']');
            }
            _ => {
                out.extend_from_slice(b",\"entities\":[");
                for (index, (label, span)) in written.aligned.targets().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    out.extend_from_slice(b"{\"start\":");
                    number(span.start, out);
                    out.extend_from_slice(b",\"end\":");
                    number(span.end, out);
                    out.extend_from_slice(b",\"label\":");
                    string(&label.category, out);
                    out.push(b'}');
                    relieve(out);
                }
                out.push(b']');
            }
        }
        out.extend_from_slice(b",\"name\":");
        string(self.target_name(document), out);
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
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add_language(aligned);
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
