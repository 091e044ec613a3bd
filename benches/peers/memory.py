"""Peak memory of a check and a conversion of one label file, at sizes far apart."""

import shutil
import subprocess
import sys

import work
from tables import seconds, size

SIZES = (100, 1_000)
HUGE = 10_000


def table(options):
    rows = [
        "| label file | documents | check: time | check: peak | to Azure ML: time | peak |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for megabytes in (*SIZES, *((HUGE,) if options.huge else ())):
        rows.append(row(options, megabytes))
    return "\n".join(rows)


def row(options, megabytes):
    file, target = options.cache / "huge.json", options.cache / "huge.jsonl"
    needed, free = 2.2e6 * megabytes, shutil.disk_usage(options.cache).free
    if needed > free:
        return f"| {megabytes:,} MB | left out: {size(needed)} needed, {size(free)} free | | | | |"
    print(f"memory at {megabytes} MB", file=sys.stderr)
    try:
        make = [sys.executable, work.HERE / "corpus.py", "huge", file, str(megabytes * 1_000_000)]
        subprocess.run(make, check=True)
        common = ["--isolated", "--no-texts", "--offsets", "utf16", "--output", "json"]
        check = work.run([options.binary, "check", file, *common], options.cache)
        convert = [options.binary, "convert", file, "--to", "aml", "-o", target, "--force"]
        converted = work.run([*convert, *common], options.cache)
        documents = work.did(work.Side("check", []), check[-1])["documents"]
        figures = (f"{seconds(run[0])} | {size(run[2])}" for run in (check, converted))
        return f"| {megabytes:,} MB | {documents:,} | {' | '.join(figures)} |"
    finally:
        file.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
