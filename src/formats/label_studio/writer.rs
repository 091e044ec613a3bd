//! Writes tasks in the canonical layout: two blanks a level, one LF after the last bracket.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::canonical::{annotations, raw_member};
use super::keep::{self, Kept};
use super::wire::{LANGUAGE, SETS, TEXT};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::layout::{close, key, line, value};
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::write::string;
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::json::Node;
use crate::model::{Document, Project, Shared, Split};

pub(super) struct LabelStudioWriter {
    plan: Plan,
}

impl LabelStudioWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// The members of `data`.
    fn data(&self, written: Written<'_, '_>, kept: &Kept<'_>, out: &mut Vec<u8>) {
        let document = written.aligned.document;
        let own = written.aligned.any_text();
        let member = |name: &str, value: &str, out: &mut Vec<u8>| {
            line(3, out);
            string(name, out);
            out.extend_from_slice(b": ");
            string(value, out);
            out.push(b',');
        };
        let text_key = self.plan.told_text().or(kept.text_key.as_deref());
        let text_key = text_key.unwrap_or(TEXT);
        member(text_key, own.map_or("", |text| text.as_str()), out);
        match &kept.name {
            Some((name, raw)) => raw_member(3, name, raw, out),
            None if kept.without_name => {}
            None => member("name", self.target_name(document), out),
        }
        let has = |name: &str| kept.data.iter().any(|(key, _)| key == name);
        if let Some(language) = document.language.as_deref()
            && !kept.without_language
            && !has(LANGUAGE)
        {
            member(LANGUAGE, language, out);
        }
        let split = document.split.as_ref().map(Split::name);
        let split = split.or(self.plan.dataset.filter(|_| written.entries.is_empty()));
        if let Some(split) = split
            && !SETS.into_iter().any(has)
        {
            member(SETS[0], split, out);
        }
        let others = kept.data.iter().filter(|(name, _)| name != text_key);
        for (name, raw) in others {
            raw_member(3, name, raw, out);
        }
    }
}

impl Writer for LabelStudioWriter {
    fn head(&self, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn document(&self, written: Written<'_, '_>, all: &mut Output, relieve: Relieve<'_>) {
        let document = written.aligned.document;
        let out = &mut all.main;
        let kept = Kept::of(written.entries);
        line(1, out);
        out.push(b'{');
        key(2, "data", out);
        out.push(b'{');
        self.data(written, &kept, out);
        close(2, b'}', out);
        if !keep::annotations(written, out) && !document.extras.unlabeled {
            let spans = written.aligned.targets();
            let spans = spans.map(|(label, span)| (&*label.category, span));
            annotations(document, spans, out, relieve);
        }
        for (name, raw) in &kept.task {
            raw_member(2, name, raw, out);
        }
        close(1, b'}', out);
        // The comma belongs to the next document, if there is one.
        out.pop();
    }

    fn kept_document(&self, raw: &RawValue, out: &mut Vec<u8>) {
        line(1, out);
        if let Ok(task) = Node::parse(raw.get()) {
            value(1, task, out);
            out.pop();
        }
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            out.push(b'\n');
        }
        out.extend_from_slice(b"]\n");
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
        let regional = document.labels.is_regional() && !document.extras.unlabeled;
        let whole = aligned.has_one_whole_region() == Some(true);
        losses.add(Loss::Regions, u64::from(regional && !whole));
        let language = document.language.as_deref().unwrap_or_default();
        losses.languages.add(language, str::to_owned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        let mut source = Cow::Borrowed(source);
        if losses.languages.one() == source.language.as_ref() {
            // The documents bring it back.
            source.to_mut().language = None;
        }
        losses.languages = Shared::default();
        losses.add_project(&source, CONTAINER, rebuilt);
    }
}
