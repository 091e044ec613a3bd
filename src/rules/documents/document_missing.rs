//! `document-missing`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::model::Absent;
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
    on_request: false,
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
        is taken for neither. Where a folder near the label file has a file of the name, the \
        finding says so: in and below the label file's folder and those of `--texts`, and in the \
        folders beside the label file's own. Only names are looked at for that.",
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
            let message = match state {
                TextState::Missing(_) if address.path().is_empty() => {
                    Message::new("the document has an empty name").help("write its file name")
                }
                TextState::Missing(absent) => {
                    Message::new(format!("the document {} was not found", name()))
                        .help(help(absent, address.shortens))
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
        let near = corpus.texts_near.as_ref();
        let help = near.map_or_else(
            || {
                "name their folder with `--texts DIR`, or do without them with `--no-texts`"
                    .to_owned()
            },
            |near| {
                let who = match (near.found, near.asked) {
                    (1, 1) => "it is".to_owned(),
                    (found, asked) if found == asked && asked == missing.documents => {
                        "they are".to_owned()
                    }
                    (1, asked) if asked == missing.documents => "1 of them is".to_owned(),
                    (found, asked) if asked == missing.documents => format!("{found} of them are"),
                    (found, asked) => format!("{found} of the first {asked} are"),
                };
                format!("{who} in {}", folder_to_give(&near.folder))
            },
        );
        let mut message = Message::new(text).help(help);
        if !corpus.is_check {
            // A conversion that needs them is refused for that.
            message = message.severity(Severity::Warning);
        }
        let location = missing.first.as_ref().map(|(_, location)| location.clone());
        sink.report(location, message);
    }
}

/// What to do about a document that was not found: the name that was meant, the folder that it is
/// in, or where it was looked for.
fn help(absent: &Absent, shortens: bool) -> String {
    if let Some(near) = &absent.near {
        return format!("did you mean {}?", quote(near));
    }
    if let Some(shared) = &absent.shared {
        return format!(
            "{} would be the text of this document and of another, so it is taken for neither; put each \
            text under the path of its own document",
            quote(shared)
        );
    }
    if let Some(folder) = &absent.elsewhere {
        return format!("it is in {}", folder_to_give(folder));
    }
    let how = if shortens {
        "under this path, then without its first folders, down to the bare name,"
    } else {
        "under exactly this name"
    };
    let Some(folders) = &absent.looked_in else {
        return format!("it was looked for {how} in the folder of the label file");
    };
    let named: Vec<String> = folders.iter().take(NAMED).map(|name| quote(name)).collect();
    let more = folders.len() - named.len();
    let folders = match (&*named, more) {
        ([one], 0) => one.clone(),
        ([all @ .., last], 0) => format!("{} and {last}", all.join(", ")),
        _ => format!("{} and {more} more folders", named.join(", ")),
    };
    format!("it was looked for {how} in {folders}")
}

/// How many of the folders are named that a document was looked for in.
const NAMED: usize = 3;

/// `` `docs`: give `--texts docs` ``
fn folder_to_give(folder: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "._-/\\:".contains(char);
    let word = if folder.chars().all(is_plain) {
        folder.to_owned()
    } else {
        format!("'{}'", folder.replace('\'', "'\\''"))
    };
    format!(
        "{}: give {}",
        quote(folder),
        quote(&format!("--texts {word}"))
    )
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

    #[test]
    fn the_help_says_where_it_was_looked_for_and_where_it_is() {
        let absent = |elsewhere: Option<&str>, looked_in: &[&str]| Absent {
            elsewhere: elsewhere.map(str::to_owned),
            looked_in: Some(looked_in.iter().map(|name| (*name).to_owned()).collect()),
            ..Absent::default()
        };
        let told = |absent: &Absent| help(absent, false);
        assert_eq!(
            told(&absent(Some("my docs"), &["a"])),
            "it is in `my docs`: give `--texts 'my docs'`"
        );
        let before = "it was looked for under exactly this name in ";
        for (folders, want) in [
            (&["a"][..], "`a`"),
            (&["a", "b", "c"], "`a`, `b` and `c`"),
            (
                &["a", "b", "c", "d", "e"],
                "`a`, `b`, `c` and 2 more folders",
            ),
        ] {
            assert_eq!(told(&absent(None, folders)), format!("{before}{want}"));
        }
        let beside = help(&Absent::default(), true);
        assert!(
            beside.ends_with("in the folder of the label file"),
            "{beside}"
        );
    }
}
