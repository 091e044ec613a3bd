//! A finding as it is written to a temporary file: by postcard, with numbers for what the
//! program says in fixed words.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::budget::SpillError;
use crate::diagnostics::{Details, Diagnostic, Excerpt, Fix, Places, Region, Severity, Subject};
use crate::json::Pointer;

/// Rules and fixed words of help, each once: findings are written with their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    rules: Vec<&'static str>,
    helps: Vec<&'static str>,
}

/// What to do about a finding.
#[derive(Serialize, Deserialize)]
enum Help<'a> {
    None,
    Known(usize),
    Own(&'a str),
}

/// A finding that borrows its words.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    rule: usize,
    severity: Severity,
    message: &'a str,
    #[serde(borrow)]
    help: Help<'a>,
    bytes: Option<(u64, u64)>,
    position: Option<(u64, u64)>,
    pointer: Option<&'a str>,
    document: Option<&'a str>,
    excerpt: Option<Cow<'a, Excerpt>>,
    snippet: Option<Cow<'a, Excerpt>>,
    doubt: u64,
    fix: Option<Cow<'a, Fix>>,
    region: Option<Cow<'a, Region>>,
    places: Option<Cow<'a, Places>>,
    subject: Option<Cow<'a, Subject>>,
    details: Option<Cow<'a, Details>>,
    is_of_corpus: bool,
    fingerprint: u64,
}

impl Words {
    /// Gives numbers to the fixed words of a finding. They are few, so they are just gone
    /// through.
    pub(super) fn learn(&mut self, finding: &Diagnostic) {
        learn(&mut self.rules, finding.rule);
        if let Some(Cow::Borrowed(help)) = finding.help {
            learn(&mut self.helps, help);
        }
    }

    /// Writes a finding, whose words were learned, after what is in `out`.
    pub(super) fn write(&self, finding: &Diagnostic, out: &mut Vec<u8>) -> Result<(), SpillError> {
        let number = |words: &[&str], word: &str| words.iter().position(|known| *known == word);
        let rule = number(&self.rules, finding.rule);
        let stored = Stored {
            rule: rule.ok_or_else(|| SpillError::damaged("a rule without a number"))?,
            severity: finding.severity,
            message: &finding.message,
            help: match &finding.help {
                None => Help::None,
                Some(Cow::Borrowed(help)) => {
                    number(&self.helps, help).map_or(Help::Own(help), Help::Known)
                }
                Some(Cow::Owned(help)) => Help::Own(help),
            },
            bytes: finding.bytes.as_ref().map(|bytes| (bytes.start, bytes.end)),
            position: finding.position,
            pointer: finding.pointer.as_ref().map(Pointer::as_str),
            document: finding.document.as_deref(),
            excerpt: finding.excerpt.as_deref().map(Cow::Borrowed),
            snippet: finding.snippet.as_deref().map(Cow::Borrowed),
            doubt: finding.doubt,
            fix: finding.fix.as_deref().map(Cow::Borrowed),
            region: finding.region.as_deref().map(Cow::Borrowed),
            places: finding.places.as_deref().map(Cow::Borrowed),
            subject: finding.subject.as_deref().map(Cow::Borrowed),
            details: finding.details.as_deref().map(Cow::Borrowed),
            is_of_corpus: finding.is_of_corpus,
            fingerprint: finding.fingerprint,
        };
        *out = postcard::to_extend(&stored, std::mem::take(out)).map_err(SpillError::damaged)?;
        Ok(())
    }

    /// Reads the finding at the start of `bytes`, and says how many of them it takes.
    pub(super) fn read(&self, bytes: &[u8]) -> Result<(Diagnostic, usize), SpillError> {
        let (stored, rest): (Stored<'_>, _) =
            postcard::take_from_bytes(bytes).map_err(SpillError::damaged)?;
        let word = |words: &[&'static str], number: usize| {
            let word = words.get(number).copied();
            word.ok_or_else(|| SpillError::damaged("a number without a word"))
        };
        let boxed = |excerpt: Option<Cow<'_, Excerpt>>| Some(Box::new(excerpt?.into_owned()));
        let finding = Diagnostic {
            rule: word(&self.rules, stored.rule)?,
            severity: stored.severity,
            message: stored.message.to_owned(),
            help: match stored.help {
                Help::None => None,
                Help::Known(number) => Some(word(&self.helps, number)?.into()),
                Help::Own(help) => Some(help.to_owned().into()),
            },
            bytes: stored.bytes.map(|(start, end)| start..end),
            position: stored.position,
            pointer: stored
                .pointer
                .map(|pointer| Pointer::from(pointer.to_owned())),
            document: stored.document.map(str::to_owned),
            excerpt: boxed(stored.excerpt),
            snippet: boxed(stored.snippet),
            doubt: stored.doubt,
            fix: stored.fix.map(|fix| Box::new(fix.into_owned())),
            region: stored.region.map(|region| Box::new(region.into_owned())),
            places: stored.places.map(|places| Box::new(places.into_owned())),
            subject: stored.subject.map(|subject| Box::new(subject.into_owned())),
            details: stored.details.map(|details| Box::new(details.into_owned())),
            is_of_corpus: stored.is_of_corpus,
            fingerprint: stored.fingerprint,
        };
        Ok((finding, bytes.len() - rest.len()))
    }
}

fn learn(words: &mut Vec<&'static str>, word: &'static str) {
    if !words.contains(&word) {
        words.push(word);
    }
}
