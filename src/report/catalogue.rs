//! The rule catalogue: `rules`, `explain`, and `docs/rules.md`.

use std::fmt::Write;

use serde::Serialize;

use super::look::{Look, PAGES, Paint};
use crate::diagnostics::Applicability;
use crate::rules::meta::{Group, Meta};

#[derive(Serialize)]
struct CatalogueEntry {
    rule: &'static str,
    group: &'static str,
    severity: &'static str,
    basis: &'static str,
    fix: Option<&'static str>,
    summary: &'static str,
}

/// An entry with its sections.
#[derive(Serialize)]
struct Full {
    #[serde(flatten)]
    entry: CatalogueEntry,
    why: &'static str,
    example: &'static str,
    remedy: &'static str,
    source: &'static str,
}

impl CatalogueEntry {
    fn of(meta: &'static Meta) -> Self {
        Self {
            rule: meta.name,
            group: meta.group.name(),
            severity: meta.severity.name(),
            basis: meta.basis.name(),
            fix: meta.fix.map(Applicability::name),
            summary: meta.summary,
        }
    }
}

fn of_group<'a>(
    rules: &'a [&'static Meta],
    group: Group,
) -> impl Iterator<Item = &'static Meta> + 'a {
    rules
        .iter()
        .copied()
        .filter(move |meta| meta.group == group)
}

