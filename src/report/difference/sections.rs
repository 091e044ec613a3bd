//! A difference as sections with lines, which all forms for people have in common.

use std::collections::BTreeMap;

use super::label::{Part, told};
use crate::comparison::{ChangeKind, Difference, DocumentChange, LabelChange, Listed, Rename};
use crate::diagnostics::count;

/// How many labels of a document are listed.
const LABELS: usize = 50;

/// How many names of documents are listed on one line.
const NAMED: usize = 3;

/// What belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Section {
    /// The heading.
    pub(in crate::report) title: Vec<Part>,
    /// Its lines.
    pub(in crate::report) lines: Vec<Line>,
    /// How many more there are.
    pub(in crate::report) more: Option<String>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Line {
    /// What it is about.
    pub(in crate::report) tag: &'static str,
    /// Whether something came, went, or became something else.
    pub(in crate::report) way: Way,
    /// The words.
    pub(in crate::report) parts: Vec<Part>,
}

/// Whether something came, went, or became something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Way {
    Come,
    Gone,
    Changed,
}

impl Way {
    /// The name that a style has for it.
    pub(in crate::report) const fn name(self) -> &'static str {
        match self {
            Self::Come => "come",
            Self::Gone => "gone",
            Self::Changed => "changed",
        }
    }
}

impl Line {
    const fn new(tag: &'static str, way: Way, parts: Vec<Part>) -> Self {
        Self { tag, way, parts }
    }
}

/// All that differs; of lists of documents the first `most`.
pub(in crate::report) fn sections(difference: &Difference, most: usize) -> Vec<Section> {
    let mut sections = vec![
        Section {
            title: vec![Part::words("Files")],
            lines: difference
                .absent
                .iter()
                .map(|side| file(difference, *side))
                .collect(),
            more: None,
        },
        Section {
            title: vec![Part::words("Labels")],
            lines: names(difference),
            more: None,
        },
        Section {
            title: vec![Part::words("Project")],
            lines: members(difference),
            more: None,
        },
        documents(difference, most),
        not_compared(difference),
    ];
    sections.retain(|section| !section.lines.is_empty());
    let changed = difference.changed.iter().take(most);
    sections.extend(changed.map(|change| document(difference, change)));
    let left = difference.changed.len().saturating_sub(most) as u64;
    if left > 0 {
        let left = count(left, "more document");
        sections.push(Section {
            title: vec![Part::words(format!(
                "and {left}; `--max-documents` shows more"
            ))],
            lines: Vec::new(),
            more: None,
        });
    }
    sections
}

/// A label file that one of two folders has.
fn file(difference: &Difference, absent: usize) -> Line {
    let [before, after] = &difference.sides;
    let (tag, way, path) = if absent == 0 {
        ("added", Way::Come, &after.path)
    } else {
        ("removed", Way::Gone, &before.path)
    };
    Line::new(tag, way, vec![Part::path(&**path)])
}

/// Renamed and declared labels.
fn names(difference: &Difference) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(difference.renamed.iter().map(rename_line));
    let declared = &difference.declared;
    let one = |name: &String| vec![Part::data(name), Part::words(" is declared")];
    lines.extend(
        declared
            .added
            .iter()
            .map(|name| Line::new("added", Way::Come, one(name))),
    );
    let gone = declared.removed.iter();
    lines.extend(gone.map(|name| Line::new("removed", Way::Gone, one(name))));
    if declared.reordered {
        let parts = vec![Part::words("the labels are declared in another order")];
        lines.push(Line::new("reordered", Way::Changed, parts));
    }
    lines
}

/// Members of the project, and members of documents.
fn members(difference: &Difference) -> Vec<Line> {
    let said = |value: Option<&str>| match value {
        Some(value) => Part::data(value),
        None => Part::words("none"),
    };
    let members = difference.members.iter().map(|change| {
        let parts = vec![
            said(change.before.as_deref()),
            Part::words(" to "),
            said(change.after.as_deref()),
        ];
        Line::new(change.member, Way::Changed, parts)
    });
    let shifts = difference.shifts.iter().map(|shift| {
        let mut parts = vec![
            said(shift.before.as_deref()),
            Part::words(" to "),
            said(shift.after.as_deref()),
            Part::words(format!(
                ": {} (",
                count(shift.documents.len() as u64, "document")
            )),
        ];
        let names: Vec<&str> = shift.documents.iter().map(|name| &**name).collect();
        parts.extend(some_names(&names));
        parts.push(Part::words(")"));
        Line::new(shift.member, Way::Changed, parts)
    });
    members.chain(shifts).collect()
}

/// The first names of documents.
fn some_names(names: &[&str]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, name) in names.iter().take(NAMED).enumerate() {
        if at > 0 {
            parts.push(Part::words(", "));
        }
        parts.push(Part::path(*name));
    }
    let left = names.len().saturating_sub(NAMED);
    if left > 0 {
        parts.push(Part::words(format!(" and {left} more")));
    }
    parts
}

