//! What is opened: label files as bytes, and the texts that they speak of.

mod content;
mod contents;
mod folder;
mod hash;
mod lines;
mod listed;
mod listing;
#[cfg(feature = "files")]
mod nearby;
#[cfg(feature = "files")]
mod new_texts;
mod read_error;
mod separators;
mod source;
mod spool;
#[cfg(feature = "files")]
mod stored_path;
mod texts;
#[cfg(feature = "files")]
mod unlisted;
#[cfg(feature = "files")]
mod walk;

pub use content::{Places, Reader};
pub use contents::Contents;
#[cfg(feature = "cli")]
pub use hash::sha256;
pub use hash::{ReadHash, hash};
pub use lines::LineCounter;
pub use listed::Listed;
pub use listing::Listing;
#[cfg(feature = "files")]
pub use new_texts::NewTexts;
pub use read_error::{ReadError, is_of_the_file};
pub use separators::Separators;
pub use source::Source;
pub use spool::Spool;
#[cfg(feature = "files")]
pub use stored_path::StoredPath;
pub use texts::{Claim, Contested, Lookup, Texts};
#[cfg(feature = "files")]
pub use unlisted::{Unlisted, unlisted};
