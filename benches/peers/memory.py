"""Peak memory of a check and a conversion of one label file, at sizes far apart."""

import shutil
import subprocess
import sys

import work
from tables import seconds, size

SIZES = (100, 1_000)
HUGE = 10_000


def measured(options):
    """A row for each size: the documents, and time and peak of a check and a conversion; or why it
    is left out."""
    return [row(options, size) for size in (*SIZES, *((HUGE,) if options.huge else ()))]


def table(rows):
    shown = [
        "| label file | documents | check: time | check: peak | to Azure ML: time | peak |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for found in rows:
        begin = f"| {found['megabytes']:,} MB"
        if "left_out" in found:
            shown.append(f"{begin} | left out: {found['left_out']} | | | | |")
            continue
        runs = [(found[what]["times"][0], found[what]["peaks"][0]) for what in ("check", "convert")]
        figures = " | ".join(f"{seconds(time)} | {size(peak)}" for time, peak in runs)
        shown.append(f"{begin} | {found['documents']:,} | {figures} |")
    return "\n".join(shown)


def row(options, megabytes):
    file, target = options.cache / "huge.json", options.cache / "huge.jsonl"
    needed, free = 2.2e6 * megabytes, shutil.disk_usage(options.cache).free
    if needed > free:
        return {"megabytes": megabytes, "left_out": f"{size(needed)} needed, {size(free)} free"}
    print(f"memory at {megabytes} MB", file=sys.stderr)
    try:
        make = [sys.executable, work.HERE / "corpus.py", "huge", file, str(megabytes * 1_000_000)]
        subprocess.run(make, check=True)
        common = ["--isolated", "--no-texts", "--offsets", "utf16", "--output", "json"]
        check = work.run([options.binary, "check", file, *common], options.cache)
        convert = [options.binary, "convert", file, "--to", "aml", "-o", target, "--force"]
        converted = work.run([*convert, *common], options.cache)
        documents = work.did(work.Side("check", []), check[-1])["documents"]
        figures = {
            name: {"times": [run[0]], "processor": [run[1]], "peaks": [run[2]]}
            for name, run in (("check", check), ("convert", converted))
        }
        return {"megabytes": megabytes, "documents": documents, **figures}
    finally:
        file.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
