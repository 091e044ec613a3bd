//! Which label files an override is about, or are left out.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::braces::without_alternatives;

/// Patterns as in `.gitignore`: `*` and `?` stay within a name, `**` does not; one without a
/// slash is looked for at any depth; one that names a folder stands for all that is in it, and one
/// that ends in a slash for folders only. Unlike there, `../` at the beginning leads to files beside
/// the folder.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    levels: Vec<Level>,
    /// The patterns as they were written.
    patterns: Vec<String>,
}

/// Patterns that are about the same folder.
#[derive(Clone, Debug)]
struct Level {
    about: About,
    globs: Gitignore,
}

/// What a pattern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct About {
    /// How many folders above its own the pattern begins.
    up: usize,
    /// Whether it is looked for at any depth, and so outside of its folder too.
    is_anywhere: bool,
}

/// Checks one pattern. The error says in words what is wrong with it.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    Globs::new(&[pattern.to_owned()]).map(|_| ())
}

/// Takes a pattern apart: what it is about, and the line of a `.gitignore` there that says the same.
fn cut(pattern: &str) -> Result<(About, String), String> {
    if let Some(rest) = pattern.strip_prefix('!') {
        return Err(format!(
            "a pattern cannot be turned round; leave `!` out, and `{rest}` is what it names"
        ));
    }
    let whole = unpadded(pattern);
    let rooted = whole.strip_prefix("./").or_else(|| whole.strip_prefix('/'));
    let mut rest = rooted.unwrap_or(whole);
    let mut up = 0;
    while let Some(after) = rest.strip_prefix("..") {
        if !after.is_empty() && !after.starts_with('/') {
            break;
        }
        up += 1;
        rest = after.trim_start_matches('/');
    }
    let mut bare = rest.trim_end_matches('/');
    if bare.split('/').any(|name| name == "..") {
        return Err("`..` can only be its beginning".to_owned());
    }
    let end = if bare.len() < rest.len() { "/" } else { "" };
    if bare.is_empty() {
        if up == 0 {
            return Err("the pattern is empty".to_owned());
        }
        bare = "**";
    }
    let is_deep = !bare.contains('/') || bare.starts_with("**/");
    let is_anywhere = is_deep && up == 0 && rooted.is_none();
    let start = if is_anywhere && bare.starts_with('#') {
        // Such a line of a `.gitignore` is a comment, and here there are none.
        "\\"
    } else if is_anywhere {
        ""
    } else {
        "/"
    };
    let line = format!("{start}{bare}{end}");
    Ok((About { up, is_anywhere }, line))
}

/// A pattern without the blanks at its end; `\ ` is none of them.
fn unpadded(pattern: &str) -> &str {
    let bare = pattern.trim_end_matches(' ');
    let escapes = bare.len() - bare.trim_end_matches('\\').len();
    let kept = usize::from(bare.len() < pattern.len() && escapes % 2 == 1);
    &pattern[..bare.len() + kept]
}

impl Globs {
    /// Puts patterns together.
    ///
    /// Fails with what is wrong with the first that is none.
    pub fn new(patterns: &[String]) -> Result<Self, String> {
        let mut builders: Vec<(About, GitignoreBuilder)> = Vec::new();
        for pattern in patterns {
            let (about, line) = cut(pattern)?;
            let place = builders.iter().position(|(known, _)| *known == about);
            let place = place.unwrap_or_else(|| {
                let mut builder = GitignoreBuilder::new("");
                builder.allow_unclosed_class(false);
                builders.push((about, builder));
                builders.len() - 1
            });
            let added = builders[place]
                .1
                .add_line(None, &without_alternatives(&line));
            added.map_err(why)?;
        }
        let levels = builders.into_iter().map(|(about, builder)| {
            let globs = builder.build().map_err(why)?;
            Ok(Level { about, globs })
        });
        Ok(Self {
            levels: levels.collect::<Result<_, String>>()?,
            patterns: patterns.to_vec(),
        })
    }

    /// The patterns as they were written.
    #[must_use]
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Whether one of them matches a file or a folder on the way to it. `path` is the way from the folder
    /// of the patterns, whose place in the file system is `root`; an empty root is an unknown one.
    #[must_use]
    pub fn matches(&self, root: &Path, path: &Path) -> bool {
        self.levels.iter().any(|level| {
            let Some(path) = level.about.way(root, path) else {
                return false;
            };
            let on_the_way = path.ancestors().filter(|path| !path.as_os_str().is_empty());
            let mut on_the_way = on_the_way.enumerate();
            on_the_way.any(|(above, path)| level.globs.matched(path, above > 0).is_ignore())
        })
    }
}

impl About {
    /// The way to a file from the folder that patterns are about. `None` where they say nothing of it.
    fn way(self, root: &Path, path: &Path) -> Option<PathBuf> {
        let is_up = |part: &Component<'_>| *part == Component::ParentDir;
        let climbed = path.components().take_while(is_up).count();
        let names = path.components().skip(climbed);
        let names = names.filter(|part| matches!(part, Component::Normal(_)));
        if path.is_absolute() || climbed > self.up {
            return self.is_anywhere.then(|| names.collect());
        }
        // A path that climbs less than the pattern goes through folders above the root.
        let above = root
            .components()
            .rev()
            .take(self.up)
            .filter(|part| matches!(part, Component::Normal(_)));
        let above: Vec<_> = above.collect();
        if climbed < self.up && above.len() < self.up {
            return None;
        }
        let between = above.into_iter().skip(climbed).rev();
        Some(between.chain(names).collect())
    }
}

