//! The fuzz targets on the stable toolchain: each promise holds for every seed, for what broke it
//! once, and for so many mutations of them. `fuzz/` has the same promises under a fuzzer.

mod bodies;
mod mutator;
mod seeds;

use std::ffi::OsString;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

pub(crate) use bodies::{naive, naive_edges};

use crate::support::{PROGRAM, files, names, root};
use mutator::Mutator;
use seeds::{Seed, TARGETS};

/// How many mutations each target gets, unless `LABELWRIGHT_MUTATIONS` says another number.
const MUTATIONS: usize = 40;

/// The most bytes of a mutation.
const LONGEST: usize = 1 << 16;

fn mutations() -> usize {
    let asked = std::env::var("LABELWRIGHT_MUTATIONS").ok();
    asked.map_or(MUTATIONS, |asked| asked.parse().expect("a number"))
}

/// The body of a target.
fn body(target: &str) -> fn(&[u8]) {
    match target {
        "config" => bodies::config,
        "document" => bodies::document,
        "fix" => bodies::fix,
        "ledger" => bodies::ledger,
        "location" => bodies::location,
        "manifest" => manifest,
        "merge" => bodies::merge,
        "quick" => bodies::quick,
        "read" => bodies::read,
        "roundtrip" => bodies::roundtrip,
        "textpack" => bodies::textpack,
        other => panic!("no target {other}"),
    }
}

/// The program runs by itself here: a panic in it would be taken for one of a test.
fn manifest(data: &[u8]) {
    let _ = bodies::manifest(data, program);
}

/// Runs the program, and gives its status.
fn program(args: &[OsString]) -> u8 {
    let mut command = Command::new(PROGRAM);
    command.args(args).stdin(Stdio::null());
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = done.unwrap().code();
    status.map_or(u8::MAX, |code| u8::try_from(code).unwrap_or(u8::MAX))
}

/// The regressions of a target: what broke it once.
fn regressions(target: &str) -> Vec<Seed> {
    let folder = root().join("fuzz/regressions").join(target);
    if !folder.is_dir() {
        return Vec::new();
    }
    let read = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    files(&folder).iter().map(|path| read(path)).collect()
}

/// Has a target look at inputs, on all cores; says which of them broke a promise, and keeps these.
fn replay(target: &str, inputs: &[Seed]) {
    let body = body(target);
    let broken = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let look = |(name, data): &Seed| {
        if catch_unwind(AssertUnwindSafe(|| body(data))).is_err() {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{target}-{name}"));
            fs::write(&kept, data).unwrap();
            broken.lock().unwrap().push(kept);
        }
    };
    thread::scope(|scope| {
        for part in inputs.chunks(inputs.len().div_ceil(threads).max(1)) {
            scope.spawn(move || part.iter().for_each(look));
        }
    });
    let broken = broken.into_inner().unwrap();
    assert!(broken.is_empty(), "{target} is broken by {broken:#?}");
}

/// Replays the seeds and regressions of a target, and mutations of them.
fn hold(target: &str) {
    let mut inputs = seeds::of(target);
    assert!(!inputs.is_empty(), "{target} has no seeds");
    inputs.extend(regressions(target));
    let mut mutator = Mutator::new(target);
    let mutated: Vec<Seed> = (0..mutations())
        .map(|number| {
            let (name, data) = mutator.mutation(&inputs);
            (format!("mutation-{number}-of-{name}"), data)
        })
        .filter(|(_, data)| data.len() <= LONGEST)
        .collect();
    inputs.extend(mutated);
    replay(target, &inputs);
}

#[test]
fn configurations() {
    hold("config");
}

#[test]
fn documents_with_spans() {
    hold("document");
}

#[test]
fn fixes() {
    hold("fix");
}

#[test]
fn ledgers() {
    hold("ledger");
}

#[test]
fn locations() {
    hold("location");
}

#[test]
fn manifests() {
    hold("manifest");
}

#[test]
fn merged_partials() {
    hold("merge");
}

#[test]
fn quick_readers() {
    hold("quick");
}

#[test]
fn bytes_of_every_format() {
    hold("read");
}

#[test]
fn round_trips() {
    hold("roundtrip");
}

#[test]
fn text_packs() {
    hold("textpack");
}

/// Writes the seeds of all targets where `LABELWRIGHT_SEEDS` names a folder, for the fuzzer.
#[test]
fn every_target_has_seeds_and_a_program() {
    let asked = std::env::var_os("LABELWRIGHT_SEEDS");
    for target in TARGETS {
        let seeds = seeds::of(target);
        assert!(!seeds.is_empty(), "{target}");
        let Some(folder) = &asked else { continue };
        let folder = Path::new(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        for (name, data) in seeds.into_iter().chain(regressions(target)) {
            fs::write(folder.join(name), data).unwrap();
        }
    }
    let mut programs = names(&root().join("fuzz/fuzz_targets"));
    programs.sort();
    let wanted: Vec<String> = TARGETS
        .iter()
        .map(|target| format!("{target}.rs"))
        .collect();
    assert_eq!(programs, wanted);
    let known = names(&root().join("fuzz/regressions"));
    let is_target = |name: &String| TARGETS.contains(&&**name);
    assert!(known.iter().all(is_target), "{known:?}");
}