/// The catalogue as a JSON array.
#[must_use]
pub fn rules_json(rules: &[&'static Meta]) -> String {
    let entries: Vec<CatalogueEntry> = rules.iter().copied().map(CatalogueEntry::of).collect();
    json(&entries)
}

/// What a rule is about, as a JSON object: the members of its entry in [`rules_json`], and the
/// sections of [`explain`]. `why`, `remedy` and `source` are Markdown.
#[must_use]
pub fn explain_json(meta: &'static Meta) -> String {
    json(&Full {
        entry: CatalogueEntry::of(meta),
        why: meta.why,
        example: meta.example,
        remedy: meta.remedy,
        source: meta.source,
    })
}

fn json(value: &impl Serialize) -> String {
    // Plain strings cannot fail to serialise.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}

/// The catalogue as a table for people, group by group: name, severity, whether a machine can fix
/// it, and what it finds. Where the width is known, the last is wrapped, or goes below the others.
#[must_use]
pub fn rules_table(rules: &[&'static Meta], look: Look) -> String {
    /// The columns of severity and fix, with the blanks before and behind them.
    const OTHERS: usize = 2 + 7 + 2 + 6 + 2;
    /// The fewest columns for what is found beside the others.
    const FEWEST: usize = 24;
    let paint = Paint::new(look.color, look.links);
    let names = rules.iter().map(|meta| meta.name.len());
    let name_width = names.max().unwrap_or_default();
    let beside = INDENT.len() + name_width + OTHERS;
    let is_beside = look.width.is_none_or(|width| width >= beside + FEWEST);
    let mut table = String::new();
    for group in Group::ALL {
        let mut shown = of_group(rules, group).peekable();
        if shown.peek().is_none() {
            continue;
        }
        let _ = writeln!(table, "{}", paint.bold(group.name()));
        for meta in shown {
            let name = paint.linked(meta.name, meta.name.to_owned());
            // In a narrow terminal the columns are given up.
            let room = look.width.unwrap_or(usize::MAX);
            let (name_width, severity_width, fix_width) = if room >= beside {
                (name_width, 7, 6)
            } else {
                (0, 0, 0)
            };
            let gap = " ".repeat(name_width.saturating_sub(meta.name.len()));
            let severity = format!("{:severity_width$}", meta.severity.name());
            let severity = paint.severity(meta.severity, &severity);
            let fix = meta.fix.map_or("", Applicability::name);
            let fix = format!("{fix:fix_width$}");
            let fix = match meta.fix {
                Some(Applicability::Safe) => paint.safe(&fix),
                _ => fix,
            };
            let head = format!("{INDENT}{name}{gap}  {severity}  {fix}");
            if is_beside {
                let summary = indented(meta.summary, look.width, &" ".repeat(beside));
                let summary = paint.prose(summary.trim_start());
                let _ = writeln!(table, "{head}  {summary}");
            } else {
                let _ = writeln!(table, "{}", head.trim_end());
                let summary = indented(meta.summary, look.width, "    ");
                let _ = writeln!(table, "{}", paint.prose(&summary));
            }
        }
    }
    table
}

/// What stands before the lines of a section.
const INDENT: &str = "  ";

/// A text with `indent` before each line, in lines that fit.
fn indented(text: &str, width: Option<usize>, indent: &str) -> String {
    let Some(width) = width else {
        return format!("{indent}{text}");
    };
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(indent)
        .subsequent_indent(indent);
    textwrap::fill(text, options)
}

/// What a rule is about, for people. Lines have up to 88 columns, less where the width is less.
#[must_use]
pub fn explain(meta: &Meta, look: Look) -> String {
    const WIDTH: usize = 88;
    let width = Some(look.width.unwrap_or(WIDTH).min(WIDTH));
    let paint = Paint::new(look.color, look.links);
    let severity = meta.severity;
    let mut facts = format!(
        "Group: {}. Severity: {severity}. Basis: {} ({})",
        meta.group.name(),
        meta.basis.name(),
        lower_first(meta.basis.meaning()),
    );
    if let Some(fix) = meta.fix {
        facts = format!("{facts}. Fix: {}", fix.name());
    }
    let named = format!("Severity: {severity}");
    let painted = format!("Severity: {}", paint.severity(severity, severity.name()));
    let name = paint.linked(meta.name, paint.bold(meta.name));
    let finds = indented(&format!("Finds {}.", meta.summary), width, "");
    let facts = indented(&facts, width, "").replacen(&named, &painted, 1);
    let mut text = format!("{name}\n\n{}\n\n{facts}\n", paint.prose(&finds));
    for (title, body) in sections(meta) {
        let body = match title {
            // A piece of a file stays as it is.
            "Example" => format!("{INDENT}{}", body.replace('\n', "\n  ")),
            _ => paint.prose(&indented(body, width, INDENT)),
        };
        let _ = writeln!(text, "\n{}\n\n{body}", paint.bold(title));
    }
    if let Some(page) = PAGES.of(meta.name) {
        let _ = writeln!(text, "\n{}\n\n{INDENT}{page}", paint.bold("Page"));
    }
    text
}

/// `docs/rules.md`.
#[must_use]
pub fn rules_markdown(rules: &[&'static Meta]) -> String {
    let mut page = String::from(
        "# Rules\n\nGenerated from the rules themselves; a test keeps this page and the program \
         the same.\nEach rule can be turned off with `--ignore NAME`, and weighed otherwise with \
         `--deny NAME` or `--warn NAME`;\nthe name of a group stands for all its rules. `labelwright.toml` sets both for good.\n\nThe column *fix* says whether a machine can fix a finding: *safe* keeps what every label means and is\ndone by `check --fix`; *unsafe* may change it, and wants `--unsafe-fixes` too. `--diff` shows what\neither would do.\n",
    );
    for group in Group::ALL {
        let _ = writeln!(page, "\n## {}\n", group.name());
        page.push_str("| rule | severity | basis | fix | finds |\n|---|---|---|---|---|\n");
        for meta in of_group(rules, group) {
            let _ = writeln!(
                page,
                "| [`{name}`](#{name}) | {} | {} | {} | {} |",
                meta.severity.name(),
                meta.basis.name(),
                meta.fix.map_or("", Applicability::name),
                meta.summary.replace('|', "\\|"),
                name = meta.name,
            );
        }
        for meta in of_group(rules, group) {
            let _ = writeln!(page, "\n### {}\n", meta.name);
            let _ = writeln!(page, "Finds {}.\n\n{}", meta.summary, meta.basis.meaning());
            for (title, body) in sections(meta) {
                if title == "Example" {
                    let _ = writeln!(page, "\n**{title}**\n\n```text\n{body}\n```");
                } else {
                    let _ = writeln!(page, "\n**{title}**\n\n{body}");
                }
            }
        }
    }
    page
}

fn sections(meta: &Meta) -> [(&'static str, &'static str); 4] {
    [
        ("Why it matters", meta.why),
        ("Example", meta.example),
        ("How to fix", meta.remedy),
        ("Source", meta.source),
    ]
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::metas;

    /// What a terminal shows of a text with colours.
    fn without_colours(text: &str) -> String {
        let mut pieces = text.split("\u{1b}[");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |shown, piece| {
            shown + piece.split_once('m').map_or("", |(_, rest)| rest)
        })
    }

    #[test]
    fn colours_change_no_word() {
        for width in [None, Some(40), Some(80), Some(120)] {
            let look = |color| Look {
                color,
                links: false,
                width,
            };
            let (plain, painted) = (
                rules_table(&metas(), look(false)),
                rules_table(&metas(), look(true)),
            );
            assert_ne!(plain, painted);
            assert_eq!(without_colours(&painted), plain);
            for meta in metas() {
                let painted = explain(meta, look(true));
                assert_eq!(without_colours(&painted), explain(meta, look(false)));
            }
        }
    }

    #[test]
    fn lines_fit_the_terminal() {
        for width in [40, 80, 120] {
            let look = Look {
                width: Some(width),
                ..Look::default()
            };
            let table = rules_table(&metas(), look);
            for line in table.lines() {
                let columns = textwrap::core::display_width(line);
                assert!(columns <= width, "{width}: {line}");
            }
            for meta in metas() {
                let page = explain(meta, look);
                let prose = page.split("\nExample\n").next().unwrap_or_default();
                let is_fit = |line: &str| textwrap::core::display_width(line) <= width;
                assert!(prose.lines().all(is_fit), "{width}: {prose}");
            }
        }
    }
}
