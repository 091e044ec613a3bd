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

/// The form of the text that was counted, or what was done with the numbers.
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
    /// White space that begins the text is not counted: the text was trimmed.
    Trimmed,
    /// Each run of white space counts one, and that which begins the text nothing.
    Collapsed,
    /// The text in its composed form (NFC), while it is stored in another.
    Composed,
    /// The text in its decomposed form (NFD), while it is stored in another.
    Decomposed,
    /// So much was added to each number.
    Shifted(i8),
    /// The end is the place of the last character, not the one behind it.
    LastAsEnd,
    /// The end was written where a length belongs.
    EndAsLength,
    /// The length was written where an end belongs.
    LengthAsEnd,
}

impl CountedForm {
    /// Whether a byte-order mark counts.
    #[must_use]
    pub const fn counts_mark(self) -> bool {
        matches!(
            self,
            Self::ByteOrderMark | Self::ByteOrderMarkAndLineEndsAsOne
        )
    }

    /// Whether the numbers were changed, all in the same way, and not the text that was counted. Then
    /// a region, whose numbers come from elsewhere, is not concerned.
    #[must_use]
    pub const fn is_of_numbers(self) -> bool {
        matches!(
            self,
            Self::Shifted(_) | Self::LastAsEnd | Self::EndAsLength | Self::LengthAsEnd
        )
    }
}

/// How many hypotheses there are.
const COUNT: usize = 46;

/// Every hypothesis, from the one that is believed first. Where two place all spans alike, the
/// former is named: the simplest that a program would do.
pub const HYPOTHESES: [Hypothesis; COUNT] = {
    use CountedForm::{
        BlanksOnly, ByteOrderMark as Mark, ByteOrderMarkAndLineEndsAsOne as MarkAndOne, Collapsed,
        Composed, Decomposed, EndAsLength, LastAsEnd, LengthAsEnd, LineEndsAsOne as One,
        LineEndsAsTwo as Two, Plain, Shifted, Trimmed,
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
        of(Utf16, LastAsEnd),
        of(CodePoint, LastAsEnd),
        of(Utf16, EndAsLength),
        of(CodePoint, EndAsLength),
        of(Utf16, LengthAsEnd),
        of(CodePoint, LengthAsEnd),
        of(Utf16, Two),
        of(CodePoint, Two),
        of(Utf16, Mark),
        of(CodePoint, Mark),
        of(Utf16, Shifted(1)),
        of(CodePoint, Shifted(1)),
        of(Utf16, Shifted(-1)),
        of(CodePoint, Shifted(-1)),
        of(Utf16, Trimmed),
        of(CodePoint, Trimmed),
        of(Utf16, Composed),
        of(CodePoint, Composed),
        of(Utf16, Decomposed),
        of(CodePoint, Decomposed),
        of(Utf16, Collapsed),
        of(CodePoint, Collapsed),
        of(Grapheme, Plain),
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
        of(Utf16, Shifted(2)),
        of(CodePoint, Shifted(2)),
        of(Utf16, Shifted(-2)),
        of(CodePoint, Shifted(-2)),
        of(Utf16, Shifted(3)),
        of(CodePoint, Shifted(3)),
        of(Utf16, Shifted(-3)),
        of(CodePoint, Shifted(-3)),
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
            CountedForm::Trimmed => {
                format!("{unit} without the white space that begins the text")
            }
            CountedForm::Collapsed => {
                format!("{unit} with each run of white space counted as one blank")
            }
            CountedForm::Composed => format!("{unit} of the text in composed form (NFC)"),
            CountedForm::Decomposed => format!("{unit} of the text in decomposed form (NFD)"),
            CountedForm::Shifted(by) if by > 0 => format!("{unit}, each {by} too large"),
            CountedForm::Shifted(by) => format!("{unit}, each {} too small", by.unsigned_abs()),
            CountedForm::LastAsEnd => {
                format!("{unit} with the last character of a span as its end (inclusive ends)")
            }
            CountedForm::EndAsLength => format!("{unit} with ends in place of lengths"),
            CountedForm::LengthAsEnd => format!("{unit} with lengths in place of ends"),
        }
    }

    /// How much less likely than the simplest it is before anything is known of the labels, in
    /// hundredths of a nat: 0 or less. These are guesses, of the size of one label's evidence; they
    /// settle which of two is named that explain about as much.
    #[must_use]
    pub const fn prior(self) -> i64 {
        let unit = match self.unit {
            Unit::Utf16 | Unit::CodePoint => 0,
            Unit::Utf8 => -100,
            Unit::Grapheme | Unit::Grapheme10 => -500,
        };
        let form = match self.form {
            CountedForm::Plain | CountedForm::LineEndsAsOne => 0,
            CountedForm::LastAsEnd
            | CountedForm::EndAsLength
            | CountedForm::LengthAsEnd
            | CountedForm::ByteOrderMark => -100,
            CountedForm::Shifted(by) => -100 * by.unsigned_abs() as i64,
            CountedForm::LineEndsAsTwo
            | CountedForm::BlanksOnly
            | CountedForm::Trimmed
            | CountedForm::Composed
            | CountedForm::Decomposed => -200,
            CountedForm::Collapsed | CountedForm::ByteOrderMarkAndLineEndsAsOne => -300,
        };
        unit + form
    }
}

