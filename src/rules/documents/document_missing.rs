//! `document-missing`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document that is listed and whose text cannot be had.
pub struct DocumentMissing;

const META: Meta = Meta {
    name: "document-missing",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    summary: "a document that is listed and not found, or that cannot be read",
    why: "A label file holds names and numbers; the text is a file of its own. Without the text \
        nothing can be learned from the labels, and nothing can be proved about their places. \
        Where no `--texts` was given and no document at all lies beside the label file, this is \
        one finding: probably the texts are elsewhere.",
    example: r#""location": "Loan 01.txt"   (the folder has `loan 01.txt`)"#,
    remedy: "Put the text where the label file says, under the very same name: case, accents \
        and percent signs count. Or fix the name in the label file. A `location` is looked up \
        under each `--texts` folder as it is, the path of an `image_url` also without its \
        first folders, down to the bare name; a text that two documents would share in this way \
        is taken for neither.",
    source: "The data-formats pages of Azure AI Language: the location is the document's name, \
        as all documents lie in the root of the container. Texts that were referred to and not \
        found are a common complaint elsewhere too (MicrosoftDocs/azure-docs issue 100727; \
        HumanSignal/label-studio issues 1890, 5459, 6027).",
};

impl Rule for DocumentMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::FILES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address, state) in aligned.files() {
            let name = || quote(address.path());
            let message =
                match state {
                    TextState::Missing(near) => {
                        let help = match near {
                    Some(near) => format!("did you mean {}?", quote(near)),
                    None if address.shortens => "it is looked for under this path, then without \
                        its first folders, down to the bare name, in the folders of `--texts`"
                        .to_owned(),
                    None => "it is looked for under exactly this name, in the folders of `--texts`"
                        .to_owned(),
                };
                        if address.path().is_empty() {
                            Message::new("the document has an empty name")
                                .help("write its file name")
                        } else {
                            Message::new(format!("the document {} was not found", name()))
                                .help(help)
                        }
                    }
                    TextState::Unreadable(reason) => {
                        let text = format!("the document {} cannot be read: {reason}", name());
                        Message::new(text).help("see that it is a file, and one that you may read")
                    }
                    _ => continue,
                };
            sink.report(at, message);
        }
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let missing = &corpus.statistics.texts_missing;
        if corpus.texts_given || corpus.statistics.texts_found > 0 || missing.documents == 0 {
            return;
        }
        sink.replace_documents();
        let none = match missing.documents {
            1 => "the document was not found".to_owned(),
            many => format!("none of the {many} documents was found"),
        };
        let text = format!("{none} beside the label file, so nothing was checked against texts");
        let help = "name their folder with `--texts DIR`, or do without them with `--no-texts`";
        let mut message = Message::new(text).help(help);
        if !corpus.is_check {
            // A conversion that needs them is refused for that.
            message = message.severity(Severity::Warning);
        }
        let location = missing.first.as_ref().map(|(_, location)| location.clone());
        sink.report(location, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::documents::testing::{findings, location};

    /// What is said of `missing` documents, beside `found` others.
    fn said(missing: u64, found: u64, texts_given: bool) -> Vec<String> {
        let mut statistics = Statistics::default();
        for index in 0..missing {
            statistics.texts_missing.add(index, 0, || location(index));
        }
        statistics.texts_found = found;
        let said = findings(&DocumentMissing, &statistics, texts_given);
        assert!(
            said.iter()
                .all(|finding| finding.severity == Severity::Error)
        );
        said.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn once_where_nothing_is_found_and_no_folder_was_named() {
        let many = "none of the 3 documents was found beside the label file, so nothing was \
            checked against texts";
        let one = "the document was not found beside the label file, so nothing was checked \
            against texts";
        assert_eq!(said(3, 0, false), [many]);
        assert_eq!(said(1, 0, false), [one]);
    }

    #[test]
    fn one_by_one_where_a_folder_was_named_or_a_text_found() {
        assert!(said(3, 0, true).is_empty());
        assert!(said(3, 1, false).is_empty());
        assert!(said(0, 0, false).is_empty());
    }
}
