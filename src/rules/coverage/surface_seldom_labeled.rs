//! `surface-seldom-labeled`

use crate::corpus::Ask;
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Words that have a label in few of the places where they stand.
pub struct SurfaceSeldomLabeled;

const META: Meta = Meta {
    name: "surface-seldom-labeled",
    group: Group::Coverage,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    on_request: true,
    summary: "words with a label in at most a fifth of 5 places or more (off by default)",
    why: "Where words stand in 40 places and have a label in 2, the 2 may be slips. It is so where \
        rules, a crowd or a language model labeled. Where people labeled with care it is mostly not \
        so: the words are common ones that are a name now and then. So this rule runs only where it \
        is asked for by its own name, with `--warn surface-seldom-labeled` or under `[rules]` in \
        `labelwright.toml`. There is one finding for each words, at their first label. Their places \
        are counted as for `surface-unlabeled`.",
    example: r"`May` is labeled Person in 2 of 40 places",
    remedy: "Look at the places with the label, and take it away where it is wrong.",
    source: "The figures are this tool's own, and settings: where labels were planted at random, 92 % of \
        1,644 findings are right, and in what people labeled nearly none. Words of more than 100 bytes are not looked for.",
};

impl Rule for SurfaceSeldomLabeled {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::SeldomLabeled]
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for seldom in &corpus.confirmed.seldom {
            let message = format!(
                "{} is labeled in {} only, mostly {}",
                sink.settings().quote_words(&seldom.words),
                seldom.coverage,
                quote(&seldom.label),
            );
            let help = "take the label away where it is a slip";
            let message = Message::new(message).help(help).of_label(&seldom.label);
            let place = Some(seldom.location.clone());
            sink.report_shown(place, message, seldom.shown.clone());
        }
        super::note_cap(corpus, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::corpus::confirmed::{Confirmed, SeldomLabeled};
    use crate::corpus::search::Coverage;
    use crate::diagnostics::Shown;
    use crate::rules::coverage::testing::{findings_of, location};

    #[test]
    fn says_in_how_many_of_all_places() {
        let seldom = SeldomLabeled {
            words: "May".to_owned(),
            label: "Person".to_owned(),
            coverage: Coverage {
                labeled: 2,
                total: 40,
            },
            location: location(3),
            shown: Shown::default(),
        };
        let confirmed = Confirmed {
            seldom: vec![seldom],
            ..Confirmed::default()
        };
        let said = findings_of(&SurfaceSeldomLabeled, &Statistics::default(), &confirmed);
        let expected = "`May` is labeled in 2 of 40 places only, mostly `Person`";
        assert_eq!(said, [(Some(3), expected.to_owned())]);
    }
}
