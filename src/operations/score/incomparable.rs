//! Why a comparison would mean nothing.

/// Why a comparison would mean nothing: sentences without an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomparable(pub Vec<String>);

impl Incomparable {
    pub(super) fn new(why: String) -> Self {
        Self(vec![why])
    }
}
