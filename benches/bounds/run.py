#!/usr/bin/env python3
"""Says how much memory and time inputs take that are larger or deeper than anybody means.

    cargo build --release --locked
    python3 benches/bounds/run.py [target/release/labelwright] [NAME...]

Each run may have 1 GiB of addresses (as `ulimit -v 1048576` has it) and 300 seconds of the processor. Printed are
its exit status, its peak of memory (`ru_maxrss`) and its seconds of processor time. The exit status is 1 where a
run was killed, ended with another status than 0 to 2, or took more than 512 MiB. NAME picks inputs.

It needs 2.2 GB in the temporary folder, Python 3.9 or later on Linux, and nothing beside it.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))

from limited import run  # noqa: E402

ADDRESSES = 1 << 30
PROCESSOR = 300
MOST = 512 << 20
GIGABYTE = 1_000_000_000


def span(start, end):
    return {"label": "Thing", "offsetStart": start, "offsetEnd": end}


def line(name, spans):
    return json.dumps({"image_url": f"AmlDatastore://store/{name}", "label": spans,
                       "label_confidence": [1.0] * len(spans)})


def project(documents):
    metadata = {"projectKind": "CustomEntityRecognition", "storageInputContainerName": "c", "projectName": "p",
                "multilingual": False, "language": "en-us"}
    return json.dumps({"projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit",
                       "metadata": metadata,
                       "assets": {"projectKind": "CustomEntityRecognition", "entities": [{"category": "Thing"}],
                                  "documents": documents}})


def document(name, length, labels):
    regions = [{"regionOffset": 0, "regionLength": length, "labels": labels}]
    return {"location": name, "language": "en-us", "entities": regions}


def long_line(folder):
    """A line of 16 MiB"""
    good = line("1.txt", [span(0, 4)])
    (folder / "texts/1.txt").write_text("Rome is old")
    filler = '{"more":"' + "x" * (16 << 20) + '",'
    (folder / "labels.jsonl").write_text(line("2.txt", []) + "\n" + filler + good[1:] + "\n")
    return "labels.jsonl"


def many_spans(folder):
    """100,000 spans on one document"""
    (folder / "texts/1.txt").write_text("river " * 100_000)
    (folder / "labels.jsonl").write_text(line("1.txt", [span(6 * n, 6 * n + 5) for n in range(100_000)]) + "\n")
    return "labels.jsonl"


def many_nested(folder):
    """100,000 spans on one document, each in the one before (`show` would print each in every row)"""
    (folder / "texts/1.txt").write_text("river " * 100_000)
    spans = [span(n, 600_000 - n) for n in range(100_000)]
    (folder / "labels.jsonl").write_text(line("1.txt", spans) + "\n")
    return "labels.jsonl"


def brackets(folder):
    """A million `[` as a file"""
    (folder / "labels.json").write_text("[" * 1_000_000)
    return "labels.json"


def brackets_in_a_line(folder):
    """A million `[` in a line, closed"""
    deep = '{"more":' + "[" * 1_000_000 + "]" * 1_000_000 + ","
    (folder / "labels.jsonl").write_text(line("1.txt", []) + "\n" + deep + line("2.txt", [])[1:] + "\n")
    return "labels.jsonl"


def brackets_in_a_project(folder):
    """A million `[` in the header of a project"""
    (folder / "labels.json").write_text('{"more":' + "[" * 1_000_000 + "]" * 1_000_000 + "," + project([])[1:])
    return "labels.json"


def sparse_text(folder):
    """A text of 1 GB, of which the disk has nothing"""
    with open(folder / "texts/1.txt", "wb") as text:
        text.truncate(GIGABYTE)
    (folder / "labels.jsonl").write_text(line("1.txt", [span(0, 4)]) + "\n")
    return "labels.jsonl"


def written_text(folder):
    """A text of 250 MB, which is within the limit for texts"""
    with open(folder / "texts/1.txt", "w", encoding="ascii") as text:
        for _ in range(250):
            text.write("river and sea, \n" * 62_500)
    (folder / "labels.jsonl").write_text(line("1.txt", [span(0, 5), span(16, 21)]) + "\n")
    return "labels.jsonl"


def record(folder):
    """A document of 1 GB, a single line of an export"""
    good = line("1.txt", [span(0, 4)])
    (folder / "texts/1.txt").write_text("Rome is old")
    with open(folder / "labels.jsonl", "w", encoding="ascii") as labels:
        labels.write(good + '\n{"more":"')
        for _ in range(1_000):
            labels.write("x" * 1_000_000)
        labels.write('",' + good[1:] + "\n")
    return "labels.jsonl"


def record_in_a_project(folder):
    """A document of 1 GB, one of three of a project"""
    documents = [document(f"{number}.txt", 11, [{"category": "Thing", "offset": 0, "length": 4}])
                 for number in range(3)]
    for number in range(3):
        (folder / f"texts/{number}.txt").write_text("Rome is old")
    head, tail = project(documents).split('{"location": "1.txt"')
    with open(folder / "labels.json", "w", encoding="ascii") as labels:
        labels.write(head + '{"more":"')
        for _ in range(1_000):
            labels.write("x" * 1_000_000)
        labels.write('","location": "1.txt"' + tail)
    return "labels.json"


INPUTS = (long_line, many_spans, many_nested, brackets, brackets_in_a_line, brackets_in_a_project, sparse_text,
          written_text, record, record_in_a_project)


def commands(file):
    reading = ["--texts", "texts", "--isolated"]
    other = "aml" if file.endswith(".json") else "language"
    yield "check", ["check", file, *reading, "-q"]
    yield "check --diff", ["check", file, *reading, "-q", "--fix", "--unsafe-fixes", "--diff"]
    yield "convert", ["convert", file, "--to", other, *reading, "-q", "--skip-invalid", "-o", "out", "--force"]
    yield "convert to spacy", ["convert", file, "--to", "spacy", *reading, "-q", "--skip-invalid", "-o", "out",
                               "--force", "--losses", "losses"]
    yield "stats", ["stats", file, *reading]
    yield "show", ["show", file, *reading]
    yield "split", ["split", file, *reading, "-q", "--test-count", "1"]
    yield "score", ["score", file, file, *reading]
    yield "diff", ["diff", file, file, *reading, "-q"]


def main():
    arguments = sys.argv[1:]
    program = ROOT / "target/release/labelwright"
    if arguments and arguments[0] not in {made.__name__ for made in INPUTS}:
        program = Path(arguments.pop(0)).resolve()
    is_bad = False
    for made in INPUTS:
        if arguments and made.__name__ not in arguments:
            continue
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "texts").mkdir()
            file = made(folder)
            print(f"{made.__name__}: {made.__doc__}", flush=True)
            for name, asked in commands(file):
                if made is many_nested and name == "show":
                    continue
                took = run([program, *asked], folder, PROCESSOR, ADDRESSES)
                is_out = took.status not in (0, 1, 2) or took.peak > MOST
                is_bad |= is_out
                last = (took.said.strip().splitlines() or [""])[-1][:160]
                print(f"  {name:17} status {took.status:3}  {took.peak / (1 << 20):7.1f} MiB  {took.seconds:7.2f} s  "
                      f"{'<-- ' if is_out else ''}{last}", flush=True)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
