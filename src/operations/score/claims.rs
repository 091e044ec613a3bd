//! Which document of the predictions a gold document is.

use super::incomparable::Incomparable;
use super::predictions::{Predictions, fingerprint, likeness};
use super::stems::{fits, stem};
use crate::diagnostics::quote;
use crate::model::LabeledDocument;

impl Predictions {
    /// The document of a gold document's name, which claims it. `None` where there is none.
    ///
    /// Refuses where several may be meant, and where another gold document has claimed it.
    pub(super) fn claim(&mut self, name: &str) -> Result<Option<usize>, Incomparable> {
        let places = self.by_stem.get(stem(name));
        let near: Vec<usize> = places.into_iter().flatten().copied().collect();
        let exact: Vec<usize> = near
            .iter()
            .copied()
            .filter(|at| self.documents[*at].name == name)
            .collect();
        // What has the name of another gold document is that one's.
        let is_open = |other: &String| !self.gold_names.contains(other.as_str());
        let fitting = |at: &usize| {
            let other = &self.documents[*at].name;
            fits(name, other) && is_open(other)
        };
        let found = if exact.is_empty() {
            near.into_iter().filter(fitting).collect()
        } else {
            exact
        };
        let at = match found.as_slice() {
            [] => return Ok(None),
            [at] => *at,
            [one, other, ..] => {
                let (one, other) = (&self.documents[*one].name, &self.documents[*other].name);
                let why = if one == other {
                    format!("{} is predicted twice; keep one of the two", quote(one))
                } else {
                    format!(
                        "{} may be {} or {}; give the documents the same names on both sides",
                        quote(name),
                        quote(one),
                        quote(other)
                    )
                };
                return Err(Incomparable::new(why));
            }
        };
        let entry = &mut self.documents[at];
        if let Some(other) = &entry.claimed_by {
            if other == name {
                let name = quote(name);
                return Err(Incomparable::new(format!(
                    "{name} is twice in the first file; leave one of the two out"
                )));
            }
            return Err(Incomparable::new(format!(
                "{} and {} may both be {}; give the documents the same names on both sides",
                quote(other),
                quote(name),
                quote(&entry.name)
            )));
        }
        entry.claimed_by = Some(name.to_owned());
        Ok(Some(at))
    }

    /// The document with a gold document's text, which claims it: in formats whose documents have no
    /// names, texts are all there is. Of several that are free the first with the same labels, or else the
    /// first; [`Self::unclear`] says whether that was a guess.
    pub(super) fn claim_text(&mut self, document: &LabeledDocument) -> Option<usize> {
        let key = fingerprint(document.text.as_deref()?);
        let places = self.by_text.get(&key)?;
        let labels = likeness(document);
        let gold = self.gold_texts.entry(key).or_default();
        gold.push((document.name.clone(), labels));
        let free = || {
            let free = places.iter().copied();
            free.filter(|at| self.documents[*at].claimed_by.is_none())
        };
        let same = free().find(|at| self.documents[*at].likeness == labels);
        let at = same.or_else(|| free().next())?;
        self.documents[at].claimed_by = Some(document.name.clone());
        self.documents[at].is_by_text = true;
        Some(at)
    }

    /// The gold documents that were found by their texts while others could be meant, and other figures
    /// would come of it.
    pub(super) fn unclear(&self) -> Vec<&str> {
        let mut unclear = Vec::new();
        for (text, gold) in &self.gold_texts {
            let mut mine: Vec<u64> = gold.iter().map(|(_, labels)| *labels).collect();
            let places = self.by_text.get(text).into_iter().flatten();
            let entries = places.map(|at| &self.documents[*at]);
            let open = entries.filter(|it| it.claimed_by.is_none() || it.is_by_text);
            let mut theirs: Vec<u64> = open.map(|entry| entry.likeness).collect();
            mine.sort_unstable();
            theirs.sort_unstable();
            let is_one = |side: &[u64]| side.first() == side.last();
            let is_clear = mine == theirs
                || is_one(&mine) && (is_one(&theirs) || theirs.len() <= mine.len())
                || is_one(&theirs) && mine.len() <= theirs.len();
            if !is_clear {
                unclear.extend(gold.iter().map(|(name, _)| name.as_str()));
            }
        }
        unclear
    }

    /// The names of the documents that no gold document is, in their order.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = &str> {
        let unclaimed = self.documents.iter();
        let unclaimed = unclaimed.filter(|entry| entry.claimed_by.is_none());
        unclaimed.map(|entry| entry.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::service::{Predicted, PredictedDocument, ServiceFile};
    use crate::text::Unit;

    fn job(names: &[&str]) -> Predictions {
        let mut predictions = Predictions::default();
        let document = |name: &&str| PredictedDocument {
            name: (*name).to_owned(),
            ..Default::default()
        };
        let predicted = Predicted {
            documents: names.iter().map(document).collect(),
            ..Predicted::default()
        };
        let added = predictions.add_service("p", ServiceFile::Job, predicted, Unit::Grapheme);
        assert!(added.is_ok());
        predictions
    }

    #[test]
    fn a_document_is_claimed_once_and_only_where_it_is_clear() {
        let mut one = job(&["1", "x/2.txt", "y/2.txt"]);
        assert_eq!(one.claim("docs/1.txt").unwrap(), Some(0));
        assert!(one.claim("1.txt").is_err());
        assert!(one.claim("2.txt").is_err());
        assert_eq!(one.claim("x/2.txt").unwrap(), Some(1));
        assert_eq!(one.claim("3.txt").unwrap(), None);
        assert_eq!(one.unclaimed().collect::<Vec<_>>(), ["y/2.txt"]);
        assert!(job(&["1", "1"]).claim("1.txt").is_err());
    }

    #[test]
    fn the_end_of_a_name_claims_nothing_that_has_a_gold_document_of_its_name() {
        let mut one = job(&["x/1.txt"]);
        one.gold_names.insert("x/1.txt".into());
        assert_eq!(one.claim("1.txt").unwrap(), None);
        assert_eq!(one.claim("x/1.txt").unwrap(), Some(0));
        let twice = one.claim("x/1.txt").unwrap_err();
        assert_eq!(
            twice.0,
            ["`x/1.txt` is twice in the first file; leave one of the two out"]
        );
    }
}
