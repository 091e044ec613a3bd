#!/usr/bin/env python3
"""Says how much longer the double takes, for each kind of input that was quadratic once.

    cargo build --release --locked
    python3 benches/doubling/run.py [target/release/labelwright] [NAME...]

Each input is made three times, each twice as large as the one before, and is checked, fixed or
scored. Printed
are the seconds (the best of three), and how many times as long the last took as the one before it: about 2
where the time grows with the size, and 4 where it grows with its square. Where it is more than 3, and the
last took more than a second, the line is marked, and the exit status is 1. NAME picks inputs.

Needs Python 3.9 or later, and nothing beside it.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KIND = "CustomSingleLabelClassification"


def line(number, label):
    return json.dumps({"image_url": f"AmlDatastore://d/{number}.txt", "label": label}) + "\n"


def project(documents):
    metadata = {"projectKind": KIND, "storageInputContainerName": "c", "projectName": "p",
                "multilingual": False, "language": "en-us"}
    classes = [{"category": "A"}, {"category": "B"}]
    return json.dumps({"projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit",
                       "metadata": metadata, "assets": {"projectKind": KIND, "classes": classes,
                                                        "documents": documents}})


def document(name, category):
    return {"location": name, "language": "en-us", "class": {"category": category}}


def spans(text, edges):
    labels = [{"label": "A", "offsetStart": start, "offsetEnd": end} for start, end in edges]
    return {"labels.jsonl": line(1, labels), "1.txt": text}


def undeclared(size):
    """As many labels that are not declared."""
    return {"labels.json": project([document(f"{n}.txt", f"label number {n}") for n in range(size)])}


def duplicates(size):
    """As many records of one document."""
    return {"labels.json": project([document("1.txt", "A")] * size)}


def blank_lines(size):
    """As many blank lines."""
    return {"labels.jsonl": line(1, "A") + "\n" * size}


def names(size):
    """As many labels, of which no two are alike."""
    return {"labels.jsonl": "".join(line(n, f"{n * 2654435761 % 2**32:08x} name") for n in range(size))}


def nested(size):
    """As many labels, each in the one before."""
    return spans("word " * size, [(n, 5 * size - n) for n in range(size)])


def white_space(size):
    """As many labels over long white space, each in the one before."""
    return spans("a" + " " * 2 * size + "b", [(n + 1, 2 * size - n) for n in range(size)])


def letter(size):
    """As many labels around one letter in long white space, each in the one before."""
    return spans(" " * size + "\u00e9" + " " * size, [(n, 2 * size + 1 - n) for n in range(size)])


def marks(size):
    """As many labels up to the end of as many combining marks."""
    return spans("word " * size + "e" + "\u0301" * size + " a",
                 [(5 * n, 6 * size + 1) for n in range(size)])


def cluster(size):
    """As many labels within one letter with as many combining marks."""
    return spans("e" + "\u0301" * size + " a", [(n, n + 1) for n in range(1, size)])


def heaped(size):
    """Two sides with as many labels, each in the one before; those of the second are one character shorter."""
    first, text = nested(size).values()
    second = line(1, [{"label": "A", "offsetStart": n, "offsetEnd": 5 * size - n - 1} for n in range(size)])
    return {"labels.jsonl": first, "1.txt": text, "predicted.jsonl": second}


INPUTS = {  # the arguments, and the smallest size
    undeclared: (["--fix", "--diff", "--no-texts"], 1_000),
    duplicates: (["--unsafe-fixes", "--diff", "--no-texts"], 1_250),
    blank_lines: (["--fix", "--diff", "--no-texts"], 25_000),
    names: (["--no-texts"], 25_000),
    nested: ([], 10_000),
    white_space: ([], 10_000),
    letter: ([], 10_000),
    marks: ([], 10_000),
    cluster: ([], 10_000),
    heaped: (["score", "predicted.jsonl"], 10_000),
}


def seconds(program, files, arguments):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        file = next(iter(files))
        best = None
        for _ in range(3):
            start = time.perf_counter()
            asked = ["check", file, "--quiet", *arguments]
            if arguments[:1] == ["score"]:
                asked = ["score", file, *arguments[1:]]
            done = subprocess.run([program, *asked, "--isolated"], cwd=folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            took = time.perf_counter() - start
            if done.returncode > 1:
                sys.exit(done.stderr.decode())
            best = took if best is None else min(best, took)
        return best


def main():
    arguments = sys.argv[1:]
    program = ROOT / "target/release/labelwright"
    if arguments and arguments[0] not in {made.__name__ for made in INPUTS}:
        program = Path(arguments.pop(0)).resolve()
    is_bad = False
    for made, (flags, size) in INPUTS.items():
        if arguments and made.__name__ not in arguments:
            continue
        sizes = [size, 2 * size, 4 * size]
        times = [seconds(program, made(size), flags) for size in sizes]
        ratio = times[2] / times[1]
        is_slow = ratio > 3 and times[2] > 1
        is_bad |= is_slow
        shown = "  ".join(f"{size:>7,} {took:6.2f} s" for size, took in zip(sizes, times))
        print(f"{made.__name__:12} {shown}  times {ratio:.1f}{'  <--' if is_slow else ''}", flush=True)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
