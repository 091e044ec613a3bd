//! `stats --output markdown`: tables for pull requests and pages.

use std::io;

use super::facts::{facts, sets};
use super::view::View;
use super::{FileStats, Stats};
use crate::corpus::figures::SETS;
use crate::model::Kind;
use crate::report::entities::markdown as text;
use crate::report::numbers::{counted, grouped};

/// The most labels of a table.
const ROWS: usize = 200;

/// What label files add up to, as Markdown.
///
/// Fails where `out` does.
pub fn markdown(stats: &Stats, out: &mut dyn io::Write) -> io::Result<()> {
    for file in &stats.files {
        writeln!(out, "## {}\n", text(&file.input.path))?;
        writeln!(out, "{}\n", about(file))?;
        block(&file.view, out)?;
    }
    if let Some(total) = stats.total() {
        writeln!(out, "## {}\n", counted(stats.files.len() as u64, "file"))?;
        block(&total, out)?;
    }
    Ok(())
}

fn about(file: &FileStats) -> String {
    let kind = file.input.kind.map_or("unknown", Kind::name);
    format!(
        "{}, {}, {} of `{}`",
        counted(file.input.documents, "document"),
        counted(file.input.labels, "label"),
        kind,
        file.input.format.unwrap_or("none")
    )
}

fn block(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "| what | how many |\n|---|---|")?;
    for (what, number) in facts(view) {
        writeln!(out, "| {what} | {} |", text(&number))?;
    }
    writeln!(out)?;
    labels(view, out)?;
    for line in &view.left_out {
        writeln!(out, "- {}", text(line))?;
    }
    if !view.left_out.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn labels(view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    if view.labels.is_empty() {
        return Ok(());
    }
    let sets: Vec<usize> = sets(view);
    let names = sets.iter().map(|set| format!(" {} |", SETS[*set]));
    writeln!(
        out,
        "| label | instances |{} documents | different words | characters | ambiguity | most frequent words |",
        names.collect::<String>()
    )?;
    writeln!(
        out,
        "|---|--:|{}--:|--:|--:|--:|---|",
        "--:|".repeat(sets.len())
    )?;
    for label in view.labels.iter().take(ROWS) {
        let cells = sets
            .iter()
            .map(|set| format!(" {} |", grouped(label.instances.all()[*set])));
        let top = label.top_surfaces.iter();
        let top = top.map(|it| format!("{} {}", text(&it.surface), grouped(it.count)));
        writeln!(
            out,
            "| {} | {} |{} {} | {} | {} | {} | {} |",
            text(&label.name),
            grouped(label.total),
            cells.collect::<String>(),
            grouped(label.documents),
            label.distinct_surfaces.map(grouped).unwrap_or_default(),
            label.characters.median.map(grouped).unwrap_or_default(),
            label
                .ambiguity
                .map(|bits| format!("{bits:.2}"))
                .unwrap_or_default(),
            top.collect::<Vec<_>>().join(", "),
        )?;
    }
    let more = view.labels.len().saturating_sub(ROWS);
    if more > 0 {
        writeln!(out, "\nand {} more", counted(more as u64, "label"))?;
    }
    writeln!(out)
}
