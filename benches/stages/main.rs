//! How fast the stages of a run are, each alone.
//!
//! `cargo bench --bench stages` runs all; an argument picks those whose names have it in them,
//! such as `cut`. Rates are in bytes of label file a second.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot run has nothing to say"
)]

mod corpus;
mod cut;

fn main() {
    divan::main();
}
