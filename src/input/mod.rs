//! What is opened: label files as bytes, and the texts that they speak of.

mod claims;
mod content;
mod contents;
#[cfg(feature = "files")]
mod delivered;
mod entries;
mod excerpted;
mod files;
mod folder;
mod hash;
mod lines;
mod listed;
mod listing;
mod nearby;
#[cfg(feature = "files")]
mod new_texts;
#[cfg(feature = "files")]
mod pack;
#[cfg(feature = "files")]
mod plain_file;
mod read_error;
mod roots;
#[cfg(feature = "cli")]
mod sampled;
mod separators;
mod source;
mod spool;
#[cfg(feature = "files")]
mod stored_path;
mod texts;
mod tree;
mod unlisted;
#[cfg(feature = "files")]
mod walk;

pub use claims::{Claim, Contested};
pub use content::{Places, Reader};
pub use contents::Contents;
#[cfg(feature = "files")]
pub(crate) use delivered::delivered;
#[cfg(feature = "cli")]
pub use hash::sha256;
pub use hash::{ReadHash, hash};
pub use lines::LineCounter;
pub use listed::Listed;
pub use listing::Listing;
#[cfg(feature = "files")]
pub use new_texts::NewTexts;
#[cfg(feature = "files")]
pub use pack::{GatherError, LeftOut, PackWriter, Packed, gather};
#[cfg(feature = "files")]
pub use pack::{Pack, Packs};
#[cfg(feature = "files")]
pub(crate) use plain_file::ensure_file;
pub use read_error::{ReadError, is_of_the_file};
#[cfg(feature = "cli")]
pub use sampled::sampled_hash;
pub use separators::Separators;
pub use source::Source;
pub use spool::Spool;
#[cfg(feature = "files")]
pub use stored_path::StoredPath;
pub use texts::{Lookup, Texts};
pub use tree::FileTree;
pub use unlisted::{Unlisted, unlisted};
