//! Who may import whom.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Target, Tree};

/// The rooms of the house from the lowest to the highest; those of a row do not know one another.
pub(super) type Rows<'a> = &'a [&'a [&'a str]];

/// The room of a file or of a path from the crate.
pub(super) fn room_of(path: &str) -> &str {
    path.split(['/', ':', '.']).next().unwrap_or(path)
}

/// Which rooms each room imports, and for each of these what is named there.
pub(super) fn between_rooms(tree: &Tree) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut found: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for import in &tree.imports {
        let from = room_of(&import.from);
        let to = match &import.target {
            Target::Outside(_) => continue,
            Target::Item(to) => [room_of(&import.path), room_of(to)],
            Target::Module(_) => [room_of(&import.path); 2],
        };
        for to in to.into_iter().filter(|to| *to != from) {
            let said = format!("{} names {}", import.from, import.path);
            let rooms = (from.to_owned(), to.to_owned());
            found.entry(rooms).or_default().insert(said);
        }
    }
    found
}

/// Imports that lead upwards, or to another room of the same row.
pub(super) fn upward(tree: &Tree, rows: Rows<'_>) -> Vec<String> {
    let row = |room: &str| rows.iter().position(|row| row.contains(&room));
    let mut wrong = Vec::new();
    for ((from, to), said) in between_rooms(tree) {
        if matches!(from.as_str(), "lib" | "main") {
            continue;
        }
        match (row(&from), row(&to)) {
            (Some(own), Some(other)) => {
                if other >= own {
                    wrong.extend(said);
                }
            }
            (None, _) => wrong.push(format!("the room `{from}` stands in no row")),
            (_, None) => wrong.push(format!("the room `{to}` stands in no row")),
        }
    }
    wrong
}

/// Two rooms of which the first, though higher, knows no more of the second than some files.
pub(super) type Reserve<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Imports of what such a room does not know, and files that it may know and does not.
pub(super) fn beyond_reserve(tree: &Tree, reserves: &[Reserve<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (from, to, allowed) in reserves {
        let mut used = BTreeSet::new();
        for import in &tree.imports {
            let Target::Item(file) = &import.target else {
                continue;
            };
            if room_of(&import.from) != *from || room_of(file) != *to {
                continue;
            }
            used.insert(file.clone());
            if !allowed.contains(&file.as_str()) {
                wrong.push(format!("{} names {}", import.from, import.path));
            }
        }
        let idle = allowed.iter().filter(|file| !used.contains(**file));
        wrong.extend(idle.map(|file| format!("`{from}` may know {file}, and does not")));
    }
    wrong
}

/// Imports from one folder below `room` to another of `folders`.
pub(super) fn between_folders(tree: &Tree, room: &str, folders: &[&str]) -> Vec<String> {
    let own = |path: &str| {
        let mut of_it = folders.iter();
        let is_in = |folder: &&&str| {
            [
                format!("{room}/{folder}/"),
                format!("{room}/{folder}.rs"),
                format!("{room}::{folder}::"),
            ]
            .iter()
            .any(|start| path.starts_with(start.as_str()))
        };
        of_it.find(is_in).copied()
    };
    let mut wrong = Vec::new();
    for import in &tree.imports {
        let Some(from) = own(&import.from) else {
            continue;
        };
        let target = match &import.target {
            Target::Item(file) => own(file),
            Target::Module(module) => own(&format!("{module}::")),
            Target::Outside(_) => None,
        };
        let named = own(&format!("{}::", import.path));
        if target.or(named).is_some_and(|to| to != from) {
            wrong.push(format!("{} names {}", import.from, import.path));
        }
    }
    wrong
}

/// An import: the file that has it, and the file it leads to.
pub(super) type Edge = (String, String);

/// The imports that lie on a circle: from their end a way leads back to their beginning.
pub(super) fn on_circles(edges: &BTreeSet<Edge>) -> BTreeSet<Edge> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().push(to);
    }
    let leads = |from: &str, to: &str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            if file == to {
                return true;
            }
            if seen.insert(file) {
                open.extend(next.get(file).into_iter().flatten());
            }
        }
        false
    };
    let circular = edges.iter().filter(|(from, to)| leads(to, from));
    circular.cloned().collect()
}
