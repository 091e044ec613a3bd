//! Tests of the whole program and of promises that no single module can keep. One binary, so
//! that it links once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails should say where, and one that is skipped why"
)]

mod adversarial;
mod baseline;
mod brat;
mod bridges;
mod browser;
mod cli;
mod config;
mod conformance;
mod conll;
mod convert;
mod corpora;
mod csv;
mod diff;
mod doccano;
mod docs;
mod evidence;
#[cfg(unix)]
mod faults;
mod fix;
mod fuzz;
mod gates;
mod html;
mod huggingface;
mod human;
mod kinds;
mod label_studio;
mod laws;
mod ledger;
mod library;
mod many;
mod mutations;
mod outputs;
mod pack;
mod plan;
mod project;
mod recheck;
mod roundtrip;
mod rules;
mod schemas;
mod score;
mod shards;
mod show;
mod spacy;
mod split;
mod stats;
mod support;
mod sync;
mod tidy;
mod trees;
mod units;
mod unlisted;
