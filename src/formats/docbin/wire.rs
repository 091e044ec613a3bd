//! The file as it stands: what is told of a token, and the version of all that.

/// The version of the form.
pub(super) const VERSION: &str = "0.1";

/// What is told of a token: its text, where it stands in an entity, and the entity's label.
pub(super) const ATTRIBUTES: [u8; 3] = [65, 77, 78];
