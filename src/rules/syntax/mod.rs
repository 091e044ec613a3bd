//! Can the file be read at all?

mod blank_line;
mod byte_order_mark;
mod duplicate_key;
mod invalid_json;
mod invalid_utf8;
mod lone_surrogate;
mod nesting_too_deep;
mod not_a_label_file;
mod truncated_file;

pub(super) use blank_line::BlankLine;
pub(super) use byte_order_mark::ByteOrderMark;
pub(super) use duplicate_key::DuplicateKey;
pub(super) use invalid_json::InvalidJson;
pub(super) use invalid_utf8::InvalidUtf8;
pub(super) use lone_surrogate::LoneSurrogate;
pub(super) use nesting_too_deep::NestingTooDeep;
pub(super) use not_a_label_file::NotALabelFile;
pub(super) use truncated_file::TruncatedFile;
