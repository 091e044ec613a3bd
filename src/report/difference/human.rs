//! `diff --output human`

use std::io;

use super::label::Part;
use super::sections::{Line, Way, sections};
use crate::comparison::Difference;
use crate::diagnostics::{quote, visible};
use crate::report::look::{Look, Paint};

/// What the first line begins with.
const HEADING: &str = "difference of ";

/// Whether a text is what [`human`] writes.
#[must_use]
pub fn is_human(beginning: &str) -> bool {
    beginning.starts_with(HEADING)
}

/// What files differ in, for a terminal: of documents the first `most`. Nothing where they do not
/// differ.
///
/// Fails where `out` does.
pub fn human(
    differences: &[Difference],
    most: usize,
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = Paint::new(look.color, false);
    let mut first = true;
    for difference in differences.iter().filter(|it| !it.is_empty()) {
        if !first {
            writeln!(out)?;
        }
        first = false;
        let [before, after] = difference.sides.each_ref().map(|side| visible(&side.path));
        let heading = format!("{HEADING}{before} and {after}");
        writeln!(out, "{}", paint.bold(&heading))?;
        for section in sections(difference, most) {
            writeln!(out, "\n{}", paint.bold(&plain(&section.title)))?;
            let tags = section.lines.iter().map(|line| line.tag.len());
            let width = tags.max().unwrap_or_default();
            for line in &section.lines {
                writeln!(out, "  {}", painted(line, width, paint))?;
            }
            if let Some(more) = &section.more {
                writeln!(out, "  and {more}")?;
            }
        }
    }
    Ok(())
}

/// A line, whose tag takes so many columns.
pub(in crate::report) fn painted(line: &Line, width: usize, paint: Paint) -> String {
    let tag = format!("{:width$}", line.tag);
    let tag = match line.way {
        Way::Come => paint.painted("32", &tag),
        Way::Gone => paint.painted("31", &tag),
        Way::Changed => paint.painted("33", &tag),
    };
    format!("{tag}  {}", plain(&line.parts))
}

/// Words as a terminal may have them.
pub(in crate::report) fn plain(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part {
        Part::Words(words) => words.clone(),
        Part::Data(data) => quote(data),
        Part::Path(path) => visible(path).into_owned(),
    });
    // What belongs to one line can still be a command together.
    visible(&parts.collect::<String>()).into_owned()
}
