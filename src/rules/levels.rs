//! Which rules run, and how much their findings weigh.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Group, Meta, RULES};
use crate::diagnostics::Severity;

/// What the user asked of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Level {
    off: bool,
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

/// Reads levels by the names of their rules.
fn by_rule<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<&'static str, Level>, D::Error> {
    let named = BTreeMap::<String, Level>::deserialize(deserializer)?;
    let known = |(name, level): (String, Level)| {
        let rule = super::find(&name).ok_or(UnknownRule {
            name,
            nearest: None,
        });
        Ok((rule?.meta().name, level))
    };
    let known: Result<_, UnknownRule> = named.into_iter().map(known).collect();
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

/// Rules whose findings say that something could not be read. `select` cannot turn them off:
/// a file that nobody could read would look clean. `ignore` can.
const ALWAYS: [&str; 7] = [
    "invalid-json",
    "invalid-utf8",
    "lone-surrogate",
    "nesting-too-deep",
    "truncated-file",
    "not-a-label-file",
    "span-unproven",
];

/// What a configuration file asks of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It does not run.
    Off,
    /// It runs, and its findings have this severity.
    At(Severity),
}

impl Levels {
    /// Turns rules off, or on with a severity.
    pub fn assign(&mut self, rules: &[&'static str], choice: Choice) {
        for rule in rules {
            let level = self.rules.entry(rule).or_default();
            match choice {
                Choice::Off => level.off = true,
                Choice::At(severity) => {
                    level.off = false;
                    level.severity = Some(severity);
                }
            }
        }
    }

    /// Turns off what is not among `selected`, where that is given, and what is among `ignored`.
    /// Unlike [`Levels::select`] it turns nothing on.
    pub fn narrow(&mut self, selected: Option<&[&'static str]>, ignored: &[&'static str]) {
        for meta in RULES.iter().map(|rule| rule.meta()) {
            let kept = selected
                .is_none_or(|names| names.contains(&meta.name) || ALWAYS.contains(&meta.name));
            if !kept || ignored.contains(&meta.name) {
                self.rules.entry(meta.name).or_default().off = true;
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
            chosen.extend(expand(name)?);
        }
        for meta in RULES.iter().map(|rule| rule.meta()) {
            let kept = chosen.contains(&meta.name) || ALWAYS.contains(&meta.name);
            self.rules.entry(meta.name).or_default().off = !kept;
        }
        Ok(())
    }

    /// Turns the named rules and groups off.
    pub fn ignore(&mut self, names: &[String]) -> Result<(), UnknownRule> {
        self.each(names, |level| level.off = true)
    }

    /// Gives findings another severity: those of `deny` become errors, those of `warn`
    /// warnings. A rule's own name weighs more than its group's, and `warn` more than `deny`.
    pub fn set(&mut self, deny: &[String], warn: &[String]) -> Result<(), UnknownRule> {
        let is_rule = |name: &String| super::find(name).is_some();
        for rules in [false, true] {
            for (names, severity) in [(deny, Severity::Error), (warn, Severity::Warning)] {
                let names = names.iter().filter(|name| is_rule(name) == rules);
                let names: Vec<String> = names.cloned().collect();
                self.each(&names, |level| level.severity = Some(severity))?;
            }
        }
        Ok(())
    }

    fn each(&mut self, names: &[String], change: impl Fn(&mut Level)) -> Result<(), UnknownRule> {
        for name in names {
            for rule in expand(name)? {
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
        (!level.off).then_some(severity)
    }

    /// Whether the rule runs.
    #[must_use]
    pub fn runs(&self, meta: &Meta) -> bool {
        self.severity(meta, None).is_some()
    }
}

/// The rules that a name stands for: the rule itself, the rules of a group, or `all`.
///
/// Fails where it stands for none. A group of the catalogue may be without rules.
pub fn expand(name: &str) -> Result<Vec<&'static str>, UnknownRule> {
    let metas = || RULES.iter().map(|rule| rule.meta());
    let found: Vec<_> = metas()
        .filter(|meta| name == meta.name || name == meta.group.name() || name == "all")
        .map(|meta| meta.name)
        .collect();
    if found.is_empty() && !Group::ALL.iter().any(|group| group.name() == name) {
        let names = metas().map(|meta| meta.name);
        let names = names.chain(Group::ALL.map(Group::name)).chain(["all"]);
        return Err(UnknownRule {
            name: name.to_owned(),
            nearest: crate::text::nearest(name, names),
        });
    }
    Ok(found)
}
