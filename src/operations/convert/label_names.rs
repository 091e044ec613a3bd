//! Names of labels that the target spells otherwise, and what they are called when they come back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::formats::Writer;
use crate::model::Document;

/// By the name in the target the one in the source, of the labels that are spelled otherwise. Of two that
/// come to one name nobody could tell which it was.
pub(super) fn spelled_otherwise(
    labels: &[String],
    spelled: impl Fn(&str) -> Cow<'_, str>,
) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, Option<&String>> = BTreeMap::new();
    for label in labels {
        let name = spelled(label).into_owned();
        let only = all.get(&name).is_none_or(|other| *other == Some(label));
        all.insert(name, only.then_some(label));
    }
    let others = all
        .into_iter()
        .filter_map(|(name, label)| Some((name, label?.clone())));
    others.filter(|(name, label)| name != label).collect()
}

/// How many spans of a document have a name that the target spells otherwise, and that is not among those
/// that come back.
pub(super) fn lost(
    document: &Document<'_>,
    kept: &BTreeMap<String, String>,
    writer: &dyn Writer,
) -> u64 {
    let is_lost = |category: &str| {
        let kept = || kept.get(&*writer.label_name(category));
        writer.is_renamed(category) && kept().is_none_or(|label| label != category)
    };
    let spans = document.spans().iter();
    spans.filter(|label| is_lost(&label.category)).count() as u64
}

/// The document with the names that its labels had, if some have others.
pub(super) fn put_back<'d>(
    document: &Document<'d>,
    names: &BTreeMap<String, String>,
) -> Option<Document<'d>> {
    let is_other = |label: &str| names.contains_key(label);
    if names.is_empty() || !document.categories().any(|(label, _)| is_other(label)) {
        return None;
    }
    let mut back = document.clone();
    if let Some(spans) = &mut back.labels.spans {
        for label in &mut spans.labels {
            if let Some(name) = names.get(&*label.category) {
                label.category = name.clone().into();
            }
        }
    }
    Some(back)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_nobody_else_comes_to_come_back() {
        fn spelled(name: &str) -> Cow<'_, str> {
            Cow::Owned(name.replace([' ', '\t'], "_"))
        }
        let names = |labels: &[&str]| {
            let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
            spelled_otherwise(&labels, spelled)
        };
        let one = BTreeMap::from([("Full_Name".to_owned(), "Full Name".to_owned())]);
        assert_eq!(names(&["City", "Full Name"]), one);
        assert_eq!(names(&["Full Name", "Full Name"]), one);
        assert_eq!(names(&["Full Name", "Full_Name"]), BTreeMap::new());
        assert_eq!(names(&["Full_Name", "Full Name"]), BTreeMap::new());
        assert_eq!(
            names(&["Full Name", "Full\tName", "Full Name"]),
            BTreeMap::new()
        );
        assert_eq!(names(&["Full_Name"]), BTreeMap::new());
    }
}
