"""Inputs that are large in one way alone: what a check of them takes, of the size, its double and the
double of that. Where the time grows with the size, twice as much takes twice as long."""

import shutil
import sys
from dataclasses import dataclass

import corpus
import work
from tables import seconds, size

# A run of the smallest input takes some milliseconds, of which the start is a part.
RUNS = 5


@dataclass
class Growth:
    """One input at one size."""

    title: str
    amount: int
    unit: str
    times: list
    processor: list
    peaks: list

    @property
    def time(self):
        return min(self.times)

    @property
    def spent(self):
        return min(self.processor)

    @property
    def peak(self):
        return max(self.peaks)


def words(count):
    """Text of `count` words of five characters. One in eight is not of ASCII."""
    return "".join(["word ", "text ", "côté ", "line ", "page ", "book ", "part ", "name "] * (count // 8))


def files(folder, count):
    """So many label files in one folder, of one document each, whose text stands beside it."""
    text = words(80)
    for number in range(count):
        line = corpus.line(f"d{number}.txt", [("City", 0, 4), ("Person", 10, 14)])
        (folder / f"labels{number}.jsonl").write_text(line + "\n", encoding="utf-8")
        (folder / f"d{number}.txt").write_text(text, encoding="utf-8")
    return ["."]


def text_bytes(folder, count):
    """One document of so many megabytes with a thousand labels."""
    text = words(count * 1_000_000 // 5)
    step = len(text) // 1_000 // 5 * 5
    spans = [("City", step * number, step * number + 4) for number in range(1_000)]
    (folder / "labels.jsonl").write_text(corpus.line("d.txt", spans) + "\n", encoding="utf-8")
    (folder / "d.txt").write_text(text, encoding="utf-8")
    return ["labels.jsonl"]


def spans(folder, count):
    """One document with so many labels, one after the other."""
    found = [("City" if number % 3 else "Person", 10 * number, 10 * number + 4) for number in range(count)]
    (folder / "labels.jsonl").write_text(corpus.line("d.txt", found) + "\n", encoding="utf-8")
    (folder / "d.txt").write_text(words(2 * count), encoding="utf-8")
    return ["labels.jsonl"]


def documents(folder, count):
    """So many documents with a label each, and no texts."""
    line = corpus.line("d?.txt", [("City", 0, 4)]) + "\n"
    before, after = line.split("?")
    with open(folder / "labels.jsonl", "w", encoding="utf-8", newline="") as out:
        out.writelines(f"{before}{number}{after}" for number in range(count))
    return ["labels.jsonl", "--no-texts"]


# What is made of it, its title, the unit of its size, and the sizes.
INPUTS = (
    (files, "a folder of small label files", "files", (3_000, 6_000, 12_000)),
    (text_bytes, "one document", "MB", (16, 32, 64)),
    (spans, "labels on one document", "labels", (100_000, 200_000, 400_000)),
    (documents, "documents without texts", "documents", (1_250_000, 2_500_000, 5_000_000)),
)


def measured(options):
    """Each input at each of its sizes."""
    return [one(options, *which, amount) for *which, amounts in INPUTS for amount in amounts]


def one(options, make, title, unit, amount):
    folder = options.cache / "growth"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        asked = make(folder, amount)
        # The service takes no document of megabytes, and it is an error.
        asked = [*asked, "--ignore", "document-too-long"]
        command = [options.binary, "check", *asked, "--isolated", "--jobs", "1", "--output", "json"]
        runs = [work.run(command, options.cache, cwd=folder) for _ in range(RUNS)]
    finally:
        shutil.rmtree(folder)
    wall, processor, peaks, _ = zip(*runs)
    found = Growth(title, amount, unit, list(wall), list(processor), list(peaks))
    print(f"{title}: {amount:,} {unit}: {found.spent:.2f} s", file=sys.stderr)
    return found


def table(found):
    """A row each; how many times as much it takes as the half."""
    rows = [
        "| large in | size | time | processor time | times the half | peak memory | times the half |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    half = None
    for this in found:
        longer = more = ""
        if half and half.title == this.title:
            longer, more = f"{this.spent / half.spent:.2f}", f"{this.peak / half.peak:.2f}"
        rows.append(
            f"| {this.title} | {this.amount:,} {this.unit} | {seconds(this.time)} "
            f"| {seconds(this.spent)} | {longer} | {size(this.peak)} | {more} |"
        )
        half = this
    return "\n".join(rows)
