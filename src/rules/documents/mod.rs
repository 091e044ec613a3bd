//! Are the texts there, and whole?

mod document_duplicate;
mod document_empty;
mod document_missing;
mod document_not_utf8;
mod document_same_text;
mod location_unsafe;

pub(super) use document_duplicate::DocumentDuplicate;
pub(super) use document_empty::DocumentEmpty;
pub(super) use document_missing::DocumentMissing;
pub(super) use document_not_utf8::DocumentNotUtf8;
pub(super) use document_same_text::DocumentSameText;
pub(super) use location_unsafe::LocationUnsafe;

#[cfg(test)]
mod testing {
    use crate::diagnostic::Diagnostic;
    use crate::json::Pointer;
    use crate::model::Project;
    use crate::rules::{Corpus, Levels, Rule, run};
    use crate::settings::Settings;
    use crate::site::Site;
    use crate::tally::Tally;

    /// The place of a document's address.
    pub(super) fn site(index: u64) -> Site {
        Site {
            bytes: index..index + 1,
            pointer: Pointer::root().key("location"),
            document: Some(format!("{index}.txt")),
        }
    }

    /// What the rule says of a corpus that adds up to `tally`.
    pub(super) fn findings(
        rule: &'static dyn Rule,
        tally: &Tally,
        texts_given: bool,
    ) -> Vec<Diagnostic> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            texts_given,
            ..Corpus::of(&project, tally, &settings)
        };
        let mut found = Vec::new();
        run::corpus(&[rule], &corpus, &Levels::default(), &mut found);
        found
    }
}
