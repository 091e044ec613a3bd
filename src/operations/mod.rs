//! What the library can do with label files: one file or folder each.

mod check;
mod convert;
mod fix;
mod shard;
mod unlisted;

pub use check::{check, is_label_file};
pub use convert::{Conversion, FileTarget, Ledger, Metadata, Product, Target, convert};
pub use fix::{Fixed, fix};
pub use shard::{merge, shard};
pub use unlisted::unlisted;
