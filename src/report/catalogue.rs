//! The rule catalogue: `rules`, `explain`, and `docs/rules.md`.

use std::fmt::Write;

use serde::Serialize;

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

/// The catalogue as a table for people, group by group.
#[must_use]
pub fn rules_table(rules: &[&'static Meta]) -> String {
    let width = rules
        .iter()
        .map(|meta| meta.name.len())
        .max()
        .unwrap_or_default();
    let mut table = String::new();
    for group in Group::ALL {
        let mut shown = of_group(rules, group).peekable();
        if shown.peek().is_none() {
            continue;
        }
        let _ = writeln!(table, "{}", group.name());
        for meta in shown {
            let fix = meta.fix.map_or("", Applicability::name);
            let _ = writeln!(
                table,
                "  {:width$}  {:7}  {:6}  {}",
                meta.name,
                meta.severity.name(),
                fix,
                meta.summary
            );
        }
    }
    table
}

/// What a rule is about, for a terminal.
#[must_use]
pub fn explain(meta: &Meta) -> String {
    let mut text = format!(
        "{}\n\nFinds {}.\n\nGroup: {}. Severity: {}. Basis: {} ({})\n",
        meta.name,
        meta.summary,
        meta.group.name(),
        meta.severity.name(),
        meta.basis.name(),
        lower_first(meta.basis.meaning()),
    );
    let prose = textwrap::Options::new(88)
        .initial_indent("  ")
        .subsequent_indent("  ");
    for (title, body) in sections(meta) {
        let body = match title {
            // A piece of a file stays as it is.
            "Example" => format!("  {}", body.replace('\n', "\n  ")),
            _ => textwrap::fill(body, &prose),
        };
        let _ = writeln!(text, "\n{title}\n\n{body}");
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
