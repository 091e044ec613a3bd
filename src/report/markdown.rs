//! `--output markdown`: the summary of a job.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::entities::markdown;
use super::json::categories;
use super::place::spot;
use super::verdict::Verdict;
use super::walk::{self, Range};
use crate::diagnostics::{Applicability, Diagnostic, Severity, count};
use crate::pipeline::Outcome;
use crate::rules::RULES;
use crate::rules::meta::Meta;

/// The report as Markdown.
pub(super) struct Markdown;

/// What the first line begins with.
const HEADING: &str = "## labelwright";

/// How many bytes it takes at most. GitHub takes 1 MiB of a step (its page "Workflow commands").
const MOST: usize = 1_000_000;

/// How many bytes are kept for what is below the findings.
const BELOW: usize = 100_000;

/// How many findings of a rule are listed.
const LISTED: usize = 10;

/// How many files and labels are listed.
const ROWS: usize = 200;

/// The longest sentence of a finding, in bytes.
const LONGEST: usize = 2000;

impl Emitter for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let line = beginning.lines().next().unwrap_or_default();
        let rest = line.strip_prefix(HEADING);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut page = verdict(report);
        files(&mut page, report);
        let blocks = blocks(report)?;
        rules(&mut page, &blocks);
        let mut cut = 0;
        for block in &blocks {
            let told = block.told();
            if page.len() + told.len() > MOST - BELOW {
                cut += 1;
            } else {
                page.push_str(&told);
            }
        }
        if cut > 0 {
            let cut = count(cut, "rule");
            push(
                &mut page,
                &format!("\nThe findings of {cut} have no room here; `--output jsonl` has all.\n"),
            );
        }
        labels(&mut page, report);
        out.write_all(page.as_bytes())
    }
}

/// Adds words of our own.
fn push(page: &mut String, words: &str) {
    page.push_str(words);
}

/// Data as code.
fn code(words: &str) -> String {
    format!("<code>{}</code>", markdown(words))
}

/// A sentence: what it quotes is code.
fn prose(sentence: &str) -> String {
    let end = crate::text::floor_char(sentence, LONGEST);
    let more = if end < sentence.len() { "…" } else { "" };
    let parts = sentence[..end].split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        _ if part.is_empty() => String::new(),
        0 => markdown(part),
        _ => code(part),
    });
    parts.chain([more.to_owned()]).collect()
}

/// The verdict with its reasons, and what was looked at.
fn verdict(report: &Report<'_>) -> String {
    let mut page = HEADING.to_owned();
    if let Some(verdict) = report.verdict {
        push(
            &mut page,
            if verdict.is_ready() {
                ": ready"
            } else {
                ": not ready"
            },
        );
    }
    push(&mut page, "\n\n");
    let reasons = report.verdict.map(Verdict::reasons);
    for reason in reasons.into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "- {}", markdown(&reason));
    }
    let (documents, labels) = report.sizes();
    let _ = writeln!(
        page,
        "\n| files | documents | labels | errors | warnings | notes |\n|--:|--:|--:|--:|--:|--:|\n\
         | {} | {documents} | {labels} | {} | {} | {} |",
        report.outcomes.len(),
        report.count(Severity::Error),
        report.count(Severity::Warning),
        report.count(Severity::Note),
    );
    page
}

/// The files, where there are several.
fn files(page: &mut String, report: &Report<'_>) {
    if report.outcomes.len() < 2 {
        return;
    }
    push(
        page,
        "\n### Files\n\n| file | documents | labels | errors | warnings | notes |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for outcome in report.outcomes.iter().take(ROWS) {
        let count = |severity| outcome.diagnostics.count(severity);
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} |",
            code(short(&outcome.input.path)),
            outcome.input.documents,
            outcome.input.labels,
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note),
        );
    }
    more(page, report.outcomes.len(), "file");
}

/// Says how many rows a table does not have.
fn more(page: &mut String, all: usize, noun: &str) {
    let left = all.saturating_sub(ROWS) as u64;
    if left > 0 {
        let left = count(left, &format!("more {noun}"));
        let _ = writeln!(page, "\nand {left}");
    }
}

/// A name that is no longer than others are.
fn short(name: &str) -> &str {
    &name[..crate::text::floor_char(name, 200)]
}

/// The findings of a rule and a severity.
struct Block {
    severity: Severity,
    meta: &'static Meta,
    count: u64,
    /// The first ones, as they are shown.
    listed: Vec<String>,
}

/// The gravest first, then in the order of the catalogue.
fn blocks(report: &Report<'_>) -> io::Result<Vec<Block>> {
    let order = RULES.iter().enumerate();
    let order = order.map(|(index, rule)| (rule.meta().name, (index, rule.meta())));
    let order: BTreeMap<&str, (usize, &'static Meta)> = order.collect();
    let mut blocks = BTreeMap::new();
    walk::each(report, Range::ALL, |outcome, found| {
        if let Some((index, meta)) = order.get(found.rule) {
            let key = (Reverse(found.severity), *index);
            let block = blocks.entry(key).or_insert_with(|| Block {
                severity: found.severity,
                meta,
                count: 0,
                listed: Vec::new(),
            });
            block.count += 1;
            if block.listed.len() < LISTED {
                block.listed.push(listed(outcome, found));
            }
        }
        Ok(())
    })?;
    Ok(blocks.into_values().collect())
}

/// A finding in a list.
fn listed(outcome: &Outcome, found: &Diagnostic) -> String {
    let at = code(short(&spot(outcome, found)));
    let help = found.help.as_deref().map(prose);
    let help = help.map(|help| format!("<br>help&#58; {help}"));
    let message = prose(&found.message);
    format!("- {at} {message}{}\n", help.unwrap_or_default())
}

impl Block {
    /// What is found, in a section that opens.
    fn told(&self) -> String {
        let findings = count(self.count, "finding");
        let mut told = format!(
            "\n<details><summary>{} {}: {findings}</summary>\n\n",
            self.severity,
            code(self.meta.name),
        );
        self.listed.iter().for_each(|line| told.push_str(line));
        let more = self.count.saturating_sub(self.listed.len() as u64);
        if more > 0 {
            let more = count(more, "more finding");
            let _ = writeln!(told, "\nand {more}");
        }
        push(&mut told, "\n</details>\n");
        told
    }
}

/// The rules that have found something.
fn rules(page: &mut String, blocks: &[Block]) {
    if blocks.is_empty() {
        return;
    }
    push(
        page,
        "\n### Findings\n\n| severity | rule | findings | fix | finds |\n|---|---|--:|---|---|\n",
    );
    for block in blocks {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            block.severity,
            code(block.meta.name),
            block.count,
            block.meta.fix.map_or("", Applicability::name),
            prose(block.meta.summary),
        );
    }
}

/// How many labels each set has.
fn labels(page: &mut String, report: &Report<'_>) {
    let all = categories(report);
    if all.is_empty() {
        return;
    }
    let has_dev = all.values().any(|counts| counts.dev > 0);
    let (dev, line) = if has_dev {
        (" Dev |", "--:|")
    } else {
        ("", "")
    };
    let _ = write!(
        page,
        "\n### Labels\n\n| label | Train |{dev} Test | no set |\n|---|--:|{line}--:|--:|\n"
    );
    for (name, counts) in all.iter().take(ROWS) {
        let dev = if has_dev {
            format!(" {} |", counts.dev)
        } else {
            String::new()
        };
        let _ = writeln!(
            page,
            "| {} | {} |{dev} {} | {} |",
            code(short(name)),
            counts.train,
            counts.test,
            counts.unassigned
        );
    }
    more(page, all.len(), "label");
}
