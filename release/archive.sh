#!/usr/bin/env bash
# Makes what is published for one target: an archive with the program, its pages and its bill of materials.
#
#     release/archive.sh [TARGET [FOLDER]]
#
# Writes FOLDER/labelwright-VERSION-TARGET.tar.gz, for Windows .zip, and beside it the bill of materials (.cdx.json) and
# the hashes of both (.sha256). FOLDER is `dist` if it is not given. The same source comes to the same program
# (`release/reproduce.sh`), and that to the same archive (`release/pack.py`).
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:-$(rustc -vV | sed -n 's/^host: //p')}"
dist="${2:-dist}"
version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)"
name="labelwright-$version-$target"
mkdir -p "$dist"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

program="$(release/build.sh "$target")"
mkdir "$work/$name"
cp "$program" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$work/$name/"
python3 release/bom.py "$target" > "$dist/$name.cdx.json"
cp "$dist/$name.cdx.json" "$work/$name/labelwright.cdx.json"

case "$target" in
*windows*) archive="$name.zip" ;;
*) archive="$name.tar.gz" ;;
esac
python3 release/pack.py "$work/$name" "$dist/$archive"
(cd "$dist" && python3 - "$archive" "$name.cdx.json" > "$name.sha256" <<'HASHES'
import hashlib, pathlib, sys

for name in sys.argv[1:]:
    print(f"{hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest()}  {name}")
HASHES
)
cat "$dist/$name.sha256"
