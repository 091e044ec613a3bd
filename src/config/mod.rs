//! `labelwright.toml`: what is asked of label files, apart from the command line.
//!
//! [`Config::parse`] reads the text, and [`Config::asked`] answers for one label file. Both know
//! nothing of files: to find the file, and to look a path up beside it, is the client's business.
//!
//! ```
//! use labelwright::internals::config::Config;
//!
//! let config = Config::parse("[thresholds]\nrare-label = 20\n").unwrap();
//! let asked = config.asked("labels/de.json".as_ref());
//! assert_eq!(asked.settings.thresholds.rare_label, 20);
//!
//! let problems = Config::parse("[tresholds]\n").unwrap_err();
//! assert_eq!(
//!     problems[0].to_string(),
//!     "1:2: unknown key `tresholds`; did you mean `thresholds`?"
//! );
//! ```

mod asked;
mod braces;
mod file;
mod globs;
mod keys;
mod origins;
mod parse;
mod schema;
mod shown;
mod template;
mod write;

pub use asked::{Asked, Lookup};
pub use braces::without_alternatives;
pub use file::Config;
pub use globs::{Globs, exact, rerooted};
pub use origins::{Origin, Origins};
pub use parse::Problem;
pub use schema::schema;
pub use shown::{Shown, heading};
pub use template::{Found, template};

/// The name under which the file is looked for.
pub const FILE_NAME: &str = "labelwright.toml";

#[cfg(test)]
mod tests;
