//! Has the file the members and types of the contract?

mod bad_document_url;
mod class_as_array;
mod confidence_mismatch;
mod image_record;
mod kind_case;
mod kind_mismatch;
mod kind_unknown;
mod legacy_shape;
mod member_of_another_kind;
mod missing_member;
mod mixed_kinds;
mod null_member;
mod prediction_record;
mod string_index_type;
mod unknown_member;
mod unsupported_kind;
mod version_unknown;
mod wrong_type;

pub(super) use bad_document_url::BadDocumentUrl;
pub(super) use class_as_array::ClassAsArray;
pub(super) use confidence_mismatch::ConfidenceMismatch;
pub(super) use image_record::ImageRecord;
pub(super) use kind_case::KindCase;
pub(super) use kind_mismatch::KindMismatch;
pub(super) use kind_unknown::KindUnknown;
pub(super) use legacy_shape::LegacyShape;
pub(super) use member_of_another_kind::MemberOfAnotherKind;
pub(super) use missing_member::MissingMember;
pub(super) use mixed_kinds::MixedKinds;
pub(super) use null_member::NullMember;
pub(super) use prediction_record::PredictionRecord;
pub(super) use string_index_type::StringIndexType;
pub(super) use unknown_member::UnknownMember;
pub(super) use unsupported_kind::UnsupportedKind;
pub(super) use version_unknown::VersionUnknown;
pub(super) use wrong_type::WrongType;
