//! Why a comparison would mean nothing.

/// Why a comparison would mean nothing: sentences without an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Vec<String>);

impl Refusal {
    pub(super) fn new(why: String) -> Self {
        Self(vec![why])
    }
}
