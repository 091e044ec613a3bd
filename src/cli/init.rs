//! `labelwright init`: a commented configuration file for what is found in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config::{Configs, way};
use super::help::{Guide, heading};
use super::new_file::NewFile;
use super::search::SearchFlags;
use super::terminal::{Failure, Status, say};
use crate::config::{FILE_NAME, Found, exact, template};
use crate::diagnostics::{count, visible};
use crate::formats::{Format, TextPlace};
use crate::input::{Source, Texts};
use crate::model::Address;
use crate::operations;
use crate::pipeline::{Error, Options};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        ("Begin in the current folder", "labelwright init"),
        (
            "Begin in another folder, and see what then holds",
            "labelwright init labels",
        ),
    ],
    sections: &[(
        "What is found",
        "The label files and their formats are named in a comment.\n\
         If their documents are not beside them but in a folder near, `texts` names it.\n\
         Folders that have .json or .jsonl files, and no label file, are left out by `exclude`.",
    )],
};

/// Write a commented labelwright.toml
///
/// It explains every key, and has values for what is found in the folder. `labelwright check` works
/// with it at once.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folder to write it to [default: .]
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    folder: PathBuf,

    /// Replace a labelwright.toml that is there
    #[arg(long, help_heading = heading::GENERAL)]
    force: bool,

    /// Say nothing of what was found
    #[arg(short, long, help_heading = heading::GENERAL)]
    quiet: bool,
}

/// How many documents of a label file are looked for.
const DOCUMENTS: usize = 200;

/// How much of a file is read for them, where its records are lines.
const BYTES: u64 = 4 << 20;

/// How many label files are named in the file that is written.
const NAMED: usize = 10;

/// How many folders of documents a label file may have.
const FOLDERS: usize = 5;

/// A label file.
struct LabelFile {
    /// The way to it, from the folder of the configuration file on.
    way: PathBuf,
    format: &'static str,
    texts: Place,
}

/// Where the documents of a label file are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In the label file, or there are none.
    Inside,
    /// Beside the label file.
    Beside,
    /// In these folders, from the folder of the configuration file on.
    Folders(Vec<String>),
    /// Nowhere near.
    Unknown,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let folder = &args.folder;
    let path = if folder == Path::new(".") {
        PathBuf::from(FILE_NAME)
    } else {
        folder.join(FILE_NAME)
    };
    let unwritten = |source: io::Error| -> Failure {
        if source.kind() == io::ErrorKind::AlreadyExists {
            let path = path.display();
            return format!("{path} is there already; `--force` replaces it").into();
        }
        let path = path.display().to_string();
        Box::new(Error::Write { path, source })
    };
    if !folder.is_dir() {
        return Err(format!("{} is no folder", folder.display()).into());
    }
    // Whether it may be written is known before anything is looked at.
    let mut file = NewFile::create(&path, args.force).map_err(unwritten)?;
    let (files, others) = look_around(folder)?;
    let found = found(&files, &others);
    file.write_all(template(&found).as_bytes())
        .map_err(unwritten)?;
    file.keep().map_err(unwritten)?;
    if !args.quiet {
        tell(&path, &files, &found);
    }
    Ok(Status::Clean)
}

/// The label files in a folder and below, and the ways to other files of JSON.
fn look_around(folder: &Path) -> Result<(Vec<LabelFile>, Vec<PathBuf>), Failure> {
    // A configuration file that is there is to be replaced, so it has no say.
    let mut configs = Configs::new(None, true, false)?;
    let mut search = SearchFlags::default().search(&mut configs)?;
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for path in search.files(folder)? {
        // A link is called by its own name.
        let name = path.file_name().unwrap_or_default();
        let way = way(folder, path.parent().unwrap_or(folder)).join(name);
        // A file that cannot be read or told is no reason to write no configuration.
        let source = Source::open(&path).ok();
        let format = source
            .as_ref()
            .and_then(|it| operations::format_of(it, None).ok()?);
        match (source, format) {
            (Some(source), Some(format)) => files.push(LabelFile {
                texts: place(&source, format, folder),
                format: format.info().name,
                way,
            }),
            _ => others.push(way),
        }
    }
    Ok((files, others))
}

