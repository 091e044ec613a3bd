//! How fast the stages of a run are, each alone and beside its ceiling, and whole runs.
//!
//! `cargo bench --bench stages` runs all; an argument picks those whose names have it in them,
//! such as `cut`. `benches/peers/run.py --stages` makes the tables of `docs/performance.md` of
//! them.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot run has nothing to say"
)]

mod check;
mod convert;
mod corpus;
mod cut;
mod documents;
mod files;
#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../../tests/support/made.rs"]
mod made;
mod read;
mod resolve;
mod rules;
mod threads;
mod typed;
mod write;

use std::time::Duration;

fn main() {
    // Whole runs take up to half a second each; ten of them tell.
    divan::Divan::default()
        .min_time(Duration::from_millis(300))
        .max_time(Duration::from_secs(3))
        .config_with_args()
        .main();
}
