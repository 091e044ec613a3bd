//! The bodies of all targets, as the tests of the program have them.

#[path = "../../tests/fuzz/bodies/mod.rs"]
pub mod bodies;