/// A set of hypotheses: bit `n` stands for `HYPOTHESES[n]`.
pub type HypothesisSet = u64;

const _: () = assert!(
    COUNT <= HypothesisSet::BITS as usize,
    "a set has a bit for each"
);

/// The hypotheses of a set, the one that is believed first coming first.
pub fn members(set: HypothesisSet) -> impl Iterator<Item = Hypothesis> {
    let all = HYPOTHESES.into_iter().enumerate();
    all.filter(move |(index, _)| set & (1 << index) != 0)
        .map(|(_, hypothesis)| hypothesis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_says_which_way_it_goes() {
        let words = |by| {
            let form = CountedForm::Shifted(by);
            let unit = Unit::CodePoint;
            Hypothesis { unit, form }.words()
        };
        assert_eq!(words(2), "code points, each 2 too large");
        assert_eq!(words(-3), "code points, each 3 too small");
    }

    #[test]
    fn no_two_are_called_alike() {
        let words: std::collections::BTreeSet<String> =
            HYPOTHESES.iter().map(|one| one.words()).collect();
        assert_eq!(words.len(), HYPOTHESES.len());
    }

    #[test]
    fn what_is_rarer_is_less_likely() {
        use CountedForm::{
            ByteOrderMarkAndLineEndsAsOne, Collapsed, EndAsLength, LineEndsAsOne, Plain, Shifted,
            Trimmed,
        };
        for (unit, form, want) in [
            (Unit::Utf16, Plain, 0),
            (Unit::CodePoint, LineEndsAsOne, 0),
            (Unit::Utf8, Plain, -100),
            (Unit::Utf16, EndAsLength, -100),
            (Unit::Utf16, Shifted(-3), -300),
            (Unit::Utf16, Shifted(2), -200),
            (Unit::Utf16, Trimmed, -200),
            (Unit::CodePoint, Collapsed, -300),
            (Unit::Grapheme, ByteOrderMarkAndLineEndsAsOne, -800),
        ] {
            assert_eq!(Hypothesis { unit, form }.prior(), want, "{unit:?} {form:?}");
        }
    }

    #[test]
    fn some_forms_are_of_the_numbers_and_not_of_the_text() {
        let of_numbers = HYPOTHESES.iter().filter(|one| one.form.is_of_numbers());
        let of_numbers: Vec<CountedForm> = of_numbers.map(|one| one.form).collect();
        // Each stands there for UTF-16 and for code points.
        assert_eq!(of_numbers.len(), 2 * 9);
        assert!(!of_numbers.contains(&CountedForm::Trimmed));
        for form in [
            CountedForm::Shifted(-3),
            CountedForm::LastAsEnd,
            CountedForm::EndAsLength,
            CountedForm::LengthAsEnd,
        ] {
            assert!(of_numbers.contains(&form), "{form:?}");
        }
    }

    #[test]
    fn a_set_has_the_hypotheses_of_its_bits() {
        let set = 1 | 1 << 27 | 1 << 45;
        let found: Vec<Hypothesis> = members(set).collect();
        assert_eq!(found, [HYPOTHESES[0], HYPOTHESES[27], HYPOTHESES[45]]);
    }
}
