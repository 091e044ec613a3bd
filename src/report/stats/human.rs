//! `stats` for a terminal: aligned columns, bars, and histograms of one line.

use std::fmt::Write;

use textwrap::core::display_width;

use super::facts::{labelers, names, sets};
use super::view::{Counts, Label, Lengths, View};
use super::{FileStats, Stats};
use crate::corpus::figures::SETS;
use crate::diagnostics::visible;
use crate::model::Kind;
use crate::report::look::{Look, Paint};
use crate::report::numbers::{counted, grouped};

/// The width where there is no terminal to ask, and what it is at least and at most.
const WIDTH: usize = 80;
const LEAST: usize = 40;
const MOST: usize = 120;

/// The columns of what a line is about.
const TITLE: usize = 13;

/// The columns of a bar.
const BAR: usize = 10;

/// The most columns of a label's name.
const NAME: usize = 24;

/// The most labels that are shown.
const ROWS: usize = 200;

/// What label files add up to, as a terminal shows it.
#[must_use]
pub fn human(stats: &Stats, look: Look) -> String {
    let page = Page {
        width: look.width.unwrap_or(WIDTH).clamp(LEAST, MOST),
        paint: Paint::new(look.color, look.links),
    };
    let mut out = String::new();
    for file in &stats.files {
        page.file(&mut out, file);
    }
    if let Some(total) = stats.total() {
        let title = counted(stats.files.len() as u64, "file");
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", page.paint.bold(&format!("all {title}")));
        page.block(&mut out, &total);
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

struct Page {
    width: usize,
    paint: Paint,
}

impl Page {
    fn file(&self, out: &mut String, file: &FileStats) {
        let input = &file.input;
        let kind = input.kind.map_or("", Kind::name);
        let path = self.paint.bold(&visible(&input.path));
        let format = input.format.unwrap_or_default();
        let _ = writeln!(out, "{path}  {}", format!("{format} {kind}").trim_end());
        self.block(out, &file.view);
    }

    fn block(&self, out: &mut String, view: &View) {
        let _ = writeln!(out);
        let documents = &view.documents;
        self.counts(out, "documents", documents.counts);
        if documents.counts.total > 0 {
            let with = format!(
                "{} without a label, {} with one, {} with several",
                grouped(documents.with_none),
                grouped(documents.with_one),
                grouped(documents.with_several)
            );
            self.line(out, "", &with);
        }
        self.counts(out, "labels", view.instances);
        let mut each = Vec::new();
        let mean = documents.labels_of_each.mean;
        if let Some(mean) = mean.filter(|mean| *mean > 0.0) {
            each.push(format!("{mean:.1} a document"));
        }
        if view.spans.characters.count > 0 {
            each.push(format!(
                "{} different words",
                grouped(view.surfaces.distinct)
            ));
        }
        self.line(out, "", &each.join(", "));
        self.lengths(out, "text length", "character", &view.texts.characters);
        if view.texts.sets.len() > 1 {
            for set in &view.texts.sets {
                let of_set = format!("  {}", set.set);
                self.lengths(out, &of_set, "character", &set.lengths);
            }
        }
        self.lengths(out, "label length", "character", &view.spans.characters);
        self.lengths(out, "", "word", &view.spans.words);
        let overlaps = view.spans.overlaps;
        let pairs = [
            (overlaps.nested, "nested"),
            (overlaps.crossing, "crossing"),
            (overlaps.equal, "equal"),
        ];
        let pairs = pairs.into_iter().filter(|(pairs, _)| *pairs > 0);
        let pairs: Vec<String> = pairs
            .map(|(pairs, how)| format!("{} {how}", grouped(pairs)))
            .collect();
        if !pairs.is_empty() {
            self.line(
                out,
                "overlaps",
                &format!("{} (pairs of labels)", pairs.join(", ")),
            );
        } else if view.spans.characters.count > 0 {
            self.line(out, "overlaps", "none");
        }
        self.line(
            out,
            "languages",
            &names(&view.languages, view.without_language),
        );
        self.line(out, "scripts", &names(&view.scripts, view.without_script));
        self.line(out, "labelers", &labelers(&view.labelers));
        let _ = writeln!(out);
        self.table(out, view);
        for line in &view.left_out {
            let options = textwrap::Options::new(self.width).subsequent_indent("      ");
            let _ = writeln!(out, "{}", textwrap::fill(&format!("note: {line}"), options));
        }
        if !view.left_out.is_empty() {
            let _ = writeln!(out);
        }
    }

    /// A line with its title; nothing where there is nothing to say.
    fn line(&self, out: &mut String, title: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        let indent = " ".repeat(2 + TITLE);
        let options = textwrap::Options::new(self.width)
            .initial_indent(&indent)
            .subsequent_indent(&indent);
        let filled = textwrap::fill(&visible(words), options);
        let filled = filled.get(indent.len()..).unwrap_or_default();
        let title = format!("{title:TITLE$}");
        let _ = writeln!(out, "  {}{filled}", self.paint.help(&title));
    }

    fn counts(&self, out: &mut String, title: &str, counts: Counts) {
        let named = SETS.iter().zip(counts.sets.all());
        let named = named.filter(|(_, count)| *count > 0);
        let named: Vec<String> = named
            .map(|(set, count)| format!("{set} {}", grouped(count)))
            .collect();
        let total = grouped(counts.total);
        if counts.total == counts.sets.unassigned {
            self.line(out, title, &total);
        } else {
            self.line(out, title, &format!("{total} ({})", named.join(", ")));
        }
    }

    /// The extremes and the middle of lengths, and how they are spread.
    fn lengths(&self, out: &mut String, title: &str, noun: &str, lengths: &Lengths) {
        let (Some(least), Some(median), Some(most)) = (lengths.least, lengths.median, lengths.most)
        else {
            return;
        };
        let line = format!(
            "{} {} {}  median {}",
            grouped(least),
            sparkline(lengths),
            counted(most, noun),
            grouped(median)
        );
        self.line(out, title, &line);
    }

    /// The labels, each with the words that it has most often.
    fn table(&self, out: &mut String, view: &View) {
        if view.labels.is_empty() {
            return;
        }
        let sets = sets(view);
        let has_words = view.spans.characters.count > 0;
        let mut titles = vec!["count".to_owned()];
        titles.extend(sets.iter().map(|set| SETS[*set].to_owned()));
        titles.push("docs".to_owned());
        if has_words {
            titles.extend(["words", "length", "bits"].map(str::to_owned));
        }
        let shown = &view.labels[..view.labels.len().min(ROWS)];
        let rows: Vec<Vec<String>> = shown.iter().map(|it| cells(it, &sets, has_words)).collect();
        let widths: Vec<usize> = titles
            .iter()
            .enumerate()
            .map(|(column, title)| {
                let cells = rows.iter().map(|row| row[column].len());
                cells.max().unwrap_or_default().max(title.len())
            })
            .collect();
        let others = widths.iter().map(|width| width + 2).sum::<usize>() + 2 + BAR + 1;
        let names = shown
            .iter()
            .map(|label| display_width(&visible(&label.name)));
        let room = self.width.saturating_sub(others).clamp(8, NAME);
        let name_width = names.max().unwrap_or_default().clamp(5, room);
        let line = |name: &str, cells: &[String], bar: &str| {
            let mut line = format!("  {name}{}", blanks(name_width, name));
            for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                let _ = write!(line, "  {cell:>width$}");
                if column == 0 {
                    let _ = write!(line, " {bar}{}", blanks(BAR, bar));
                }
            }
            line.trim_end().to_owned()
        };
        let _ = writeln!(out, "{}", self.paint.bold(&line("label", &titles, "")));
        let most = shown
            .iter()
            .map(|label| label.total)
            .max()
            .unwrap_or_default();
        for (label, cells) in shown.iter().zip(&rows) {
            let name = cut(&visible(&label.name), name_width);
            let _ = writeln!(out, "{}", line(&name, cells, &bar(label.total, most)));
            self.top(out, label);
        }
        if view.labels.len() > ROWS {
            let more = counted((view.labels.len() - ROWS) as u64, "more label");
            let _ = writeln!(out, "  and {more}; `--output json` has all");
        }
        if has_words {
            let legend = "words: different ones. length: characters in the median. bits: how \
                          unsure the words leave one of the label.";
            let options = textwrap::Options::new(self.width)
                .initial_indent("  ")
                .subsequent_indent("  ");
            let legend = textwrap::fill(legend, options);
            let _ = writeln!(out, "\n{}", self.paint.painted("2", &legend));
        }
        let _ = writeln!(out);
    }

    /// The most frequent words of a label, as many as there is room for.
    fn top(&self, out: &mut String, label: &Label) {
        let room = self.width.saturating_sub(4);
        let mut line = String::new();
        for surface in &label.top_surfaces {
            let words = visible(&surface.surface);
            let joint = if line.is_empty() { "" } else { ", " };
            let more = format!("{joint}{words} {}", grouped(surface.count));
            if display_width(&line) + display_width(&more) > room {
                if line.is_empty() {
                    let count = format!(" {}", grouped(surface.count));
                    let words = cut(&words, room.saturating_sub(count.len()));
                    line = format!("{words}{count}");
                }
                break;
            }
            line.push_str(&more);
        }
        if !line.is_empty() {
            let _ = writeln!(out, "    {}", self.paint.painted("2", &line));
        }
    }
}

fn cells(label: &Label, sets: &[usize], has_words: bool) -> Vec<String> {
    let mut cells = vec![grouped(label.total)];
    cells.extend(sets.iter().map(|set| grouped(label.instances.all()[*set])));
    cells.push(grouped(label.documents));
    if has_words {
        cells.push(label.distinct_surfaces.map(grouped).unwrap_or_default());
        cells.push(label.characters.median.map(grouped).unwrap_or_default());
        let bits = label.ambiguity.map(|bits| format!("{bits:.2}"));
        cells.push(bits.unwrap_or_default());
    }
    cells
}

/// A bar as long as the part of the greatest, in eighths of a column.
fn bar(count: u64, most: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let all = u128::from(count) * (BAR * 8) as u128;
    let eighths = usize::try_from(all.div_ceil(u128::from(most.max(1)))).unwrap_or_default();
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// A histogram of one line: a column a bin, as high as the part of the greatest.
fn sparkline(lengths: &Lengths) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = lengths
        .histogram
        .iter()
        .map(|bin| bin.count)
        .max()
        .unwrap_or_default();
    let column = |count: u64| {
        if count == 0 {
            return ' ';
        }
        let height = (u128::from(count) * 8).div_ceil(u128::from(most.max(1)));
        HEIGHTS[usize::try_from(height).unwrap_or(8).clamp(1, 8) - 1]
    };
    lengths
        .histogram
        .iter()
        .map(|bin| column(bin.count))
        .collect()
}

/// What fills a column behind some words.
fn blanks(width: usize, words: &str) -> String {
    " ".repeat(width.saturating_sub(display_width(words)))
}

/// The beginning of some words.
fn cut(words: &str, width: usize) -> String {
    if display_width(words) <= width {
        return words.to_owned();
    }
    let mut short = String::new();
    for char in words.chars() {
        short.push(char);
        if display_width(&short) >= width {
            short.pop();
            break;
        }
    }
    short.push('…');
    short
}
