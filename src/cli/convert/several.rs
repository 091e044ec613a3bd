//! Several inputs that become one project.

use std::collections::BTreeMap;
use std::io;

use super::args::Args;
use crate::cli::input::{Input, Opened};
use crate::cli::job::Job;
use crate::cli::terminal::Failure;
use crate::config::Lookup;
use crate::diagnostics::{count, quote};
use crate::formats::{self, Format, TextPlace};
use crate::input::{Source, Spool, Texts};
use crate::operations::{self, Conversion, Corpus, Edits, Elsewhere, Sync};
use crate::pipeline::{Options, Outcome};

/// The format that inputs are united in.
const PROJECT: &str = "language";

/// A project without documents: what inputs have in common that each have their own labels.
const NOTHING: &str = r#"{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit",
"metadata":{"projectKind":"KIND","storageInputContainerName":"none","projectName":"none","language":"en-us",
"multilingual":false,"description":""},"assets":{"projectKind":"KIND","documents":[]}}"#;

/// An input with what it is read with.
pub(super) struct Opening<'a> {
    pub(super) input: &'a Input,
    pub(super) job: &'a Job,
}

/// What came of uniting inputs.
#[derive(Default)]
pub(super) struct United {
    /// The project, unless they were not united.
    pub(super) source: Option<Source>,
    /// The folders of all texts, where the names of documents are still theirs.
    pub(super) texts: Option<Texts>,
    /// What came of each input.
    pub(super) outcomes: Vec<Outcome>,
    /// What there is to say.
    pub(super) told: Vec<String>,
}

/// Where the documents of the inputs stand, by the names that the project has for them: their address and
/// the first file that has it.
#[derive(Default)]
struct Known(BTreeMap<String, (String, String)>);

impl Known {
    /// Adds the documents of an input, and answers those whose name stands for another address already.
    ///
    /// Fails where the input cannot be read.
    fn add(&mut self, labels: &Corpus<'_>) -> Result<BTreeMap<u64, Elsewhere>, Failure> {
        let file = labels.source().name();
        let mut elsewhere = BTreeMap::new();
        for found in labels.addresses()? {
            let here = found.identity;
            let (there, file) =
                (self.0.entry(found.location)).or_insert_with(|| (here.clone(), file.to_owned()));
            if *there != here {
                let (there, file) = (there.clone(), file.clone());
                elsewhere.insert(found.index, Elsewhere { here, there, file });
            }
        }
        Ok(elsewhere)
    }
}

/// An input that is open.
struct Side {
    source: Source,
    texts: Option<Texts>,
}

