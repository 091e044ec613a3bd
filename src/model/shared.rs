//! A value that is the same everywhere, or not.

use serde::{Deserialize, Serialize};

/// Whether a value is the same wherever it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shared<T> {
    /// Not seen yet.
    #[default]
    None,
    /// The same everywhere.
    One(T),
    /// Not the same everywhere.
    Many,
}

impl<T: PartialEq> Shared<T> {
    /// Adds a value, which is made only where it is the first.
    pub fn add<Q: PartialEq<T>>(&mut self, value: Q, make: impl FnOnce(Q) -> T) {
        match self {
            Self::None => *self = Self::One(make(value)),
            Self::One(one) if value != *one => *self = Self::Many,
            _ => {}
        }
    }

    /// Adds what another part of the corpus has seen.
    pub fn merge(&mut self, other: Self) {
        let same = match (&*self, &other) {
            (_, Self::None) => return,
            (Self::None, _) => {
                *self = other;
                return;
            }
            (Self::One(a), Self::One(b)) => a == b,
            _ => false,
        };
        if !same {
            *self = Self::Many;
        }
    }

    /// The one value, if it is one.
    #[must_use]
    pub const fn one(&self) -> Option<&T> {
        match self {
            Self::One(value) => Some(value),
            _ => None,
        }
    }
}

/// Two strings that compare with a pair of owned ones.
#[derive(Clone, Copy, Debug)]
pub struct StrPair<'a>(pub &'a str, pub &'a str);

impl PartialEq<(String, String)> for StrPair<'_> {
    fn eq(&self, other: &(String, String)) -> bool {
        self.0 == other.0 && self.1 == other.1
    }
}
