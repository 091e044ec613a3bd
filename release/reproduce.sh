#!/usr/bin/env bash
# Builds the commit that is checked out twice, in two folders with two target folders, and compares the programs.
#
#     release/reproduce.sh [TARGET]
#
# Prints a line a build: the hash (SHA-256), the size in bytes, the file. Status 1 where they differ; then both are kept. Each
# build takes what a release build takes, and nothing is shared between the two but the sources of dependencies.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:-$(rustc -vV | sed -n 's/^host: //p')}"
work="$(mktemp -d "${TMPDIR:-/tmp}/labelwright-reproduce.XXXXXX")"
unset CARGO_TARGET_DIR

hashes=()
for folder in one "another one/deeper"; do
    source="$work/$folder"
    mkdir -p "$source"
    git archive HEAD | tar -x -C "$source"
    program="$(CARGO_TARGET_DIR="$work/target of $(basename "$folder")" "$source/release/build.sh" "$target")"
    hash="$(python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$program")"
    echo "$hash $(wc -c < "$program") $program"
    hashes+=("$hash")
done

if [ "${hashes[0]}" != "${hashes[1]}" ]; then
    echo "the two builds differ" >&2
    exit 1
fi
echo "one hash: $target, $(git rev-parse --short HEAD), $(rustc --version)"
if [ "${LABELWRIGHT_KEEP:-}" = 1 ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
