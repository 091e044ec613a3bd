//! `surface-conflict`

use crate::corpus::Ask;
use crate::diagnostics::{Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Words that nearly always have one label, and here another.
pub struct SurfaceConflict;

const META: Meta = Meta {
    name: "surface-conflict",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "the same words under two labels in different places, one of them seldom",
    why: "Where the same words have one label in 48 places and another in 2, the 2 are more \
        often a slip or a second labeler's opinion than another meaning. The model is told that \
        both are right, and learns neither well. There is one finding for each words and seldom \
        label, at its first place: from 5 labeled places on, where the seldom label has at most \
        20 % of them. Where many words of a label have that other one too (names of countries \
        and of their teams), nothing is said. Words that do mean two things are mostly labeled both ways more evenly, \
        or this finding is to be left as it is. Two labels on the same place belong to \
        `spans-conflict`.",
    example: r"`Paris` is City in 48 places and Person in 2",
    remedy: "Look at the places with the seldom label, and give them the other one where they \
        mean the same. Write into the labeling guide what decides.",
    source: "The FAQ of custom NER in Azure AI Language: labeling has to be precise, consistent \
        and complete. The figures are this tool's own, and settings: in seven pairs of given and \
        corrected labels 79 % of 70 findings are right. Where the words have the seldom label in \
        one document alone, and another one there too, `surface-conflict-in-document` says it. Labels of more than 100 \
        bytes are not compared.",
};

impl Rule for SurfaceConflict {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::Conflicts]
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for placed in &corpus.confirmed.conflicts {
            let conflict = &placed.conflict;
            let (majority, most) = &conflict.majority;
            let (minority, few) = &conflict.minority;
            let message = format!(
                "{} is labeled {} in {}, and {} in {}",
                sink.settings().quote_words(&conflict.words),
                quote(minority),
                count(*few, "place"),
                quote(majority),
                count(*most, "place"),
            );
            let help = format!("if it means the same here, label it {}", quote(majority));
            let message = Message::new(message).help(help).of_label(minority);
            sink.report_shown(Some(placed.location.clone()), message, placed.shown.clone());
        }
        super::note_cap(corpus, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::corpus::confirmed::{Confirmed, PlacedConflict};
    use crate::corpus::surfaces::Conflict;
    use crate::diagnostics::Shown;
    use crate::rules::coverage::testing::{findings_of, location, surfaces};

    #[test]
    fn says_both_counts_at_the_first_place_of_the_fewer() {
        let conflict = Conflict {
            words: "Paris".to_owned(),
            majority: ("City".to_owned(), 48),
            minority: ("Person".to_owned(), 1),
            first: (3, 0),
        };
        let confirmed = Confirmed {
            conflicts: vec![PlacedConflict {
                conflict,
                location: location(3),
                shown: Shown::default(),
            }],
            ..Confirmed::default()
        };
        let said = findings_of(&SurfaceConflict, &Statistics::default(), &confirmed);
        let expected = "`Paris` is labeled `Person` in 1 place, and `City` in 48 places";
        assert_eq!(said, [(Some(3), expected.to_owned())]);
    }

    #[test]
    fn says_that_the_cap_was_reached() {
        let statistics = Statistics {
            surfaces: surfaces(&["a b", "c d", "e f"], 2),
            ..Statistics::default()
        };
        let said = findings_of(&SurfaceConflict, &statistics, &Confirmed::default());
        let expected = "only the 2 surfaces with the smallest hashes were compared, of more that \
            are labeled";
        assert_eq!(said, [(None, expected.to_owned())]);
    }
}
