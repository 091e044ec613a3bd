//! `labelwright show`

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::ValueEnum;

use super::help::{Guide, heading};
use super::look::{ColorFlag, Stream};
use super::reading::Reading;
use super::terminal::{Failure, Status, print, print_by, say, unprinted};
use crate::diagnostics::{Diagnostic, count, quote};
use crate::model::LabeledDocument;
use crate::operations;
use crate::operations::{Corpus, Member};
use crate::pipeline::Outcome;
use crate::report::Look;
use crate::report::document::{DocumentView, terminal};
use crate::report::documents;
use crate::text;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Look at one document",
            "labelwright show labels.json 07.txt --texts docs",
        ),
        (
            "Send it to the one who labels",
            "labelwright show labels.json 07.txt --output html > 07.html",
        ),
    ],
    sections: &[],
};

/// Show documents with their labels and findings
///
/// Prints the text of each document. The labels are lines below their words, and findings are in the
/// margin.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The label file
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// Names of documents [default: the first ones]
    ///
    /// As the label file has them, or the ends of these after a slash.
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    #[command(flatten)]
    reading: Reading,

    /// How many, where none is named
    #[arg(long, value_name = "N", default_value_t = 10, help_heading = heading::REPORT)]
    max_documents: usize,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = heading::REPORT)]
    output: View,

    #[command(flatten)]
    color: ColorFlag,
}

/// `--output`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// For a terminal
    Human,
    /// As a page
    Html,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let (source, mut job) = args.reading.open(&args.input)?;
    job.options.snippets = match args.output {
        View::Human => 0,
        View::Html => usize::MAX,
    };
    let texts = job.texts(&source)?;
    let mut outcome =
        operations::check(&source, args.reading.format(), texts.as_ref(), &job.options)?;
    let corpus = operations::read_as(&source, args.reading.format(), texts.as_ref(), &job.options)?;
    let mut wanted = Wanted::new(args);
    let mut chosen = BTreeMap::new();
    corpus.each_member(|member| {
        if wanted.takes(&member.name, chosen.len()) {
            chosen.insert(member.index, member);
        }
    })?;
    wanted.satisfied()?;
    let findings = findings_of(&chosen, &mut outcome)?;
    match args.output {
        View::Human => on_terminal(&corpus, findings, args.color.on(Stream::Stdout))?,
        View::Html => print(&page(&corpus, findings, &outcome)?)?,
    }
    if wanted.more > 0 {
        let more = count(wanted.more, "more document");
        say(format_args!(
            "{more}; name those that you want, or give `--max-documents`"
        ));
    }
    Ok(Status::Clean)
}

/// The documents that are asked for.
struct Wanted<'a> {
    args: &'a Args,
    /// Those of the names that fit a document.
    found: BTreeSet<&'a str>,
    /// The names of documents that fit none, as far as they are few.
    others: BTreeSet<String>,
    /// How many documents there are beyond those that are shown.
    more: u64,
}

/// The most bytes of texts that a page holds. A browser takes many times as much memory, and so does making it.
const PAGE_BYTES: usize = 32 << 20;

/// How many names of documents are kept to tell what was meant.
const KNOWN: usize = 10_000;

impl<'a> Wanted<'a> {
    const fn new(args: &'a Args) -> Self {
        Self {
            args,
            found: BTreeSet::new(),
            others: BTreeSet::new(),
            more: 0,
        }
    }

