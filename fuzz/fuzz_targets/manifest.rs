#![no_main]

use std::process::ExitCode;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    labelwright_fuzz::bodies::manifest(data, |args| {
        let args = args.iter().cloned();
        let args = std::iter::once("labelwright".into()).chain(args);
        let ended = labelwright::cli::run(args);
        // There is no other way to look at a status; 101 tells a panic.
        let is = |status: &u8| ended == ExitCode::from(*status);
        (0..=2).find(is).unwrap_or(101)
    });
});
