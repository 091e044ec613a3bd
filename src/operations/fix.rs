//! Fixes what a machine can fix, as byte edits, until nothing is left that it can.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

use crate::diagnostics::{Diagnostic, Fix};
use crate::formats::{self, Format};
use crate::input::{Source, Spool, Texts};
use crate::json::patch::{self, Edit};
use crate::operations::{Conversion, Metadata, check, convert};
use crate::pipeline::{Error, Options, Outcome};
use crate::rules;
use crate::rules::meta::Applicability;

/// How often a file is gone over before what is left is left.
const ROUNDS: usize = 100;

/// How many checks the search for a fix that does harm may take.
const TRIALS: usize = 200;

/// The rule about shapes that are older than today's.
const LEGACY: &str = "legacy-shape";

/// A file that was fixed.
pub struct Fixed {
    /// The file as it is now; `None` where nothing could be fixed.
    pub source: Option<Source>,
    /// What there was to say of it before.
    pub before: Outcome,
    /// What there is to say of it now.
    pub outcome: Outcome,
    /// How many findings of each rule were fixed.
    pub fixed: BTreeMap<&'static str, u64>,
}

/// Checks a file, fixes it in memory of its own (a temporary file), and checks it again, until
/// no finding is left that `most` allows to fix. The file itself is not touched.
///
/// The fixed file has no finding that the file did not have: a fix that brings one is left
/// out.
///
/// Fails where a file cannot be read or written.
pub fn fix(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
    most: Applicability,
) -> Result<Fixed, Error> {
    let options = Options {
        fixes: true,
        ..options.clone()
    };
    let fixer = Fixer {
        format,
        texts,
        options: &options,
        most,
        before: BTreeMap::new(),
    };
    let before = fixer.check(source)?;
    let fixer = Fixer {
        before: keys(&before)?,
        ..fixer
    };
    let (modern, start) = match fixer.modernized(source, &before)? {
        Some((modern, outcome)) => (Some(modern), outcome),
        None => (None, before.clone()),
    };
    let source = modern.as_ref().unwrap_or(source);
    // Most fixes do no harm, so all of them are made at once, and judged at the end.
    let mut attempt = fixer.eagerly(source, start)?;
    if fixer.brings_more(&attempt.outcome)? {
        attempt = fixer.carefully(source, fixer.check(source)?)?;
    }
    if modern.is_some() {
        *attempt.counts.entry(LEGACY).or_default() += 1;
    }
    Ok(Fixed {
        source: attempt.source.or(modern),
        before,
        outcome: attempt.outcome,
        fixed: attempt.counts,
    })
}

/// A file on its way to being fixed.
struct Attempt {
    source: Option<Source>,
    outcome: Outcome,
    counts: BTreeMap<&'static str, u64>,
}

/// What a file is fixed with.
struct Fixer<'a> {
    format: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &'a Options,
    most: Applicability,
    /// The findings before anything was fixed.
    before: BTreeMap<FindingKey, u64>,
}

