//! Which documents count their offsets otherwise than they should, over a whole corpus.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::evidence::{self, Evidence, MismatchLimits};
use crate::alignment::forensics::Assessment;
use crate::alignment::plausibility::MARGIN;
use crate::alignment::{HYPOTHESES, HypothesisSet};
use crate::diagnostics::{Bounds, Location};

/// How many documents of a group are named, and hypotheses that are not believed.
const NAMED: usize = 3;

/// Documents by what they say of the hypotheses. Merges in any grouping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatches {
    #[serde(with = "crate::json::pairs")]
    /// By the hypotheses that each document gains by.
    groups: BTreeMap<HypothesisSet, DocumentGroup>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct DocumentGroup {
    documents: u64,
    /// The first documents: name and place, by index.
    first: BTreeMap<u64, (String, Location)>,
    /// Spans that do not fit their places.
    misplaced: u64,
    /// What speaks for the hypotheses, by those that the documents refute.
    #[serde(with = "crate::json::pairs")]
    evidence: BTreeMap<HypothesisSet, BTreeMap<usize, Evidence>>,
}

/// Documents whose offsets count something else, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What they count. Several where the evidence does not tell which.
    pub hypotheses: HypothesisSet,
    /// How many documents.
    pub documents: u64,
    /// The names of the first of them.
    pub names: Vec<String>,
    /// The place of the first.
    pub location: Option<Location>,
    /// What speaks for the first of the hypotheses.
    pub evidence: Evidence,
    /// What the documents gain by, by groups.
    pub keys: Vec<HypothesisSet>,
}

impl Mismatches {
    /// Adds a document that is not beyond doubt.
    pub fn add(
        &mut self,
        findings: &Assessment,
        index: u64,
        name: &str,
        location: impl FnOnce() -> Location,
    ) {
        if !findings.doubt() && findings.misplaced == 0 {
            return;
        }
        let group = self.groups.entry(findings.gaining()).or_default();
        group.merge(DocumentGroup {
            documents: 1,
            misplaced: findings.misplaced,
            first: BTreeMap::from([(index, (name.to_owned(), location()))]),
            evidence: BTreeMap::from([(findings.refuted, findings.evidence.clone())]),
        });
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub fn shift(&mut self, by: u64) {
        for group in self.groups.values_mut() {
            let first = std::mem::take(&mut group.first).into_iter();
            group.first = first.map(|(index, named)| (index + by, named)).collect();
        }
    }

    /// Adds what another part of the corpus says.
    pub fn merge(&mut self, other: Self) {
        for (key, group) in other.groups {
            self.groups.entry(key).or_default().merge(group);
        }
    }

    /// Whether all this can be seen in a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let mut groups = self.groups.iter();
        groups.all(|(key, group)| {
            // A group is of documents for which the same hypotheses speak, and no others.
            let mut first = group.first.iter();
            let mut all = group.evidence.iter();
            all.all(|(refuted, evidence)| {
                let known = evidence.keys().all(|index| *index < HYPOTHESES.len());
                let bits = evidence.keys().map(|index| 1 << (index % HYPOTHESES.len()));
                let bits = bits.fold(0, |set: HypothesisSet, bit: HypothesisSet| set | bit);
                known
                    && *key == bits
                    && refuted & bits == 0
                    && evidence.values().all(|evidence| evidence.is_within(bounds))
            }) && (1..=bounds.records).contains(&group.documents)
                && bounds.hold(group.misplaced)
                && first.all(|(index, (_, location))| {
                    bounds.has_record(*index) && bounds.have_place(location)
                })
        })
    }

    /// The spans that do not fit their places, in documents that no decision is about, and where the
    /// first of those documents stands.
    #[must_use]
    pub fn unexplained(&self, decisions: &[Decision]) -> (u64, Option<&Location>) {
        let is_open = |key: &HypothesisSet| !decisions.iter().any(|it| it.keys.contains(key));
        let open = self.groups.iter().filter(|(key, _)| is_open(key));
        let misplaced = open.clone().map(|(_, group)| group.misplaced).sum();
        let first = open.filter_map(|(_, group)| group.first.iter().next());
        let first = first.min_by_key(|(index, _)| **index);
        (misplaced, first.map(|(_, (_, location))| location))
    }

    /// Whether several spans of all documents together point to one other way of counting, be it not
    /// enough to believe it.
    #[must_use]
    pub fn point_elsewhere(&self) -> bool {
        let sums = whole(self.groups.values()).sums();
        let mut sums = sums.iter();
        sums.any(|(index, it)| it.gains_several() && it.weight(*index) * 2 >= MARGIN)
    }

    /// What the documents may count, where that is worth a look and nothing is decided: what most
    /// speaks for, and what little less speaks for, three at most.
    #[must_use]
    pub fn suspect(&self, limits: MismatchLimits) -> Option<Decision> {
        let sums = whole(self.groups.values()).sums();
        let mut likely: Vec<(usize, Evidence)> = sums.into_iter().collect();
        likely.retain(|(index, evidence)| evidence.suggests(*index, limits));
        likely.sort_by_key(|(index, evidence)| (Reverse(evidence.weight(*index)), *index));
        let (leader, evidence) = *likely.first()?;
        likely.retain(|(index, rival)| {
            let is_alike = rival.places == evidence.places && *index != leader;
            !is_alike && rival.weight(*index) > evidence.weight(leader) - MARGIN
        });
        let gaining = self.groups.iter();
        let gaining = gaining.filter(|(key, _)| *key & (1 << leader) != 0);
        let keys = gaining.clone().map(|(key, _)| *key).collect();
        let whole = whole(gaining.map(|(_, group)| group));
        let named = likely.iter().take(NAMED);
        let hypotheses = named.fold(0, |set, (index, _)| set | 1 << index);
        Some(whole.decided(hypotheses, evidence, keys))
    }

