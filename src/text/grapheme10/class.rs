//! What characters are for the rules of Unicode 10.

/// What a character is for the rules: the property `Grapheme_Cluster_Break` of Unicode 10.0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Return,
    Newline,
    Control,
    Extend,
    SpacingMark,
    Prepend,
    /// `E_Base`
    Base,
    /// `E_Base_GAZ`
    BaseAfterJoiner,
    /// `E_Modifier`
    Modifier,
    /// `ZWJ`
    Joiner,
    /// `Glue_After_Zwj`
    Glue,
    /// `Regional_Indicator`
    Regional,
    /// `L`
    Leading,
    /// `V`
    Vowel,
    /// `T`
    Trailing,
    /// `LV`
    Open,
    /// `LVT`
    Closed,
    Other,
}

impl Class {
    pub(super) const fn is_base(self) -> bool {
        matches!(self, Self::Base | Self::BaseAfterJoiner)
    }
}