/// Where the documents of a label file are: in which folders its first ones have files.
fn place(source: &Source, format: &'static dyn Format, folder: &Path) -> Place {
    let info = format.info();
    if info.texts.is_inside() {
        return Place::Inside;
    }
    let names = names(source, format).unwrap_or_default();
    if names.is_empty() {
        return Place::Inside;
    }
    let Ok(texts) = Texts::open(&[folder.to_owned()], true) else {
        return Place::Unknown;
    };
    let texts = texts.with_label_folder(source.folder());
    let mut folders: BTreeMap<String, u64> = BTreeMap::new();
    for name in &names {
        let address = Address {
            shortens: info.texts == TextPlace::Addresses,
            ..Address::location(name)
        };
        if let Some(found) = texts.elsewhere(&address) {
            *folders.entry(found).or_default() += 1;
        }
    }
    let mut folders: Vec<(String, u64)> = folders.into_iter().collect();
    folders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    folders.truncate(FOLDERS);
    let is_own = |path: &str| way(source.folder(), Path::new(path)).as_os_str().is_empty();
    match &*folders {
        [] => Place::Unknown,
        [(one, _)] if is_own(one) => Place::Beside,
        _ => {
            let ways = folders
                .iter()
                .map(|(path, _)| shown(&way(folder, Path::new(path))));
            Place::Folders(ways.collect())
        }
    }
}

/// The names of the first documents.
fn names(source: &Source, format: &'static dyn Format) -> Result<Vec<String>, Error> {
    let head;
    let mut source = source;
    if format.info().layout.is_lines {
        let bytes = source
            .head(BYTES)
            .map_err(|error| Error::read(source, error))?;
        let lines = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = lines
            .filter(|_| bytes.len() as u64 == BYTES)
            .unwrap_or(bytes.len());
        let bytes = bytes.get(..whole).unwrap_or_default().to_vec();
        head = Source::in_memory(bytes, source.path());
        source = &head;
    }
    let corpus = operations::read(source, None, &Options::default())?;
    let documents = corpus.documents()?.take(DOCUMENTS);
    documents.map(|document| Ok(document?.name)).collect()
}

/// A way as a configuration file has it.
fn shown(way: &Path) -> String {
    let way = way.to_string_lossy().replace('\\', "/");
    if way.is_empty() { ".".to_owned() } else { way }
}

/// What the file is to say by itself.
fn found(files: &[LabelFile], others: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let names: Vec<String> = files
        .iter()
        .take(NAMED)
        .map(|file| format!("{} ({})", visible(&shown(&file.way)), file.format))
        .collect();
    found.remarks.push(match files.len() {
        0 => "No label file was found when this file was written.".to_owned(),
        many => {
            let names = names.join(", ");
            let more = many.saturating_sub(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("Label files that were found when this file was written: {names}{more}.")
        }
    });
    let unknown = files.iter().filter(|file| file.texts == Place::Unknown);
    let unknown: Vec<String> = unknown
        .map(|file| visible(&shown(&file.way)).into_owned())
        .collect();
    if !unknown.is_empty() {
        let more = unknown.len().saturating_sub(NAMED);
        let names = unknown
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        found.remarks.push(format!(
            "No documents were found of {names}{more}. Name their folder with `texts`."
        ));
    }
    // The place that most files have is that of all, and the others are overrides.
    let mut places: BTreeMap<&Place, Vec<&LabelFile>> = BTreeMap::new();
    for file in files {
        if matches!(file.texts, Place::Beside | Place::Folders(_)) {
            places.entry(&file.texts).or_default().push(file);
        }
    }
    let usual = places
        .iter()
        .max_by_key(|(place, files)| (files.len(), std::cmp::Reverse(**place)));
    let usual = usual.map(|(place, _)| *place);
    if let Some(Place::Folders(folders)) = usual {
        found.texts.clone_from(folders);
    }
    for (place, files) in places
        .into_iter()
        .filter(|(place, _)| Some(*place) != usual)
    {
        let texts = match place {
            Place::Folders(folders) => folders.clone(),
            _ => Vec::new(),
        };
        let paths = files.iter().map(|file| exact(&file.way)).collect();
        found.others.push((paths, texts));
    }
    let top = |way: &PathBuf| {
        let mut parts = way.components();
        let first = parts.next()?.as_os_str().to_owned();
        parts.next().map(|_| first)
    };
    let kept: BTreeSet<_> = files.iter().filter_map(|file| top(&file.way)).collect();
    let left_out: BTreeSet<_> = others.iter().filter_map(top).collect();
    let left_out = left_out.difference(&kept);
    let patterns = left_out.map(|name| format!("{}/", exact(Path::new(name))));
    found.exclude.extend(patterns);
    found
}

/// Says what was written, and for what.
fn tell(path: &Path, files: &[LabelFile], found: &Found) {
    let label_files = count(files.len() as u64, "label file");
    let mut line = format!("wrote {} for {label_files}", path.display());
    if !found.texts.is_empty() {
        line = format!("{line}; documents in {}", found.texts.join(", "));
    }
    if !found.exclude.is_empty() {
        line = format!("{line}; left out: {}", found.exclude.join(", "));
    }
    say(line);
    let unknown = files
        .iter()
        .filter(|file| file.texts == Place::Unknown)
        .count();
    if unknown > 0 {
        let files = count(unknown as u64, "label file");
        say(format_args!(
            "the documents of {files} were not found; name their folder in `texts`"
        ));
    }
}
