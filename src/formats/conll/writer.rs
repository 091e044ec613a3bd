//! Writes documents.

use std::borrow::Cow;

use super::keep;
use super::lines::comment;
use super::wire::DOCSTART;
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::tokenize::{Placed, Tokenizer, lost_edges, placed, tagged};
use crate::formats::{ConllProfile, Output, Plan, Relieve, Writer, Written};
use crate::model::{Document, Project};
use crate::text::Text;
use crate::text::squeezed::is_dropped;

pub(super) struct ConllWriter {
    plan: Plan,
}

impl ConllWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    const fn profile(&self) -> ConllProfile {
        self.plan.wishes.conll_profile
    }

    /// The labels that are written, in the order of the text.
    fn labels<'d>(&self, aligned: &'d AlignedDocument<'_>, text: &Text<'_>) -> Vec<Placed<'d>> {
        placed(aligned, text, |name| self.spelled(name))
    }

    /// The name of a label as the profile can hold it.
    fn spelled<'l>(&self, name: &'l str) -> Cow<'l, str> {
        let keeps_blanks = self.profile() == ConllProfile::Aml;
        let trimmed = name.trim() == name && !name.is_empty();
        let held = |char: char| !char.is_whitespace() || char == ' ' && keeps_blanks && trimmed;
        if trimmed && name.chars().all(held) {
            return Cow::Borrowed(name);
        }
        if name.is_empty() {
            return Cow::Borrowed("_");
        }
        let sign = |char: char| if held(char) { char } else { '_' };
        Cow::Owned(name.chars().map(sign).collect())
    }

    /// Writes the tokens of a text, a line each.
    fn lines(&self, text: &str, labels: &[Placed<'_>], out: &mut Vec<u8>) {
        let tokenizer = match self.profile() {
            ConllProfile::Aml => Tokenizer::Aml,
            ConllProfile::Doccano | ConllProfile::Conll2003 => Tokenizer::Words,
        };
        let tagged = tagged(text, labels, tokenizer);
        let mut end = 0;
        for (index, (token, label)) in tagged.iter().enumerate() {
            let continues = matches!(label, Some((_, false)));
            let is_border = || text[end..token.start].contains('\n');
            let begins = self.profile() == ConllProfile::Conll2003 && !continues && is_border();
            if begins && index > 0 {
                out.push(b'\n');
            }
            self.token(&text[token.clone()], *label, index == 0 || begins, out);
            end = token.end;
        }
    }

    /// Writes a line. A token that would be taken for something else is cut behind its first sign.
    fn token(&self, token: &str, label: Option<(&str, bool)>, begins: bool, out: &mut Vec<u8>) {
        let mut line = String::from(token);
        line.push_str(match self.profile() {
            ConllProfile::Aml => " ",
            ConllProfile::Doccano => "\t",
            ConllProfile::Conll2003 => " -X- _ ",
        });
        match label {
            Some((name, is_first)) => {
                line.push_str(if is_first { "B-" } else { "I-" });
                line.push_str(name);
            }
            None => line.push('O'),
        }
        let is_other = token == DOCSTART || begins && comment(&line).is_some();
        let first = token.chars().next().map_or(0, char::len_utf8);
        if is_other && first < token.len() {
            let (first, rest) = token.split_at(first);
            self.token(first, label, begins, out);
            self.token(rest, label.map(|(name, _)| (name, false)), false, out);
            return;
        }
        out.extend_from_slice(line.as_bytes());
        out.push(b'\n');
    }
}

impl Writer for ConllWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, _relieve: Relieve<'_>) {
        let Some(text) = written.aligned.text() else {
            return;
        };
        let labels = self.labels(written.aligned, text);
        let text = text.as_str();
        if keep::put_back(written.entries, text, &labels, &mut out.main) {
            return;
        }
        if self.profile() == ConllProfile::Conll2003 {
            out.main.extend_from_slice(b"-DOCSTART- -X- O O\n\n");
        }
        self.lines(text, &labels, &mut out.main);
    }

    fn separator(&self) -> &'static [u8] {
        b"\n"
    }

    fn tail(&self, _any: bool, _out: &mut Vec<u8>) {}

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn holds_overlaps(&self) -> bool {
        false
    }

    fn label_name<'l>(&self, name: &'l str) -> Cow<'l, str> {
        self.spelled(name)
    }

    fn span_fault(&self, covered: &str) -> bool {
        covered.chars().all(is_dropped)
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        if aligned.text().is_none() {
            // There is no token in it.
            losses.add(Loss::Document, 1);
            return;
        }
        let renamed = aligned
            .targets()
            .filter(|(label, _)| self.is_renamed(&label.category));
        losses.add(Loss::LabelName, renamed.count() as u64);
        losses.add(Loss::Edge, lost_edges(aligned));
        losses.add(Loss::Text, 1);
        losses.add(Loss::Name, 1);
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add_unheld(document);
        losses.add(Loss::Unlabeled, u64::from(document.extras.unlabeled));
        losses.add_regions(aligned);
        losses.add_language(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
