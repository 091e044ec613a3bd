//! What stands once in two files: members of the project, and the labels that it declares.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::renames::Rename;
use crate::model::{Kind, Project};

/// A member of the project that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberChange {
    /// Its name in today's shape of a Language file.
    pub member: &'static str,
    /// As the first file has it.
    pub before: Option<String>,
    /// As the second file has it.
    pub after: Option<String>,
}

/// What differs in the declared labels, apart from renames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclaredChange {
    /// Only the second file declares them.
    pub added: Vec<String>,
    /// Only the first file declares them.
    pub removed: Vec<String>,
    /// Whether those that both declare stand in another order.
    pub reordered: bool,
}

impl DeclaredChange {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && !self.reordered
    }
}

/// The kinds, where they differ. Where the files are of two formats, one may not tell kinds apart that
/// label alike.
pub(super) fn kinds(
    before: Option<Kind>,
    after: Option<Kind>,
    same_format: bool,
) -> Vec<MemberChange> {
    let (Some(one), Some(other)) = (before, after) else {
        return Vec::new();
    };
    let is_told = same_format || one.has_spans() != other.has_spans();
    let change = (is_told && one != other).then(|| MemberChange {
        member: "projectKind",
        before: Some(one.name().to_owned()),
        after: Some(other.name().to_owned()),
    });
    change.into_iter().collect()
}

/// The members that differ. Where the files are of two formats, one may have no place for what the
/// other says: only what both say is compared.
pub(super) fn members(before: &Project, after: &Project, same_format: bool) -> Vec<MemberChange> {
    let texts = |project: &Project| {
        [
            ("projectFileVersion", project.version.clone()),
            ("projectName", project.name.clone()),
            ("storageInputContainerName", project.container.clone()),
            ("language", project.language.clone()),
            (
                "multilingual",
                project.multilingual.map(|it| it.to_string()),
            ),
            ("description", project.description.clone()),
            ("settings", project.settings.clone()),
        ]
    };
    let pairs = texts(before).into_iter().zip(texts(after));
    let changes = pairs.filter_map(|((member, before), (_, after))| {
        let is_held = same_format || (before.is_some() && after.is_some());
        (is_held && before != after).then_some(MemberChange {
            member,
            before,
            after,
        })
    });
    changes.collect()
}

/// What differs in the labels that the files declare, once labels have the names that they have in the
/// second file.
pub(super) fn declared(
    before: &[Arc<str>],
    after: &[Arc<str>],
    renamed: &[Rename],
) -> DeclaredChange {
    let renamed: BTreeMap<&str, &str> = renamed
        .iter()
        .map(|rename| (&*rename.from, &*rename.to))
        .collect();
    let now = |name| renamed.get(name).copied().unwrap_or(name);
    let before: Vec<&str> = unique(before.iter().map(|name| now(name)));
    let after: Vec<&str> = unique(after.iter().map(|name| &**name));
    let only = |these: &[&str], those: &[&str]| -> Vec<String> {
        let those: BTreeSet<&str> = those.iter().copied().collect();
        let only = these.iter().filter(|name| !those.contains(*name));
        only.map(|name| (*name).to_owned()).collect()
    };
    let (added, removed) = (only(&after, &before), only(&before, &after));
    let both = |these: &[&str], without: &[String]| -> Vec<String> {
        let without: BTreeSet<&str> = without.iter().map(String::as_str).collect();
        let both = these.iter().filter(|name| !without.contains(*name));
        both.map(|name| (*name).to_owned()).collect()
    };
    let reordered = both(&before, &removed) != both(&after, &added);
    DeclaredChange {
        added,
        removed,
        reordered,
    }
}

/// Each name once, in the order of the first ones.
fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<Arc<str>> {
        names.iter().map(|name| Arc::from(*name)).collect()
    }

    #[test]
    fn a_renamed_declaration_is_neither_added_nor_removed() {
        let rename = Rename {
            from: "Date".into(),
            to: "DateTime".into(),
            labels: 1,
            documents: 1,
        };
        let (before, after) = (
            names(&["City", "Date", "X"]),
            names(&["City", "DateTime", "Y"]),
        );
        let change = declared(&before, &after, &[rename]);
        let want = DeclaredChange {
            added: vec!["Y".into()],
            removed: vec!["X".into()],
            reordered: false,
        };
        assert_eq!(change, want);
        let turned = declared(&names(&["A", "B", "C"]), &names(&["B", "D", "A"]), &[]);
        assert!(turned.reordered);
        assert!(declared(&before, &before, &[]).is_empty());
    }

    #[test]
    fn what_one_format_cannot_say_is_no_difference() {
        let named = Project {
            name: Some("demo".into()),
            ..Project::default()
        };
        let empty = Project::default();
        assert_eq!(members(&empty, &named, false), []);
        let change = &members(&empty, &named, true)[0];
        assert_eq!(
            (change.member, change.after.as_deref()),
            ("projectName", Some("demo"))
        );
    }
}
