//! The label files that a rule applies to.

use crate::formats::Info;
use crate::model::Kind;

/// What is known of a label file before its documents are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Its format.
    pub format: &'static Info,
    /// What all of its documents are labeled with, where that can be told.
    pub kind: Option<Kind>,
    /// Whether it declares its labels.
    pub declares: bool,
    /// Whether it may assign documents to splits, and has all of these.
    pub splits: bool,
}

/// The label files that a rule applies to. It is not asked about others.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// Of these formats; empty for all.
    formats: &'static [&'static str],
    /// What a file must have.
    needs: Needs,
}

/// What a file must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Labels on spans of text, as far as its kind is known.
    Spans,
    /// Classes of documents, as far as its kind is known.
    Classes,
    /// Declared labels.
    Declarations,
    /// A place for the splits of documents.
    Splits,
}

impl Scope {
    /// All label files.
    pub const ANY: Self = Self::needing(Needs::Nothing);
    /// Those that label spans of text.
    pub const SPANS: Self = Self::needing(Needs::Spans);
    /// Those that label documents with classes.
    pub const CLASSES: Self = Self::needing(Needs::Classes);
    /// Those that declare their labels.
    pub const DECLARING: Self = Self::needing(Needs::Declarations);
    /// Those that may assign documents to splits.
    pub const SPLITTING: Self = Self::needing(Needs::Splits);
    /// Those of Azure AI Language.
    pub const LANGUAGE: Self = Self::of(&["language"]);
    /// Tables, and what is read as one.
    pub const TABLES: Self = Self::of(&["csv"]);
    /// Those of brat.
    pub const BRAT: Self = Self::of(&["brat"]);
    /// Files of tokens.
    pub const TOKENS: Self = Self::of(&["conll", "huggingface"]);
    /// Files in which labels may be numbers.
    pub const NUMBERED: Self = Self::of(&["doccano", "huggingface"]);
    /// Those of Azure Machine Learning.
    pub const AML: Self = Self::of(&["aml"]);
    /// Those of Prodigy and spaCy, whose records are answers.
    pub const PRODIGY: Self = Self::of(&["spacy", "spacy-tuples"]);

    const fn needing(needs: Needs) -> Self {
        Self {
            formats: &[],
            needs,
        }
    }

    const fn of(formats: &'static [&'static str]) -> Self {
        Self {
            formats,
            needs: Needs::Nothing,
        }
    }

    /// The formats that are named; none where the rule applies to all.
    #[must_use]
    pub const fn formats(self) -> &'static [&'static str] {
        self.formats
    }

    /// Whether the rule applies to a file.
    #[must_use]
    pub fn covers(self, traits: &Traits) -> bool {
        let is_of_format = self.formats.is_empty() || self.formats.contains(&traits.format.name);
        let has_needs = match self.needs {
            Needs::Nothing => true,
            Needs::Spans => traits.kind.is_none_or(Kind::has_spans),
            Needs::Classes => traits.kind.is_none_or(Kind::has_classes),
            Needs::Declarations => traits.declares,
            Needs::Splits => traits.splits,
        };
        is_of_format && has_needs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;
    use crate::rules::RULES;

    #[test]
    fn a_scope_asks_for_format_kind_and_what_the_file_has() {
        let traits = |format: &str, kind| Traits {
            format: formats::find(format).unwrap().info(),
            kind,
            declares: format == "language",
            splits: format != "aml",
        };
        let entities = Some(Kind::EntityRecognition);
        let classes = Some(Kind::MultiLabelClassification);
        assert!(Scope::SPANS.covers(&traits("aml", entities)));
        assert!(
            Scope::SPANS.covers(&traits("aml", None)),
            "nobody knows yet"
        );
        assert!(!Scope::SPANS.covers(&traits("csv", classes)));
        assert!(Scope::CLASSES.covers(&traits("csv", classes)));
        assert!(!Scope::SPLITTING.covers(&traits("aml", classes)));
        assert!(Scope::DECLARING.covers(&traits("language", entities)));
        assert!(!Scope::LANGUAGE.covers(&traits("csv", classes)));
    }

    #[test]
    fn scopes_name_formats_that_there_are() {
        for rule in RULES {
            for format in rule.meta().scope.formats() {
                assert!(formats::find(format).is_some(), "{}", rule.meta().name);
            }
        }
    }
}