/// Unites inputs: a document that several have gets the labels of all, others follow in the order of the
/// inputs. Nothing comes of it where labels conflict, or documents of one name have several texts.
pub(super) fn unite(args: &Args, inputs: &[Opening<'_>]) -> Result<United, Failure> {
    let to = formats::find(PROJECT).ok_or("no such format")?;
    let mut united = United::default();
    let mut sides = Vec::new();
    let mut first = None;
    for opening in inputs {
        let side = side(opening)?;
        let (outcome, product) = converted(args, to, opening.job, &side)?;
        united.outcomes.push(outcome);
        first = first.or(product);
        sides.push(side);
    }
    if united.outcomes.iter().any(|outcome| outcome.refused) {
        return Ok(united);
    }
    let Some(first) = first else {
        return Ok(united);
    };
    united.texts = joint_texts(inputs, &sides)?;
    let mut project = first;
    let all = if args.prefix_by_file {
        united.texts = None;
        project = emptied(&project, &inputs[0].job.options)?;
        0
    } else {
        1
    };
    let mut known = Known::default();
    let joining = sides.iter().zip(inputs).zip(&mut united.outcomes);
    for (at, ((side, opening), outcome)) in joining.enumerate() {
        let options = &opening.job.options;
        let labels = operations::read_as(&side.source, args.from.0, side.texts.as_ref(), options)?;
        // With a prefix each has its own name.
        let elsewhere = if args.prefix_by_file {
            None
        } else {
            Some(known.add(&labels)?)
        };
        if at < all {
            continue;
        }
        let joining = Joining {
            args,
            project: &project,
            texts: united.texts.as_ref(),
            labels: &labels,
            elsewhere: elsewhere.as_ref(),
            options,
        };
        let Some((joined, told)) = joining.join(outcome)? else {
            return Ok(united);
        };
        project = joined;
        united.told.extend(told);
    }
    united.source = Some(project);
    Ok(united)
}

fn side(opening: &Opening<'_>) -> Result<Side, Failure> {
    let Opened::Source(source) = opening.input.open()? else {
        return Err(format!("{} is no label file", opening.input.path().display()).into());
    };
    let texts = opening.job.texts(&source)?;
    Ok(Side { source, texts })
}

/// What comes of an input that is made a project by itself.
fn converted(
    args: &Args,
    to: &'static dyn Format,
    job: &Job,
    side: &Side,
) -> Result<(Outcome, Option<Source>), Failure> {
    let from = operations::format_of(&side.source, args.from.0)?;
    if from.is_some_and(|from| {
        matches!(
            from.info().texts,
            TextPlace::Inline | TextPlace::InlineOrTokens
        )
    }) {
        return Err(format!(
            "{} has its texts inside; make it a project first, with `--to language --texts-out DIR`",
            side.source.name()
        )
        .into());
    }
    let mut product = Spool::new()?;
    let conversion = Conversion {
        save_losses: false,
        ..args.conversion(to, job.options.unit, side.texts.as_ref(), None, None)
    };
    let outcome = operations::convert(
        &side.source,
        &conversion,
        &job.options,
        &mut product,
        &mut io::sink(),
    )?;
    let made = (!outcome.refused).then(|| side.source.replaced(product));
    Ok((outcome, made))
}

/// The folders of the texts of all inputs.
fn joint_texts(inputs: &[Opening<'_>], sides: &[Side]) -> Result<Option<Texts>, Failure> {
    let mut folders = Vec::new();
    for (opening, side) in inputs.iter().zip(sides) {
        match &opening.job.lookup {
            Lookup::Nowhere => return Ok(None),
            Lookup::Beside => folders.push(side.source.folder().to_owned()),
            Lookup::Folders(given) => folders.extend(given.iter().cloned()),
        }
    }
    let mut known = std::collections::BTreeSet::new();
    folders.retain(|folder| known.insert(folder.clone()));
    let opened = Texts::open(&folders, true);
    let opened =
        opened.map_err(|(path, error)| format!("cannot read {}: {error}", path.display()))?;
    Ok(Some(opened))
}

/// A project without its documents.
fn emptied(project: &Source, options: &Options) -> Result<Source, Failure> {
    let options = operations::editing(options);
    let corpus = operations::read(project, None, &options)?;
    let none = |_: u64| false;
    let edits = Edits {
        documents: Some(&none),
        ..Edits::default()
    };
    let edited = operations::edit(&corpus, &edits)?;
    let edited = edited.map_err(|refusal| format!("{}: {refusal}", project.name()))?;
    Ok(edited.source)
}

/// An input that is joined to a project.
struct Joining<'a> {
    args: &'a Args,
    project: &'a Source,
    /// The folders of the texts of all inputs.
    texts: Option<&'a Texts>,
    labels: &'a Corpus<'a>,
    /// Its documents whose names stand for other addresses in earlier inputs.
    elsewhere: Option<&'a BTreeMap<u64, Elsewhere>>,
    options: &'a Options,
}

impl Joining<'_> {
    /// The project with its documents and labels, and what there is to say of that; `None` where they do not
    /// go together, which the outcome of the input says then.
    fn join(&self, outcome: &mut Outcome) -> Result<Option<(Source, Vec<String>)>, Failure> {
        let own = operations::read(self.project, self.texts, &operations::editing(self.options))?;
        // Against an ancestor without labels, all of them are new on both sides.
        let kind = own
            .kind()
            .map_or("CustomEntityRecognition", crate::model::Kind::name);
        let nothing = Source::in_memory(NOTHING.replace("KIND", kind), "none.json".as_ref());
        let ancestor = operations::read(&nothing, None, self.options)?;
        let source = self.labels.source();
        let prefix = self.args.prefix_by_file;
        let prefix = prefix.then(|| format!("{}-", source.stem()));
        let sewn = operations::sync(
            &own,
            &Sync {
                labels: self.labels,
                base: Some(&ancestor),
                prefer: None,
                prune: false,
                split: None,
                prefix: prefix.as_deref(),
                elsewhere: self.elsewhere,
                hides_words: self.args.common.reporting.redact,
            },
        )?;
        let report = &sewn.report;
        if !report.refusals.is_empty() || !report.conflicts.is_empty() {
            operations::conflicts(self.labels, report, self.options, outcome)?;
            return Ok(None);
        }
        let (added, shared) = (
            report.added.len() as u64,
            report.changed.len() as u64 + report.same,
        );
        let more = count(added, "document");
        let name = source.name();
        let mut told = vec![format!("{name}: {more} more, {shared} that were there")];
        let elsewhere = self.elsewhere.into_iter().flatten();
        let moved = elsewhere.clone().count() as u64;
        if let Some((_, one)) = elsewhere.min_by_key(|(at, _)| **at) {
            let moved = count(moved, "document");
            let (here, there) = (quote(&one.here), quote(&one.there));
            told.push(format!(
                "{name}: {moved} at another address than in earlier inputs, with the same text: the first at \
                 {here}, in {} at {there}",
                one.file
            ));
        }
        let mut out = Spool::new()?;
        sewn.write(self.project, &mut out)?;
        Ok(Some((self.project.replaced(out), told)))
    }
}
