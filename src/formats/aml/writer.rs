//! Writes lines in the canonical layout: compact, floats as `1.0`, one LF a line.

use serde_json::value::RawValue;

use super::super::{Output, Plan, Relieve, Writer, Written};
use super::{keep, url};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::ledger::{LabelKey, Sort, find, own_keys};
use crate::formats::losses::{Loss, Losses};
use crate::formats::write::{number, string};
use crate::model::path::unsafe_reason;
use crate::model::{Classes, Document, Project};

pub(super) struct AmlWriter {
    /// `AmlDatastore://NAME/PREFIX/`, as JSON text without quotes.
    stem: Vec<u8>,
    plan: Plan,
}

impl AmlWriter {
    pub(super) fn new(plan: Plan) -> Self {
        let mut url = format!("AmlDatastore://{}/", plan.datastore);
        if !plan.prefix.is_empty() {
            url.push_str(&plan.prefix);
            url.push('/');
        }
        let mut stem = Vec::new();
        string(&url, &mut stem);
        let stem = stem[1..stem.len() - 1].to_vec();
        Self { stem, plan }
    }
}

/// What a ledger keeps of the labels that are written, if there is one.
fn kept<'w>(written: Written<'w, '_>, single: bool) -> keep::Kept<'w> {
    let aligned = written.aligned;
    if written.entries.is_empty() {
        let labels = aligned.targets().count() + aligned.document.classes().len();
        return keep::Kept::nothing(labels, single);
    }
    let spans = &aligned.spans;
    let is_written = |index: usize| spans.get(index).is_none_or(|span| span.target.is_some());
    // A ledger speaks of labels by what they are in the file that is read here.
    let keys = own_keys(aligned.document).into_iter().enumerate();
    let keys = keys.filter(|(index, _)| is_written(*index));
    let now: Vec<LabelKey> = keys.map(|(_, key)| key).collect();
    keep::of_document(written.entries, &now, single)
}

/// Adds members to an object that has some.
fn members(members: &[(String, &RawValue)], out: &mut Vec<u8>) {
    for (name, value) in members {
        out.push(b',');
        string(name, out);
        out.push(b':');
        out.extend_from_slice(value.get().as_bytes());
    }
}

impl Writer for AmlWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, _relieve: Relieve<'_>) {
        let document = written.aligned.document;
        let out = &mut out.main;
        out.extend_from_slice(b"{\"image_url\":");
        let address = find(written.entries, Sort::Address);
        if let Some(written) = address.and_then(|entry| entry.value.as_deref()) {
            out.extend_from_slice(written.get().as_bytes());
        } else {
            out.push(b'"');
            out.extend_from_slice(&self.stem);
            let opened = out.len();
            string(document.address.path(), out);
            // The location goes on in the string that is open already.
            out.remove(opened);
        }
        out.extend_from_slice(b",\"label\":");
        let single = document.labels.has_one_class();
        let kept = kept(written, single);
        if !single {
            out.push(b'[');
        }
        for (index, (label, span)) in written.aligned.targets().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(b"{\"label\":");
            string(&label.category, out);
            out.extend_from_slice(b",\"offsetStart\":");
            number(span.start, out);
            out.extend_from_slice(b",\"offsetEnd\":");
            number(span.end, out);
            members(kept.members.get(index).map_or(&[], Vec::as_slice), out);
            out.push(b'}');
        }
        for (index, class) in document.classes().iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match kept.spelled.get(index).copied().flatten() {
                Some(spelled) => out.extend_from_slice(spelled.get().as_bytes()),
                None => string(&class.category, out),
            }
        }
        if !single {
            out.push(b']');
        }
        if let Some(confidences) = &kept.confidences {
            out.extend_from_slice(b",\"label_confidence\":");
            out.extend_from_slice(confidences.as_bytes());
        }
        members(&keep::members(written.entries), out);
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

    fn address_fault(&self) -> Option<&'static str> {
        let Plan {
            datastore, prefix, ..
        } = &self.plan;
        let slash = if prefix.is_empty() { "" } else { "/" };
        let url = format!("AmlDatastore://{datastore}/{prefix}{slash}1.txt");
        let (address, fault) = url::parse(url.into());
        let address = address?;
        if address.container() != Some(datastore) {
            return Some("the name of a datastore has no slash");
        }
        fault.or_else(|| unsafe_reason(address.path()))
    }

    fn name_fault(&self, document: &Document<'_>) -> Option<&'static str> {
        let path = document.address.path();
        if path.is_empty() || path.ends_with('/') {
            return Some("it names no file");
        }
        let is_below = !self.plan.prefix.is_empty() && path.starts_with('/');
        (is_below || path.contains("//")).then_some("its path has an empty segment")
    }

    fn holds(&self, document: &Document<'_>) -> bool {
        document.labels.classes != Some(Classes::One(None))
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        if !self.holds(document) {
            losses.add(Loss::Classless, 1);
            return;
        }
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        let carried = document.extras.carried.len() as u64;
        losses.add(Loss::Unknown, document.extras.unknown + carried);
        losses.add_language(aligned);
        losses.add_foreign(document);
        let unlabeled = document.extras.unlabeled;
        let regional = document.labels.is_regional();
        // Where the text is not read, a region that begins with it may be the whole of it.
        let starts = |document: &Document<'_>| matches!(document.regions(), [region] if region.span.start == 0);
        let whole_region = aligned
            .has_one_whole_region()
            .unwrap_or_else(|| starts(document));
        losses.add(Loss::Unlabeled, u64::from(unlabeled));
        losses.add(
            Loss::Regions,
            u64::from(regional && !unlabeled && !whole_region),
        );
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, &self.plan.datastore, rebuilt);
    }
}
