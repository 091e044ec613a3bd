//! `label-undeclared`

use crate::corpus::kept_name::is_cut;
use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::rules::{
    Applicability, Basis, Corpus, CorpusSink, Group, LABEL_UNDECLARED, Meta, Rule, Scope,
};

/// A label that is used and not declared.
pub struct LabelUndeclared;

const META: Meta = Meta {
    name: LABEL_UNDECLARED,
    group: Group::Coverage,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::DECLARING,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a label that is used and not declared; one finding a label, at its first use",
    why: "The declarations are the project's label set. In every real file the used and the \
        declared names are the same; a name outside of it is a spelling fault or a label that \
        somebody forgot to declare, and the import fails or the label is not learned. Other rules say nothing of such a label: that it is rare, or missing in Test, follows from this.",
    example: r#""entities": [{ "category": "City" }]   and further down   { "category": "Citty", "offset": 0, "length": 4 }"#,
    remedy: "Add `{ \"category\": … }` to the declarations in `assets`, or fix the spelling.",
    source: "Measured on all of Microsoft's sample projects: no undeclared name occurs. What the \
        service answers is not documented. The nearest name is looked for where that takes no more \
        than 200,000 comparisons, such as 1,000 undeclared names with 200 declared ones.",
};

/// Among more pairs of names than this, the nearest is not looked for: a service takes 200 labels,
/// and to compare 100,000 with one another would take hours.
const MOST_COMPARED: usize = 200_000;

impl Rule for LabelUndeclared {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.project.declarations_unread {
            return;
        }
        let few = corpus.statistics.undeclared.len() * corpus.declarations.len() <= MOST_COMPARED;
        for (label, seen) in &corpus.statistics.undeclared {
            let declared = corpus.declarations.keys().copied();
            let nearest = few.then(|| crate::text::nearest(label, declared)).flatten();
            let help = match nearest {
                Some(nearest) => format!("did you mean {}?", quote(nearest)),
                None => format!("declare {} in `assets`", quote(label)),
            };
            let times = seen.labels_in_documents();
            let message = format!("{} is not declared; it is used by {times}", quote(label));
            // A name that was cut is another one.
            let fix = (!is_cut(label)).then(|| FixAction::Declare(label.clone()));
            let message = Message::new(message).help(help).fixes(fix).of_label(label);
            if let Some(uses) = corpus.confirmed.undeclared.get(label) {
                sink.report_places(&uses.places, seen.count, message, uses.shown.clone());
            } else {
                let first = seen.first.as_ref().map(|(_, location)| location.clone());
                sink.report(first, message);
            }
        }
    }
}
