//! Puts aside the tokens of documents, and makes the file of all of them.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use super::super::{Again, Output, Plan, Relieve, Writer, Written};
use super::{file, spool, tokens};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::model::{Classes, Document, Project};

pub(super) struct DocbinWriter {
    plan: Plan,
}

impl DocbinWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }
}

impl Writer for DocbinWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, _relieve: Relieve<'_>) {
        let aligned = written.aligned;
        let document = aligned.document;
        let text = aligned.any_text().map_or("", |text| text.as_str());
        // Numbers in bytes of the text, which are proved.
        let bytes = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        let mut labels: Vec<(Range<usize>, &str)> = aligned
            .targets()
            .map(|(label, span)| (bytes(span.start)..bytes(span.end), &*label.category))
            .filter(|(range, _)| !range.is_empty() && text.get(range.clone()).is_some())
            .collect();
        labels.sort_by_key(|(range, _)| range.start);
        let ranges: Vec<Range<usize>> = labels.iter().map(|(range, _)| range.clone()).collect();
        let is_labeled = document.labels.spans.is_some() && !document.extras.unlabeled;
        let tokens = tokens::tokens(text, &ranges, is_labeled);
        let own = document.classes().iter().map(|class| &*class.category);
        let own: Vec<&str> = own.collect();
        let mut named = BTreeSet::new();
        let all = self.plan.labels.iter().map(String::as_str);
        let all = all.chain(own.iter().copied());
        let is_open = document.labels.classes == Some(Classes::One(None));
        let has_classes = document.labels.classes.is_some() && !is_open;
        let has_classes = has_classes && !document.extras.unlabeled;
        let all = all.filter(|name| has_classes && named.insert(name.to_owned()));
        let classes: Vec<(&str, bool)> = all.map(|name| (name, own.contains(&name))).collect();
        let label = |index: usize| labels.get(index).map_or("", |(_, label)| *label);
        spool::document(&tokens, label, &classes, &mut out.main);
    }

    fn separator(&self) -> &'static [u8] {
        b""
    }

    fn tail(&self, _any: bool, _out: &mut Vec<u8>) {}

    fn is_finished_later(&self) -> bool {
        true
    }

    fn finish(&self, put_aside: &mut dyn Again, out: &mut dyn Write) -> io::Result<()> {
        file::write(put_aside, out)
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn holds_overlaps(&self) -> bool {
        false
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add(Loss::Name, 1);
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add_unheld(document);
        losses.add_language(aligned);
        losses.add_regions(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
