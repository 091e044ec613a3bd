//! `--output human`: the gravest findings first, those of a rule together, each with the words
//! that it is about.

mod blocks;
mod frame;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use textwrap::{Options, WordSplitter};

use self::blocks::{Block, Example, Fixable, Name, Spot, blocks};
use self::frame::Frame;
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::look::Paint;
use super::statistics;
use crate::diagnostics::{Excerpt, Severity, count, visible};
use crate::rules::RULES;

pub(super) use blocks::EXAMPLES;

/// The report for people.
pub(super) struct Human;

impl Emitter for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn audience(&self) -> Audience {
        Audience::People
    }

    fn is_own(&self, beginning: &str) -> bool {
        // A finding stands below the name of its rule, and the sums of an input on one line.
        let is_sum = |line: &str| {
            [" document", " label", " error"]
                .iter()
                .all(|noun| line.contains(noun))
        };
        let names = || RULES.iter().map(|rule| format!("[{}]", rule.meta().name));
        !beginning.starts_with(['{', '[', '<'])
            && (names().any(|name| beginning.contains(&name)) || beginning.lines().any(is_sum))
    }

    fn shows_words(&self) -> bool {
        true
    }

    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let page = Page {
            width: settings.width,
            paint: Paint::new(settings.color, settings.links),
        };
        let fixable = if settings.statistics {
            let table = statistics::table(report, settings.least, page.paint, page.width);
            let gap = if table.is_empty() { "" } else { "\n" };
            write!(out, "{table}{gap}")?;
            Fixable::of_reaches(report)
        } else {
            page.findings(report, settings, out)?
        };
        let fixable = fixable.told().filter(|_| settings.fixable);
        for words in [Some(summary(report)), fixable].into_iter().flatten() {
            writeln!(out, "{}", page.wrapped(&words, "", INDENT).join("\n"))?;
        }
        Ok(())
    }
}

/// `labels.json: 20 documents, 240 labels; 1 error, 2 warnings, 0 notes`
fn summary(report: &Report<'_>) -> String {
    let (documents, labels) = report.sizes();
    let inputs = match report.outcomes {
        [one] => visible(&one.input.path).into_owned(),
        several => count(several.len() as u64, "file"),
    };
    format!(
        "{inputs}: {}, {}; {}, {}, {}",
        count(documents, "document"),
        count(labels, "label"),
        count(report.count(Severity::Error), "error"),
        count(report.count(Severity::Warning), "warning"),
        count(report.count(Severity::Note), "note"),
    )
}

/// What is before the lines of a finding.
const INDENT: &str = "  ";

/// How it is written.
struct Page {
    /// In columns.
    width: usize,
    paint: Paint,
}