fn why(error: ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err,
        other => other.to_string(),
    }
}

/// A name as a pattern for nothing else.
fn literal(name: &str) -> String {
    let mut pattern = String::with_capacity(name.len());
    for sign in name.chars() {
        if matches!(sign, '?' | '*' | '[' | ']' | '{' | '}' | '\\') {
            pattern.extend(['[', sign, ']']);
        } else {
            pattern.push(sign);
        }
    }
    // A blank at the end of a pattern does not count.
    if pattern.ends_with(' ') {
        pattern.truncate(pattern.len() - 1);
        pattern.push_str("[ ]");
    }
    pattern
}

/// The pattern of one file or folder, by its path from the folder of the configuration file on.
#[must_use]
pub fn exact(path: &Path) -> String {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(literal(&name.to_string_lossy())),
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
    let mut whole = Vec::new();
    for part in root.components() {
        match part {
            Component::Normal(name) => whole.push(literal(&name.to_string_lossy())),
            Component::CurDir => {}
            _ => return None,
        }
    }
    if whole.is_empty() {
        return Some(pattern.to_owned());
    }
    let (about, line) = cut(pattern).ok()?;
    // A step up undoes the folder before it, since a pattern can only begin with steps up.
    for _ in 0..about.up {
        match whole.last() {
            Some(last) if last != ".." => drop(whole.pop()),
            _ => whole.push("..".to_owned()),
        }
    }
    let rest = line.strip_prefix('/').unwrap_or(&line);
    if about.is_anywhere && !rest.starts_with("**/") {
        whole.push("**".to_owned());
    }
    whole.push(rest.to_owned());
    let whole = whole.join("/");
    Some(if whole.trim_end_matches('/').contains('/') {
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
        globs.matches(Path::new(""), Path::new(path))
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
            ("legacy/", "legacy", false),
            ("*/", "a.json", false),
            ("*/", "x/a.json", true),
            ("/*/", "a.json", false),
            ("**/", "a.json", false),
            ("**/", "x/a.json", true),
            ("x/*/", "x/a.json", false),
            ("{de,fr}.json", "x/fr.json", false),
            ("{de,fr}.json", "x/{de,fr}.json", true),
            ("[{]a.json", "{a.json", true),
            ("a.json  ", "a.json", true),
            ("a\\ ", "a ", true),
            ("a\\ ", "a", false),
            ("#a.json", "#a.json", true),
            ("[!a].json", "b.json", true),
            ("**", "a.json", true),
            ("../x/*.json", "../x/a.json", true),
            ("../x", "../x/y/a.json", true),
            ("../x", "x/a.json", false),
            ("*.json", "../x/a.json", true),
            ("/*.json", "../a.json", false),
            ("*/a.json", "../a.json", false),
            ("*/", "../a.json", false),
            ("../*.json", "../../a.json", false),
            ("..", "../x/a.json", true),
            ("..", "../../x/a.json", false),
            ("**", "", false),
        ] {
            assert_eq!(matches(pattern, path), want, "{pattern} on {path}");
        }
    }

    #[test]
    fn patterns_of_another_folder() {
        for (pattern, root, want) in [
            ("exports/", "", "exports/"),
            ("exports/", "sub", "sub/**/exports/"),
            ("**/a.json", "sub", "sub/**/a.json"),
            ("../x/", "sub", "/x/"),
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
        assert!(matches("sub/**/exports/", "sub/x/exports/a.json"));
    }

    #[test]
    fn a_pattern_that_climbs_out_of_its_folder_and_back_matches_what_is_in_it() {
        let matches = |pattern: &str, path: &str| {
            let globs = Globs::new(&[pattern.to_owned()]).unwrap();
            globs.matches(Path::new("/s/t"), Path::new(path))
        };
        assert!(matches("../t/l.json", "l.json"));
        assert!(matches("../../s/t/", "x/l.json"));
        assert!(matches("../../s/*.json", "../l.json"));
        assert!(!matches("../u/l.json", "l.json"));
        assert!(!matches("../../../q/t/l.json", "l.json"));
    }

    #[test]
    fn a_pattern_of_one_file() {
        for path in [
            "a.json",
            "x/a [1].json",
            "../x/a*.json",
            "{a}/b!.json",
            "a\\b",
            "a ",
            "#a",
        ] {
            let pattern = exact(Path::new(path));
            assert!(matches(&pattern, path), "{pattern}");
        }
        assert!(!matches(&exact(Path::new("a.json")), "x/a.json"));
    }

    #[test]
    fn a_bad_pattern_says_why() {
        for (pattern, want) in [
            ("a[.json", "unclosed character class"),
            ("!a.json", "cannot be turned round"),
            ("a/../b.json", "can only be its beginning"),
            ("../a/..", "can only be its beginning"),
            ("", "empty"),
            ("/", "empty"),
            ("  ", "empty"),
        ] {
            let said = check(pattern).unwrap_err();
            assert!(said.contains(want), "{pattern}: {said}");
        }
    }
}