/// What makes two findings of two states of a file the same: the rule, the document, and what
/// is named first in the message. Places move.
type FindingKey = (&'static str, Option<String>, String);

fn keys(outcome: &Outcome) -> Result<BTreeMap<FindingKey, u64>, Error> {
    let mut keys = BTreeMap::new();
    for finding in &outcome.diagnostics {
        *keys.entry(key(&*finding?)).or_default() += 1;
    }
    Ok(keys)
}

fn key(finding: &Diagnostic) -> FindingKey {
    let named = finding.message.split('`').nth(1).unwrap_or_default();
    (finding.rule, finding.document.clone(), named.to_owned())
}

impl Fixer<'_> {
    fn check(&self, source: &Source) -> Result<Outcome, Error> {
        check(source, self.format, self.texts, self.options)
    }

    /// The file in today's shape, where its shape is so old that it is written anew, nothing is
    /// lost by that, and nothing new is found then.
    fn modernized(
        &self,
        source: &Source,
        outcome: &Outcome,
    ) -> Result<Option<(Source, Outcome)>, Error> {
        let mut old = false;
        for found in &outcome.diagnostics {
            let found = found?;
            if found.rule == LEGACY && found.fix.is_none() {
                old = true;
                break;
            }
        }
        let Some(format) = outcome.input.format.and_then(formats::find).filter(|_| old) else {
            return Ok(None);
        };
        let conversion = Conversion {
            from: Some(format),
            to: format,
            texts: self.texts,
            unit: None,
            metadata: Metadata::default(),
            skip_invalid: false,
            deny_loss: true,
            save_losses: false,
            restore: None,
            files: None,
        };
        let mut file = Spool::new().map_err(unwritten)?;
        let written = convert(
            source,
            &conversion,
            self.options,
            &mut file,
            &mut io::sink(),
        );
        let written = written.map_err(|error| match error {
            Error::Write { source, .. } => unwritten(source),
            other => other,
        })?;
        if written.refused {
            return Ok(None);
        }
        let modern = source.replaced(file);
        let outcome = self.check(&modern)?;
        Ok((!self.brings_more(&outcome)?).then_some((modern, outcome)))
    }

    fn eagerly(&self, source: &Source, outcome: Outcome) -> Result<Attempt, Error> {
        let mut fixed = Attempt::nothing(outcome);
        for _ in 0..ROUNDS {
            let now = fixed.source.as_ref().unwrap_or(source);
            let chosen = self.choose(now, &fixed.outcome, |_, _| true)?;
            if chosen.findings.is_empty() {
                break;
            }
            let next = apply(now, &chosen.edits)?;
            fixed.count(&chosen);
            fixed.outcome = self.check(&next)?;
            fixed.source = Some(next);
        }
        Ok(fixed)
    }

    /// Makes only fixes that bring no new finding, and finds those that do by halving.
    fn carefully(&self, source: &Source, outcome: Outcome) -> Result<Attempt, Error> {
        let mut fixed = Attempt::nothing(outcome);
        let mut trials = 0;
        let mut refused: BTreeSet<FindingKey> = BTreeSet::new();
        for _ in 0..ROUNDS {
            let now = fixed.source.as_ref().unwrap_or(source);
            let all = self.choose(now, &fixed.outcome, |_, finding| {
                !refused.contains(&key(finding))
            })?;
            let mut waiting = vec![all.findings.clone()];
            let mut good: BTreeSet<usize> = BTreeSet::new();
            let mut best = None;
            while let Some(some) = waiting.pop() {
                if some.is_empty() {
                    continue;
                }
                trials += 1;
                let trial: BTreeSet<usize> = good.iter().chain(&some).copied().collect();
                let chosen = self.choose(now, &fixed.outcome, |index, _| trial.contains(&index))?;
                let next = apply(now, &chosen.edits)?;
                let outcome = self.check(&next)?;
                if !self.brings_more(&outcome)? {
                    good = trial;
                    best = Some((next, outcome, chosen));
                } else if some.len() == 1 || trials > TRIALS {
                    for (index, finding) in fixed.outcome.diagnostics.iter().enumerate() {
                        if some.contains(&index) {
                            refused.insert(key(&*finding?));
                        }
                    }
                } else {
                    let (first, second) = some.split_at(some.len() / 2);
                    waiting.push(second.to_vec());
                    waiting.push(first.to_vec());
                }
            }
            let Some((next, outcome, chosen)) = best else {
                break;
            };
            fixed.count(&chosen);
            fixed.outcome = outcome;
            fixed.source = Some(next);
        }
        Ok(fixed)
    }

    /// Whether there is a finding that was not there before.
    fn brings_more(&self, outcome: &Outcome) -> Result<bool, Error> {
        let now = keys(outcome)?;
        let mut now = now.iter();
        Ok(now.any(|(key, count)| self.before.get(key).is_none_or(|before| before < count)))
    }

    /// The fixes that can be made together, the gravest rules first. What overlaps another waits
    /// for the next round.
    fn choose(
        &self,
        source: &Source,
        outcome: &Outcome,
        wanted: impl Fn(usize, &Diagnostic) -> bool,
    ) -> Result<Chosen, Error> {
        let allowed = |rule: &str| match rules::find(rule).and_then(|rule| rule.meta().fix) {
            Some(Applicability::Safe) => true,
            Some(Applicability::Unsafe) => self.most == Applicability::Unsafe,
            None => false,
        };
        let order: BTreeMap<&str, usize> = rules::metas()
            .iter()
            .enumerate()
            .map(|(index, meta)| (meta.name, index))
            .collect();
        let mut candidates = Vec::new();
        for (index, finding) in outcome.diagnostics.iter().enumerate() {
            let finding = finding?;
            if finding.fix.is_some() && allowed(finding.rule) && wanted(index, &finding) {
                candidates.push((order.get(finding.rule), index, finding));
            }
        }
        candidates.sort_by_key(|candidate| (candidate.0, candidate.1));
        let mut taken = Taken::new();
        let mut chosen = Chosen::default();
        for (_, index, finding) in candidates {
            let Some(fix) = &finding.fix else {
                continue;
            };
            let edits = spelled(source, fix).map_err(|error| Error::read(source, error))?;
            if edits.is_empty() || edits.iter().any(|edit| meets(&taken, edit)) {
                continue;
            }
            for edit in edits {
                taken.insert((edit.bytes.start, taken.len()), edit);
            }
            chosen.findings.push(index);
            chosen.rules.push(finding.rule);
        }
        chosen.edits = taken.into_values().collect();
        Ok(chosen)
    }
}

