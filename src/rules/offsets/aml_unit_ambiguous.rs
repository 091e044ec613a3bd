//! `aml-unit-ambiguous`

use crate::diagnostics::{Message, Severity};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Spans whose unit the file does not tell.
pub struct AmlUnitAmbiguous;

const META: Meta = Meta {
    name: "aml-unit-ambiguous",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "a span after an astral character, in a file that does not say its unit, where none fits \
        clearly better",
    why: "An AML file does not say what its offsets count, and neither do those of Label Studio, \
        doccano and others. Code points and UTF-16 code units \
        part after the first character outside the basic plane (an emoji, some Han \
        characters): from there on one reading is off by one for each of them. These labels are \
        not judged, and a conversion that needs their place refuses.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[{"label":"City","offsetStart":2,"offsetEnd":3}]}   (the text is "😀东京")"#,
    remedy: "Look at one of the labels, and name the unit that makes sense of it: \
        `--offsets codepoint` for files that Python wrote, `--offsets utf16` for files from a \
        browser or from JavaScript.",
    source: "No page of Microsoft's states the unit. The AML SDK (azureml-automl-dnn-nlp 1.62) \
        indexes Python strings, which speaks for code points; Microsoft's converter \
        (microsoft/CognitiveServicesLanguageUtilities, commit e9f94228) copies the numbers into \
        a UTF-16 file, which speaks for UTF-16.",
};

impl Rule for AmlUnitAmbiguous {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let seen = &corpus.statistics.ambiguous;
        // Where the offsets are found to count something else, that is the thing to say.
        let thresholds = &corpus.settings.thresholds;
        let mismatches = &corpus.statistics.mismatches;
        if seen.count == 0 || !mismatches.decide(thresholds.mismatch()).is_empty() {
            return;
        }
        let units: Vec<&str> = corpus.units.iter().map(|unit| unit.plural()).collect();
        let message = format!(
            "in {} the offsets of {} name different characters, and no unit fits clearly better",
            joined(&units, "and in"),
            seen.labels_in_documents(),
        );
        let location = seen.first.as_ref().map(|(_, location)| location.clone());
        let options = corpus.units.iter();
        let options: Vec<String> = options.map(|unit| format!("`--offsets {unit}`")).collect();
        let help = format!("say which it is: {}", joined(&options, "or"));
        sink.report(location, Message::new(message).help(help));
    }
}

/// Words with commas between them, and a word before the last.
fn joined<S: AsRef<str>>(words: &[S], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((end, [])) => (*end).to_owned(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::offsets::testing::{location, of_corpus};

    #[test]
    fn one_finding_for_all() {
        let mut statistics = Statistics::default();
        assert!(of_corpus(&AmlUnitAmbiguous, &statistics, 0).is_empty());
        statistics.ambiguous.add(7, 2, location);
        statistics.ambiguous.add(3, 1, location);
        assert_eq!(
            of_corpus(&AmlUnitAmbiguous, &statistics, 0),
            [
                "in code points and in UTF-16 code units the offsets of 3 labels in 2 documents \
              name different characters, and no unit fits clearly better"
            ]
        );
    }
}
