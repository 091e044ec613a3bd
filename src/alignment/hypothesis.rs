//! What the offsets of a document may count instead of what they should.

use crate::text::Unit;

/// A way of counting characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hypothesis {
    /// What one character is.
    pub unit: Unit,
    /// What is counted otherwise than it stands in the file.
    pub form: CountedForm,
}

/// The form of the text that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedForm {
    /// As it stands, a byte-order mark not counted.
    Plain,
    /// CR LF counts one: the file was read with universal newlines.
    LineEndsAsOne,
    /// A lone LF counts two: the file had CR LF when it was labeled.
    LineEndsAsTwo,
    /// A byte-order mark counts as a character.
    ByteOrderMark,
    /// Both.
    ByteOrderMarkAndLineEndsAsOne,
    /// Only blanks are counted between words, not line ends, tabs and other white space, nor
    /// the blanks that begin the text: the drift of Microsoft's pre-labels
    /// (azureml-automl-dnn-nlp 1.62, observed).
    BlanksOnly,
}

/// Every hypothesis, from the one that is believed first. Where two place all spans alike, the
/// former is named.
pub const HYPOTHESES: [Hypothesis; 20] = {
    use CountedForm::{
        BlanksOnly, ByteOrderMark as Mark, ByteOrderMarkAndLineEndsAsOne as MarkAndOne,
        LineEndsAsOne as One, LineEndsAsTwo as Two, Plain,
    };
    use Unit::{CodePoint, Grapheme, Utf8, Utf16};
    const fn of(unit: Unit, form: CountedForm) -> Hypothesis {
        Hypothesis { unit, form }
    }
    [
        of(Utf16, Plain),
        of(CodePoint, Plain),
        of(Utf8, Plain),
        of(Utf16, One),
        of(CodePoint, One),
        of(Utf16, Two),
        of(CodePoint, Two),
        of(Grapheme, Plain),
        of(Utf16, Mark),
        of(CodePoint, Mark),
        of(CodePoint, BlanksOnly),
        of(Utf8, One),
        of(Utf8, Two),
        of(Utf8, Mark),
        of(Grapheme, Mark),
        of(Utf16, MarkAndOne),
        of(CodePoint, MarkAndOne),
        of(Utf8, MarkAndOne),
        of(Grapheme, One),
        of(Grapheme, MarkAndOne),
    ]
};

impl Hypothesis {
    /// What was counted, as a noun phrase.
    #[must_use]
    pub fn words(self) -> String {
        let unit = self.unit.plural();
        match self.form {
            CountedForm::Plain => unit.to_owned(),
            CountedForm::LineEndsAsOne => format!("{unit} with CR LF counted as one"),
            CountedForm::LineEndsAsTwo => format!("{unit} with each LF counted as two, as CR LF"),
            CountedForm::ByteOrderMark => format!("{unit} with the byte-order mark counted"),
            CountedForm::ByteOrderMarkAndLineEndsAsOne => {
                format!("{unit} with the byte-order mark counted and CR LF counted as one")
            }
            CountedForm::BlanksOnly => {
                format!("{unit} with no white space counted but blanks (the drift of pre-labels)")
            }
        }
    }
}

/// A set of hypotheses: bit `n` stands for `HYPOTHESES[n]`.
pub type HypothesisSet = u32;

/// The hypotheses of a set, the one that is believed first coming first.
pub fn members(set: HypothesisSet) -> impl Iterator<Item = Hypothesis> {
    let all = HYPOTHESES.into_iter().enumerate();
    all.filter(move |(index, _)| set & (1 << index) != 0)
        .map(|(_, hypothesis)| hypothesis)
}
