//! What belongs into a registry stands in it, and is named after its file.

use std::collections::BTreeSet;

use super::tokens::begins;
use super::tree::Tree;

/// The types below a folder that have an `impl` of this trait, as `(file, name)`.
pub(super) fn implementors(tree: &Tree, folder: &str, of: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let start = format!("{folder}/");
    let files = tree.files.iter().filter(|(_, file)| !file.is_test);
    for (path, file) in files.filter(|(path, _)| path.starts_with(&start)) {
        for at in 0..file.tokens.len().saturating_sub(3) {
            if begins(&file.tokens, at, &["impl", of, "for"]) {
                found.insert((path.clone(), file.tokens[at + 3].clone()));
            }
        }
    }
    found
}

/// What is in only one of the two: the files below a folder, and the registry in its `mod.rs`.
pub(super) fn unregistered(tree: &Tree, folder: &str, of: &str, registry: &str) -> Vec<String> {
    let file = format!("{folder}/mod.rs");
    let there = implementors(tree, folder, of);
    let listed = tree.listed(&file, registry);
    let missing = there.difference(&listed);
    let missing = missing.map(|(path, name)| format!("`{name}` in {path} is not in {registry}"));
    let more = listed.difference(&there);
    let more = more.map(|(path, name)| format!("`{name}` in {registry} is no {of} in {path}"));
    missing.chain(more).collect()
}

/// Those that do not have the name of their file, or of their folder where that is `mod.rs`; and
/// those that share a file.
pub(super) fn misnamed(there: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, name) in there {
        if pascal(stem(path)) != *name {
            wrong.push(format!("{path} has `{name}`"));
        }
        if !seen.insert(path) {
            wrong.push(format!("{path} has several"));
        }
    }
    wrong
}

/// The name of a file, or of the folder that it speaks for.
pub(super) fn stem(path: &str) -> &str {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

/// `label_rare` as `LabelRare`.
fn pascal(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}

/// The files and folders right below a folder, without its `mod.rs` and without `.rs`.
pub(super) fn entries(tree: &Tree, folder: &str) -> BTreeSet<String> {
    let start = format!("{folder}/");
    let below = tree
        .files
        .keys()
        .filter_map(|path| path.strip_prefix(&start));
    let names = below.map(|path| path.split(['/', '.']).next().unwrap_or(path));
    names
        .filter(|name| *name != "mod")
        .map(str::to_owned)
        .collect()
}

/// The entries of a folder without a public function of their name that its `mod.rs` hands on.
pub(super) fn without_function(tree: &Tree, folder: &str) -> Vec<String> {
    let names = tree.names(folder);
    let mut wrong = Vec::new();
    for name in entries(tree, folder) {
        let files = [
            format!("{folder}/{name}.rs"),
            format!("{folder}/{name}/mod.rs"),
        ];
        let mut tokens = files
            .iter()
            .filter_map(|path| Some(&tree.files.get(path)?.tokens));
        let is_there = |tokens: &Vec<String>| {
            (0..tokens.len()).any(|at| begins(tokens, at, &["pub", "fn", &name]))
        };
        if !tokens.any(is_there) {
            wrong.push(format!("{folder}/{name} has no function `{name}`"));
        }
        if !names.contains(name.as_str()) {
            wrong.push(format!("{folder}/mod.rs does not name `{name}`"));
        }
    }
    wrong
}
