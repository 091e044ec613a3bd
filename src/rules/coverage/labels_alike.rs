//! `labels-alike`

use std::collections::BTreeMap;

use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Two labels whose names are nearly the same.
pub struct LabelsAlike;

const META: Meta = Meta {
    name: "labels-alike",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "two names that differ in case or white space only or, from 5 letters on, in one letter by what seems a slip",
    why: "Two spellings of one label split its instances: the model learns two labels that mean the same, each from too few examples, and confuses them for good reason. The service compares names as they are spelled, so nothing else notices.",
    example: r#""entities": [{ "category": "Organization" }, { "category": "Organisation" }]"#,
    remedy: "Decide for one spelling, and change the other in the declarations and in all documents. If two different things are meant, names that differ more help the labelers too; `--ignore labels-alike` turns the rule off.",
    source: "Practice. One letter counts where it is spelled in two ways (`z` and `s`, a plural), where one name is not declared and the other is, or where one has fewer than 50 instances. Names that differ in a digit (`Level1`, `Level2`) are meant to be two. Among more than 1,000 names only case and white space are compared; the service takes 200.",
};

impl Rule for LabelsAlike {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.statistics.kinds.len() > 1 {
            return;
        }
        let mut folded: BTreeMap<Vec<char>, &str> = BTreeMap::new();
        let names = corpus.names();
        let few = names.len() <= MOST_COMPARED;
        for name in names {
            let letters = fold(name);
            let (other, how) = if let Some(other) = folded.get(&letters) {
                (*other, "case or white space")
            } else {
                let mut others = few.then(|| folded.iter()).into_iter().flatten();
                let other = others.find(|(other, known)| {
                    differ_in_one(other, &letters)
                        && (is_spelling(other, &letters) || is_slip(corpus, name, known))
                });
                let other = other.map(|(_, other)| *other);
                folded.insert(letters, name);
                let Some(other) = other else {
                    continue;
                };
                (other, "one letter")
            };
            let message = format!("{} and {} differ in {how} only", quote(name), quote(other));
            let help = "if they mean the same, keep one of them, in the documents too";
            sink.report(
                super::place_of_label(corpus, name),
                Message::new(message).help(help).of_label(name),
            );
        }
    }
}

/// Whether one of two names that differ in a letter is likely a slip: it is not declared while the
/// other is, or rare.
fn is_slip(corpus: &Corpus<'_>, a: &str, b: &str) -> bool {
    let is_declared = |name| corpus.declarations.contains_key(name);
    let uses = |name: &str| {
        corpus
            .statistics
            .labels
            .get(name)
            .map_or(0, |uses| uses.total())
    };
    let is_rare = uses(a).min(uses(b)) < corpus.settings.thresholds.rare_label;
    is_declared(a) != is_declared(b) || is_rare
}

/// Whether the letter in which two names differ is one that English spells in two ways (`z` and
/// `s`, `or` and `our`), or the `s` of a plural.
fn is_spelling(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let pairs = short.iter().zip(long);
    let same = pairs.take_while(|(one, other)| one == other).count();
    match (short.get(same), long.get(same)) {
        (Some(one), Some(other)) if short.len() == long.len() => {
            matches!((one, other), ('s', 'z') | ('z', 's'))
        }
        (one, Some('s')) => one.is_none(),
        (Some('r'), Some('u')) => same > 0 && short[same - 1] == 'o',
        _ => false,
    }
}

/// Whether two names differ in case or white space only, or in one letter of many.
pub(super) fn are_alike(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a == b || differ_in_one(&a, &b)
}

/// Among more names than this, those that differ in one letter are not searched for.
const MOST_COMPARED: usize = 1_000;

/// The shortest name, in letters, of which one letter is little.
const LONG: usize = 5;

/// The name without what case and white space tell.
fn fold(name: &str) -> Vec<char> {
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .concat()
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether one name becomes the other by one letter, no digit, that is changed, added or left
/// out.
fn differ_in_one(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < LONG || long.len() - short.len() > 1 {
        return false;
    }
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let head = short.iter().zip(long).take_while(same).count();
    let tails = short.iter().rev().zip(long.iter().rev());
    let tail = tails.take_while(same).count().min(short.len() - head);
    let other = |name: &[char]| name[head..name.len() - tail].to_vec();
    let (one, two) = (other(short), other(long));
    one.len() <= 1 && two.len() == 1 && !one.iter().chain(&two).any(|char| char.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    fn said(used: &[&str]) -> Vec<String> {
        let used: Vec<(&str, u64)> = used.iter().map(|name| (*name, 60)).collect();
        let said = findings(&LabelsAlike, None, &[], &used).into_iter();
        said.map(|(_, message)| message).collect()
    }

    #[test]
    fn what_is_alike() {
        let case = "`person` and `Person` differ in case or white space only";
        assert_eq!(said(&["Person", "person", "Place"]), [case]);
        let space = "`FirstName` and `First Name` differ in case or white space only";
        assert_eq!(said(&["First Name", "FirstName"]), [space]);
        let letter = "`Organization` and `Organisation` differ in one letter only";
        assert_eq!(said(&["Organisation", "Organization"]), [letter]);
        let added = "`Persons` and `Person` differ in one letter only";
        assert_eq!(said(&["Person", "Persons"]), [added]);
        let inserted = "`Favourite` and `Favorite` differ in one letter only";
        assert_eq!(said(&["Favorite", "Favourite"]), [inserted]);
    }

    #[test]
    fn two_names_that_both_were_meant_were_alike() {
        assert_eq!(said(&["Clause", "Cause", "Produce", "Product"]), [""; 0]);
        // One that is rare beside the other is a slip.
        let uses = [("Clause", 60), ("Clauze", 60), ("Cause", 6)];
        let said = findings(&LabelsAlike, None, &[], &uses);
        assert_eq!(said.len(), 2, "{said:?}");
        // So is one that nobody declared.
        let uses = [("Product", 60), ("Produce", 60)];
        let said = findings(&LabelsAlike, None, &["Product"], &uses);
        assert_eq!(said.len(), 1, "{said:?}");
    }

    #[test]
    fn what_is_not() {
        assert_eq!(said(&["Level1", "Level2", "Level"]), [""; 0]);
        assert_eq!(
            said(&["City", "Cite", "Date", "Rate"]),
            [""; 0],
            "short names"
        );
        assert_eq!(said(&["Street", "Strait"]), [""; 0]);
    }

    #[test]
    fn each_of_many_names_was_held_against_all_others() {
        // Without the cap these are a billion pairs, which take a minute.
        let names: Vec<String> = (0..50_000)
            .map(|number| format!("name {number} x"))
            .collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.push("Name 7 x");
        let case = "`name 7 x` and `Name 7 x` differ in case or white space only";
        assert_eq!(said(&names), [case]);
    }

    #[test]
    fn declared_and_used_names_count_together() {
        let said = findings(&LabelsAlike, None, &["Person"], &[("person", 60)]);
        assert_eq!(said.len(), 1);
    }
}
