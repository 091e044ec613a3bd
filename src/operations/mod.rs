//! What the library can do with label files: one file or folder each.

mod check;
mod convert;
mod fix;
mod read;
#[cfg(feature = "cli")]
mod score;
#[cfg(feature = "files")]
mod shard;
#[cfg(feature = "files")]
mod unlisted;

pub use check::{check, format_of, looks};
pub use convert::{Conversion, FileTarget, Ledger, Metadata, Product, Target, convert};
pub use fix::{Fixed, Reason, Withheld, fix};
#[cfg(feature = "cli")]
pub(crate) use read::read_as;
pub use read::{Corpus, Documents, read};
#[cfg(feature = "cli")]
pub use score::{Missing, Predictions, Refusal, ScoreOptions, Scored, score, score_summary};
#[cfg(feature = "files")]
pub use shard::{merge, shard};
#[cfg(feature = "files")]
pub use unlisted::unlisted;
