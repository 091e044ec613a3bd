#!/usr/bin/env python3
"""Says how much longer the double takes: for each kind of input that was quadratic once, and for every
command on every format.

    cargo build --release --locked
    python3 benches/doubling/run.py [target/release/labelwright] [NAME...]

Each input is made three times, each twice as large as the one before. Printed are the seconds of processor
time (of the known inputs the least of two runs), and how many times as long the last took as the one before it: about 2 where the
time grows with the size, and 4 where it grows with its square. Where it is more than 3, and the last took
more than half a second, the line is marked, and the exit status is 1. Of the commands only those are printed
that take more than 2.6 times as long, and for each shape how many there were. NAME picks inputs and shapes.

Needs Python 3.9 or later on Unix, and nothing beside it.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import every

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))

import limited  # noqa: E402

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


def one_name(size):
    """A ledger about as many documents of one name."""
    rows = "".join(f"1,Text number {number}.,A,{number}\n" for number in range(size))
    return {"labels.csv": "id,text,class,source\n" + rows}


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
    one_name: (["restore"], 2_500),
}


# What a run may take of the processor. One that takes longer is as good as endless.
LIMIT = 120


def run(program, arguments, folder):
    """The seconds of processor time of a run, its status, and what it said."""
    took = limited.run([program, *arguments], folder, LIMIT)
    if took.status == 101 or took.status < 0 and -took.status != signal.SIGXCPU:
        sys.exit(f"{' '.join(map(str, arguments))}: {took.status}: {took.said}")
    return took.seconds, took.status, took.said


def seconds(program, files, arguments):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        file = next(iter(files))
        best = None
        asked = ["check", file, "--quiet", *arguments]
        if arguments[:1] == ["score"]:
            asked = ["score", file, *arguments[1:]]
        if arguments[:1] == ["restore"]:
            told = ["--fail-on", "never", "--quiet", "--force"]
            away = ["convert", file, "--to", "spacy", "--losses", "ledger", "-o", "away.jsonl", *told]
            run(program, [*away, "--isolated"], folder)
            asked = ["convert", "away.jsonl", "--to", "csv", "--restore", "ledger", "-o", "back.csv", *told]
        for _ in range(2):
            took, status, said = run(program, [*asked, "--isolated"], folder)
            if status not in (0, 1):
                sys.exit(said)
            best = took if best is None else min(best, took)
        return best


def shown(name, sizes, times):
    """A line with its mark, and whether it has one."""
    ratio = times[-1] / max(times[-2], 0.001)
    is_slow = ratio > 3 and times[-1] > 0.5
    figures = "  ".join(f"{size:>9,} {took:6.2f} s" for size, took in zip(sizes, times))
    return f"{name:44} {figures}  times {ratio:.1f}{'  <--' if is_slow else ''}", is_slow


def known(program, wanted):
    """The inputs that were quadratic once. Answers whether one is again."""
    is_bad = False
    for made, (flags, size) in INPUTS.items():
        if wanted and made.__name__ not in wanted:
            continue
        sizes = [size, 2 * size, 4 * size]
        line, is_slow = shown(made.__name__, sizes, [seconds(program, made(size), flags) for size in sizes])
        is_bad |= is_slow
        print(line, flush=True)
    return is_bad


def place(program, shape, size, root):
    """A folder with the files of a shape. Answers it and the formats."""
    folder = Path(root) / f"{shape.__name__}-{size}"
    folder.mkdir()
    every.make(shape, size, folder)
    return folder, every.prepare(lambda arguments: run(program, arguments, folder), folder)


def measured(program, arguments, folder):
    """A run on the files as they were made: its time and status."""
    fixes = "--fix" in arguments and "--diff" not in arguments
    source, kept = folder / arguments[1], folder / "kept"
    if fixes:
        if source.is_dir():
            return None, 2
        shutil.copy(source, kept)
    took, status, _ = run(program, arguments, folder)
    if fixes:
        shutil.move(kept, source)
    # What is written once is in the way the next time.
    for made in ("out.texts", "out.brat"):
        shutil.rmtree(folder / made, ignore_errors=True)
    return took, status


def grows(results):
    """Whether the last of some runs took so much longer than the one before that people should know."""
    before, last = (took for took, _ in results[-2:])
    return last > 0.2 and last > 2.6 * before


def all_commands(program, shape, size):
    """Every command on the files of a shape. Answers whether one grows more than linearly."""
    sizes = [size, 2 * size, 4 * size]
    is_bad, counted, failed = False, 0, []
    with tempfile.TemporaryDirectory() as root:
        places = [place(program, shape, size, root) for size in sizes]
        formats = places[-1][1]
        for form, other in formats.items():
            for name, arguments in every.commands(form, other).items():
                # The smallest is asked only where there is something to tell, and all of them again.
                for number in (1, 0):
                    results = [measured(program, arguments, folder) for folder, _ in places[number:]]
                    if any(status == 2 for _, status in results) or not grows(results):
                        break
                if any(status == 2 for _, status in results):
                    failed.append(f"{form}: {name}")
                    continue
                counted += 1
                if not grows(results):
                    continue
                line, is_slow = shown(f"{shape.__name__}: {form}: {name}", sizes, [took for took, _ in results])
                is_bad |= is_slow
                print(line, flush=True)
    print(f"{shape.__name__}: {counted} commands on {len(formats)} formats; {len(failed)} that do not apply",
          flush=True)
    if os.environ.get("DOUBLING_VERBOSE"):
        print("\n".join(f"  {name}" for name in failed), flush=True)
    return is_bad


def main():
    arguments = sys.argv[1:]
    names = {made.__name__ for made in (*INPUTS, *every.SHAPES)}
    program = ROOT / "target/release/labelwright"
    if arguments and arguments[0] not in names:
        program = Path(arguments.pop(0)).resolve()
    is_bad = known(program, arguments)
    for shape, size in every.SHAPES.items():
        if not arguments or shape.__name__ in arguments:
            is_bad |= all_commands(program, shape, size)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