/// Documents that one of the files has.
fn documents(difference: &Difference, most: usize) -> Section {
    let lists = [
        (&difference.added, "added", Way::Come, 1),
        (&difference.removed, "removed", Way::Gone, 0),
    ];
    let (mut lines, mut left) = (Vec::new(), 0);
    for (list, tag, way, side) in lists {
        let line = |listed: &Listed| {
            let path = &difference.sides[side].path;
            let mut parts = vec![Part::path(&*listed.name)];
            let labels = count(listed.labels, "label");
            parts.push(Part::words(format!(", {labels}")));
            parts.extend(spot(path, listed.position));
            Line::new(tag, way, parts)
        };
        lines.extend(list.iter().take(most).map(line));
        left += list.len().saturating_sub(most) as u64;
    }
    Section {
        title: vec![Part::words("Documents")],
        lines,
        more: (left > 0).then(|| {
            let left = count(left, "more document");
            format!("{left}; `--max-documents` shows more")
        }),
    }
}

/// ` (labels.json:3:5)`
fn spot(path: &str, position: Option<(u64, u64)>) -> Vec<Part> {
    let Some((line, column)) = position else {
        return Vec::new();
    };
    vec![
        Part::words(" ("),
        Part::path(format!("{path}:{line}:{column}")),
        Part::words(")"),
    ]
}

/// What could not be compared, together where the reason is the same.
fn not_compared(difference: &Difference) -> Section {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for it in &difference.not_compared {
        let reason = it.reason.to_string();
        let at = *known.entry(reason.clone()).or_insert(reasons.len());
        match reasons.get_mut(at) {
            Some((_, names)) => names.push(&it.name),
            None => reasons.push((reason, vec![&it.name])),
        }
    }
    let documents = reasons.iter().map(|(reason, names)| {
        let mut parts = some_names(names);
        parts.push(Part::words(format!(": {reason}")));
        Line::new("not compared", Way::Changed, parts)
    });
    let mut lines: Vec<Line> = documents.collect();
    for side in difference.sides.iter().filter(|side| side.unread > 0) {
        let records = count(side.unread, "record");
        let parts = vec![
            Part::path(&*side.path),
            Part::words(format!(
                ": {records} cannot be read as documents; `labelwright check` says why"
            )),
        ];
        lines.push(Line::new("not read", Way::Changed, parts));
    }
    Section {
        title: vec![Part::words("Not compared")],
        lines,
        more: None,
    }
}

/// A document with its labels that differ.
fn document(difference: &Difference, change: &DocumentChange) -> Section {
    let [before, after] = &change.names;
    let mut title = vec![Part::path(&**after)];
    if before != after {
        title.extend([Part::words(", before "), Part::path(&**before)]);
    }
    let places = difference.sides.iter().zip(change.positions);
    let places: Vec<String> = places
        .filter_map(|(side, position)| {
            let (line, column) = position?;
            Some(format!("{}:{line}:{column}", side.path))
        })
        .collect();
    if !places.is_empty() {
        title.push(Part::words(" ("));
        title.push(Part::path(places.join(", ")));
        title.push(Part::words(")"));
    }
    let mut lines = Vec::new();
    if change.has_other_text {
        let words = "the text is another one; its labels are compared by their words";
        lines.push(Line::new("text", Way::Changed, vec![Part::words(words)]));
    }
    if let Some(regions) = &change.regions {
        let [before, after] = regions.each_ref().map(|regions| extents(regions));
        let words = format!("{before} to {after}");
        lines.push(Line::new("regions", Way::Changed, vec![Part::words(words)]));
    }
    lines.extend(change.labels.iter().take(LABELS).map(label_line));
    let left = change.labels.len().saturating_sub(LABELS) as u64;
    Section {
        title,
        lines,
        more: (left > 0).then(|| format!("{}; `--output json` has all", count(left, "more label"))),
    }
}

/// A label with another name.
pub(in crate::report) fn rename_line(rename: &Rename) -> Line {
    let labels = count(rename.labels, "label");
    let documents = count(rename.documents, "document");
    let parts = vec![
        Part::data(&*rename.from),
        Part::words(" to "),
        Part::data(&*rename.to),
        Part::words(format!(", {labels} in {documents}")),
    ];
    Line::new("renamed", Way::Changed, parts)
}

/// What became of a label.
pub(in crate::report) fn label_line(label: &LabelChange) -> Line {
    let way = match label.kind {
        ChangeKind::Added => Way::Come,
        ChangeKind::Removed => Way::Gone,
        _ => Way::Changed,
    };
    Line::new(label.kind.name(), way, told(label))
}

fn extents(regions: &[(i64, i64)]) -> String {
    if regions.is_empty() {
        return "none".to_owned();
    }
    let mut extents: Vec<String> = regions
        .iter()
        .take(NAMED)
        .map(|(start, end)| format!("{start}..{end}"))
        .collect();
    if regions.len() > NAMED {
        extents.push(format!("{} more", regions.len() - NAMED));
    }
    extents.join(", ")
}
