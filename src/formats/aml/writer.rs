//! Writes lines in the canonical layout: compact, floats as `1.0`, one LF a line.

use super::super::{Placed, Plan, Writer};
use crate::examined::Examined;
use crate::fact::Assumption;
use crate::formats::write::{number, string};
use crate::losses::{Loss, Losses};
use crate::model::{Document, Project};

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

impl Writer for AmlWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, document: &Document<'_>, placed: Placed<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"image_url\":\"");
        out.extend_from_slice(&self.stem);
        let opened = out.len();
        string(document.address.path(), out);
        // The location goes on in the string that is open already.
        out.remove(opened);
        out.extend_from_slice(b",\"label\":[");
        let mut written = 0;
        for (label, span) in document.spans().iter().zip(placed.spans) {
            let Some(span) = span else {
                continue;
            };
            if written > 0 {
                out.push(b',');
            }
            written += 1;
            out.extend_from_slice(b"{\"label\":");
            string(&label.category, out);
            out.extend_from_slice(b",\"offsetStart\":");
            number(span.start, out);
            out.extend_from_slice(b",\"offsetEnd\":");
            number(span.end, out);
            out.push(b'}');
        }
        out.extend_from_slice(b"],\"label_confidence\":[");
        for index in 0..written {
            out.extend_from_slice(if index == 0 { b"1.0" } else { b",1.0" });
        }
        out.extend_from_slice(b"]}");
    }

    fn separator(&self) -> &'static [u8] {
        b"\n"
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            out.push(b'\n');
        }
    }

    fn location<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_length(&self) -> bool {
        false
    }

    fn losses(&self, examined: &Examined<'_>, losses: &mut Losses) {
        let document = examined.document;
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add(Loss::Unknown, document.extras.unknown);
        let language = document.language.as_deref().unwrap_or_default();
        losses.languages.add(language, str::to_owned);
        losses.with_language += u64::from(document.language.is_some());
        let unlabeled = document.extras.unlabeled;
        losses.add(Loss::Unlabeled, u64::from(unlabeled));
        losses.add(
            Loss::Regions,
            u64::from(!unlabeled && !covers_text(examined)),
        );
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        let language = losses.languages.one().cloned();
        let project = source.language.clone().unwrap_or_default();
        if language.as_ref() != Some(&project) {
            losses.add(Loss::Language, losses.with_language);
        }
        rebuilt.extend(
            language
                .filter(|same| *same == project && same != "en-us")
                .map(|value| Assumption {
                    what: "document language",
                    value,
                    option: "--language",
                }),
        );
        // A default that brings the value back makes it no loss.
        let container = source.container.as_deref();
        let metadata = [
            source
                .version
                .as_deref()
                .is_some_and(|version| version != "2022-05-01"),
            source.name.is_some(),
            container.is_some_and(|container| container != self.plan.datastore),
            source
                .language
                .as_deref()
                .is_some_and(|language| language != "en-us"),
            source.multilingual != Some(false),
            source.description.as_deref() != Some(""),
            source.has_settings,
        ];
        let lost = metadata.into_iter().filter(|lost| *lost).count();
        losses.add(Loss::Metadata, lost as u64);
        losses.add(Loss::Unknown, source.extras);
        let used = |name: &String| self.plan.labels.contains(name);
        let declared: Vec<&String> = source.declared.iter().map(|one| &one.name).collect();
        let unused = declared.iter().filter(|name| !used(name)).count();
        losses.add(Loss::Declaration, unused as u64);
        let kept = declared.into_iter().filter(|name| used(name));
        let order = self
            .plan
            .labels
            .iter()
            .filter(|label| source.declared.iter().any(|one| one.name == **label));
        losses.add(Loss::DeclarationOrder, u64::from(!kept.eq(order)));
    }
}

/// Whether the document has one region, and that over the whole of its text. Where the text is
/// not read, a region that begins the text and ends no earlier than its last label may be so.
fn covers_text(examined: &Examined<'_>) -> bool {
    let [region] = examined.document.regions() else {
        return false;
    };
    match (examined.text(), examined.regions.first()) {
        (Some(text), Some(Some(proof))) => {
            proof.is_ok_and(|range| range.start() == 0 && range.end() == text.as_str().len())
        }
        _ => region.span.start == 0,
    }
}
