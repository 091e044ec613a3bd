#!/usr/bin/env python3
"""Has the real tools read what labelwright writes for them, and tells whether they see the same spans.

Each script beside this one is for one tool. It makes a small corpus of its own, converts it, has the tool read it,
and compares the words of every span. Where the tool is not installed it says `skipped` and why, which is no
failure: `pip install label-studio-sdk spacy datasets pandas seqeval` has all that can be had from PyPI.

    cargo build --release --locked
    python3 benches/interop/run.py
"""

import argparse
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/labelwright")
    parser.add_argument("tools", nargs="*", help="names of scripts without .py; all of them by default")
    asked = parser.parse_args()
    binary = asked.binary.resolve()
    if not binary.is_file():
        parser.error(f"{binary} is missing; build it first")
    scripts = sorted(path for path in HERE.glob("*.py") if path.name != "run.py")
    if asked.tools:
        scripts = [path for path in scripts if path.stem in asked.tools]
    failed = []
    for script in scripts:
        print(f"{script.stem}:", flush=True)
        done = subprocess.run([sys.executable, script, "--binary", binary], text=True, capture_output=True)
        for line in (done.stdout + done.stderr).splitlines():
            print(f"  {line}")
        if done.returncode != 0:
            failed.append(script.stem)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
