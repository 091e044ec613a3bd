//! Where label files are, as the programs of others name it.
//!
//! A path is given as the user typed it. Those who show findings beside a file know it by its path
//! in a repository: so a path inside the current folder is told from there, without `.` and `..`.
//! A path that leads elsewhere is told in full. `..` is taken back by name; links are not followed.

use std::path::{Component, Path, Prefix};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostics::Diagnostic;
use crate::pipeline::Outcome;

/// A path without `.` and `..`.
enum Place {
    /// The names from the current folder on.
    Inside(Vec<String>),
    /// The names from the root on; on Windows the first is that of the drive.
    Outside(Vec<String>),
}

impl Place {
    fn of(path: &str, folder: Option<&Path>) -> Self {
        let path = Path::new(path);
        let own = names(path);
        let root = folder.and_then(|folder| names(folder).ok());
        match (own, root) {
            (Ok(own), Some(root)) if is_full(path) => match own.strip_prefix(&*root) {
                Some(inside) => Self::Inside(inside.to_vec()),
                None => Self::Outside(own),
            },
            (Ok(own), _) if is_full(path) => Self::Outside(own),
            (Ok(own), _) => Self::Inside(own),
            (Err(up), Some(mut root)) => {
                root.truncate(root.len().saturating_sub(up.steps));
                match names(folder.unwrap_or(path)) {
                    // It may come back to where it started.
                    Ok(here) => {
                        root.extend(up.rest);
                        match root.strip_prefix(&*here) {
                            Some(inside) => Self::Inside(inside.to_vec()),
                            None => Self::Outside(root),
                        }
                    }
                    Err(_) => Self::Outside(root),
                }
            }
            (Err(up), None) => Self::Outside(up.rest),
        }
    }
}

/// A path that leads out of the folder that it starts in.
struct Up {
    /// How many folders up.
    steps: usize,
    /// The names from there on.
    rest: Vec<String>,
}

fn is_full(path: &Path) -> bool {
    path.has_root()
}

/// The names of a path, from the root or from the folder that it starts in.
fn names(path: &Path) -> Result<Vec<String>, Up> {
    let mut names = Vec::new();
    let mut steps = 0;
    for part in path.components() {
        match part {
            Component::Prefix(prefix) => names.push(drive(prefix.kind())),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir => {
                // Nothing is above the root.
                if names.pop().is_none() && !is_full(path) {
                    steps += 1;
                }
            }
            Component::Normal(name) => names.push(told(name.as_ref())),
        }
    }
    if steps > 0 {
        return Err(Up { steps, rest: names });
    }
    Ok(names)
}

/// How a path of Windows begins, without the sign that keeps the system from reading it (`\\?\`): `C:`, or
/// `//server/share`.
fn drive(prefix: Prefix<'_>) -> String {
    match prefix {
        Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => format!("{}:", char::from(letter)),
        Prefix::UNC(server, share) | Prefix::VerbatimUNC(server, share) => {
            format!("//{}/{}", told(server.as_ref()), told(share.as_ref()))
        }
        Prefix::Verbatim(name) | Prefix::DeviceNS(name) => told(name.as_ref()),
    }
}

fn told(name: &Path) -> String {
    name.to_string_lossy().replace('\\', "/")
}

/// A path with `/` between its names: from the current folder on where it is inside, else in full.
pub(super) fn relative(path: &str, folder: Option<&Path>) -> String {
    match Place::of(path, folder) {
        Place::Inside(names) => names.join("/"),
        Place::Outside(names) if cfg!(windows) => names.join("/"),
        Place::Outside(names) => format!("/{}", names.join("/")),
    }
}

/// The same as a URI: relative where it is inside the current folder, else `file:///` and the path
/// in full.
pub(super) fn uri(path: &str, folder: Option<&Path>) -> String {
    /// What stands for itself in a URI, wherever it is.
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    let encoded = |names: &[String]| {
        let names = names.iter();
        let names = names.map(|name| utf8_percent_encode(name, RESERVED).to_string());
        names.collect::<Vec<_>>().join("/")
    };
    match Place::of(path, folder) {
        Place::Inside(names) => encoded(&names),
        Place::Outside(names) => match names.split_first() {
            Some((drive, names)) if cfg!(windows) => {
                let root = if drive.starts_with("//") { "" } else { "///" };
                format!("file:{root}{drive}/{}", encoded(names))
            }
            _ => format!("file:///{}", encoded(&names)),
        },
    }
}

/// `labels.json:40:13`, or the path alone where a finding belongs to no place in it. The path is as it
/// was given.
pub(super) fn spot(outcome: &Outcome, found: &Diagnostic) -> String {
    let path = outcome.file_of(found).0;
    match found.position {
        Some((line, column)) => format!("{path}:{line}:{column}"),
        None => path.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_current_folder() {
        for (path, want, want_uri) in [
            ("a.json", "a.json", "a.json"),
            ("./b/../a.json", "a.json", "a.json"),
            ("b//c/a.json", "b/c/a.json", "b/c/a.json"),
            ("/work/here/b/a.json", "b/a.json", "b/a.json"),
            ("../here/a.json", "a.json", "a.json"),
            ("../a.json", "/work/a.json", "file:///work/a.json"),
            ("b/../../../../a.json", "/a.json", "file:///a.json"),
            ("/tmp/../x/a.json", "/x/a.json", "file:///x/a.json"),
            (
                "/work/hereafter/a",
                "/work/hereafter/a",
                "file:///work/hereafter/a",
            ),
            (
                "a b/ü#?%:.json",
                "a b/ü#?%:.json",
                "a%20b/%C3%BC%23%3F%25%3A.json",
            ),
            ("-", "-", "-"),
        ] {
            let folder = Some(Path::new("/work/here"));
            assert_eq!(relative(path, folder), want, "{path}");
            assert_eq!(uri(path, folder), want_uri, "{path}");
        }
        let disk = (Prefix::Disk(b'C'), Prefix::VerbatimDisk(b'C'));
        assert_eq!((drive(disk.0), drive(disk.1)), ("C:".into(), "C:".into()));
        let share = Prefix::VerbatimUNC("host".as_ref(), "labels".as_ref());
        assert_eq!(drive(share), "//host/labels");
        assert_eq!(relative("/a/b", None), "/a/b");
        assert_eq!(relative("a/b", None), "a/b");
    }
}
