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
    /// What the instances of a label look like.
    Forms,
}
