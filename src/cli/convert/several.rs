//! Several inputs that become one project.

use std::io;

use super::args::Args;
use crate::cli::input::{Input, Opened};
use crate::cli::job::Job;
use crate::cli::terminal::Failure;
use crate::config::Lookup;
use crate::diagnostics::count;
use crate::formats::{self, Format, TextPlace};
use crate::input::{Source, Spool, Texts};
use crate::operations::{self, Conversion, Edits, Sync};
use crate::pipeline::Outcome;

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
    let joining = sides.iter().zip(inputs).zip(&mut united.outcomes);
    for ((side, opening), outcome) in joining.skip(all) {
        let texts = united.texts.as_ref();
        let joined = joined(args, &project, texts, side, opening.job, outcome)?;
        let Some((joined, told)) = joined else {
            return Ok(united);
        };
        project = joined;
        united.told.push(told);
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
fn emptied(project: &Source, options: &crate::pipeline::Options) -> Result<Source, Failure> {
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

/// A project with the documents and labels of one more input, and what there is to say of that; `None` where
/// they do not go together, which the outcome of the input says then.
fn joined(
    args: &Args,
    project: &Source,
    texts: Option<&Texts>,
    side: &Side,
    job: &Job,
    outcome: &mut Outcome,
) -> Result<Option<(Source, String)>, Failure> {
    let options = operations::editing(&job.options);
    let own = operations::read(project, texts, &options)?;
    let from = args.from.0;
    let labels = operations::read_as(&side.source, from, side.texts.as_ref(), &job.options)?;
    // Against an ancestor without labels, all of them are new on both sides.
    let kind = own
        .kind()
        .map_or("CustomEntityRecognition", crate::model::Kind::name);
    let nothing = Source::in_memory(NOTHING.replace("KIND", kind), "none.json".as_ref());
    let ancestor = operations::read(&nothing, None, &job.options)?;
    let prefix = args
        .prefix_by_file
        .then(|| format!("{}-", side.source.stem()));
    let sewn = operations::sync(
        &own,
        &Sync {
            labels: &labels,
            base: Some(&ancestor),
            prefer: None,
            prune: false,
            split: None,
            prefix: prefix.as_deref(),
            hides_words: args.common.reporting.redact,
        },
    )?;
    let report = &sewn.report;
    if !report.refusals.is_empty() || !report.conflicts.is_empty() {
        operations::conflicts(&labels, report, &job.options, outcome)?;
        return Ok(None);
    }
    let (added, shared) = (
        report.added.len() as u64,
        report.changed.len() as u64 + report.same,
    );
    let more = count(added, "document");
    let told = format!(
        "{}: {more} more, {shared} that were there",
        side.source.name()
    );
    let mut out = Spool::new()?;
    sewn.write(project, &mut out)?;
    Ok(Some((project.replaced(out), told)))
}
