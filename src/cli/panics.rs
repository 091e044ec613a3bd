//! The last resort: what nobody expected is told in plain words.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use super::terminal::say;

/// The status of a program of Rust that panicked.
const STATUS: u8 = 101;

/// What the first panic said. Others follow from it, or from a fault that they have in common.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Does the work. A panic in it, on whatever thread, is told in a line.
pub(super) fn told(work: impl FnOnce() -> ExitCode) -> ExitCode {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| words(info));
    }));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(usual);
    done.unwrap_or_else(|_| {
        let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
        let reason = first.take().unwrap_or_default();
        say(format_args!(
            "error: something happened that labelwright does not expect: {reason}\n\
             No file was left half written. If it happens again, please report this message with what \
             `labelwright bug-report INPUT` prints: counts alone, and nothing of your data. If you can, \
             add a file without real people that shows it."
        ));
        ExitCode::from(STATUS)
    })
}

/// The beginning of what a panic says, up to where it may quote values: those may be words of a text.
fn without_data(said: &str) -> &str {
    let is_quote = |char: char| matches!(char, '`' | '"' | '\'' | ':' | '\n');
    let quoted = said.find(is_quote).unwrap_or(said.len());
    said[..quoted].trim_end()
}

/// What a panic says and where it comes from; with the way there where `RUST_BACKTRACE` asks for
/// it.
fn words(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let said = payload.downcast_ref::<&str>().copied();
    let said = said.or(payload.downcast_ref::<String>().map(String::as_str));
    let mut words = without_data(said.unwrap_or("no reason is given")).to_owned();
    if let Some(place) = info.location() {
        words = format!("{words} ({place})");
    }
    let way = Backtrace::capture();
    if way.status() == BacktraceStatus::Captured {
        words = format!("{words}\n{way}");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_quoted_the_text_that_it_was_about() {
        for (said, told) in [
            (
                "unexpected error during closedir: Os { code: 5 }",
                "unexpected error during closedir",
            ),
            (
                "byte index 1 is not a char boundary; it is inside '\u{c9}' (bytes 0..2) of `\u{c9}va`",
                "byte index 1 is not a char boundary; it is inside",
            ),
            (
                "assertion `left == right` failed\n  left: \"Ada\"",
                "assertion",
            ),
            (
                "range end index 5 out of range for slice of length 3",
                "range end index 5 out of range for slice of length 3",
            ),
        ] {
            assert_eq!(without_data(said), told);
        }
    }
}
