//! `labelwright show`

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::ValueEnum;

use super::help::{Guide, heading};
use super::look::{ColorFlag, Stream};
use super::reading::Reading;
use super::terminal::{Failure, Status, print, say};
use crate::diagnostics::{Diagnostic, count, quote};
use crate::model::LabeledDocument;
use crate::operations;
use crate::pipeline::Outcome;
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
    let mut views = Vec::new();
    for document in corpus.documents()? {
        let document = document?;
        if wanted.takes(&document.name, views.len()) {
            views.push(view(document));
        }
    }
    wanted.satisfied()?;
    add_findings(&mut views, &mut outcome)?;
    match args.output {
        View::Human => {
            let shown = views
                .iter()
                .map(|view| terminal(view, args.color.on(Stream::Stdout)));
            print(shown.collect::<Vec<_>>().join("\n").as_bytes())?;
        }
        View::Html => {
            let mut page = Vec::new();
            documents(&outcome, &views, &mut page)?;
            print(&page)?;
        }
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

/// A document as it is shown, without its findings.
fn view(document: LabeledDocument) -> DocumentView {
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
        text: document.text,
        spans,
        unproved,
        classes: document.classes,
        findings: Vec::new(),
    }
}

/// Gives each document what is found in it, also where it is one of several places.
///
/// Fails where findings cannot be read.
fn add_findings(views: &mut [DocumentView], outcome: &mut Outcome) -> Result<(), Failure> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, view) in views.iter().enumerate() {
        places.entry(view.name.clone()).or_default().push(at);
    }
    for found in &outcome.diagnostics {
        let found = found?;
        let others = found.places.iter().flat_map(|all| &all.others);
        let others = others.filter_map(|place| place.document.as_deref());
        let names: BTreeSet<&str> = found
            .document
            .as_deref()
            .into_iter()
            .chain(others)
            .collect();
        for name in names {
            let is_first = found.document.as_deref() == Some(name);
            for at in places.get(name).into_iter().flatten() {
                let mut own: Diagnostic = found.clone().into_owned();
                if let Some(details) = own.details.as_mut().filter(|_| !is_first) {
                    // The words are those of the first place.
                    details.words = None;
                    own.excerpt = None;
                }
                views[*at].findings.push(own);
            }
        }
    }
    Ok(())
}
