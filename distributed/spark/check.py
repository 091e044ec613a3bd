#!/usr/bin/env python3
"""Checks one label file of lines (JSONL) on Apache Spark, and prints what one machine would print.

    spark-submit distributed/spark/check.py --program labelwright labels.jsonl --texts texts -- --output json
    spark-submit distributed/spark/check.py --program labelwright labels.jsonl --texts texts \\
        --to language -- -o project.json

The file is planned in shards of bytes; each executor checks one at a time with `labelwright check --shard`
and gives back what came of it; the driver puts that together with `labelwright merge`, and ends with its
status. Spark itself never reads the file: its readers of text take a byte order mark away, replace bytes that are
no UTF-8, and end lines at a carriage return, so offsets and places would be others.

The program goes to the executors with the job: take one that runs there (the static one for Linux does everywhere).
The label file and the texts have the same paths on all machines, such as those of a mounted folder. A label
file of an object store (`s3://`, `abfs://`, `gs://`) is read by fsspec on the executors and given to the program
on standard input; the results carry its lines, so that the driver never reads it. Without `--texts` it is checked
without its texts (`--no-texts`), since none lie beside a URL. Options behind `--`, such as `--output`,
`--fail-on` and `--redact`, go to `merge`, and each `--check=OPTION` to `check`.

With `--to language` an export of Azure Machine Learning becomes a project: the executors run `convert --shard`, the driver
`convert --partials` with the options behind `--`. The driver must be able to read the label file then, so it is no URL.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import SparkSession

# The first lines tell what a file labels.
HEAD = 1 << 20


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", help="the label file: a path, or a URL that fsspec opens")
    parser.add_argument("--program", type=Path, required=True, help="the labelwright program")
    parser.add_argument("--texts", action="append", default=[], help="folder or pack of the texts")
    parser.add_argument("--shard-size", default="128MiB", help="bytes of a shard")
    parser.add_argument("--check", action="append", default=[], help="an option for `check`, as --check=--strict")
    parser.add_argument("--to", choices=["language"], help="the format to convert to, instead of a check")
    own = sys.argv[1:]
    end = own.index("--") if "--" in own else len(own)
    options = parser.parse_args(own[:end])
    options.report = own[end + 1 :]
    if options.to and "://" in options.input:
        parser.error("a conversion ends with a look at the label file, so it must be a path on this machine")
    return options


def planned(options):
    """The shards of the label file, each with its path, start, end (exclusive) and size of the file."""
    if "://" not in options.input:
        command = [options.program, "plan", options.input, "--shard-size", options.shard_size]
        rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        shards = [json.loads(row) for row in rows.splitlines()]
        if any(shard["shard"] is None for shard in shards):
            sys.exit(f"{options.input} has no lines to divide; check it on one machine")
        return shards
    import fsspec

    filesystem, path = fsspec.core.url_to_fs(options.input)
    size = filesystem.size(path)
    step = in_bytes(options.shard_size)
    starts = range(0, max(size, 1), step)
    ends = [min(start + step, size) for start in starts]
    return [
        {"path": options.input, "start": start, "end": end, "size": size}
        for start, end in zip(starts, ends)
    ]


def in_bytes(size):
    units = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
    unit = units.get(size[-3:])
    return int(size[:-3]) * unit if unit else int(size)


def stretch(shard):
    """The options for a shard of a URL, and the bytes of it: the beginning of the file and the lines."""
    import fsspec

    start, end, size = shard["start"], shard["end"], shard["size"]
    head, place = (HEAD, start - 1) if start > HEAD else (0, 0)
    with fsspec.open(shard["path"], "rb") as file:
        given = file.read(head)
        file.seek(place)
        given += file.read(end - place)
        # The last line ends in another shard.
        given += file.readline()
    numbers = {"--stdin-head": head, "--stdin-offset": place, "--stdin-length": size}
    words = [str(word) for pair in numbers.items() for word in pair]
    return ["--with-lines", "--stdin-filename", shard["path"], *words], given


def done(shard, program, work, more):
    """Runs on an executor: what came of a shard, as the driver puts it together. `work` is `check` or `convert`."""
    is_url = "://" in shard["path"]
    words, given = stretch(shard) if is_url else ([], b"")
    source = "-" if is_url else shard["path"]
    part = ["--shard", f"{shard['start']}:{shard['end']}", "--partial", "-"]
    command = [SparkFiles.get(program), work, source, *part, *words, *more]
    run = subprocess.run(command, input=given, capture_output=True)
    if run.returncode != 0:
        # Spark tries a task again, and ends the job where that does not help.
        raise RuntimeError(run.stderr.decode(errors="replace"))
    return run.stdout


def main():
    options = arguments()
    shards = planned(options)
    chosen = {word.split("=")[0] for word in options.check}
    texts = [word for folder in options.texts for word in ("--texts", folder)]
    if "://" in options.input and not texts and not chosen & {"--texts", "--no-texts", "--config"}:
        # No folder lies beside a URL.
        texts = ["--no-texts"]
    work = "convert" if options.to else "check"
    asked = [*texts, *options.check] + (["--to", options.to] if options.to else [])
    name, more = options.program.name, ["--jobs", "1", *asked]
    context = SparkSession.builder.appName("labelwright").getOrCreate().sparkContext
    context.addFile(str(options.program.resolve()))
    partials = context.parallelize(shards, len(shards)).map(lambda one: done(one, name, work, more)).collect()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"part-{number:06}") for number in range(len(partials))]
        for path, partial in zip(paths, partials):
            path.write_bytes(partial)
        command = [options.program, "merge", *paths]
        if options.to:
            command = [options.program, work, options.input, *asked, "--partials", *paths]
        command += options.report
        return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