impl Page {
    /// All findings, as far as they are wanted, and how many of them could be fixed.
    fn findings(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<Fixable> {
        let (blocks, fixable) = blocks(report, settings.least)?;
        for block in blocks.iter().take(settings.limit) {
            writeln!(out, "{}", self.block(block)?)?;
        }
        let more = blocks.len().saturating_sub(settings.limit);
        if more > 0 {
            let more = count(more as u64, "more rule");
            let note = format!(
                "… and findings of {more}; `--max-diagnostics` shows more, `--output json` all"
            );
            writeln!(out, "{}\n", self.wrapped(&note, "", "").join("\n"))?;
        }
        Ok(fixable)
    }

    /// The lines of a text that fit, the first after `first` and the others after `rest`.
    fn wrapped(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let options = Options::new(self.width)
            // An option or a path is not parted at its hyphens.
            .word_splitter(WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(rest);
        let lines = textwrap::wrap(text, options).into_iter();
        lines.map(Cow::into_owned).collect()
    }

    /// What a rule has found.
    fn block(&self, block: &Block) -> io::Result<String> {
        let mut text = String::new();
        let rule = format!("{}[{}]", block.severity, block.rule);
        let several = block.count > 1;
        if several {
            let findings = count(block.count, "finding");
            self.heading(&mut text, block, &rule, &findings);
        }
        let helps = || block.examples.iter().map(|example| &example.finding.help);
        let one_help = helps().skip(1).all(|help| Some(help) == helps().next());
        for (index, example) in block.examples.iter().enumerate() {
            let message = visible(&example.finding.message);
            if several {
                if index > 0 {
                    text.push('\n');
                }
                for line in self.wrapped(&message, INDENT, INDENT) {
                    push_line(&mut text, &self.paint.bold(&line));
                }
            } else {
                self.heading(&mut text, block, &rule, &message);
            }
            self.example(&mut text, example)?;
            if !one_help {
                self.help(&mut text, example);
            }
        }
        let listed = block.examples.len() as u64;
        if block.count > listed {
            if several {
                text.push('\n');
            }
            let more = count(block.count - listed, "more finding");
            let before = block.examples.last().map_or("", |example| &example.path);
            let at = spots(&block.more, block.count - listed, before);
            let line = format!("and {more} at {at}");
            self.lines(&mut text, &line);
        }
        if let Some(first) = block.examples.first().filter(|_| one_help) {
            self.help(&mut text, first);
        }
        Ok(text)
    }

    /// `error[span-empty]: ` and what follows it.
    fn heading(&self, text: &mut String, block: &Block, rule: &str, said: &str) {
        let lines = self.wrapped(&format!("{rule}: {said}"), "", INDENT);
        for (index, line) in lines.iter().enumerate() {
            let named = line.strip_prefix(rule).filter(|_| index == 0);
            match named {
                Some(rest) => {
                    let painted = self.paint.severity(block.severity, rule);
                    text.push_str(&self.paint.linked(block.rule, painted));
                    push_line(text, &self.paint.bold(rest));
                }
                None => push_line(text, &self.paint.bold(line)),
            }
        }
    }

    /// Where a finding is, with the words that it is about.
    fn example(&self, text: &mut String, example: &Example) -> io::Result<()> {
        let Example {
            path,
            finding,
            places,
        } = example;
        let frame = |name: &str, excerpt: &Excerpt, is_text: bool| {
            Frame {
                name,
                excerpt,
                is_text,
                severity: finding.severity,
                width: self.width,
            }
            .drawn(self.paint)
        };
        let mut at = format!("at {}", example.spot().told(Name::Path));
        if let Some(excerpt) = &finding.excerpt {
            text.push_str(&frame(&excerpt.name, excerpt, true)?.0);
        } else {
            let named = finding.document.as_deref().filter(|name| {
                let shown = visible(name);
                !visible(&finding.message).contains(&*shown) && !name.is_empty()
            });
            let mut is_told = false;
            if let Some(snippet) = &finding.snippet {
                let (drawn, has_whole_name) = frame(path, snippet, false)?;
                text.push_str(&drawn);
                is_told = has_whole_name;
            }
            at = match (named, is_told) {
                _ if finding.position.is_none() && finding.document.is_some() => String::new(),
                (Some(name), true) => format!("in {}", visible(name)),
                (Some(name), false) => format!("in {}, {at}", visible(name)),
                (None, true) => String::new(),
                (None, false) => at,
            };
        }
        if !at.is_empty() {
            self.lines(text, &at);
        }
        // Places that are in no file are named by the message.
        let placed = |spots: &[Spot]| spots.iter().all(|spot| spot.position.is_some());
        if let Some((places, total)) = places.as_ref().filter(|(spots, _)| placed(spots)) {
            let at = spots(places, total - 1, path);
            self.lines(text, &format!("also at {at}"));
        }
        Ok(())
    }

    fn help(&self, text: &mut String, example: &Example) {
        const LABEL: &str = "help:";
        let Some(help) = &example.finding.help else {
            return;
        };
        let hanging = " ".repeat(INDENT.len() + LABEL.len() + 1);
        let help = format!("{LABEL} {}", visible(help));
        for (index, line) in self.wrapped(&help, INDENT, &hanging).iter().enumerate() {
            let label = self.paint.help(LABEL);
            match line.trim_start().strip_prefix(LABEL) {
                Some(rest) if index == 0 => push_line(text, &format!("{INDENT}{label}{rest}")),
                _ => push_line(text, line),
            }
        }
    }

    fn lines(&self, text: &mut String, line: &str) {
        for line in self.wrapped(line, INDENT, "    ") {
            push_line(text, &line);
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", line.trim_end());
}

/// `labels.json:40:13, 52:13 and 38 more`: so many of `total` places. A path is named where it is
/// another than before, and by its file alone where it is that of the place `before` them.
fn spots(spots: &[Spot], total: u64, before: &str) -> String {
    let mut told = Vec::new();
    let mut last = None;
    for spot in spots {
        let is_same = last == Some(&spot.path);
        let name = if is_same {
            Name::None
        } else if last.is_none() && spot.path == before {
            Name::OfFile
        } else {
            Name::Path
        };
        told.push(spot.told(name));
        last = Some(&spot.path);
    }
    let more = total.saturating_sub(spots.len() as u64);
    let told = told.join(", ");
    if more > 0 {
        format!("{told} and {more} more")
    } else {
        told
    }
}
