#!/usr/bin/env bash
# Builds the program so that the same source comes to the same bytes wherever it lies, and prints where it is.
#
#     release/build.sh [TARGET]
#
# TARGET is a target of the Rust toolchain, by default the machine's own. Cargo's target folder is where cargo has it
# (`CARGO_TARGET_DIR`). What compiler that is says rust-toolchain.toml, and Cargo.lock says all versions.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:-$(rustc -vV | sed -n 's/^host: //p')}"
folder="$(cargo metadata --locked --format-version 1 --no-deps |
    sed -E 's/.*"target_directory":"([^"]*)".*/\1/; s/\\\\/\//g')"
commit="$(rustc -vV | sed -n 's/^commit-hash: //p')"

# Messages of a panic name files of the source. They are to name them alike on all machines: those of this crate by
# where they are in it, those of others by crate and version, those of the standard library as the toolchain has it.
native() {
    if command -v cygpath > /dev/null; then cygpath -w "$1"; else echo "$1"; fi
}
flags=(
    "--remap-path-prefix=$(native "$PWD")=."
    "--remap-path-prefix=$(native "$folder")=target"
    "--remap-path-prefix=$(native "${CARGO_HOME:-$HOME/.cargo}")=cargo"
    "--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=/rustc/$commit"
)
CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f' && echo "${flags[*]}")"
export CARGO_ENCODED_RUSTFLAGS
# What a build script may ask for instead of the time.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}"
# Flags from elsewhere would come to other bytes.
unset RUSTFLAGS CARGO_BUILD_RUSTFLAGS

cargo build --release --locked --target "$target" >&2
program="$folder/$target/release/labelwright"
if [ -f "$program.exe" ]; then program="$program.exe"; fi
echo "$program"
