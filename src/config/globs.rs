//! Which label files an override is about, or are left out.

use std::path::{Component, Path};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns as in `.gitignore`: `*` and `?` stay within a name, `**` does not; one without a
/// slash is looked for at any depth; one that names a folder stands for all that is in it. Unlike
/// there, `../` at the beginning leads to files beside the folder.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    set: GlobSet,
    /// The patterns as they were written.
    patterns: Vec<String>,
}

/// Checks one pattern. The error says in words what is wrong with it.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    glob(pattern).map(|_| ())
}

fn glob(pattern: &str) -> Result<globset::Glob, String> {
    if let Some(rest) = pattern.strip_prefix('!') {
        return Err(format!(
            "a pattern cannot be turned round; leave `!` out, and `{rest}` is what it names"
        ));
    }
    let bare = pattern.trim_end_matches('/');
    let anchored = match bare.strip_prefix("./").or_else(|| bare.strip_prefix('/')) {
        Some(rest) => rest.to_owned(),
        None if bare.contains('/') => bare.to_owned(),
        None => format!("**/{bare}"),
    };
    if bare.is_empty() {
        return Err("the pattern is empty".to_owned());
    }
    let mut names = anchored.split('/').skip_while(|name| *name == "..");
    if names.any(|name| name == "..") {
        return Err("`..` can only be its beginning".to_owned());
    }
    let mut builder = GlobBuilder::new(&anchored);
    builder.literal_separator(true);
    let glob = builder.build();
    glob.map_err(|error| error.kind().to_string())
}

impl Globs {
    /// Puts patterns together.
    ///
    /// Fails with what is wrong with the first that is none.
    pub fn new(patterns: &[String]) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            set.add(glob(pattern)?);
        }
        let set = set.build().map_err(|error| error.kind().to_string())?;
        Ok(Self {
            set,
            patterns: patterns.to_vec(),
        })
    }

    /// The patterns as they were written.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Whether one of them matches the path or a folder on the way to it.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        path.ancestors()
            .filter(|path| !path.as_os_str().is_empty())
            .any(|path| self.set.is_match(path))
    }
}

/// The pattern of one file or folder, by its path from the folder of the configuration file on.
#[must_use]
pub fn exact(path: &Path) -> String {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(globset::escape(&name.to_string_lossy())),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    let names = names.collect::<Vec<_>>().join("/");
    if names.starts_with("..") {
        names
    } else {
        format!("/{names}")
    }
}

/// The pattern that matches from a folder on what this one matches from `root` on, which is the way
/// from the folder to another in it. `None` where that one lies elsewhere.
#[must_use]
pub fn rerooted(pattern: &str, root: &Path) -> Option<String> {
    let bare = pattern.trim_end_matches('/');
    let mut whole = Vec::new();
    for part in root.components() {
        match part {
            Component::Normal(name) => whole.push(globset::escape(&name.to_string_lossy())),
            Component::CurDir => {}
            _ => return None,
        }
    }
    if whole.is_empty() {
        return Some(pattern.to_owned());
    }
    let anchored = match bare.strip_prefix("./").or_else(|| bare.strip_prefix('/')) {
        Some(rest) => rest.to_owned(),
        None if bare.contains('/') => bare.to_owned(),
        None => format!("**/{bare}"),
    };
    // A step up undoes the folder before it, since a pattern can only begin with steps up.
    let mut rest = anchored.as_str();
    while let Some(after) = rest.strip_prefix("../") {
        match whole.last() {
            Some(last) if last != ".." => drop(whole.pop()),
            _ => whole.push("..".to_owned()),
        }
        rest = after;
    }
    whole.push(rest.to_owned());
    let whole = whole.join("/");
    Some(if whole.contains('/') {
        whole
    } else {
        format!("/{whole}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let globs = Globs::new(&[pattern.to_owned()]).unwrap();
        globs.matches(Path::new(path))
    }

    #[test]
    fn patterns_match_as_in_gitignore() {
        for (pattern, path, want) in [
            ("*.jsonl", "a.jsonl", true),
            ("*.jsonl", "x/y/a.jsonl", true),
            ("*.jsonl", "a.json", false),
            ("/*.jsonl", "x/a.jsonl", false),
            ("./a.json", "a.json", true),
            ("x/*.json", "x/a.json", true),
            ("x/*.json", "x/y/a.json", false),
            ("x/**/*.json", "x/y/z/a.json", true),
            ("x/**/*.json", "x/a.json", true),
            ("legacy", "x/legacy/y/a.json", true),
            ("legacy/", "legacy/a.json", true),
            ("x/legacy", "y/x/legacy/a.json", false),
            ("a?.json", "ab.json", true),
            ("{de,fr}.json", "x/fr.json", true),
            ("[!a].json", "b.json", true),
            ("**", "a.json", true),
            ("../x/*.json", "../x/a.json", true),
            ("../x", "../x/y/a.json", true),
            ("../x", "x/a.json", false),
            ("*.json", "../x/a.json", true),
            ("/*.json", "../a.json", false),
            ("**", "", false),
        ] {
            assert_eq!(matches(pattern, path), want, "{pattern} on {path}");
        }
    }

    #[test]
    fn patterns_of_another_folder() {
        for (pattern, root, want) in [
            ("exports/", "", "exports/"),
            ("exports/", "sub", "sub/**/exports"),
            ("/a.json", "sub", "sub/a.json"),
            ("x/*.json", "a/b", "a/b/x/*.json"),
            ("../x/*.json", "a/b", "a/x/*.json"),
            ("../a.json", "sub", "/a.json"),
            ("../../../x.json", "a", "../../x.json"),
            ("*.json", "a[1]", "a[[]1[]]/**/*.json"),
        ] {
            let found = rerooted(pattern, Path::new(root)).unwrap();
            assert_eq!(found, want, "{pattern} in {root}");
            check(&found).unwrap();
        }
        assert_eq!(rerooted("*.json", Path::new("..")), None);
        assert!(matches("sub/**/exports", "sub/x/exports/a.json"));
    }

    #[test]
    fn a_pattern_of_one_file() {
        for path in ["a.json", "x/a [1].json", "../x/a*.json", "{a}/b!.json"] {
            let pattern = exact(Path::new(path));
            assert!(matches(&pattern, path), "{pattern}");
        }
        assert!(!matches(&exact(Path::new("a.json")), "x/a.json"));
    }

    #[test]
    fn a_bad_pattern_says_why() {
        for (pattern, want) in [
            ("a[.json", "unclosed character class"),
            ("{a,b", "unclosed alternate"),
            ("!a.json", "cannot be turned round"),
            ("a/../b.json", "can only be its beginning"),
            ("../a/..", "can only be its beginning"),
            ("", "empty"),
            ("/", "empty"),
        ] {
            let said = check(pattern).unwrap_err();
            assert!(said.contains(want), "{pattern}: {said}");
        }
    }
}
