//! `sync --output human`

use std::io;

use crate::comparison::{Clash, LabelPlace, Listed, Prefer, Synced};
use crate::diagnostics::{count, quote, visible};
use crate::report::difference::{Line, label_line, painted, place_parts, plain, rename_line};
use crate::report::look::{Look, Paint};

/// What the first line begins with.
const HEADING: &str = "labels of ";

/// How many labels of a document are listed.
const LABELS: usize = 50;

/// Whether a text is what [`human`] writes.
#[must_use]
pub fn is_human(beginning: &str) -> bool {
    let line = beginning.lines().next().unwrap_or_default();
    line.starts_with(HEADING) && line.contains(" for ")
}

/// What became of a project, for a terminal: of documents the first `most`. Nothing where nothing is to
/// be told.
///
/// Fails where `out` does.
pub fn human(synced: &Synced, most: usize, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint::new(look.color, false);
    let sections = sections(synced, most);
    if sections.is_empty() {
        return Ok(());
    }
    let [project, export] = synced.sides.each_ref().map(|side| visible(&side.path));
    let heading = format!("{HEADING}{export} for {project}");
    writeln!(out, "{}", paint.bold(&heading))?;
    for section in sections {
        writeln!(out, "\n{}", paint.bold(&section.title))?;
        for line in &section.lines {
            writeln!(out, "  {line}")?;
        }
        let width = section.changes.iter().map(|line| line.tag.len()).max();
        for line in &section.changes {
            let line = painted(line, width.unwrap_or_default(), paint);
            writeln!(out, "  {line}")?;
        }
        if section.left > 0 {
            writeln!(out, "  and {} more", section.left)?;
        }
    }
    Ok(())
}

/// What belongs together.
#[derive(Default)]
struct Section {
    title: String,
    lines: Vec<String>,
    changes: Vec<Line>,
    left: usize,
}

impl Section {
    /// The first lines of a list.
    fn of<T>(title: String, list: &[T], most: usize, line: impl Fn(&T) -> String) -> Self {
        Self {
            title,
            lines: list.iter().take(most).map(line).collect(),
            changes: Vec::new(),
            left: list.len().saturating_sub(most),
        }
    }
}

fn sections(synced: &Synced, most: usize) -> Vec<Section> {
    let documents = |what: &str, list: &[Listed], side: usize| {
        let title = format!("{} {what}", count(list.len() as u64, "document"));
        let path = &synced.sides[side].path;
        Section::of(title, list, most, |listed| listed_line(listed, path))
    };
    let labels = |what: &str, list: &[String]| {
        let title = format!("{} {what}", count(list.len() as u64, "label"));
        Section::of(title, list, most, |name| quote(name))
    };
    let mut sections = vec![
        Section::of(
            "Nothing is written, because".to_owned(),
            &synced.refusals,
            most,
            |refusal| match &refusal.document {
                Some(document) => format!("{}: {}", visible(document), visible(&refusal.reason)),
                None => visible(&refusal.reason).into_owned(),
            },
        ),
        Section::of(
            count(synced.conflicts.len() as u64, "conflict"),
            &synced.conflicts,
            most,
            conflict,
        ),
        documents("added", &synced.added, 1),
        documents("pruned, which the export lacks", &synced.pruned, 0),
        documents(
            if synced.base.is_some() {
                "kept, which the export lacks (`--prune` takes out those that the project has not changed)"
            } else {
                "kept, which the export lacks (`--prune` takes them out)"
            },
            &synced.kept,
            0,
        ),
        documents(
            "left out, which the project has removed since the ancestor",
            &synced.stayed_out,
            1,
        ),
        labels(
            "declared from now on, which only the export knew",
            &synced.declared,
        ),
        labels("only the project knows", &synced.unused),
    ];
    sections.push(Section {
        title: "Labels".to_owned(),
        changes: synced.renamed.iter().map(rename_line).collect(),
        ..Section::default()
    });
    if synced.outside > 0 {
        let labels = count(synced.outside, "label");
        sections.push(Section {
            title: "Regions".to_owned(),
            lines: vec![format!(
                "{labels} outside of the regions; training does not see what is there, `labelwright \
                 check` shows it"
            )],
            ..Section::default()
        });
    }
    let changed = synced.changed.iter().take(most);
    sections.extend(changed.map(|change| {
        let places = synced.sides.iter().zip(change.positions);
        let places: Vec<String> = places
            .filter_map(|(side, position)| {
                let (line, column) = position?;
                Some(format!("{}:{line}:{column}", visible(&side.path)))
            })
            .collect();
        let labels = change.labels.iter().take(LABELS);
        Section {
            title: format!("{} ({})", visible(&change.names[0]), places.join(", ")),
            lines: Vec::new(),
            changes: labels.map(label_line).collect(),
            left: change.labels.len().saturating_sub(LABELS),
        }
    }));
    sections.retain(|section| !section.lines.is_empty() || !section.changes.is_empty());
    let left = synced.changed.len().saturating_sub(most);
    if left > 0 {
        sections.push(Section {
            title: format!("{} with other labels", count(left as u64, "more document")),
            lines: vec!["`--output json=FILE` has them all".to_owned()],
            ..Section::default()
        });
    }
    sections
}

fn listed_line(listed: &Listed, path: &str) -> String {
    let labels = count(listed.labels, "label");
    let place = listed.position.map_or_else(String::new, |(line, column)| {
        format!(" ({}:{line}:{column})", visible(path))
    });
    format!("{}, {labels}{place}", visible(&listed.name))
}

/// `1.txt: the ancestor has City on Rome, the project Town on Rome, the export nothing`
fn conflict(clash: &Clash) -> String {
    let document = visible(&clash.document);
    let Some(label) = &clash.label else {
        return match clash.removed_by {
            Some(Prefer::Export) => {
                format!("{document}: the export lacks it, and the project has changed it")
            }
            _ => format!("{document}: the project has removed it, and the export has changed it"),
        };
    };
    let told = |place: &Option<LabelPlace>| match place {
        Some(place) => plain(&place_parts(place)),
        None => "nothing".to_owned(),
    };
    format!(
        "{document}: before {}, in the project {}, in the export {}",
        told(&label.base),
        told(&label.ours),
        told(&label.theirs)
    )
}
