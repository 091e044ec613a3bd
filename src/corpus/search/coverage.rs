//! How many places of words are labeled.

/// How many places of words are labeled, of those where they stand as a whole and in the same case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Those with a label.
    pub labeled: u64,
    /// All of them.
    pub total: u64,
}

impl Coverage {
    /// The share of them that is labeled.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn share(self) -> f64 {
        self.labeled as f64 / self.total.max(1) as f64
    }
}

/// `14 of 17 places`
impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ending = if self.total == 1 { "" } else { "s" };
        write!(f, "{} of {} place{ending}", self.labeled, self.total)
    }
}
