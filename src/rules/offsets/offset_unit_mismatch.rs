//! `offset-unit-mismatch`

use crate::alignment::mismatches::Decision;
use crate::alignment::{CountedForm, Hypothesis, members};
use crate::diagnostics::{FixAction, Message, Severity, count, quote};
use crate::rules::offsets::spans_adrift;
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
    on_request: false,
    summary: "spans that fit another way of counting characters: code points, bytes, line ends \
        as one, a counted byte-order mark, uncounted white space",
    why: "Offsets that were counted on another form of the text drift away from their words: by \
        one for each emoji, each accented letter or each line end before them. The service \
        does not notice, and trains on the wrong characters. One cause moves all spans of a \
        document, so this is one finding, and in such a document no other rule speaks of \
        offsets. Where several spans fit another way better and that may still be chance, as it may \
        in a script without blanks, this is a warning that names the ways, and nothing is fixed.",
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
        let mismatches = &corpus.statistics.mismatches;
        let decisions = mismatches.decide(thresholds.mismatch());
        if decisions.is_empty() && corpus.statistics.ambiguous.count == 0 && !are_adrift(corpus) {
            // Nothing is decided, so what other rules say of these documents holds.
            if let Some(suspect) = mismatches.suspect(thresholds.mismatch()) {
                sink.report(suspect.location.clone(), weak(&suspect, corpus.unit));
            }
        }
        for decision in decisions {
            for key in &decision.keys {
                sink.explain(*key);
            }
            let location = decision.location.clone();
            sink.report(location, message(&decision, corpus.unit));
        }
    }
}

/// Whether `spans-adrift` speaks of the corpus.
fn are_adrift(corpus: &Corpus<'_>) -> bool {
    spans_adrift::adrift(corpus, &[]).is_some()
}

/// What is said where the evidence is too weak to believe it.
fn weak(suspect: &Decision, declared: Unit) -> Message {
    let ways = members(suspect.hypotheses).map(Hypothesis::words);
    let text = format!(
        "the offsets of {} may be {}: {}; this is too little to be sure",
        count(suspect.documents, "document"),
        ways.collect::<Vec<_>>().join(" or "),
        numbers(suspect, declared),
    );
    let help = "look at the spans of one document, and count; nothing is fixed before it is clear";
    Message::new(text).help(help).severity(Severity::Warning)
}

/// What speaks for a decision, and the documents that do.
fn numbers(decision: &Decision, declared: Unit) -> String {
    let evidence = decision.evidence;
    let shown: Vec<String> = decision.names.iter().map(|name| quote(name)).collect();
    let others = decision.documents - shown.len() as u64;
    let named = match others {
        0 => shown.join(", "),
        others => format!("{} and {}", shown.join(", "), count(others, "other")),
    };
    format!(
        "{} of {} are on word edges so, against {} as {} ({named})",
        evidence.supposed,
        count(evidence.spans, "span"),
        evidence.declared,
        declared.plural(),
    )
}

fn message(decision: &Decision, declared: Unit) -> Message {
    let ways: Vec<_> = members(decision.hypotheses).collect();
    let words: Vec<String> = ways.iter().map(|way| way.words()).collect();
    let documents = count(decision.documents, "document");
    let numbers = numbers(decision, declared);
    if let [way] = ways.as_slice() {
        let text = format!(
            "the offsets of {documents} seem to be {}: {numbers}",
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
         {numbers}",
        declared.plural(),
        words.join(" and "),
    );
    Message::new(text).help("look at the spans of one document, and count")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::evidence::Evidence;
    use crate::alignment::forensics::Assessment;
    use crate::corpus::Statistics;
    use crate::model::Project;
    use crate::rules::offsets::testing::{location, of_corpus};
    use crate::rules::settings::Settings;
    use crate::rules::testing;

    /// A corpus of one document, of whose spans two more are on word edges with inclusive ends.
    fn weak_corpus(misplaced: u64) -> Statistics {
        let evidence = Evidence {
            spans: 22,
            declared: 20,
            supposed: 22,
            differing: 22,
            differing_declared: 20,
            differing_supposed: 22,
            gain: 900,
            ..Evidence::default()
        };
        let assessment = Assessment {
            evidence: [(5, evidence)].into(),
            refuted: 0,
            misplaced,
        };
        let mut statistics = Statistics::default();
        statistics.mismatches.add(&assessment, 0, "1.txt", location);
        statistics
    }

    #[test]
    fn weak_evidence_is_told() {
        let statistics = weak_corpus(2);
        let want = "the offsets of 1 document may be UTF-16 code units with the last character of \
            a span as its end (inclusive ends): 22 of 22 spans are on word edges so, against 20 as \
            UTF-16 code units (`1.txt`); this is too little to be sure";
        assert_eq!(of_corpus(&OffsetUnitMismatch, &statistics, 0), [want]);
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus::of(&project, &statistics, &settings);
        let said = testing::of_corpus(&OffsetUnitMismatch, &corpus);
        let severities: Vec<_> = said.iter().map(|said| said.severity).collect();
        assert_eq!(severities, [Severity::Warning]);
    }

    #[test]
    fn one_cause_is_told_once() {
        let mut statistics = weak_corpus(2);
        statistics.ambiguous.add(0, 1, location);
        assert_eq!(of_corpus(&OffsetUnitMismatch, &statistics, 0), [""; 0]);
        // Where no way of counting explains so many, `spans-adrift` says it.
        let statistics = weak_corpus(30);
        assert_eq!(of_corpus(&OffsetUnitMismatch, &statistics, 0), [""; 0]);
    }
}
