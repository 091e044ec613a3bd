//! The span model: what every format is read into and written from.
//!
//! A corpus is a [`Project`] (what stands once) and its [`Document`]s (what stands once a
//! record). A document borrows from the bytes that it was read from.

mod absent;
mod address;
mod answer;
mod document;
pub mod fingerprints;
mod labeled;
mod labels;
pub mod path;
mod project;
mod shared;

pub use absent::Absent;
pub use address::Address;
pub use answer::NotAccepted;
pub use document::{
    At, Body, Confidence, Covered, Document, Extras, Foreign, Notation, Split, TokenPlace, Tokens,
    UnitChoice,
};
pub use labeled::{LabeledDocument, LabeledSpan};
pub use labels::{Class, Classes, Label, Labels, Region, Spans};
pub use project::{Declaration, HeaderMember, HeaderMembers, Kind, Project, Shape, Table};
pub use shared::{Shared, StrPair};
