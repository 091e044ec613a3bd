//! Findings as people read them: the gravest first, then by rule, those of a rule together.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use crate::diagnostics::redact::mask;
use crate::diagnostics::{Applicability, Diagnostic, Place, Severity, count, visible};
use crate::pipeline::Outcome;
use crate::report::Report;
use crate::rules::RULES;

/// The most findings of a rule that are shown in full.
pub const EXAMPLES: usize = 5;

/// How many are where there are more than that.
const OF_MANY: usize = 3;

/// How many further places are named.
const NAMED: usize = 5;

/// The findings of a rule and a severity, over all inputs.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) severity: Severity,
    pub(super) rule: &'static str,
    pub(super) count: u64,
    /// The first ones.
    pub(super) examples: Vec<Example>,
    /// Where the next ones are.
    pub(super) more: Vec<Spot>,
}

/// A finding that is shown in full.
#[derive(Debug)]
pub(super) struct Example {
    /// The file that it is in.
    pub(super) path: String,
    /// The finding, without its other places.
    pub(super) finding: Diagnostic,
    /// Some of its other places, and how many there are in all.
    pub(super) places: Option<(Vec<Spot>, u64)>,
}

/// A place in few words.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) path: String,
    pub(super) position: Option<(u64, u64)>,
    pub(super) document: Option<String>,
}

/// How a place names its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Path,
    /// Without the folders.
    OfFile,
    None,
}

impl Spot {
    /// `labels.json:40:13`, or `40:13` without a name; the document where it lies in no file.
    pub(super) fn told(&self, name: Name) -> String {
        let path = match name {
            Name::Path | Name::None => &*self.path,
            Name::OfFile => self.path.rsplit(['/', '\\']).next().unwrap_or_default(),
        };
        match (self.position, &self.document) {
            (Some((line, column)), _) if name == Name::None => format!("{line}:{column}"),
            (Some((line, column)), _) => format!("{}:{line}:{column}", visible(path)),
            (None, Some(document)) => visible(document).into_owned(),
            (None, None) => visible(path).into_owned(),
        }
    }

    fn of(outcome: &Outcome, place: &Place) -> Self {
        Self {
            path: outcome.file_at(place.start).0.to_owned(),
            position: place.position,
            document: shown(place.document.as_deref()),
        }
    }
}

/// The name of a document, without what no report may show.
fn shown(document: Option<&str>) -> Option<String> {
    document.map(|name| mask(name).into_owned())
}

impl Example {
    /// Where it is.
    pub(super) fn spot(&self) -> Spot {
        Spot {
            path: self.path.clone(),
            position: self.finding.position,
            document: self.finding.document.clone(),
        }
    }
}

impl Block {
    /// Leaves few examples where there are many findings.
    fn trim(&mut self) {
        if self.count <= EXAMPLES as u64 {
            return;
        }
        let rest = self.examples.split_off(OF_MANY);
        let mut more: Vec<Spot> = rest.iter().map(Example::spot).collect();
        more.append(&mut self.more);
        more.truncate(NAMED);
        self.more = more;
    }
}

/// How many findings a machine could fix, whatever their severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixable {
    /// Without changing what a label means.
    safe: u64,
    /// Where that may change it.
    risky: u64,
}

impl Fixable {
    fn add(&mut self, finding: &Diagnostic) {
        match finding.remedy().map(|remedy| remedy.applicability) {
            Some(Applicability::Safe) => self.safe += 1,
            Some(Applicability::Unsafe) => self.risky += 1,
            None => {}
        }
    }

    /// The same where it was counted before.
    pub(super) fn of_reaches(report: &Report<'_>) -> Self {
        let reaches = report
            .outcomes
            .iter()
            .flat_map(|outcome| outcome.reach.values());
        reaches.fold(Self::default(), |sum, reach| Self {
            safe: sum.safe + reach.safe,
            risky: sum.risky + reach.risky,
        })
    }

    /// ``3 findings can be fixed with `--fix`, 2 more with `--fix --unsafe-fixes` ``; `None` where
    /// there is none.
    pub(super) fn told(self) -> Option<String> {
        let (safe, risky) = (count(self.safe, "finding"), count(self.risky, "finding"));
        match (self.safe, self.risky) {
            (0, 0) => None,
            (_, 0) => Some(format!("{safe} can be fixed with `--fix`")),
            (0, _) => Some(format!("{risky} can be fixed with `--fix --unsafe-fixes`")),
            (_, more) => Some(format!(
                "{safe} can be fixed with `--fix`, {more} more with `--fix --unsafe-fixes`"
            )),
        }
    }
}

/// All findings of a severity or a graver one. Whatever their number, only those are held that are
/// shown.
///
/// Fails where findings cannot be read back from their file.
pub(super) fn blocks(report: &Report<'_>, least: Severity) -> io::Result<(Vec<Block>, Fixable)> {
    let order = RULES.iter().enumerate();
    let order = order.map(|(index, rule)| (rule.meta().name, index));
    let order: BTreeMap<&str, usize> = order.collect();
    let mut blocks: BTreeMap<(Reverse<Severity>, Option<usize>, &str), Block> = BTreeMap::new();
    let mut fixable = Fixable::default();
    for outcome in report.outcomes {
        for found in &outcome.diagnostics {
            let found = found?;
            fixable.add(&found);
            let (severity, rule) = (found.severity, found.rule);
            if severity < least {
                continue;
            }
            let key = (Reverse(severity), order.get(rule).copied(), rule);
            let block = blocks.entry(key).or_insert_with(|| Block {
                severity,
                rule,
                count: 0,
                examples: Vec::new(),
                more: Vec::new(),
            });
            block.count += 1;
            let path = || outcome.file_of(&found).0.to_owned();
            if block.examples.len() < EXAMPLES {
                let path = path();
                let mut finding = found.into_owned();
                finding.document = shown(finding.document.as_deref());
                let places = finding.places.take().map(|places| {
                    let named = places.others.iter().take(NAMED);
                    let named = named.map(|place| Spot::of(outcome, place));
                    (named.collect(), places.total)
                });
                block.examples.push(Example {
                    path,
                    finding,
                    places,
                });
            } else if block.more.len() < NAMED {
                block.more.push(Spot {
                    path: path(),
                    position: found.position,
                    document: shown(found.document.as_deref()),
                });
            }
        }
    }
    let mut blocks: Vec<Block> = blocks.into_values().collect();
    blocks.iter_mut().for_each(Block::trim);
    Ok((blocks, fixable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_fixed_is_told() {
        let told = |safe, risky| Fixable { safe, risky }.told();
        let want = |words: &str| Some(words.to_owned());
        assert_eq!(told(0, 0), None);
        assert_eq!(told(1, 0), want("1 finding can be fixed with `--fix`"));
        assert_eq!(
            told(0, 2),
            want("2 findings can be fixed with `--fix --unsafe-fixes`")
        );
        let both = "3 findings can be fixed with `--fix`, 2 more with `--fix --unsafe-fixes`";
        assert_eq!(told(3, 2), want(both));
    }
}
