//! `offset-unit-mismatch`

use crate::alignment::mismatches::Decision;
use crate::alignment::{CountedForm, members};
use crate::diagnostics::{FixAction, Message, Severity, count, quote};
use crate::rules::{
    Applicability, Basis, Corpus, CorpusSink, Group, Meta, OFFSET_UNIT_MISMATCH, Rule, Scope,
};
use crate::text::Unit;

/// Offsets that count something else than they should.
pub struct OffsetUnitMismatch;

const META: Meta = Meta {
    name: OFFSET_UNIT_MISMATCH,
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: Some(Applicability::Unsafe),
    summary: "spans that fit another way of counting characters: code points, bytes, line ends \
        as one, a counted byte-order mark, uncounted white space",
    why: "Offsets that were counted on another form of the text drift away from their words: by \
        one for each emoji, each accented letter or each line end before them. The service \
        does not notice, and trains on the wrong characters. One cause moves all spans of a \
        document, so this is one finding, and in such a document no other rule speaks of \
        offsets.",
    example: r#"{ "category": "Person", "offset": 2, "length": 3 }   (the text is "😀 Ann", and an emoji counts 2)"#,
    remedy: "Look at one of the documents. If the other way of counting makes sense of it, \
        `check --fix --unsafe-fixes` corrects the offsets and regions, and `--diff` shows \
        that first. For an AML file in another unit, `--offsets` names it. Best is to fix the \
        program that counted: most read the text with universal newlines, or measured the \
        length of a string in another language.",
    source: "UTF-16 code units are the only `stringIndexType` of every authoring version of \
        analyzetext-authoring. In Microsoft's loan agreements 240 of 240 spans are on word \
        edges as the texts are, and 31 of 240 once CR LF is turned into LF. \
        azureml-automl-dnn-nlp 1.62 was seen to count blanks only in its pre-labels. The limits \
        (5 spans, 90 %, 60 %) are this tool's own, and settings.",
};

impl Rule for OffsetUnitMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let thresholds = &corpus.settings.thresholds;
        for decision in corpus.statistics.mismatches.decide(thresholds.mismatch()) {
            for key in &decision.keys {
                sink.explain(*key);
            }
            let location = decision.location.clone();
            sink.report(location, message(&decision, corpus.unit));
        }
    }
}

fn message(decision: &Decision, declared: Unit) -> Message {
    let ways: Vec<_> = members(decision.hypotheses).collect();
    let words: Vec<String> = ways.iter().map(|way| way.words()).collect();
    let evidence = decision.evidence;
    let documents = count(decision.documents, "document");
    let shown: Vec<String> = decision.names.iter().map(|name| quote(name)).collect();
    let others = decision.documents - shown.len() as u64;
    let named = match others {
        0 => shown.join(", "),
        others => format!("{} and {}", shown.join(", "), count(others, "other")),
    };
    let numbers = format!(
        "{} of {} are on word edges so, against {} as {}",
        evidence.supposed,
        count(evidence.spans, "span"),
        evidence.declared,
        declared.plural(),
    );
    if let [way] = ways.as_slice() {
        let text = format!(
            "the offsets of {documents} seem to be {}: {numbers} ({named})",
            words.concat()
        );
        let help = if way.form == CountedForm::Plain && declared != Unit::Utf16 {
            format!("if so, `--offsets {}` reads them right", way.unit)
        } else {
            "if so, `check --fix --unsafe-fixes` writes them as they should be; `--diff` shows that first"
                .to_owned()
        };
        return Message::new(text).help(help).fixes([FixAction::Recount]);
    }
    let text = format!(
        "the offsets of {documents} are not {}; the evidence is ambiguous, they fit {} alike: \
         {numbers} ({named})",
        declared.plural(),
        words.join(" and "),
    );
    Message::new(text).help("look at the spans of one document, and count")
}
