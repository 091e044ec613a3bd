//! Are the texts there, and whole?

mod document_ambiguous;
mod document_bom;
mod document_case_collision;
mod document_duplicate;
mod document_empty;
mod document_missing;
mod document_not_utf8;
mod document_same_text;
mod document_too_long;
mod document_unlisted;
mod location_name;
mod location_nested;
mod location_not_txt;
mod location_unportable;
mod location_unsafe;
mod text_rebuilt;
mod tokens_not_in_text;

pub(super) use document_ambiguous::DocumentAmbiguous;
pub(super) use document_bom::DocumentBom;
pub(super) use document_case_collision::DocumentCaseCollision;
pub(super) use document_duplicate::DocumentDuplicate;
pub(super) use document_empty::DocumentEmpty;
pub(super) use document_missing::DocumentMissing;
pub(super) use document_not_utf8::DocumentNotUtf8;
pub(super) use document_same_text::DocumentSameText;
pub(super) use document_too_long::DocumentTooLong;
pub(super) use document_unlisted::DocumentUnlisted;
pub(super) use location_name::LocationName;
pub(super) use location_nested::LocationNested;
pub(super) use location_not_txt::LocationNotTxt;
pub(super) use location_unportable::LocationUnportable;
pub(super) use location_unsafe::LocationUnsafe;
pub(super) use text_rebuilt::TextRebuilt;
pub(super) use tokens_not_in_text::TokensNotInText;

use crate::alignment::{AlignedDocument, TextState};
use crate::model::path::unsafe_reason;
use crate::model::{Address, At};

/// The names of a document's files that can be judged as names: those that lead out of the
/// folder, and empty ones, are findings of their own.
fn judged_names<'a>(
    aligned: &'a AlignedDocument<'_>,
) -> impl Iterator<Item = (At, &'a Address<'a>)> {
    aligned.files().filter_map(|(at, address, state)| {
        let path = address.path();
        let is_unsafe = matches!(state, TextState::Unsafe(_)) || unsafe_reason(path).is_some();
        (!is_unsafe && !path.is_empty()).then_some((at, address))
    })
}

#[cfg(test)]
mod testing {
    use std::borrow::Cow;

    use crate::alignment::{AlignedDocument, TextState};
    use crate::corpus::{Statistics, Suspect};
    use crate::diagnostics::Diagnostic;
    use crate::diagnostics::Location;
    use crate::json::Pointer;
    use crate::model::{Address, Document, Labels, Project, UnitChoice};
    use crate::rules::settings::Settings;
    use crate::rules::{Corpus, Rule, testing};
    use crate::text::{Text, Unit};

    /// The place of a document's address.
    pub(super) fn location(index: u64) -> Location {
        Location {
            bytes: index..index + 1,
            pointer: Some(Pointer::root().key("location")),
            document: Some(format!("{index}.txt")),
        }
    }

    /// A name as a label file has it: a location, or a path behind a container.
    pub(super) fn address(path: &str, is_location: bool) -> Address<'_> {
        Address {
            written: Cow::Borrowed(path),
            path: 0..path.len(),
            container: None,
            is_composed: false,
            shortens: !is_location,
        }
    }

    /// A document of that name.
    pub(super) fn document(address: Address<'_>) -> Document<'_> {
        Document {
            address,
            ..testing::document(Labels::class(None))
        }
    }

    /// What the rule says of a document as it was examined.
    pub(super) fn of_document(
        rule: &'static dyn Rule,
        aligned: &AlignedDocument<'_>,
    ) -> Vec<String> {
        testing::of_document(rule, aligned)
    }

    /// What the rule says of a document `1.txt` with that text.
    pub(super) fn of_text(rule: &'static dyn Rule, text: &str) -> Vec<String> {
        let document = document(address("1.txt", true));
        let state = if text.trim_start_matches('\u{feff}').trim().is_empty() {
            TextState::Blank(Text::new(text))
        } else {
            TextState::Read(Text::new(text))
        };
        let unit = UnitChoice::Given(Unit::Utf16);
        of_document(rule, &AlignedDocument::new(&document, state, unit, false))
    }

    /// What the rule says of a document of that name whose text is not looked at.
    pub(super) fn of_name(rule: &'static dyn Rule, path: &str, is_location: bool) -> Vec<String> {
        let document = document(address(path, is_location));
        let unit = UnitChoice::Given(Unit::Utf16);
        of_document(
            rule,
            &AlignedDocument::new(&document, TextState::NotAsked, unit, false),
        )
    }

    /// A corpus with these documents `(index, path)` whose addresses seem to occur twice.
    pub(super) fn suspects(paths: &[(u64, &str)]) -> Statistics {
        let mut statistics = Statistics::default();
        for (index, path) in paths {
            let suspect = Suspect {
                identity: format!("ds/{path}"),
                container: Some("ds".to_owned()),
                path: (*path).to_owned(),
                location: location(*index),
                record: 0..0,
            };
            statistics.suspects.insert(*index, suspect);
        }
        statistics
    }

    /// What the rule says of a corpus that adds up to `statistics`.
    pub(super) fn findings(
        rule: &'static dyn Rule,
        statistics: &Statistics,
        texts_given: bool,
    ) -> Vec<Diagnostic> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            texts_given,
            ..Corpus::of(&project, statistics, &settings)
        };
        testing::of_corpus(rule, &corpus)
    }
}
