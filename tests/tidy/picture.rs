//! The picture of the rooms in docs/architecture.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::order::{Rows, between_rooms};
use super::tree::Tree;

/// Which rooms each room imports.
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The rooms from the highest to the lowest, and what each imports: a picture, and a table with
/// the first sentence of each `mod.rs`.
pub(super) fn picture(tree: &Tree, rows: Rows<'_>, about: impl Fn(&str) -> String) -> String {
    let rooms: Vec<&str> = rows.iter().rev().copied().flatten().copied().collect();
    let place = |room: &str| rooms.iter().position(|other| *other == room);
    let mut arrows = Arrows::new();
    for (from, to) in between_rooms(tree).into_keys() {
        // What leads upwards is for another test to report, and would lead around here.
        if place(&from).is_some_and(|from| place(&to) > Some(from)) {
            arrows.entry(from).or_default().insert(to);
        }
    }
    let mut out = "```mermaid\nflowchart TD\n".to_owned();
    for from in &rooms {
        for to in rooms.iter().filter(|to| is_drawn(&arrows, from, to)) {
            let _ = writeln!(out, "    {from} --> {to}");
        }
    }
    out.push_str("```\n\n| room | what is in it | it imports |\n|---|---|---|\n");
    for room in &rooms {
        let imported = rooms.iter().filter(|to| imports(&arrows, room, to));
        let imported: Vec<String> = imported.map(|to| format!("`{to}`")).collect();
        let imported = imported.join(", ");
        let _ = writeln!(out, "| `{room}` | {} | {imported} |", about(room));
    }
    out
}

fn imports(arrows: &Arrows, from: &str, to: &str) -> bool {
    arrows.get(from).is_some_and(|all| all.contains(to))
}

/// Whether there is an import, and no longer way that says the same.
fn is_drawn(arrows: &Arrows, from: &str, to: &str) -> bool {
    let mut between = arrows.get(from).into_iter().flatten();
    imports(arrows, from, to) && !between.any(|room| room != to && leads(arrows, room, to))
}

fn leads(arrows: &Arrows, from: &str, to: &str) -> bool {
    let mut next = arrows.get(from).into_iter().flatten();
    imports(arrows, from, to) || next.any(|room| leads(arrows, room, to))
}

/// The first sentence of a file's own comment.
pub(super) fn first_sentence(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.map(str::trim).take_while(|line| !line.is_empty());
    let all = lines.collect::<Vec<_>>().join(" ");
    let end = all.find(". ").map_or(all.len(), |end| end + 1);
    // Links of rustdoc lead nowhere on the page.
    all[..end].replace("[`", "`").replace("`]", "`")
}

/// A page with something else between its two markers.
pub(super) fn put(page: &str, name: &str, block: &str) -> Option<String> {
    let (begin, end) = (
        format!("<!-- {name}: begin -->"),
        format!("<!-- {name}: end -->"),
    );
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!(
        "{before}{begin}\n{}\n{end}{after}",
        block.trim_end()
    ))
}
