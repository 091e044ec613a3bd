//! What rules may ask to be counted.

/// Something that is only counted, or looked at a second time, where a rule asks for it: it
/// costs time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// Which documents have the same text.
    SameTexts,
    /// Which documents of Test have nearly the text of one of Train.
    NearTexts,
    /// Under which labels the same words stand.
    Conflicts,
    /// Where words stand without a label that have one elsewhere.
    Unlabeled,
    /// Where words stand without a label that have one in the same document.
    UnlabeledHere,
    /// Which words seldom have a label.
    SeldomLabeled,
    /// What the instances of a label look like.
    Forms,
}

impl Ask {
    /// Whether it takes a search of all texts for words that are labeled.
    #[must_use]
    pub const fn searches(self) -> bool {
        matches!(
            self,
            Self::Unlabeled | Self::UnlabeledHere | Self::SeldomLabeled
        )
    }

    /// Whether it takes the words that labels stand on.
    #[must_use]
    pub const fn is_of_surfaces(self) -> bool {
        self.searches() || matches!(self, Self::Conflicts)
    }
}
