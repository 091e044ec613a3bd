//! labelwright reads label files, proves them against the texts they speak of, and writes
//! them again, in the same format or another.
//!
//! The program is one client of this crate. A check in a few lines:
//!
//! ```
//! use std::path::Path;
//!
//! use labelwright::pipeline::{self, Options};
//! use labelwright::input::Source;
//! use labelwright::input::Texts;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let source = Source::open(Path::new("fixtures/pairs/demo/demo.json"))?;
//! let texts = Texts::open(&[source.folder().to_owned()], false).map_err(|(_, error)| error)?;
//! let outcome = operations::check(&source, None, Some(&texts), &Options::default())?;
//! assert_eq!(outcome.input.labels, 288);
//! assert!(outcome.diagnostics.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! To learn a format, read [`formats::aml`] and [`formats::language`]; offsets are [`text`]; the
//! ways of a file through the program are [`pipeline`].

pub mod alignment;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod diagnostics;
pub mod formats;
pub mod input;
pub mod json;
pub mod model;
pub mod operations;
pub mod pipeline;
pub mod report;
pub mod rules;
pub mod text;
