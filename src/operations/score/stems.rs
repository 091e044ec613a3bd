//! Names of documents, of which folders and the ending may be absent on one side.

/// A name without its ending: the id of a document in a job may have none.
fn bare(name: &str) -> &str {
    name.strip_suffix(".txt").unwrap_or(name)
}

/// The last segment of a name without its ending.
pub(super) fn stem(name: &str) -> &str {
    let bare = bare(name);
    bare.rsplit('/').next().unwrap_or(bare)
}

/// Whether two names are one, but for folders before one of them and the ending.
pub(super) fn fits(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let is_end = |long: &str, short: &str| {
        let rest = long.strip_suffix(short);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    is_end(one, other) || is_end(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_with_and_without_folders_and_endings() {
        assert!(fits("a/b/1.txt", "b/1.txt"));
        assert!(fits("1", "a/1.txt"));
        assert!(!fits("a/1.txt", "b/1.txt"));
        assert!(!fits("11.txt", "1.txt"));
        assert_eq!(stem("a/b.txt"), "b");
    }
}
