//! What the fuzz targets do with their bytes: a promise each, which holds for whatever bytes there
//! are. A promise that is broken is a panic. The targets in `fuzz/` and the tests call the same
//! functions, so nothing here knows of either.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a panic is how a body says that a promise is broken"
)]

mod case;
mod config;
mod document;
mod fix;
mod ledger;
mod location;
mod manifest;
mod merge;
mod naive;
mod quick;
mod read;
mod reports;
mod roundtrip;
mod textpack;

pub use case::{Case, source};
pub use config::config;
pub use document::document;
pub use fix::fix;
pub use ledger::{ledger, pack};
pub use location::location;
pub use manifest::manifest;
pub use merge::{merge, partials};
pub use naive::{naive, naive_edges};
pub use quick::quick;
pub use read::read;
pub use roundtrip::roundtrip;
pub use textpack::textpack;
