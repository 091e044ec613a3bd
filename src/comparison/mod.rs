//! What two label files differ in, in labels and documents rather than in lines.
//!
//! Documents are one where their names are, labels where their places in the text
//! are. [`Comparing`] keeps a compact [`Entry`] of each document of the first file and the names of the
//! second one, and compares the documents of that as they come: no text is kept.

mod change;
mod classes;
mod comparing;
mod difference;
mod document;
mod entry;
mod listed;
mod merge;
mod names;
mod pairing;
mod project;
mod renames;
mod spans;
mod synced;

pub use change::{ChangeKind, DocumentChange, LabelChange, LabelPlace};
pub use comparing::{Comparing, Holds};
pub use difference::{Counts, Difference, NotCompared, Shift, Side};
pub use document::{Changes, Incomparable, compare};
pub use entry::{Entry, Mark};
pub use listed::Listed;
pub use merge::{Conflict, Prefer, merge_classes, merge_marks};
pub use names::{NameId, Names};
pub use pairing::{Match, Name, Roll, pair};
pub use project::{DeclaredChange, MemberChange};
pub use renames::{Rename, Uses, fold};
pub use spans::Pair;
pub use synced::{Clash, Refusal, Synced};
