//! What the module exports, and what it asks of the page. JavaScript writes a message into memory that
//! `room` gave it, calls `call`, and reads the answer where `answer` says that it is.

#![allow(
    unsafe_code,
    reason = "an exported name and an imported function are unsafe by what they are"
)]

use std::cell::RefCell;

use crate::{Answer, Session, answer as answer_to};

#[cfg(target_family = "wasm")]
#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Tells how far the work has come: bytes that are done, and bytes of the file.
    safe fn progress(done: f64, size: f64);
    /// Tells, before the module ends, where the words of a panic stand.
    safe fn panicked(place: *const u8, length: usize);
}

/// Outside of a browser nobody looks.
#[cfg(not(target_family = "wasm"))]
fn progress(_done: f64, _size: f64) {}

/// The parts of a message, and of an answer.
const PARTS: usize = 2;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    static MESSAGE: RefCell<[Vec<u8>; PARTS]> = RefCell::default();
    static ANSWER: RefCell<[Vec<u8>; PARTS]> = RefCell::default();
}

/// Says how far the work on a file has come.
#[expect(clippy::cast_precision_loss, reason = "a bar has no more digits")]
pub(crate) fn tell(done: u64, size: u64) {
    progress(done as f64, size as f64);
}

/// Lets panics be told. It comes before all else.
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    #[cfg(target_family = "wasm")]
    std::panic::set_hook(Box::new(|info| {
        let words = info.to_string();
        panicked(words.as_ptr(), words.len());
    }));
}

/// Room for so many bytes of a part of the next message: 0 is its header, 1 what comes with it. The
/// place holds until the next call of this function or of `call`.
#[unsafe(no_mangle)]
pub extern "C" fn room(part: usize, length: usize) -> *mut u8 {
    MESSAGE.with_borrow_mut(|message| match message.get_mut(part) {
        Some(bytes) => {
            *bytes = vec![0; length];
            bytes.as_mut_ptr()
        }
        None => std::ptr::null_mut(),
    })
}

/// Answers the message that stands in its rooms.
#[unsafe(no_mangle)]
pub extern "C" fn call() {
    let [header, payload] = MESSAGE.take();
    // The answer before this one is let go first: it may be as large as a file.
    ANSWER.take();
    let Answer { header, payload } =
        SESSION.with_borrow_mut(|session| answer_to(session, &header, payload));
    ANSWER.set([header.to_string().into_bytes(), payload]);
}

/// Where a part of the answer stands. The place holds until the next `call`.
#[unsafe(no_mangle)]
pub extern "C" fn answer(part: usize) -> *const u8 {
    ANSWER.with_borrow(|answer| answer.get(part).map_or(std::ptr::null(), Vec::as_ptr))
}

/// How many bytes a part of the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length(part: usize) -> usize {
    ANSWER.with_borrow(|answer| answer.get(part).map_or(0, Vec::len))
}
