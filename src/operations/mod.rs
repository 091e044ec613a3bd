//! What the library can do with label files: one file or folder each.

mod check;
mod conflicts;
mod convert;
mod diff;
mod edit;
mod fix;
#[cfg(feature = "cli")]
mod pack;
#[cfg(feature = "cli")]
mod plan;
mod read;
#[cfg(feature = "cli")]
mod score;
#[cfg(feature = "files")]
mod shard;
mod split;
mod stats;
mod sync;
mod unlisted;

pub use check::{check, format_of, looks, recognized};
pub use conflicts::conflicts;
pub use convert::{Conversion, FileTarget, Ledger, Metadata, Product, Target, convert};
#[cfg(feature = "files")]
pub use convert::{Shards, convert_shard};
pub use diff::diff;
pub use edit::{EditCounts, EditRefusal, Edited, Edits, edit, editing, is_editable};
pub use fix::{Fixed, Reason, Withheld, fix};
#[cfg(feature = "cli")]
pub use pack::pack;
#[cfg(feature = "cli")]
pub use plan::{Plan, PlannedShard, Shares, plan};
#[cfg(feature = "cli")]
pub(crate) use read::alike::{read_alike, read_beside};
pub use read::{Corpus, Documents, read};
#[cfg(feature = "cli")]
pub(crate) use read::{Member, read_as};
#[cfg(feature = "cli")]
pub use score::{Incomparable, Missing, Predictions, ScoreOptions, Scored, score, score_summary};
#[cfg(feature = "files")]
pub use shard::{Merged, Moved, Part, merge, shard};
pub use split::{Assigned, Division, GroupKey, Refusal, SplitRequest, split, write_datasets};
pub use stats::stats;
pub use sync::{Elsewhere, Sewn, Sync, sync};
pub use unlisted::unlisted;
