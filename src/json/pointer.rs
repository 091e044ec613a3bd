//! JSON Pointers (RFC 6901).

use std::fmt::{self, Write};

/// A path to one value of a JSON document, such as `/assets/documents/0/location`.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// The pointer to a member of the object that this one points to.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        let mut path = self.0.clone();
        path.push('/');
        for char in name.chars() {
            match char {
                '~' => path.push_str("~0"),
                '/' => path.push_str("~1"),
                other => path.push(other),
            }
        }
        Self(path)
    }

    /// The pointer to an item, counted from 0, of the array that this one points to.
    #[must_use]
    pub fn item(&self, index: impl fmt::Display) -> Self {
        let mut path = self.0.clone();
        // Writing to a String cannot fail.
        let _ = write!(path, "/{index}");
        Self(path)
    }

    /// This pointer with `rest` walked from where it points.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The text form: empty, or tokens that each follow a slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a pointer, which nobody has proved of one that was read from a file.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.0.is_empty() || self.0.starts_with('/')
    }

    /// The tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }
}

impl Pointer {
    /// The pointer to the container; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// The pointer to the first value on the way whose token is such a one, and the token as it is
    /// spelled here.
    #[must_use]
    pub fn up_to(&self, is_such: impl Fn(&str) -> bool) -> Option<(Self, &str)> {
        let mut end = 0;
        for token in self.0.split('/').skip(1) {
            end += 1 + token.len();
            if is_such(token) {
                return Some((Self(self.0[..end].to_owned()), token));
            }
        }
        None
    }

    /// The last token, unescaped: the name of the member, or the index of the item. Empty for
    /// the root.
    #[must_use]
    pub fn last(&self) -> String {
        self.tokens().last().unwrap_or_default()
    }
}

impl From<String> for Pointer {
    /// Takes the text form as it is.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_unescapes() {
        let pointer = Pointer::root().key("a/b~c").item(3);
        assert_eq!(pointer.as_str(), "/a~1b~0c/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b~c", "3"]);
        assert_eq!(Pointer::root().tokens().count(), 0);
        let up_to = |token| pointer.up_to(|other| other == token);
        assert_eq!(up_to("3"), Some((pointer.clone(), "3")));
        assert_eq!(up_to("a~1b~0c").map(|found| found.0), pointer.parent());
        assert_eq!(up_to(""), None);
    }
}
