//! Why a record is no label though it looks like one.

use serde::{Deserialize, Serialize};

/// Why a record is no label though it looks like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NotAccepted {
    /// Somebody said that it is wrong.
    Rejected,
    /// Somebody said that one span in it is wrong, and nothing of the rest of the text.
    RejectedSpan,
    /// Somebody passed it over.
    Ignored,
    /// There is `null` in its place.
    Null,
}
