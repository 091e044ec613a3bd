//! Paths as files of our own keep them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path as a file of our own keeps it, so that it names the same file when it is read again: a
/// string, and where it is no Unicode, what the system has in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Form", into = "Form")]
pub struct StoredPath(PathBuf);

/// How the path is spelled.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Text(String),
    Raw(OsString),
}

impl StoredPath {
    /// The path itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl From<PathBuf> for StoredPath {
    fn from(path: PathBuf) -> Self {
        Self(path)
    }
}

impl From<Form> for StoredPath {
    fn from(form: Form) -> Self {
        Self(match form {
            Form::Text(text) => text.into(),
            Form::Raw(raw) => raw.into(),
        })
    }
}

impl From<StoredPath> for Form {
    fn from(path: StoredPath) -> Self {
        match path.0.into_os_string().into_string() {
            Ok(text) => Self::Text(text),
            Err(raw) => Self::Raw(raw),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn a_path_that_is_not_utf_8_is_the_same_afterwards() {
        for (bytes, want) in [
            (&b"a/b.json"[..], "\"a/b.json\""),
            (b"a\xff", r#"{"Unix":[97,255]}"#),
        ] {
            let path = StoredPath(OsString::from_vec(bytes.to_vec()).into());
            let text = serde_json::to_string(&path).unwrap();
            assert_eq!(text, want);
            assert_eq!(serde_json::from_str::<StoredPath>(&text).unwrap(), path);
        }
    }
}
