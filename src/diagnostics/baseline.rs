//! Findings that are known already, so that a team can ask for nothing new from the first day.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Diagnostic;
use super::identity::{content, spelled};
use super::redact::mask;
use crate::model::fingerprints::fingerprint_under;

/// A finding as a baseline has it: one line of JSON, without any words of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownFinding {
    /// The label file: its path from the folder of the baseline, with slashes.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub document: Option<String>,
    /// The label.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub label: Option<String>,
    /// [`Diagnostic::fingerprint`] in hexadecimal digits.
    pub fingerprint: String,
    /// The fingerprint of what it says, with the text of its document in the place of the name, where the text was
    /// read: a document may get another name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

impl KnownFinding {
    /// A finding of a label file.
    #[must_use]
    pub fn of(finding: &Diagnostic, path: &str) -> Self {
        let shown = |name: &str| mask(name).into_owned();
        let document = finding
            .document
            .as_deref()
            .filter(|_| !finding.is_of_corpus);
        Self {
            path: path.to_owned(),
            rule: finding.rule.to_owned(),
            // What is said of the corpus names the first document only, which may be another one tomorrow.
            document: document.map(shown),
            label: finding.label().map(shown),
            fingerprint: spelled(finding.fingerprint),
            text: in_text(finding),
        }
    }
}

/// The fingerprint of a finding in a text, whatever that is called.
fn in_text(finding: &Diagnostic) -> Option<String> {
    let text = finding.details.as_ref()?.text?;
    let said = content(finding, None);
    Some(spelled(fingerprint_under(said, &spelled(text))))
}

/// The known findings of one label file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// How the baseline names the label file.
    pub path: String,
    /// By fingerprint.
    known: BTreeMap<String, KnownFinding>,
}

/// How findings compare with those that were known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many were not known. They are the findings of the outcome.
    pub new: u64,
    /// How many were.
    pub unchanged: u64,
    /// Those that were known and are not found any more.
    pub fixed: Vec<KnownFinding>,
}

impl Baseline {
    /// The findings of a baseline that are about a label file.
    #[must_use]
    pub fn new(path: String, known: impl IntoIterator<Item = KnownFinding>) -> Self {
        let known = known.into_iter().filter(|it| it.path == path);
        let known = known.map(|it| (it.fingerprint.clone(), it)).collect();
        Self { path, known }
    }

    /// Compares the findings of a file, which are told one by one and twice: first all to
    /// [`Comparison::see`], then all to [`Comparison::is_new`].
    #[must_use]
    pub const fn compare(&self) -> Comparison<'_> {
        Comparison {
            baseline: self,
            seen: BTreeSet::new(),
            renamed: None,
            compared: Compared {
                new: 0,
                unchanged: 0,
                fixed: Vec::new(),
            },
        }
    }

    /// Whether a finding is known.
    #[must_use]
    pub fn knows(&self, fingerprint: u64) -> bool {
        self.known.contains_key(&spelled(fingerprint))
    }
}

/// The findings of a file on their way through a baseline.
#[derive(Debug)]
pub struct Comparison<'a> {
    baseline: &'a Baseline,
    seen: BTreeSet<String>,
    /// Known findings that are not found in their documents, by [`KnownFinding::text`].
    renamed: Option<BTreeMap<String, Vec<&'a KnownFinding>>>,
    compared: Compared,
}

impl<'a> Comparison<'a> {
    /// Notes a finding.
    pub fn see(&mut self, finding: &Diagnostic) {
        let print = spelled(finding.fingerprint);
        if self.baseline.known.contains_key(&print) {
            self.seen.insert(print);
        }
    }

    /// Whether a finding was not known. All of them have been seen.
    pub fn is_new(&mut self, finding: &Diagnostic) -> bool {
        let is_known =
            self.seen.contains(&spelled(finding.fingerprint)) || self.was_renamed(finding);
        if is_known {
            self.compared.unchanged += 1;
        } else {
            self.compared.new += 1;
        }
        !is_known
    }

    /// Whether a known finding that is gone says the same of the same text under another name. It is
    /// taken then.
    fn was_renamed(&mut self, finding: &Diagnostic) -> bool {
        let gone = self.renamed.get_or_insert_with(|| {
            let mut gone: BTreeMap<String, Vec<&'a KnownFinding>> = BTreeMap::new();
            for (print, known) in self.baseline.known.iter().rev() {
                if let Some(text) = known.text.as_ref().filter(|_| !self.seen.contains(print)) {
                    gone.entry(text.clone()).or_default().push(known);
                }
            }
            gone
        });
        let taken = in_text(finding).and_then(|own| gone.get_mut(&own)?.pop());
        if let Some(taken) = taken {
            self.seen.insert(taken.fingerprint.clone());
        }
        taken.is_some()
    }

    /// What came of it.
    #[must_use]
    pub fn finish(mut self) -> Compared {
        let known = self.baseline.known.iter();
        let gone = known.filter(|(print, _)| !self.seen.contains(*print));
        self.compared.fixed = gone.map(|(_, known)| known.clone()).collect();
        self.compared
    }
}
