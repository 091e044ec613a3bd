//! Has the file the members and types of the contract?

mod bad_document_url;
mod kind_case;
mod kind_mismatch;
mod kind_unknown;
mod missing_member;
mod null_member;
mod string_index_type;
mod unknown_member;
mod wrong_type;

pub(super) use bad_document_url::BadDocumentUrl;
pub(super) use kind_case::KindCase;
pub(super) use kind_mismatch::KindMismatch;
pub(super) use kind_unknown::KindUnknown;
pub(super) use missing_member::MissingMember;
pub(super) use null_member::NullMember;
pub(super) use string_index_type::StringIndexType;
pub(super) use unknown_member::UnknownMember;
pub(super) use wrong_type::WrongType;
