//! `diff --output markdown`

use std::io;

use super::counts::verdict;
use super::label::Part;
use super::sections::sections;
use crate::comparison::Difference;
use crate::report::entities;

/// The longest piece of data, in bytes.
const LONGEST: usize = 200;

/// What files differ in, for a pull request: of documents the first `most`.
///
/// Fails where `out` does.
pub fn markdown(
    differences: &[Difference],
    most: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(
        out,
        "## labelwright: {}",
        entities::markdown(&verdict(differences))
    )?;
    for difference in differences.iter().filter(|it| !it.is_empty()) {
        let [before, after] = difference.sides.each_ref().map(|side| code(&side.path));
        writeln!(out, "\n{before} and {after}")?;
        for section in sections(difference, most) {
            if section.lines.is_empty() {
                writeln!(out, "\n{}", text(&section.title))?;
                continue;
            }
            writeln!(out, "\n### {}\n", text(&section.title))?;
            writeln!(out, "| change | what |\n|---|---|")?;
            for line in &section.lines {
                writeln!(out, "| {} | {} |", line.tag, text(&line.parts))?;
            }
            if let Some(more) = &section.more {
                writeln!(out, "\nand {}", prose(more))?;
            }
        }
    }
    Ok(())
}

fn code(data: &str) -> String {
    let end = crate::text::floor_char(data, LONGEST);
    let more = if end < data.len() { "…" } else { "" };
    format!("<code>{}{more}</code>", entities::markdown(&data[..end]))
}

fn text(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part {
        Part::Words(words) => prose(words),
        Part::Data(data) | Part::Path(data) => code(data),
    });
    parts.collect()
}

/// Words of our own: what they quote is code.
fn prose(words: &str) -> String {
    let parts = words.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        _ if part.is_empty() => String::new(),
        0 => entities::markdown(part),
        _ => code(part),
    });
    parts.collect()
}
