//! What is asked of one label file.

use std::path::PathBuf;

use crate::diagnostics::FailOn;
use crate::rules::Levels;
use crate::rules::settings::Settings;
use crate::text::Unit;

/// What is asked of one label file.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which rules run, and at which severity.
    pub levels: Levels,
    /// The profile, and where the rules draw their lines.
    pub settings: Settings,
    /// Where its documents are looked up; paths are relative to the configuration file's folder.
    pub texts: Lookup,
    /// The unit of offsets in files that do not say it; `None` lets the evidence decide.
    pub unit: Option<Unit>,
    /// Which findings make the exit status 1.
    pub fail_on: FailOn,
    /// Whether it is left out where it is found in a folder.
    pub excluded: bool,
    /// The most warnings that do not make the exit status 1.
    pub max_warnings: Option<u64>,
}

/// Where documents are looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lookup {
    /// In the label file's own folder.
    #[default]
    Beside,
    /// In these folders, which the user names; the first match wins.
    Folders(Vec<PathBuf>),
    /// Nowhere: only what needs no text is checked.
    Nowhere,
}
