#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| labelwright_fuzz::bodies::textpack(data));
