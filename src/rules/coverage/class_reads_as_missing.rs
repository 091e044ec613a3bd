//! `class-reads-as-missing`

use crate::diagnostics::{Message, Severity, quote};
use crate::model::Kind;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A class that programs take for a missing value, or for a number.
pub struct ClassReadsAsMissing;

const META: Meta = Meta {
    name: "class-reads-as-missing",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::TABLES,
    fix: None,
    on_request: false,
    summary: "a class such as `NA`, `None` or `null`, which pandas and Hugging Face read as a missing \
        value; or classes that are all numbers or truth values",
    why: "A table says of no cell whether it is a word, a number, or nothing. pandas takes the words \
        of a short list for nothing, and so do Hugging Face `datasets`, AutoML and all scripts \
        above it: the documents of the class lose their label, and nobody is told. Where all \
        classes are numbers, `01` and `1` become one class; and as soon as one cell is empty, `1` \
        becomes `1.0`. AutoML refuses a column of more than one type.",
    example: "text,label\nNothing is wrong.,None\nSend it back.,Refund",
    remedy: "Give the class a name that is a word: `Nothing` or `Not applicable` for `None` and `NA`, \
        `Stars 1` for `1`. Who reads the file with pandas alone can have it as it stands with \
        `keep_default_na=False` and `dtype=str`.",
    source: "pandas 3.1.1 and datasets 5.2.0 were run: the list, `01` and `1` as one number, `1` \
        beside an empty cell as `1.0`. pandas documents the whole list at `read_csv`, `na_values`.",
};

/// What pandas 3.1 takes for nothing, but for the empty cell.
const MISSING: [&str; 18] = [
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>",
    "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
];

/// What it takes for truth values.
const BOOLEANS: [&str; 6] = ["True", "TRUE", "true", "False", "FALSE", "false"];

impl Rule for ClassReadsAsMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        // A list of classes is a text for them, whatever is in it.
        if corpus.kind != Some(Kind::SingleLabelClassification) {
            return;
        }
        let names = corpus.names();
        for name in names.iter().filter(|name| MISSING.contains(name)) {
            let message = format!(
                "the class {} reads as a missing value in pandas, Hugging Face `datasets` and AutoML",
                quote(name)
            );
            let help = "give the class another name";
            let message = Message::new(message).help(help);
            sink.report(super::place_of_label(corpus, name), message);
        }
        let mut words = names
            .iter()
            .filter(|name| !MISSING.contains(name))
            .peekable();
        let Some(first) = words.peek().copied() else {
            return;
        };
        let all: Vec<&str> = words.copied().collect();
        let what = if all.iter().all(|name| is_number(name)) {
            "numbers"
        } else if all.iter().all(|name| BOOLEANS.contains(name)) {
            "truth values"
        } else {
            return;
        };
        let message = format!(
            "all classes are {what}, such as {}: pandas and AutoML do not read them as the names of \
             classes",
            quote(first)
        );
        let message = Message::new(message).help("give the classes names that are words");
        sink.report(super::place_of_label(corpus, first), message);
    }
}

/// Whether pandas reads a cell as a number.
fn is_number(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_digit() || matches!(char, '+' | '-' | '.'))
        && name.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    fn said(names: &[(&'static str, u64)]) -> Vec<String> {
        let kind = Some(Kind::SingleLabelClassification);
        let said = findings(&ClassReadsAsMissing, kind, &[], names);
        said.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn words_for_nothing_are_told_one_by_one() {
        let found = said(&[("None", 3), ("NA", 1), ("Refund", 5), ("none", 2)]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("the class `NA` reads as a missing value"));
        assert!(found[1].starts_with("the class `None` reads as a missing value"));
    }

    #[test]
    fn numbers_and_truth_values_are_told_where_there_is_nothing_else() {
        assert!(
            said(&[("01", 3), ("1", 1), ("-2.5", 1)])[0].starts_with("all classes are numbers")
        );
        assert!(said(&[("True", 3), ("False", 1)])[0].starts_with("all classes are truth values"));
        assert_eq!(said(&[("1", 3), ("2", 1), ("many", 1)]), [""; 0]);
        assert_eq!(said(&[("Refund", 3), ("infinity", 1)]), [""; 0]);
    }
}