    /// Whether a document is shown, of which there are so many already.
    fn takes(&mut self, name: &str, shown: usize) -> bool {
        if self.args.documents.is_empty() {
            let takes = shown < self.args.max_documents;
            self.more += u64::from(!takes);
            return takes;
        }
        let fits = |wanted: &&String| {
            let rest = name.strip_suffix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let found: Vec<&str> = self
            .args
            .documents
            .iter()
            .filter(fits)
            .map(String::as_str)
            .collect();
        if found.is_empty() && self.others.len() < KNOWN {
            self.others.insert(name.to_owned());
        }
        self.found.extend(&found);
        !found.is_empty()
    }

    /// Fails where a name fits no document.
    fn satisfied(&self) -> Result<(), Failure> {
        let missing = self.args.documents.iter();
        let Some(name) = missing
            .into_iter()
            .find(|name| !self.found.contains(name.as_str()))
        else {
            return Ok(());
        };
        let near = text::nearest(name, self.others.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| {
            format!("; did you mean {}?", quote(near))
        });
        Err(format!(
            "{} lists no document {}{near}",
            self.args.input.display(),
            quote(name)
        )
        .into())
    }
}

/// The findings of the documents that are shown, by their indices.
type Findings = BTreeMap<u64, Vec<Diagnostic>>;

/// Prints the documents one after the other, so that no more than one text is in memory.
///
/// Fails where they cannot be read or printed.
fn on_terminal(corpus: &Corpus<'_>, mut findings: Findings, look: Look) -> Result<(), Failure> {
    let chosen = findings.keys().copied().collect();
    let mut between = "";
    print_by(|out| {
        Ok(corpus.each_chosen(&chosen, |document, text| {
            let found = findings.remove(&document.index).unwrap_or_default();
            let view = view(document, text.map(Cow::Borrowed), found);
            let shown = out.write_all(between.as_bytes());
            between = "\n";
            let shown = shown.and_then(|()| terminal(&view, look, out));
            shown.map_err(unprinted)
        })?)
    })
}

/// The documents as a page.
///
/// Fails where they cannot be read, and where their texts are too long for a page.
fn page(
    corpus: &Corpus<'_>,
    mut findings: Findings,
    outcome: &Outcome,
) -> Result<Vec<u8>, Failure> {
    let chosen = findings.keys().copied().collect();
    let mut views = Vec::new();
    let mut length = 0;
    corpus.each_chosen(&chosen, |document, text| {
        let found = findings.remove(&document.index).unwrap_or_default();
        length += text.map_or(0, str::len);
        let text = text.filter(|_| length <= PAGE_BYTES);
        let text = text.map(|text| Cow::Owned(text.to_owned()));
        views.push(view(document, text, found));
        Ok(())
    })?;
    if length > PAGE_BYTES {
        return Err(format!(
            "these documents have more text than a page holds, {} MiB: name fewer of them, or leave out \
             `--output html`",
            PAGE_BYTES >> 20
        )
        .into());
    }
    let mut page = Vec::new();
    documents(outcome, &views, &mut page)?;
    Ok(page)
}

/// A document as it is shown.
fn view(
    document: LabeledDocument,
    text: Option<Cow<'_, str>>,
    findings: Vec<Diagnostic>,
) -> DocumentView<'_> {
    let mut spans = Vec::new();
    let mut unproved = Vec::new();
    for span in document.spans {
        match span.bytes {
            Some(bytes) => spans.push((bytes, span.category)),
            None => unproved.push((span.category, span.declared.start, span.declared.end)),
        }
    }
    spans.sort_by(|a, b| (a.0.start, b.0.end, &a.1).cmp(&(b.0.start, a.0.end, &b.1)));
    DocumentView {
        name: document.name,
        split: document.split,
        language: document.language,
        text,
        spans,
        unproved,
        classes: document.classes,
        findings,
    }
}

/// What is found in each of these documents, also where it is one of several places. Of records that have
/// one name each gets what stands in it.
///
/// Fails where findings cannot be read.
fn findings_of(chosen: &BTreeMap<u64, Member>, outcome: &mut Outcome) -> Result<Findings, Failure> {
    let mut found_in: Findings = chosen.keys().map(|index| (*index, Vec::new())).collect();
    let mut records: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for record in chosen.values() {
        records.entry(&record.name).or_default().push(record);
    }
    for found in &outcome.diagnostics {
        let found = found?;
        let own = found.bytes.as_ref().map(|bytes| bytes.start);
        let others = found.places.iter().flat_map(|all| &all.others);
        let others = others.filter_map(|place| Some((place.document.as_deref()?, place.start)));
        let all = found.document.as_deref().map(|name| (name, own));
        let mut known = BTreeSet::new();
        for (name, place) in all.into_iter().chain(others) {
            let is_first = found.document.as_deref() == Some(name) && place == own;
            let records = records.get(name).map_or(&[][..], |all| all);
            for record in at(records, place) {
                if !known.insert(record.index) {
                    continue;
                }
                let mut own: Diagnostic = found.clone().into_owned();
                if let Some(details) = own.details.as_mut().filter(|_| !is_first) {
                    // The words are those of the first place.
                    details.words = None;
                    own.excerpt = None;
                }
                found_in.entry(record.index).or_default().push(own);
            }
        }
    }
    Ok(found_in)
}

/// Of the records of one name, in the order of the file, the one in which a byte of it lies; all where no
/// byte is known.
fn at<'a>(records: &'a [&'a Member], place: Option<u64>) -> &'a [&'a Member] {
    let Some(place) = place.filter(|_| records.len() > 1) else {
        return records;
    };
    let after = records.partition_point(|record| record.bytes.start <= place);
    let last = after.saturating_sub(1);
    let holds = (records.get(last)).is_some_and(|record| record.bytes.contains(&place));
    if holds { &records[last..=last] } else { &[] }
}
