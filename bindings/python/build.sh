#!/usr/bin/env bash
# Builds the wheel: the module, and the program beside it.
#
#     bindings/python/build.sh [TARGET]
#
# Needs the Rust toolchain and maturin (`pip install maturin`). The wheel lies in target/wheels and serves Python 3.9 and all
# later ones. For a musl target, or for an older glibc than this machine's, maturin links with Zig:
# `pip install maturin[zig]`, and `ZIG=1 bindings/python/build.sh x86_64-unknown-linux-gnu`.
set -euo pipefail
cd "$(dirname "$0")"

target="${1:-$(rustc -vV | sed -n 's/^host: //p')}"
root="$(cd ../.. && pwd)"
program="labelwright"
case "$target" in *windows*) program="labelwright.exe" ;; esac

# A program for Linux without a need of libraries runs on each of them.
of_program="$target"
case "$target" in
    *-linux-gnu) if [ -d "$(rustc --print sysroot)/lib/rustlib/${target/-gnu/-musl}" ]; then of_program="${target/-gnu/-musl}"; fi ;;
esac
cargo build --release --locked --manifest-path "$root/Cargo.toml" --target "$of_program"
built="$(cargo metadata --manifest-path "$root/Cargo.toml" --locked --no-deps --format-version 1 |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')"
rm -rf labelwright.data
mkdir -p labelwright.data/scripts
cp "$built/$of_program/release/$program" labelwright.data/scripts/

how=()
if [ -n "${ZIG:-}" ]; then
    case "$target" in *-musl) how=(--zig --compatibility musllinux_1_2) ;; *) how=(--zig --compatibility manylinux2014) ;; esac
fi
maturin build --release --locked --target "$target" "${how[@]}" --out "$root/target/wheels"
