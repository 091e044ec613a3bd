//! The counts of a difference, and what it comes to.

use crate::comparison::{ChangeKind, Difference, Shift};
use crate::diagnostics::count;

/// What several differences come to, on one line: `in sync: 20 documents, 240 labels`, or
/// `differ: 3 labels added, 1 document removed`.
#[must_use]
pub fn verdict(differences: &[Difference]) -> String {
    if differences.iter().all(Difference::is_empty) {
        let sum = |of: fn(&Difference) -> u64| differences.iter().map(of).sum();
        let documents = count(sum(|it| it.sides[1].documents), "document");
        let labels = count(sum(|it| it.sides[1].labels), "label");
        return format!("in sync: {documents}, {labels}");
    }
    let facts = facts(differences);
    let word = if differences.iter().all(is_same_as_far_as_known) {
        "not compared"
    } else {
        "differ"
    };
    format!("{word}: {}", facts.join(", "))
}

/// Whether nothing differs in what could be compared.
fn is_same_as_far_as_known(difference: &Difference) -> bool {
    let mut known = difference.clone();
    known.not_compared.clear();
    known.sides.iter_mut().for_each(|side| side.unread = 0);
    known.is_empty()
}

/// What differs, counted: what is nothing is left out.
pub(super) fn facts(differences: &[Difference]) -> Vec<String> {
    let sum = |of: &dyn Fn(&Difference) -> u64| differences.iter().map(of).sum::<u64>();
    let mut facts = Vec::new();
    let mut add = |number: u64, noun: &str, what: &str| {
        if number > 0 {
            facts.push(format!("{} {what}", count(number, noun)));
        }
    };
    add(sum(&|it| u64::from(it.absent == Some(0))), "file", "added");
    add(
        sum(&|it| u64::from(it.absent == Some(1))),
        "file",
        "removed",
    );
    let renamed = sum(&|it| it.renamed.len() as u64);
    add(renamed, "label name", "changed");
    for kind in ChangeKind::ALL {
        let what = match kind {
            ChangeKind::Boundary => "with other boundaries",
            other => other.name(),
        };
        add(sum(&|it| it.count(kind)), "label", what);
    }
    add(sum(&|it| it.added.len() as u64), "document", "added");
    add(sum(&|it| it.removed.len() as u64), "document", "removed");
    let changed = |what: fn(&crate::comparison::DocumentChange) -> bool| {
        move |it: &Difference| it.changed.iter().filter(|it| what(it)).count() as u64
    };
    let texts = sum(&changed(|it| it.has_other_text));
    add(texts, "document", "with another text");
    let regions = sum(&changed(|it| it.regions.is_some()));
    add(regions, "document", "with other regions");
    for (member, what) in [
        ("dataset", "in another set"),
        ("language", "in another language"),
        ("labeled", "labeled or unlabeled now"),
    ] {
        let documents = |shift: &&Shift| shift.member == member;
        let number = sum(&|it| {
            let shifts = it.shifts.iter().filter(documents);
            shifts.map(|shift| shift.documents.len() as u64).sum()
        });
        add(number, "document", what);
    }
    add(
        sum(&|it| it.members.len() as u64),
        "project member",
        "changed",
    );
    let declared = |of: fn(&Difference) -> usize| sum(&|it| of(it) as u64);
    let added = declared(|it| it.declared.added.len());
    add(added, "declaration", "added");
    let removed = declared(|it| it.declared.removed.len());
    add(removed, "declaration", "removed");
    let reordered = declared(|it| usize::from(it.declared.reordered));
    add(reordered, "list", "of declared labels in another order");
    let not_compared = sum(&|it| it.not_compared.len() as u64);
    add(not_compared, "document", "that cannot be compared");
    let unread = sum(&|it| it.sides.iter().map(|side| side.unread).sum());
    add(unread, "record", "that cannot be read");
    facts
}
