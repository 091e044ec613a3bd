//! Evaluation: how the labels of one side compare with those of another, in figures.
//!
//! The sides are called *gold* and *predicted*; two labelers are compared by the same counts. Documents
//! are added one by one to an [`Evaluation`], which keeps counts and, of the worst documents, the words
//! around what is wrong. Nothing here opens a file or knows a format of label files.
//!
//! The figures are those of Azure AI Language's evaluation summary. What the service counts was worked
//! out from the one model that its specification publishes with both its predictions and its figures
//! (Azure/azure-rest-api-specs, `SuccessfulGetModelEvaluation.json` and
//! `SuccessfulGetModelEvaluationSummary.json` of analyzetext-authoring 2022-05-15-preview), and
//! `docs/scoring.md` tells it in full.

mod agreement;
mod counts;
mod errors;
mod evaluate;
mod figures;
mod masi;
mod matrix;
mod measure;
mod names;
mod pairing;
mod scores;
mod semeval;
pub mod service;
mod shares;
mod sheet;
mod task;
mod windows;
mod worst;

pub use agreement::Agreement;
pub use counts::{Counts, Rates};
pub use errors::{ErrorClass, ErrorCounts};
pub use evaluate::Evaluation;
pub use figures::{Change, Figures};
pub use matrix::{Cell, Matrix, NONE};
pub use measure::{Measure, UnknownMeasure};
pub use names::Names;
pub use pairing::{Mark, Pair, Pairing, pair};
pub use scores::{Confusion, LabelScores, Scores};
pub use semeval::{Scheme, SemEval};
pub use sheet::{Bound, ScoreSheet};
pub use task::Task;
pub use windows::{LaneMark, Window};
pub use worst::{FoundError, Side, WorstDocument};
