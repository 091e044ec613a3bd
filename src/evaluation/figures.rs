//! Figures of two times, and what became of them.

use std::collections::BTreeMap;

use super::counts::Rates;
use super::scores::Scores;

/// The figures that are compared with those of another time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Of all labels together.
    pub micro: Rates,
    /// The means over the labels.
    pub macro_means: Rates,
    /// Of each label, by name.
    pub labels: BTreeMap<String, Rates>,
}

/// What became of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is of: `micro`, `macro`, or a label.
    pub name: String,
    /// Whether it is of a label.
    pub is_label: bool,
    /// Before; `None` where there was no such label.
    pub before: Option<Rates>,
    /// Now; `None` where there is none any more.
    pub now: Option<Rates>,
}

impl Change {
    /// How far F1 fell, 0 where it did not. A label that came or went has no fall.
    #[must_use]
    pub fn drop(&self) -> f64 {
        match (self.before, self.now) {
            (Some(before), Some(now)) => (before.f1 - now.f1).max(0.0),
            _ => 0.0,
        }
    }
}

impl Figures {
    /// Those of a comparison.
    #[must_use]
    pub fn of(scores: &Scores) -> Self {
        let label =
            |(name, label): (&String, &super::LabelScores)| (name.clone(), label.counts.rates());
        Self {
            micro: scores.micro(),
            macro_means: scores.macro_means(),
            labels: scores.labels.iter().map(label).collect(),
        }
    }

    /// What became of them: all labels together first, then each label by name.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<Change> {
        let average = |name: &str, before, now| Change {
            name: name.to_owned(),
            is_label: false,
            before: Some(before),
            now: Some(now),
        };
        let mut changes = vec![
            average("micro", self.micro, now.micro),
            average("macro", self.macro_means, now.macro_means),
        ];
        let mut names: Vec<&String> = self.labels.keys().chain(now.labels.keys()).collect();
        names.sort_unstable();
        names.dedup();
        changes.extend(names.into_iter().map(|name| Change {
            name: name.clone(),
            is_label: true,
            before: self.labels.get(name).copied(),
            now: now.labels.get(name).copied(),
        }));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_go_and_fall() {
        let figures = |labels: &[(&str, f64)]| Figures {
            labels: labels
                .iter()
                .map(|(name, f1)| ((*name).to_owned(), Rates::of(*f1, *f1)))
                .collect(),
            ..Figures::default()
        };
        let before = figures(&[("a", 0.75), ("b", 0.5)]);
        let now = figures(&[("a", 0.5), ("c", 1.0)]);
        let changes = before.changes(&now);
        let told: Vec<(&str, f64)> = changes[2..]
            .iter()
            .map(|change| (change.name.as_str(), change.drop()))
            .collect();
        assert_eq!(told, [("a", 0.25), ("b", 0.0), ("c", 0.0)]);
        assert_eq!(changes[3].now, None);
        assert_eq!(changes[4].before, None);
    }
}
