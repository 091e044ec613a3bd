//! A split as a table.

use std::fmt::Write;

use textwrap::core::display_width;

use crate::diagnostics::{count, visible};
use crate::report::look::{Look, Paint};
use crate::stratification::{LabelSpread, Measures, SplitOutcome, Spread};

/// The most columns that the name of a label takes, and the most labels that are listed.
const NAME: usize = 28;
const LISTED: usize = 200;

/// From how many points on a share is off.
const OFF: f64 = 5.0;

/// A split as a terminal shows it: of two sets both, of folds how far apart they are.
#[must_use]
pub fn human(outcome: &SplitOutcome, look: Look) -> String {
    let paint = Paint::new(look.color, look.links);
    let mut out = String::new();
    sizes(&mut out, outcome);
    let table = Table::new(outcome, paint);
    table.write(&mut out);
    measures(&mut out, outcome);
    for unmet in &outcome.unmet {
        let line = format!("{} {unmet}", paint.bold("not met:"));
        let options = textwrap::Options::new(look.width.unwrap_or(100)).subsequent_indent("  ");
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", textwrap::fill(&line, options));
    }
    out
}

/// How many documents each set has.
fn sizes(out: &mut String, outcome: &SplitOutcome) {
    let after = &outcome.after;
    let total: u64 = after.sizes.iter().sum();
    let of_set = |(set, name): (usize, &String)| {
        format!(
            "{name} {} ({:.1} %)",
            after.sizes[set],
            100.0 * after.share(set)
        )
    };
    let sets = if outcome.sets.len() == 2 {
        let sets: Vec<String> = outcome.sets.iter().enumerate().map(of_set).collect();
        sets.join(", ")
    } else {
        let each = each(&after.sizes);
        format!("{} folds of {each}", outcome.sets.len())
    };
    let _ = writeln!(out, "{}: {sets}", count(total, "document"));
    if outcome.kept > 0 {
        let _ = writeln!(
            out,
            "{} kept where they were",
            count(outcome.kept, "document")
        );
    }
    let (groups, documents) = outcome.groups;
    if groups > 0 {
        let _ = writeln!(
            out,
            "{documents} of them are in {} that stay together",
            count(groups, "group")
        );
    }
    out.push('\n');
}

struct Table<'a> {
    outcome: &'a SplitOutcome,
    paint: Paint,
    /// The columns of the names.
    width: usize,
}

impl<'a> Table<'a> {
    fn new(outcome: &'a SplitOutcome, paint: Paint) -> Self {
        let names = outcome
            .labels
            .iter()
            .map(|name| display_width(&visible(name)));
        Self {
            outcome,
            paint,
            width: names.max().unwrap_or_default().clamp(5, NAME),
        }
    }

    fn write(&self, out: &mut String) {
        let is_split = self.outcome.sets.len() == 2;
        let width = self.width;
        let head = if is_split {
            let before = if self.outcome.before.is_some() {
                "   before"
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "{:width$}  {:>22}   {:>22}",
                "", "documents", "instances"
            );
            format!(
                "{:width$}  {:>7}{:>7}{:>8}   {:>7}{:>7}{:>8}{before}",
                "label", "Train", "Test", "off", "Train", "Test", "off"
            )
        } else {
            format!(
                "{:width$}  {:>10}{:>15}{:>8}{:>12}{:>15}{:>8}",
                "label", "documents", "each fold", "off", "instances", "each fold", "off"
            )
        };
        let _ = writeln!(out, "{}", self.paint.bold(head.trim_end()));
        let labels = self.outcome.labels.iter().zip(&self.outcome.after.labels);
        for (number, (name, spread)) in labels.enumerate().take(LISTED) {
            let row = if is_split {
                self.split_row(number, spread)
            } else {
                self.fold_row(spread)
            };
            let _ = writeln!(out, "{}  {}", self.name(name), row.trim_end());
        }
        let more = self.outcome.labels.len().saturating_sub(LISTED) as u64;
        if more > 0 {
            let _ = writeln!(
                out,
                "{} more; `--output json` has all",
                count(more, "label")
            );
        }
        out.push('\n');
    }

    fn name(&self, name: &str) -> String {
        let name = visible(name);
        let mut shown = String::new();
        let mut columns = 0;
        for char in name.chars() {
            columns += display_width(char.encode_utf8(&mut [0; 4]));
            if columns > self.width {
                shown.pop();
                shown.push('…');
                break;
            }
            shown.push(char);
        }
        let missing = self.width.saturating_sub(display_width(&shown));
        shown + &" ".repeat(missing)
    }

    fn split_row(&self, number: usize, spread: &LabelSpread) -> String {
        let after = &self.outcome.after;
        let numbers = |counts: &[u64], off: f64| {
            format!("{:>7}{:>7}{}", counts[1], counts[0], self.points(off, 8))
        };
        let documents = numbers(&spread.documents, off(after, spread.document_share(0), 0));
        let instances = numbers(&spread.instances, off(after, spread.instance_share(0), 0));
        let before = self.outcome.before.as_ref().and_then(|before| {
            let spread = before.labels.get(number)?;
            Some(self.points(off(before, spread.instance_share(0), 0), 9))
        });
        format!("{documents}   {instances}{}", before.unwrap_or_default())
    }

    fn fold_row(&self, spread: &LabelSpread) -> String {
        let after = &self.outcome.after;
        let numbers = |counts: &[u64], share: &dyn Fn(usize) -> f64, width: usize| {
            let each = each(counts);
            let offs = (0..counts.len()).map(|set| off(after, share(set), set).abs());
            let total: u64 = counts.iter().sum();
            format!(
                "{total:>width$}{each:>15}{}",
                self.points(offs.fold(0.0, f64::max), 8)
            )
        };
        numbers(&spread.documents, &|set| spread.document_share(set), 10)
            + &numbers(&spread.instances, &|set| spread.instance_share(set), 12)
    }

    /// How far a share is off, in points of a hundred.
    fn points(&self, off: f64, width: usize) -> String {
        let text = format!("{:>width$}", format!("{:+.1}", 100.0 * off));
        if (100.0 * off).abs() >= OFF {
            self.paint.painted("33", &text)
        } else {
            text
        }
    }
}

/// The least and the greatest of some numbers.
fn each(counts: &[u64]) -> String {
    let least = counts.iter().min().copied().unwrap_or_default();
    let most = counts.iter().max().copied().unwrap_or_default();
    if least == most {
        least.to_string()
    } else {
        format!("{least} to {most}")
    }
}

/// How much more of a label than of all documents a set has, as a share.
fn off(spread: &Spread, share: f64, set: usize) -> f64 {
    share - spread.share(set)
}

/// How well the shares are kept, before and after.
fn measures(out: &mut String, outcome: &SplitOutcome) {
    let _ = writeln!(out, "off: in percent points, from the share of the set");
    let line = |of: &Measures| {
        format!(
            "documents {:.1} in the mean, {:.1} at most; instances {:.1} and {:.1}; LD {:.4}, LPD {:.4}",
            100.0 * of.documents,
            100.0 * of.most_documents,
            100.0 * of.instances,
            100.0 * of.most_instances,
            of.label_distribution,
            of.pair_distribution,
        )
    };
    if let Some(before) = &outcome.before {
        let _ = writeln!(out, "before: {}", line(&before.measures));
        let _ = writeln!(out, "after:  {}", line(&outcome.after.measures));
    } else {
        let _ = writeln!(out, "{}", line(&outcome.after.measures));
    }
}