/// Fixes that can be made together.
#[derive(Default)]
struct Chosen {
    /// Sorted, and apart from one another; in bytes of the file.
    edits: Vec<Edit>,
    /// The findings that they fix, by index.
    findings: Vec<usize>,
    /// The rules of those.
    rules: Vec<&'static str>,
}

impl Attempt {
    fn nothing(outcome: Outcome) -> Self {
        Self {
            source: None,
            outcome,
            counts: BTreeMap::new(),
        }
    }

    fn count(&mut self, chosen: &Chosen) {
        for rule in &chosen.rules {
            *self.counts.entry(rule).or_default() += 1;
        }
    }
}

/// Edits by place, and in the order in which they were chosen.
type Taken = BTreeMap<(u64, usize), Edit>;

/// Whether an edit cannot be made together with those that are taken: they have bytes in
/// common, or both write at one place. Items that are added to one array follow one another.
fn meets(taken: &Taken, edit: &Edit) -> bool {
    let adds = |edit: &Edit| edit.bytes.is_empty() && edit.text.starts_with(',');
    let clash = |other: &Edit| {
        let (a, b) = (&other.bytes, &edit.bytes);
        let same = a.start == b.start && !(adds(other) && adds(edit));
        same || a.start < b.end && b.start < a.end
    };
    let before = taken.range(..=(edit.bytes.start, usize::MAX)).rev();
    let after = taken.range((edit.bytes.start, 0)..(edit.bytes.end.max(edit.bytes.start + 1), 0));
    // Of the edits before it only the last can reach this far, since they are apart.
    before.take(2).chain(after).any(|(_, other)| clash(other))
}

/// All edits of a fixing: records are removed with what parts them from their neighbours.
fn spelled(source: &Source, fix: &Fix) -> io::Result<Vec<Edit>> {
    let mut edits = fix.edits.clone();
    for record in &fix.records {
        edits.push(Edit {
            bytes: source.with_separator(record)?,
            text: String::new(),
        });
    }
    Ok(edits)
}

/// The file with the edits made, as a temporary file.
fn apply(source: &Source, edits: &[Edit]) -> Result<Source, Error> {
    let read = |error| Error::read(source, error);
    let mut input = source.reader().map_err(read)?;
    let mut output = io::BufWriter::new(Spool::new().map_err(unwritten)?);
    let mut chunk = Vec::new();
    let mut out = Vec::new();
    let mut at = 0;
    let mut next = 0;
    loop {
        chunk.clear();
        let size = (&mut input)
            .take(1 << 20)
            .read_to_end(&mut chunk)
            .map_err(read)?;
        if size == 0 {
            break;
        }
        let end = at + size as u64;
        // The edits that bear on the chunk; the last of them may bear on the next one too.
        let from = next;
        while next < edits.len() && edits[next].bytes.start < end {
            next += 1;
        }
        out.clear();
        patch::apply(at, &chunk, &edits[from..next], &mut out);
        output.write_all(&out).map_err(unwritten)?;
        while next > from && edits[next - 1].bytes.end > end {
            next -= 1;
        }
        at = end;
    }
    let file = output
        .into_inner()
        .map_err(|error| unwritten(error.into_error()))?;
    Ok(source.replaced(file))
}

fn unwritten(source: io::Error) -> Error {
    Error::Write {
        path: "a temporary file".to_owned(),
        source,
    }
}
