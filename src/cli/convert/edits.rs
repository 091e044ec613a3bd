//! What is left out, renamed or assigned on the way: the edits that people otherwise script.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use twox_hash::XxHash3_64;

use super::table::Table;
use crate::cli::help::heading;
use crate::cli::terminal::Failure;
use crate::diagnostics::{count, quote};
use crate::formats::Format;
use crate::input::Source;
use crate::operations::{self, Corpus, Edits};

/// Options for what is left out, renamed or assigned.
#[derive(clap::Args)]
pub(super) struct EditFlags {
    /// Keep only these labels; may be repeated
    ///
    /// Commas part several names. `\,` is a comma in a name, and `\\` a backslash.
    #[arg(long, value_name = "LABEL", value_parser = Names::read, help_heading = heading::EDITS)]
    pub(super) select_labels: Vec<Names>,

    /// Leave these labels out; may be repeated
    ///
    /// Commas part several names. `\,` is a comma in a name, and `\\` a backslash.
    #[arg(long, value_name = "LABEL", value_parser = Names::read, help_heading = heading::EDITS)]
    pub(super) drop_labels: Vec<Names>,

    /// Give a label another name; may be repeated
    #[arg(long, value_name = "OLD=NEW", value_parser = renaming, help_heading = heading::EDITS)]
    pub(super) rename: Vec<(String, String)>,

    /// Take so many documents by chance
    #[arg(long, value_name = "N", help_heading = heading::EDITS)]
    pub(super) sample: Option<usize>,

    /// Another seed takes another sample
    #[arg(long, value_name = "N", default_value_t = 0, requires = "sample",
        help_heading = heading::EDITS)]
    pub(super) seed: u64,

    /// Table with the set of each document
    ///
    /// A CSV file with the columns `document` and `dataset`, as `split` writes it.
    #[arg(long, value_name = "FILE", help_heading = heading::EDITS)]
    pub(super) dataset_from: Option<PathBuf>,

    /// Write a file for each set or language
    ///
    /// It is `dataset`, `language`, or a CSV file with the column `document` and another one with the
    /// part that it goes to. Of `-o out.json` the parts are `out.Train.json` and so on.
    #[arg(long, value_name = "BY", help_heading = heading::EDITS)]
    pub(super) split_by: Option<PathBuf>,
}

fn renaming(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => {
            Ok((old.to_owned(), new.to_owned()))
        }
        _ => Err("it must be OLD=NEW".to_owned()),
    }
}

/// Names of labels, as one value of an option has them.
#[derive(Clone)]
pub(super) struct Names {
    /// The value as it was given.
    whole: String,
    names: Vec<String>,
}

impl Names {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the signature is that of a parser of values"
    )]
    fn read(text: &str) -> Result<Self, String> {
        let mut names = vec![String::new()];
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            let escaped = chars.next_if(|next| char == '\\' && matches!(next, ',' | '\\'));
            match (escaped, names.last_mut()) {
                (None, _) if char == ',' => names.push(String::new()),
                (_, Some(name)) => name.push(escaped.unwrap_or(char)),
                (_, None) => {}
            }
        }
        Ok(Self {
            whole: text.to_owned(),
            names,
        })
    }

    /// All names of several values.
    fn all(values: &[Self]) -> BTreeSet<String> {
        let names = values.iter().flat_map(|value| &value.names);
        names.cloned().collect()
    }
}

/// A part of an input: the whole of it, or what goes to one of several files.
pub(super) struct Part {
    /// What the part is called; nothing of the whole.
    pub(super) name: Option<String>,
    /// Its documents by their places; `None` for all.
    documents: Option<BTreeSet<u64>>,
}

/// An input as it is converted.
pub(super) struct Prepared {
    pub(super) source: Source,
    /// What was left out, as lines of a ledger.
    pub(super) left_out: Vec<u8>,
    /// What there is to say.
    pub(super) told: Vec<String>,
    /// The sets that documents get on the way, where the source has no place for them.
    pub(super) datasets: Option<Arc<BTreeMap<String, &'static str>>>,
}

impl EditFlags {
    /// Whether anything is asked for.
    pub(super) fn any(&self) -> bool {
        let labels = [&self.select_labels, &self.drop_labels];
        labels.iter().any(|labels| !labels.is_empty())
            || !self.rename.is_empty()
            || self.sample.is_some()
            || self.dataset_from.is_some()
            || self.split_by.is_some()
    }

