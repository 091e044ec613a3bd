//! What stands in one place only.

use super::tokens::begins;
use super::tree::{Target, Tree};

/// A thing, and the files and folders that may use it. A thing is a path of another crate, a
/// method (`.exists`) or a macro (`println!`).
pub(super) type Place<'a> = (&'a str, &'a [&'a str]);

/// Where a thing is used by others than those that may, and where by none of those.
pub(super) fn misplaced(tree: &Tree, places: &[Place<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (thing, allowed) in places {
        let users = users(tree, thing);
        let may = |file: &String| allowed.iter().any(|place| file.starts_with(place));
        let others = users.iter().filter(|file| !may(file));
        wrong.extend(others.map(|file| format!("{file} uses {thing}")));
        let idle = allowed
            .iter()
            .filter(|place| !users.iter().any(|file| file.starts_with(**place)));
        wrong.extend(idle.map(|place| format!("{place} may use {thing}, and does not")));
    }
    wrong
}

fn users(tree: &Tree, thing: &str) -> Vec<String> {
    if let Some(method) = thing.strip_prefix('.') {
        return with_tokens(tree, &[".", method, "("]);
    }
    if let Some(name) = thing.strip_suffix('!') {
        return with_tokens(tree, &[name, "!"]);
    }
    let inside = format!("{thing}::");
    let imports = tree.imports.iter().filter(|import| match &import.target {
        Target::Outside(path) => path == thing || path.starts_with(&inside),
        _ => false,
    });
    let mut users: Vec<String> = imports.map(|import| import.from.clone()).collect();
    users.dedup();
    users
}

fn with_tokens(tree: &Tree, with: &[&str]) -> Vec<String> {
    let files = tree.files.iter().filter(|(_, file)| {
        let tokens = &file.tokens;
        !file.is_test && (0..tokens.len()).any(|at| begins(tokens, at, with))
    });
    files.map(|(path, _)| path.clone()).collect()
}

/// Files longer than `most` lines that are not listed, and listed ones that are not so long.
pub(super) fn too_long(tree: &Tree, most: usize, listed: &[(&str, &str)]) -> Vec<String> {
    let long = tree.files.iter().filter(|(_, file)| file.lines > most);
    let is_listed = |path: &str| listed.iter().any(|(file, _)| *file == path);
    let mut wrong: Vec<String> = long
        .filter(|(path, _)| !is_listed(path))
        .map(|(path, file)| format!("{path} has {} lines", file.lines))
        .collect();
    for (path, _) in listed {
        if tree.files.get(*path).is_none_or(|file| file.lines <= most) {
            wrong.push(format!("{path} need not be listed"));
        }
    }
    wrong
}
