//! labelwright reads label files, proves them against the texts they speak of, and writes
//! them again, in the same format or another. The program is one client of this crate.
//!
//! A [`Source`] is a label file, and [`Texts`] are the documents that it speaks of; both are on
//! disk or in memory. Four things can be done with them:
//!
//! - [`check`] judges a label file: an [`Outcome`] has the findings;
//! - [`convert`] writes it in another format, or brings it to its format's shape of today;
//! - [`fix`] fixes what can be fixed without anybody's help;
//! - [`read`] gives its documents one after the other, with spans that are proved.
//!
//! # A check
//!
//! ```
//! use labelwright::{Options, Severity, Source, Texts};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let line = r#"{"image_url":"AmlDatastore://store/1.txt","label":[{"label":"City","offsetStart":9,"offsetEnd":18}]}"#;
//! let source = Source::in_memory(line, "export.jsonl".as_ref());
//! let texts = Texts::in_memory([("1.txt".to_owned(), b"Ada saw Rome.".to_vec())]);
//! let outcome = labelwright::check(&source, Some(&texts), &Options::default())?;
//! let findings = outcome.diagnostics.to_vec()?;
//! let error = findings.iter().find(|finding| finding.severity == Severity::Error);
//! assert_eq!(error.map(|error| error.rule), Some("span-out-of-bounds"));
//! # Ok(())
//! # }
//! ```
//!
//! # A conversion
//!
//! ```
//! use labelwright::{Conversion, FormatName, Options, Source, Texts};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let line = r#"{"image_url":"AmlDatastore://store/1.txt","label":[{"label":"City","offsetStart":8,"offsetEnd":12}]}"#;
//! let source = Source::in_memory(line, "export.jsonl".as_ref());
//! let texts = Texts::in_memory([("1.txt".to_owned(), "\u{1f600}, now Rome again".into())]);
//! let language = FormatName::find("language").ok_or("no such format")?;
//! let mut project = Vec::new();
//! let conversion = Conversion::new(language, Some(&texts));
//! let outcome = labelwright::convert(&source, &conversion, &Options::default(), &mut project)?;
//! assert!(!outcome.refused);
//! // The emoji is one code point, and two UTF-16 code units.
//! assert!(String::from_utf8(project)?.contains("\"offset\": 8"));
//! # Ok(())
//! # }
//! ```
//!
//! # Documents
//!
//! ```
//! use labelwright::{Options, Source};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let table = "text,label\n\"Where is it?\nReply!\",Delivery\nThank you,Praise\n";
//! let source = Source::in_memory(table, "reviews.csv".as_ref());
//! let corpus = labelwright::read(&source, None, &Options::default())?;
//! for document in corpus.documents()? {
//!     let document = document?;
//!     println!("{}: {:?} {:?}", document.name, document.text, document.classes);
//! }
//! let first = corpus.documents()?.next().ok_or("no document")??;
//! assert_eq!(first.name, "reviews-0001.txt");
//! assert_eq!(first.classes, ["Delivery"]);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! `cli` (the default) is the program. `files` opens label files, texts and temporary files on
//! disk, and `parallel` works with several threads; the program needs both. Without any of them the
//! crate touches neither files nor threads, and takes everything from memory. `changes` tells what a fix
//! changes as a unified diff; the program needs it.

mod alignment;
#[cfg(feature = "cli")]
pub mod cli;
mod comparison;
#[cfg(feature = "cli")]
mod config;
mod corpus;
mod diagnostics;
mod evaluation;
mod formats;
mod input;
mod json;
mod model;
mod operations;
mod pipeline;
mod report;
mod rules;
mod stratification;
mod text;

pub use diagnostics::store::DiagnosticStore;
pub use diagnostics::{Diagnostic, Severity};
pub use formats::FormatName;
#[cfg(feature = "files")]
pub use input::NewTexts;
pub use input::{FileTree, Source, Texts};
pub use model::{Kind, LabeledDocument, LabeledSpan};
pub use operations::{Conversion, Corpus, Documents, FileTarget, Metadata, Product, read};
pub use pipeline::{Error, Input, Options, Outcome};
pub use rules::Levels;
pub use rules::settings::{Profile, Settings, Thresholds};
pub use text::{Span, Unit};

/// Checks a label file, whose format is told by its content. Without `texts`, only what needs none
/// is checked.
///
/// Fails where the file cannot be read. What is wrong with it is no error: the outcome says it.
pub fn check(source: &Source, texts: Option<&Texts>, options: &Options) -> Result<Outcome, Error> {
    operations::check(source, None, texts, options)
}

/// Converts a label file. Where the outcome says that it was refused, what was written to `out`
/// means nothing.
///
/// Fails where the file cannot be read, or `out` not be written.
pub fn convert(
    source: &Source,
    conversion: &Conversion<'_>,
    options: &Options,
    out: &mut dyn Product,
) -> Result<Outcome, Error> {
    operations::convert(source, conversion, options, out, &mut std::io::sink())
}

/// Fixes what can be fixed in a label file without changing what a label means, and with
/// `unsafe_fixes` also where that may change it. `None` where there is nothing to fix; the source
/// itself is never touched.
///
/// Fails where the file cannot be read.
pub fn fix(
    source: &Source,
    texts: Option<&Texts>,
    options: &Options,
    unsafe_fixes: bool,
) -> Result<Option<Source>, Error> {
    let most = if unsafe_fixes {
        rules::Applicability::Unsafe
    } else {
        rules::Applicability::Safe
    };
    let fixed = operations::fix(source, None, texts, options, most)?;
    Ok(fixed.source)
}

/// What the tests, the benches and the page (`bindings/web`) of this repository look at beside the
/// interface. It changes without notice.
#[doc(hidden)]
pub mod internals {
    pub mod alignment {
        pub use crate::alignment::*;
    }
    pub mod comparison {
        pub use crate::comparison::*;
    }
    #[cfg(feature = "cli")]
    pub mod config {
        pub use crate::config::*;
    }
    pub mod corpus {
        pub use crate::corpus::*;
    }
    pub mod diagnostics {
        pub use crate::diagnostics::*;
    }
    pub mod evaluation {
        pub use crate::evaluation::*;
    }
    pub mod formats {
        pub use crate::formats::*;
    }
    pub mod input {
        pub use crate::input::*;
    }
    pub mod json {
        pub use crate::json::*;
    }
    pub mod model {
        pub use crate::model::*;
    }
    pub mod operations {
        pub use crate::operations::*;
    }
    pub mod pipeline {
        pub use crate::pipeline::*;
    }
    pub mod report {
        pub use crate::report::*;
    }
    pub mod rules {
        pub use crate::rules::*;
    }
    pub mod stratification {
        pub use crate::stratification::*;
    }
    pub mod text {
        pub use crate::text::*;
    }
}
