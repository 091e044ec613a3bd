#!/usr/bin/env bash
# Makes the page target/web/labelwright.html: the core for wasm32-unknown-unknown, and the page around it.
#
#     bindings/web/build.sh
#
# Needs the target (`rustup target add wasm32-unknown-unknown`) and Python 3.9.
set -euo pipefail
cd "$(dirname "$0")"

target="$(cargo metadata --locked --no-deps --format-version 1 --manifest-path ../../Cargo.toml |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
out="$target/web"
mkdir -p "$out"
# The instructions that it may use stand in .cargo/config.toml.
CARGO_TARGET_DIR="$out/target" cargo build --locked --release --target wasm32-unknown-unknown
python3 assemble.py "$out/target/wasm32-unknown-unknown/release/labelwright_web.wasm" "$out/labelwright.html"
