//! `split-near-leak`

use crate::corpus::Ask;
use crate::diagnostics::{Folded, Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope, percent};

/// A text of which a near copy is in the other set.
pub struct SplitNearLeak;

const META: Meta = Meta {
    name: "split-near-leak",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "nearly the same text in Train and Test; reported at the document of Test",
    why: "A second version of a letter, a form with other names filled in, a page with another \
        date: what the model has to find in the test document is almost word for word in \
        its training data, and the score says little about texts that are new. Each run of five \
        words is a shingle of a text; the index is the number of shingles that both texts have, \
        as a share of those that at least one of them has (Jaccard). Upper and lower case and \
        the signs around words make no difference, and in scripts without blanks each character \
        is a word. Texts of fewer than five words are not compared. Candidates are found by a \
        sample of eight hashes a document, which misses about one pair in 800 at an index of \
        0.8, and proved by comparing the whole texts.",
    example: r#"{ "location": "offer-v1.txt", "dataset": "Train", … }   and   { "location": "offer-v2.txt", "dataset": "Test", … }"#,
    remedy: "Put the two documents into one set, or delete one of them. The line is drawn by \
        `near-leak` in `labelwright.toml`.",
    source: "Shingles and their Jaccard index are Broder's measure of resemblance (1997), and \
        the usual one for near duplicates in training data. The line at 0.8 is this tool's \
        judgement.",
};

impl Rule for SplitNearLeak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::NearTexts]
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} documents in Test are nearly the same as documents in Train: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let confirmed = corpus.confirmed;
        for near in &confirmed.near {
            let (test, train) = (quote(&near.name), quote(&near.other));
            let index = percent(near.index);
            let message = format!(
                "{test} in Test is nearly the same as {train} in Train: {index} of their 5-word \
                shingles are in both"
            );
            let help = "put both into one set, or delete one of them";
            let item = format!("{test} and {train} ({index})");
            sink.report(
                Some(near.location.clone()),
                Message::new(message).help(help).item(item).of_document(),
            );
        }
        let documents = corpus.statistics.documents;
        if documents.train == 0 || documents.test == 0 {
            return;
        }
        let mut note = |message: String| {
            // Each is a note of its own.
            let cause = message.clone();
            let message = Message::new(message).severity(Severity::Note).cause(cause);
            let help = "a smaller corpus, or parts of this one, can be compared in full";
            sink.report(None, message.help(help));
        };
        if let Some(cap) = corpus.statistics.likeness.shingles_compared() {
            note(format!(
                "only the {cap} shingles with the smallest hashes were compared, so texts that \
                are nearly the same may have been missed"
            ));
        }
        if let Some(cap) = confirmed.pairs_compared {
            note(format!(
                "only {cap} pairs of texts were compared in full, so texts that are nearly the \
                same may have been missed"
            ));
        }
        if confirmed.common > 0 {
            let documents = count(confirmed.common, "document");
            note(format!(
                "much of {documents} in Test is in many documents in Train, and only some \
                of those were compared"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::confirmed::Confirmed;
    use crate::corpus::likeness::{Likeness, Subset};
    use crate::rules::split::testing::{alike, documents, findings_of};

    #[test]
    fn says_how_near() {
        let confirmed = Confirmed {
            leaks: vec![alike("b.txt", "a.txt", 1.0)],
            near: vec![alike("d.txt", "a.txt", 12.0 / 13.0)],
            ..Confirmed::default()
        };
        let said = findings_of(&SplitNearLeak, &documents(3, 1, 0), &confirmed);
        let expected = "`d.txt` in Test is nearly the same as `a.txt` in Train: 92.31 % of their \
            5-word shingles are in both";
        assert_eq!(said, [(Severity::Warning, expected.to_owned())]);
    }

    #[test]
    fn says_what_was_not_compared() {
        let mut statistics = documents(1, 1, 0);
        statistics.likeness = Likeness::with_cap(4);
        statistics
            .likeness
            .add_sketch(0, Subset::Train, "a b c d e f g h i j");
        let confirmed = Confirmed {
            common: 2,
            pairs_compared: Some(9),
            ..Confirmed::default()
        };
        let said = findings_of(&SplitNearLeak, &statistics, &confirmed);
        assert_eq!(said.len(), 3);
        assert!(said.iter().all(|(severity, _)| *severity == Severity::Note));
        assert!(said[0].1.starts_with("only the 4 shingles"), "{said:?}");
        assert!(said[1].1.starts_with("only 9 pairs"), "{said:?}");
        assert!(said[2].1.starts_with("much of 2 documents"), "{said:?}");
        statistics.documents.test = 0;
        assert_eq!(findings_of(&SplitNearLeak, &statistics, &confirmed), []);
    }
}
