//! Which rules run, and how much their findings weigh.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Group, Meta, RULES, SPAN_UNPROVEN};
use crate::diagnostics::Severity;

/// What the user asked of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Level {
    /// Whether it runs; `None` where the catalogue says it.
    runs: Option<bool>,
    severity: Option<Severity>,
}

/// The choice of rules and severities. The default is the catalogue's.
///
/// A configuration file speaks first ([`Levels::assign`], then [`Levels::narrow`]), the command
/// line after it: [`Levels::select`] turns rules on that the file turned off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    #[serde(deserialize_with = "by_rule")]
    rules: BTreeMap<&'static str, Level>,
}

/// Reads levels by the names of their rules. Those that nobody can have asked for are refused.
fn by_rule<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<&'static str, Level>, D::Error> {
    let named = BTreeMap::<String, Level>::deserialize(deserializer)?;
    let known = |(name, level): (String, Level)| {
        let Some(rule) = super::find(&name) else {
            let nearest = None;
            return Err(UnknownRule { name, nearest }.into());
        };
        let meta = rule.meta();
        let is_allowed = |severity| allows(meta, Choice::At(severity));
        let off = level.runs == Some(false);
        if off && !allows(meta, Choice::Off) || !level.severity.is_none_or(is_allowed) {
            return Err(LevelError::Stays { name, off });
        }
        Ok((meta.name, level))
    };
    let known: Result<_, LevelError> = named.into_iter().map(known).collect();
    known.map_err(D::Error::custom)
}

/// A name that is neither a rule nor a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// The nearest one that exists.
    pub nearest: Option<&'static str>,
}

impl std::fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no rule or group is called `{}`", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => f.write_str("; `labelwright rules` lists them"),
        }
    }
}

impl std::error::Error for UnknownRule {}

/// Whether its findings are errors of syntax, which stay: they say that something could not be
/// read, and a file that nobody could read would look clean.
fn stays(meta: &Meta) -> bool {
    meta.group == Group::Syntax && meta.severity == Severity::Error
}

/// Whether `select` keeps a rule that it does not name.
fn is_always(meta: &Meta) -> bool {
    stays(meta) || meta.name == SPAN_UNPROVEN
}

/// Whether a rule may be chosen so.
fn allows(meta: &Meta, choice: Choice) -> bool {
    match choice {
        Choice::Off | Choice::At(Severity::Note | Severity::Warning) => !stays(meta),
        Choice::At(Severity::Error) => true,
    }
}

/// Why nothing can be asked of a rule or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelError {
    /// There is none of that name.
    Unknown(UnknownRule),
    /// It is an error of syntax, or the group of these.
    Stays {
        /// The name.
        name: String,
        /// Whether it was to be turned off, or to weigh less.
        off: bool,
    },
}

impl From<UnknownRule> for LevelError {
    fn from(unknown: UnknownRule) -> Self {
        Self::Unknown(unknown)
    }
}

impl std::fmt::Display for LevelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, off) = match self {
            Self::Unknown(unknown) => return unknown.fmt(f),
            Self::Stays { name, off } => (name, off),
        };
        let what = if *off {
            "cannot be turned off"
        } else {
            "stay errors"
        };
        if super::find(name).is_some() {
            write!(f, "findings of `{name}` {what}")?;
        } else {
            write!(f, "the errors of `{name}` {what}")?;
        }
        f.write_str(": a file that cannot be read would pass")
    }
}

impl std::error::Error for LevelError {}

/// What a configuration file asks of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It does not run.
    Off,
    /// It runs, and its findings have this severity.
    At(Severity),
}

impl Levels {
    /// Turns rules off, or on with a severity. Errors of syntax stay what they are.
    pub fn assign(&mut self, rules: &[&'static str], choice: Choice) {
        let allowed = |rule: &&&'static str| {
            let rule = super::find(rule);
            rule.is_none_or(|rule| allows(rule.meta(), choice))
        };
        for rule in rules.iter().filter(allowed) {
            let level = self.rules.entry(rule).or_default();
            match choice {
                Choice::Off => level.runs = Some(false),
                Choice::At(severity) => {
                    level.runs = Some(true);
                    level.severity = Some(severity);
                }
            }
        }
    }

    /// Turns off what is not among `selected`, where that is given, and what is among `ignored`,
    /// but for errors of syntax. Unlike [`Levels::select`] it turns nothing on but what is on
    /// request, and of which nothing was said.
    pub fn narrow(&mut self, selected: Option<&[&'static str]>, ignored: &[&'static str]) {
        for meta in RULES.iter().map(|rule| rule.meta()) {
            let is_named = selected.is_some_and(|names| names.contains(&meta.name));
            let kept = selected.is_none() || is_named || is_always(meta);
            if !kept || ignored.contains(&meta.name) && !stays(meta) {
                self.rules.entry(meta.name).or_default().runs = Some(false);
            } else if is_named && meta.on_request {
                let level = self.rules.entry(meta.name).or_default();
                level.runs = level.runs.or(Some(true));
            }
        }
    }

    /// Keeps to the named rules and groups. An empty list changes nothing.
    pub fn select(&mut self, names: &[String]) -> Result<(), UnknownRule> {
        if names.is_empty() {
            return Ok(());
        }
        let mut chosen = Vec::new();
        for name in names {
            chosen.extend(turned_on(name)?);
        }
        for meta in RULES.iter().map(|rule| rule.meta()) {
            let kept = chosen.contains(&meta.name) || is_always(meta);
            self.rules.entry(meta.name).or_default().runs = Some(kept);
        }
        Ok(())
    }