    /// Decides what the documents count: what most speaks for first, over all documents that gain by
    /// it, and then over the rest.
    ///
    /// A hypothesis that counts another form of the text is not asked of documents that do not have
    /// it: those speak neither for nor against it.
    #[must_use]
    pub fn decide(&self, limits: MismatchLimits) -> Vec<Decision> {
        let mut rest = self.groups.clone();
        let (mut decisions, mut asked) = (Vec::new(), 0);
        while let Some(leader) = evidence::leader(&whole(rest.values()).sums(), asked, limits) {
            asked |= 1 << leader;
            let rivals = Rivals::of(leader, &rest);
            // The documents of each set of hypotheses that nothing tells apart.
            let mut alike: BTreeMap<HypothesisSet, Vec<HypothesisSet>> = BTreeMap::new();
            for (key, group) in &rest {
                if let Some(set) = rivals.alike(group, limits) {
                    alike.entry(set).or_default().push(*key);
                }
            }
            for (hypotheses, keys) in alike {
                let groups = keys.iter().filter_map(|key| rest.get(key));
                let whole = whole(groups);
                let evidence = whole.sums().get(&leader).copied().unwrap_or_default();
                if !evidence.convinces(leader, limits) {
                    continue;
                }
                rest.retain(|key, _| !keys.contains(key));
                decisions.push(whole.decided(hypotheses, evidence, keys));
            }
        }
        decisions
    }
}

/// How a hypothesis compares with the others.
struct Rivals {
    leader: usize,
    /// By index.
    rivals: BTreeMap<usize, Rival>,
}

/// What speaks for the leader rather than for another hypothesis.
#[derive(Clone, Copy, Default)]
struct Rival {
    /// How much more, over the documents that gain by both and that they place differently.
    ahead: i64,
    /// How much in documents that gain by the leader and refute the other.
    refuted: i64,
    /// How much speaks for the other in documents that gain by it and refute the leader.
    refuting: i64,
}

impl Rival {
    /// How much more speaks for the leader. One program counts in one way, so documents that refute
    /// the other speak for all; unless some refute the leader too, and the corpus comes from two
    /// programs.
    const fn lead(self) -> i64 {
        let two_ways = self.refuted >= MARGIN && self.refuting >= MARGIN;
        let elsewhere = if two_ways {
            0
        } else {
            self.refuted - self.refuting
        };
        self.ahead + elsewhere
    }
}

impl Rivals {
    fn of(leader: usize, groups: &BTreeMap<HypothesisSet, DocumentGroup>) -> Self {
        let mut rivals: BTreeMap<usize, Rival> = BTreeMap::new();
        let parts = groups.values().flat_map(|group| &group.evidence);
        for (refuted, evidence) in parts {
            let Some(lead) = evidence.get(&leader) else {
                if refuted & (1 << leader) != 0 {
                    for (index, rival) in evidence {
                        rivals.entry(*index).or_default().refuting += rival.weight(*index);
                    }
                }
                continue;
            };
            let weight = lead.weight(leader);
            for (index, rival) in evidence {
                if rival.places != lead.places {
                    rivals.entry(*index).or_default().ahead += weight - rival.weight(*index);
                }
            }
            for index in (0..HYPOTHESES.len()).filter(|index| refuted & (1 << index) != 0) {
                rivals.entry(index).or_default().refuted += weight;
            }
        }
        Self { leader, rivals }
    }

    /// The hypotheses that the documents of a group may count by as well as by the leader, which
    /// is one of them; `None` where another is ahead of it.
    fn alike(&self, group: &DocumentGroup, limits: MismatchLimits) -> Option<HypothesisSet> {
        let evidence = group.sums();
        let lead = evidence.get(&self.leader)?;
        let mut places = vec![lead.places];
        let mut set = 1 << self.leader;
        for (index, rival) in &evidence {
            if places.contains(&rival.places) || !rival.fits(limits) {
                continue;
            }
            let ahead = self.rivals.get(index).map_or(0, |rival| rival.lead());
            if ahead <= -MARGIN {
                return None;
            }
            if ahead < MARGIN {
                places.push(rival.places);
                set |= 1 << index;
            }
        }
        Some(set)
    }
}

/// What groups add up to.
fn whole<'g>(groups: impl IntoIterator<Item = &'g DocumentGroup>) -> DocumentGroup {
    let mut whole = DocumentGroup::default();
    for group in groups {
        whole.merge(group.clone());
    }
    whole
}

impl DocumentGroup {
    fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.misplaced += other.misplaced;
        self.first.extend(other.first);
        while self.first.len() > NAMED {
            self.first.pop_last();
        }
        for (refuted, evidence) in other.evidence {
            let own = self.evidence.entry(refuted).or_default();
            for (index, evidence) in evidence {
                own.entry(index).or_default().merge(evidence);
            }
        }
    }

    /// What is decided of the documents.
    fn decided(
        self,
        hypotheses: HypothesisSet,
        evidence: Evidence,
        keys: Vec<HypothesisSet>,
    ) -> Decision {
        let mut first = self.first.values();
        Decision {
            hypotheses,
            documents: self.documents,
            location: first.next().map(|(_, location)| location.clone()),
            names: self.first.into_values().map(|(name, _)| name).collect(),
            evidence,
            keys,
        }
    }

    /// What speaks for each hypothesis.
    fn sums(&self) -> BTreeMap<usize, Evidence> {
        let mut sums: BTreeMap<usize, Evidence> = BTreeMap::new();
        for (index, evidence) in self.evidence.values().flatten() {
            sums.entry(*index).or_default().merge(*evidence);
        }
        sums
    }
}

#[cfg(test)]
mod tests;
