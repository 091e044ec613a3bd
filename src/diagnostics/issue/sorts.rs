//! What sorts of issues there are: about the shape of a record, or such that a record is lost.

use super::Issue;

impl Issue {
    /// Whether it is about the members and types of a record, or about its JSON: what a schema
    /// would find as well.
    #[must_use]
    pub const fn is_of_shape(&self) -> bool {
        self.hides_record()
            || matches!(
                self,
                Self::MissingMember(_)
                    | Self::MisspelledMember { required: true, .. }
                    | Self::WrongType {
                        readable: false,
                        ..
                    }
                    | Self::MemberOfAnotherKind { .. }
                    | Self::DuplicateKey(_)
                    | Self::RepeatedColumn(_)
            )
    }

    /// Whether it says that brackets or strings may be open where they should not.
    #[must_use]
    pub const fn breaks_json(&self) -> bool {
        matches!(self, Self::InvalidJson(_) | Self::TruncatedFile)
    }

    /// Whether the record it stands in cannot be read as a document, so that a conversion of
    /// the file would lose it.
    #[must_use]
    pub const fn hides_record(&self) -> bool {
        matches!(
            self,
            Self::InvalidJson(_)
                | Self::TooLong { .. }
                | Self::TruncatedFile
                | Self::InvalidUtf8
                | Self::LoneSurrogate
                | Self::NestingTooDeep(_)
                | Self::NotALabelFile(_)
                | Self::UnsupportedKind(_)
                | Self::SeveralAnnotators { .. }
                | Self::ImageRecord(_)
                | Self::MixedKinds { .. }
                | Self::PredictionRecord(_)
        )
    }
}
