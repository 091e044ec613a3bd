//! What a run is asked to do.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::overview::Extent;
use crate::diagnostics::Baseline;
use crate::diagnostics::store::Budget;
use crate::formats::Told;
use crate::json::cut::Sizes;
use crate::pipeline::Meter;
use crate::rules::Levels;
use crate::rules::settings::Settings;
use crate::text::Unit;

/// What a run is asked to do, whatever the file.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct Options {
    /// Which rules run, and at which severity.
    pub levels: Levels,
    /// Where the rules draw their lines.
    pub settings: Settings,
    /// The unit of offsets in files that do not say it; `None` lets the evidence decide.
    pub unit: Option<Unit>,
    /// Threads.
    pub jobs: usize,
    /// The size of a batch in bytes. Results do not depend on it.
    pub batch_bytes: usize,
    /// Whether records that are as they should be are read the quick way. Results do not
    /// depend on it.
    pub quick: bool,
    /// Whether the published schema is asked about every record too.
    pub schema_strict: bool,
    /// Whether findings say what fixes them.
    pub fixes: bool,
    /// Whether findings have the bytes that fix them, also where nothing is fixed.
    pub edits: bool,
    /// Of how many findings of each severity of a file a report shows where they end, and with
    /// `edits` the changes that fix them.
    pub regions: usize,
    /// How much a report with pictures shows of the corpus; `None` where there is none.
    pub overview: Option<Extent>,
    /// Whether the outcome tells how far the findings of each rule reach.
    pub reach: bool,
    /// The findings that are known; the outcome has the others.
    pub baseline: Option<Arc<Baseline>>,
    /// Whether the outcome tells all findings as a baseline has them, and how that names the
    /// label file.
    pub new_baseline: Option<String>,
    /// The sets that documents get, by name, whatever the file says.
    pub datasets: Option<Arc<BTreeMap<String, &'static str>>>,
    /// Whether documents that say no set get that of their file, where the format has its sets in
    /// files.
    pub file_splits: bool,
    /// What the user says of the files where these do not say it.
    pub told: Arc<Told>,
    /// Whether findings say who labeled.
    pub labelers: bool,
    /// How many findings of each rule and severity of a file get the words around their place.
    pub snippets: usize,
    /// Is told how far the work has come.
    pub meter: Option<Arc<Meter>>,
    /// Where the findings are kept. Results do not depend on it; the files of one run should
    /// share it.
    pub budget: Budget,
}

impl Options {
    /// Whether findings are to say which bytes fix them.
    pub(crate) const fn wants_edits(&self) -> bool {
        self.fixes || self.edits
    }

    /// Whether findings are compared with those of another run, now or later.
    pub(crate) const fn compares(&self) -> bool {
        self.baseline.is_some() || self.new_baseline.is_some()
    }

    /// How much of a file is held at a time.
    pub(crate) const fn sizes(&self) -> Sizes {
        Sizes {
            batch: self.batch_bytes,
            record: self.settings.thresholds.record_bytes,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Levels::default(),
            settings: Settings::default(),
            unit: None,
            jobs: 1,
            batch_bytes: crate::json::cut::BATCH_BYTES,
            quick: true,
            schema_strict: false,
            fixes: false,
            edits: false,
            regions: 0,
            overview: None,
            reach: false,
            baseline: None,
            new_baseline: None,
            datasets: None,
            file_splits: true,
            told: Arc::default(),
            labelers: false,
            snippets: 0,
            meter: None,
            budget: Budget::default(),
        }
    }
}