    /// Turns the named rules and groups off. Errors of syntax stay on where `all` are.
    ///
    /// Fails where a name stands for nothing, or for errors of syntax.
    pub fn ignore(&mut self, names: &[String]) -> Result<(), LevelError> {
        self.each(names, Choice::Off, |level| level.runs = Some(false))
    }

    /// Gives findings another severity: those of `deny` become errors, those of `warn`
    /// warnings. A rule's own name weighs more than its group's, and `warn` more than `deny`. What is on
    /// request runs then, unless it was turned off.
    ///
    /// Fails where a name stands for nothing, or an error of syntax is to be a warning.
    pub fn set(&mut self, deny: &[String], warn: &[String]) -> Result<(), LevelError> {
        let is_rule = |name: &String| super::find(name).is_some();
        for rules in [false, true] {
            for (names, severity) in [(deny, Severity::Error), (warn, Severity::Warning)] {
                let names = names.iter().filter(|name| is_rule(name) == rules);
                let names: Vec<String> = names.cloned().collect();
                let choice = Choice::At(severity);
                self.each(&names, choice, |level| level.severity = Some(severity))?;
                for meta in names.iter().filter_map(|name| super::find(name)) {
                    let meta = meta.meta();
                    if meta.on_request {
                        let level = self.rules.entry(meta.name).or_default();
                        level.runs = level.runs.or(Some(true));
                    }
                }
            }
        }
        Ok(())
    }

    fn each(
        &mut self,
        names: &[String],
        choice: Choice,
        change: impl Fn(&mut Level),
    ) -> Result<(), LevelError> {
        for name in names {
            for rule in allowed(name, choice)? {
                change(self.rules.entry(rule).or_default());
            }
        }
        Ok(())
    }

    /// The severity of a finding of the rule, or `None` where the rule is off. `own` is what
    /// the message asks for instead of the catalogue's.
    #[must_use]
    pub fn severity(&self, meta: &Meta, own: Option<Severity>) -> Option<Severity> {
        let level = self.rules.get(meta.name).copied().unwrap_or_default();
        let severity = level.severity.or(own).unwrap_or(meta.severity);
        level.runs.unwrap_or(!meta.on_request).then_some(severity)
    }

    /// What is asked of the rule; `None` where nothing is, so that it is as the catalogue has it.
    #[must_use]
    pub fn chosen(&self, meta: &Meta) -> Option<Choice> {
        let level = self.rules.get(meta.name)?;
        if level.runs == Some(false) {
            return Some(Choice::Off);
        }
        let asked_for = meta.on_request && level.runs == Some(true);
        let own = asked_for.then_some(meta.severity);
        level.severity.or(own).map(Choice::At)
    }

    /// Whether the rule runs.
    #[must_use]
    pub fn runs(&self, meta: &Meta) -> bool {
        self.severity(meta, None).is_some()
    }
}

/// The rules that a name turns on: those that it stands for, but what is on request only by its own
/// name.
///
/// Fails where it stands for none.
pub fn turned_on(name: &str) -> Result<Vec<&'static str>, UnknownRule> {
    let mut rules = expand(name)?;
    rules.retain(|rule| {
        let meta = super::find(rule).map(super::Rule::meta);
        *rule == name || !meta.is_some_and(|meta| meta.on_request)
    });
    Ok(rules)
}

/// The rules that a name stands for and that may be chosen so. `all` leaves errors of syntax out, and
/// a group gives no severity to what is on request.
///
/// Fails where the name stands for nothing, or for errors of syntax that may not.
pub fn allowed(name: &str, choice: Choice) -> Result<Vec<&'static str>, LevelError> {
    let rules = match choice {
        Choice::Off => expand(name)?,
        Choice::At(_) => turned_on(name)?,
    };
    let metas = RULES.iter().map(|rule| rule.meta());
    let metas = metas.filter(|meta| rules.contains(&meta.name));
    let (allowed, others): (Vec<_>, Vec<_>) = metas.partition(|meta| allows(meta, choice));
    if name != ALL && !others.is_empty() {
        return Err(LevelError::Stays {
            name: name.to_owned(),
            off: choice == Choice::Off,
        });
    }
    Ok(allowed.into_iter().map(|meta| meta.name).collect())
}

/// The name of all rules.
const ALL: &str = "all";

/// The rules that a name stands for: the rule itself, the rules of a group, or `all`.
///
/// Fails where it stands for none. A group of the catalogue may be without rules.
pub fn expand(name: &str) -> Result<Vec<&'static str>, UnknownRule> {
    let metas = || RULES.iter().map(|rule| rule.meta());
    let found: Vec<_> = metas()
        .filter(|meta| name == meta.name || name == meta.group.name() || name == ALL)
        .map(|meta| meta.name)
        .collect();
    if found.is_empty() && !Group::ALL.iter().any(|group| group.name() == name) {
        let names = metas().map(|meta| meta.name);
        let names = names.chain(Group::ALL.map(Group::name)).chain([ALL]);
        return Err(UnknownRule {
            name: name.to_owned(),
            nearest: crate::text::nearest(name, names),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
