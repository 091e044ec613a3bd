//! Finding the fixtures.

use super::TempFolder;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn fixtures() -> PathBuf {
    root().join("fixtures")
}

/// The arguments of a fixture: those in its file `args`, or a check of its label file.
pub(crate) fn args(folder: &Path) -> Vec<String> {
    if let Ok(args) = std::fs::read_to_string(folder.join("args")) {
        return args.lines().map(str::to_owned).collect();
    }
    let label_file = names(folder)
        .into_iter()
        .find(|name| name.starts_with("labels."));
    vec!["check".to_owned(), label_file.expect("a label file")]
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// All files under a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// All label files among the fixtures, sorted.
pub(crate) fn label_files() -> Vec<PathBuf> {
    let mut found = files(&fixtures());
    found.retain(|path| {
        path.extension()
            .is_some_and(|name| name == "json" || name == "jsonl")
    });
    assert!(found.len() > 150, "{}", found.len());
    found
}

/// A folder with `labels.jsonl`, of which three messages ask for another severity than the
/// catalogue has for their rules: those of `wrong-type` and `document-missing`, which are errors,
/// for a warning, and that of `label-name`, which is a warning, for an error.
pub(crate) fn messages_of_their_own_severity() -> TempFolder {
    let place = TempFolder::new();
    let label = r#"{"label":" ","offsetStart":0.0,"offsetEnd":4}"#;
    let line = format!(r#"{{"image_url":"AmlDatastore://ds/a.txt","label":[{label}]}}"#);
    place.write("labels.jsonl", line + "\n");
    place
}
