//! Which mutant is switched on. `plant.py` adds this file to its copy of the sources; it is no part of the crate.
//!
//! `LABELWRIGHT_MUTANT` is a number, or the path of a file. With a path no mutant is switched on, and the file gets
//! the number of each mutant that is reached, as four bytes, once from every process.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const UNREAD: u32 = u32::MAX;
const RECORDED: u32 = u32::MAX - 1;

static SWITCHED: AtomicU32 = AtomicU32::new(UNREAD);
static REACHED: [AtomicBool; MUTANTS] = [const { AtomicBool::new(false) }; MUTANTS];
static FILE: OnceLock<File> = OnceLock::new();

/// Is this mutant switched on?
#[inline]
pub fn active(mutant: u32) -> bool {
    let switched = SWITCHED.load(Relaxed);
    if switched >= RECORDED {
        return ask(mutant);
    }
    switched == mutant
}

#[cold]
fn ask(mutant: u32) -> bool {
    if SWITCHED.load(Relaxed) == UNREAD {
        let asked = std::env::var("LABELWRIGHT_MUTANT").unwrap_or_default();
        if asked.contains('/') {
            FILE.get_or_init(|| {
                OpenOptions::new()
                    .create(true)
                    .append(true)
                    .open(&asked)
                    .unwrap()
            });
            SWITCHED.store(RECORDED, Relaxed);
        } else {
            SWITCHED.store(asked.parse().unwrap_or(0), Relaxed);
            return active(mutant);
        }
    }
    if !REACHED[mutant as usize].swap(true, Relaxed) {
        FILE.get()
            .unwrap()
            .write_all(&mutant.to_le_bytes())
            .unwrap();
    }
    false
}
