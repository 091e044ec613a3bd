#!/usr/bin/env bash
# Runs fuzz targets, each for so many seconds of processor time, and prints a line a target.
#
#     fuzz/run.sh [SECONDS [TARGET...]]
#
# Needs the nightly toolchain and cargo-fuzz (`cargo install cargo-fuzz --locked`). An input has at most 64 KiB. One that
# takes more than a second, or has the program take more than 512 MiB, is a finding as a panic is; findings lie in
# fuzz/artifacts/TARGET, and what was found of the program's ways in fuzz/corpus/TARGET.
set -euo pipefail
cd "$(dirname "$0")"

seconds="${1:-600}"
shift || true
targets=("$@")
if [ "${#targets[@]}" -eq 0 ]; then
    targets=(config document fix ledger location manifest merge quick read roundtrip textpack)
fi

# The seeds are made from the fixtures by the tests, on the stable toolchain.
LABELWRIGHT_SEEDS="$PWD/corpus" cargo test --locked --manifest-path ../Cargo.toml --test main \
    -- --exact fuzz::every_target_has_seeds_and_a_program > /dev/null

# The crate is safe Rust through and through, so a sanitizer would watch the dependencies only, and
# take most of the time and memory. Debug assertions and checks for overflow are on.
cargo +nightly fuzz build --fuzz-dir . --sanitizer none
binaries="$(cargo +nightly metadata --format-version 1 --no-deps |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')"
host="$(rustc +nightly -vV | sed -n 's/^host: //p')"

# Folders that bodies work in are made in memory where there is such a place.
scratch="$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/labelwright-fuzz.XXXXXX")"
trap 'rm -rf "$scratch"' EXIT

python3 run.py "$seconds" "$binaries/$host/release" "$scratch" "${targets[@]}"