    /// Files that are read.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Path> {
        let by_table = self.split_by.as_deref().filter(|by| part_of(by).is_none());
        self.dataset_from.as_deref().into_iter().chain(by_table)
    }

    /// The changes to the labels.
    fn edits(&self) -> Result<Edits<'static>, Failure> {
        let (select, drop) = (
            Names::all(&self.select_labels),
            Names::all(&self.drop_labels),
        );
        let values = self.select_labels.iter().chain(&self.drop_labels);
        let parted = values.filter(|value| value.names.len() > 1);
        let parted = parted.map(|value| value.whole.clone()).collect();
        if let Some(both) = select.intersection(&drop).next() {
            let both = quote(both);
            return Err(
                format!("{both} is given to `--select-labels` and to `--drop-labels`").into(),
            );
        }
        let mut rename = BTreeMap::new();
        for (old, new) in &self.rename {
            if rename
                .insert(old.clone(), new.clone())
                .is_some_and(|other| other != *new)
            {
                return Err(format!("{} is renamed twice", quote(old)).into());
            }
        }
        Ok(Edits {
            select: (!select.is_empty()).then_some(select),
            drop,
            parted,
            rename,
            ..Edits::default()
        })
    }

    /// The parts that an input is written in.
    pub(super) fn parts(&self, corpus: &Corpus<'_>) -> Result<Vec<Part>, Failure> {
        let Some(by) = &self.split_by else {
            return Ok(vec![Part {
                name: None,
                documents: None,
            }]);
        };
        let table = match part_of(by) {
            Some(_) => None,
            None => Some(Table::read(by, None)?),
        };
        let given = match &table {
            Some(table) => {
                let values = table.values("a name", |value| {
                    (!value.is_empty()).then(|| value.to_owned())
                })?;
                Some(table.of_documents(&corpus.names()?, &values)?)
            }
            None => None,
        };
        let mut parts: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        corpus.each_member(|member| {
            let part = match (&given, part_of(by)) {
                (Some(given), _) => given.get(&member.name).cloned(),
                (None, Some(By::Dataset)) => member.split,
                (None, _) => member.language,
            };
            let part = part.unwrap_or_else(|| "unassigned".to_owned());
            parts.entry(part).or_default().insert(member.index);
        })?;
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for part in parts.keys() {
            if let Some(other) = files.insert(in_file_name(part), part.clone()) {
                let (one, other) = (quote(&other), quote(part));
                return Err(format!("the parts {one} and {other} would be one file").into());
            }
        }
        let part = |(name, documents)| Part {
            name: Some(name),
            documents: Some(documents),
        };
        Ok(parts.into_iter().map(part).collect())
    }

    /// An input with the changes made, as far as they are made in it.
    pub(super) fn prepare(
        &self,
        corpus: &Corpus<'_>,
        part: &Part,
        to: &'static dyn Format,
    ) -> Result<Prepared, Failure> {
        let mut edits = self.edits()?;
        let from = corpus.format_of();
        let mut told = Vec::new();
        if edits.touches_labels() && !operations::is_editable(from) {
            return Err(format!(
                "labels of {} files cannot be changed; convert it to `aml` or `language` first",
                from.info().title
            )
            .into());
        }
        let mut on_the_way = None;
        if let Some(path) = &self.dataset_from {
            if !to.info().splits {
                let title = to.info().title;
                return Err(
                    format!("`--dataset-from`: {title} files have no place for sets").into(),
                );
            }
            let table = Table::read(path, Some("dataset"))?;
            let values = table.values("`Train` or `Test`", |value| {
                let mut sets = ["Train", "Test"].into_iter();
                sets.find(|set| set.eq_ignore_ascii_case(value))
            })?;
            let names = corpus.names()?;
            let sets = table.of_documents(&names, &values)?;
            let others = names.len() - sets.len();
            if others > 0 {
                let others = count(others as u64, "document");
                told.push(format!("{} has no row for {others}", path.display()));
            }
            if from.info().splits && operations::is_editable(from) {
                edits.datasets = sets;
            } else {
                on_the_way = Some(Arc::new(sets));
            }
        }
        let sampled = self
            .sample
            .map(|size| self.sampled(corpus, part, size))
            .transpose()?;
        let documents = sampled.as_ref().or(part.documents.as_ref());
        let stays = |index: u64| documents.is_none_or(|documents| documents.contains(&index));
        edits.documents = documents.map(|_| &stays as &(dyn Fn(u64) -> bool + Sync));
        let name = corpus.source().name();
        let edited = operations::edit(corpus, &edits)?;
        let edited = edited.map_err(|refusal| format!("{name}: {refusal}"))?;
        // That a part has not the documents of the others is what was asked for.
        let of_parts = part.name.is_some() && sampled.is_none();
        told.extend(
            edited
                .counts
                .told()
                .into_iter()
                .skip(usize::from(of_parts && edited.counts.documents > 0)),
        );
        Ok(Prepared {
            source: edited.source,
            left_out: if of_parts && !edits.touches_labels() {
                Vec::new()
            } else {
                edited.left_out
            },
            told,
            datasets: on_the_way,
        })
    }

    /// So many documents by chance, by their places: those with the smallest hashes of seed and name, so
    /// that the order of the file does not matter.
    fn sampled(
        &self,
        corpus: &Corpus<'_>,
        part: &Part,
        size: usize,
    ) -> Result<BTreeSet<u64>, Failure> {
        let mut drawn = Vec::new();
        corpus.each_member(|member| {
            if part
                .documents
                .as_ref()
                .is_none_or(|documents| documents.contains(&member.index))
            {
                let mut hasher = XxHash3_64::with_seed(self.seed);
                hasher.write(member.name.as_bytes());
                drawn.push((hasher.finish(), member.name, member.index));
            }
        })?;
        drawn.sort_unstable();
        drawn.truncate(size);
        Ok(drawn.into_iter().map(|(_, _, index)| index).collect())
    }
}

/// What parts are told by.
#[derive(Clone, Copy)]
enum By {
    Dataset,
    Language,
}

/// What parts are told by, where it is no table.
fn part_of(by: &Path) -> Option<By> {
    match by.to_str()? {
        "dataset" => Some(By::Dataset),
        "language" => Some(By::Language),
        _ => None,
    }
}

/// A name as a part of a file's name.
fn in_file_name(part: &str) -> String {
    let safe = |char: char| {
        let is_safe = char.is_alphanumeric() || matches!(char, '.' | '_' | '-');
        if is_safe { char } else { '_' }
    };
    part.chars().map(safe).collect()
}

/// The file of a part: `out.Train.json` of `out.json`.
pub(super) fn file_of(out: &Path, part: &str) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default();
    let mut name = stem.to_owned();
    name.push(".");
    name.push(in_file_name(part));
    if let Some(extension) = out.extension() {
        name.push(".");
        name.push(extension);
    }
    out.with_file_name(name)
}
