"""Every command on every format, at three sizes, each twice as large as the one before.

A shape says what grows. Its label file is an export of Azure ML, of which the program itself makes the files of
the other formats. An export is only as large as its shape says; what a format adds to it is part of the measure.
"""

import json
from pathlib import Path

FORMATS = {  # how the files of each format end; brat's are those of a folder
    "aml": ".jsonl",
    "language": ".json",
    "label-studio": ".json",
    "spacy": ".jsonl",
    "spacy-tuples": ".json",
    "doccano": ".jsonl",
    "huggingface": ".jsonl",
    "conll": ".conll",
    "csv": ".csv",
    "brat": "",
}
TARGETS = [*FORMATS, "docbin"]
WORDS = ("river", "Anna", "green", "train", "old", "Rome", "letter", "seven")


def words(number, seed):
    """So many words. No two seeds have the same ones."""
    chosen = []
    state = seed * 2654435761 + 1
    for _ in range(number):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        chosen.append(WORDS[state >> 61])
    return " ".join([*chosen, f"n{seed}."])


def edges_of(text, every):
    """The first letter and the end of each so-manieth word."""
    edges, place = [], 0
    for number, word in enumerate(text.split(" ")[:-1]):
        if number % every == 0:
            edges.append((place, place + len(word)))
        place += len(word) + 1
    return edges


def line(name, labels):
    spans = [{"label": label, "offsetStart": start, "offsetEnd": end} for label, start, end in labels]
    record = {"image_url": f"AmlDatastore://store/{name}", "label": spans, "label_confidence": [1.0] * len(spans)}
    return json.dumps(record) + "\n"


def documents(size):
    """As many documents, with three labels each."""
    for number in range(size):
        text = words(9, number)
        yield f"{number}.txt", text, [("Thing", *edge) for edge in edges_of(text, 3)]


def labels(size):
    """One document with as many labels, one for each word."""
    text = words(size, 1)
    yield "1.txt", text, [("Thing", *edge) for edge in edges_of(text, 1)]


def overlaps(size):
    """One document with as many labels, each of which overlaps the next."""
    text = words(size + 1, 1)
    edges = edges_of(text, 1)
    yield "1.txt", text, [("Thing", first[0], second[1]) for first, second in zip(edges, edges[1:])]


def flawed(size):
    """One document with as many labels, each of which goes over the blank behind its word."""
    text = words(size + 1, 1)
    yield "1.txt", text, [("Thing", start, end + 1) for start, end in edges_of(text, 1)[:size]]


def text(size):
    """One document with as many words, and three labels."""
    text = words(size, 1)
    yield "1.txt", text, [("Thing", *edge) for edge in edges_of(text, 1)[:3]]


def names(size):
    """As many documents, each of which has a label with a name of its own."""
    for number in range(size):
        text = words(9, number)
        yield f"{number}.txt", text, [(f"Label {number}", *edge) for edge in edges_of(text, 9)]


def same(size):
    """As many records of one document, each with a label of it."""
    text = words(100, 1)
    edges = edges_of(text, 1)
    for number in range(size):
        yield "1.txt", text, [("Thing", *edges[number % len(edges)])]


def wrong(size):
    """As many documents whose labels end within a word, and whose offsets are no integers."""
    for number in range(size):
        text = words(9, number)
        yield f"{number}.txt", text, [("Thing", float(start), end - 1.0) for start, end in edges_of(text, 3)]


SHAPES = {  # the smallest size of each
    documents: 500,
    labels: 2_000,
    overlaps: 1_000,
    flawed: 1_000,
    text: 20_000,
    names: 400,
    same: 300,
    wrong: 500,
}


def make(shape, size, folder):
    """Writes the export of a shape, its texts, and a second export that lacks every other label."""
    texts = folder / "texts"
    texts.mkdir()
    with open(folder / "aml.jsonl", "w", encoding="utf-8") as first, \
            open(folder / "aml.other.jsonl", "w", encoding="utf-8") as second:
        for name, text, labels in shape(size):
            (texts / name).write_text(text, encoding="utf-8")
            first.write(line(name, labels))
            second.write(line(name, labels[::2]))


def file_of(form, other=False):
    return f"{form}{'.other' if other else ''}{FORMATS[form]}"


def commands(form, other):
    """The commands on a file of a format: a name and the arguments. `other` tells whether the format has a
    second file."""
    file = file_of(form)
    reading = ["--texts", "texts", "--isolated"]
    given = ["--format", form, *reading]
    everything = 2**60
    found = {
        "check": ["check", file, *given, "-q"],
        "check --no-texts": ["check", file, "--format", form, "--no-texts", "--isolated", "-q"],
        "check --fix": ["check", file, *given, "-q", "--fix", "--unsafe-fixes"],
        "check --diff": ["check", file, *given, "-q", "--fix", "--diff"],
        "check html": ["check", file, *given, "-q", "--output", "html"],
        "check sarif": ["check", file, *given, "-q", "--output", "sarif"],
        "check csv": ["check", file, *given, "-q", "--output", "csv"],
        "check junit": ["check", file, *given, "-q", "--output", "junit"],
        "write-baseline": ["check", file, *given, "-q", "--write-baseline", "known.jsonl"],
        "baseline": ["check", file, *given, "-q", "--baseline", "known.jsonl"],
        "shard": ["check", file, *given, "-q", "--shard", "0:", "--partial", "part", "--force"],
        "merge": ["merge", "part", "--isolated", "-q"],
        "stats": ["stats", file, *given],
        "show": ["show", file, *given, "--max-documents", str(everything)],
        "split": ["split", file, *given, "-q", "-o", "out.split", "--force"],
        "split --group-near": ["split", file, *given, "-q", "--group-near", "-o", "out.split", "--force"],
        "diff": ["diff", file, file_of(form, other), *given, "-q"],
        "score": ["score", file, file_of(form, other), *given],
        "sync": ["sync", "--project", "language.json", "--labels", file_of(form, other), *given, "-q",
                 "-o", "out.sync", "--force", "--prune"],
    }
    # Each format is read once for each shape of its own, and written once from the export.
    for target in TARGETS if form == "aml" else {form: 0, "aml": 0, "language": 0}:
        to = ["convert", file, "--from", form, "--to", target, *reading, "-q", "--force", "--skip-invalid",
              "--losses", "out.losses", "--overlap", "longest"]
        found[f"convert to {target}"] = [*to, "-o", f"out.{target}"]
        if target in ("aml", "language"):
            found[f"convert to {target}"] += ["--texts-out", "out.texts"]
    edits = ["--rename", "Thing=Matter", "--sample", "1000000"]
    found["convert with edits"] = [*found["convert to language"][:-2], *edits, "--texts-out", "out.texts"]
    found["restore"] = ["convert", "language.json", "--to", "aml", *reading, "-q", "--force", "--restore",
                        "language.losses", "-o", "out.restored"]
    return found


def prepare(run, folder):
    """Makes the files of the other formats. Answers the formats that the shape can be written in, and whether
    each has a second file."""
    made = {"aml": True}
    for form in FORMATS:
        if form == "aml":
            continue
        done = {}
        for other in (False, True):
            target = file_of(form, other)
            losses = "language.losses" if (form, other) == ("language", False) else "other.losses"
            convert = ["convert", file_of("aml", other), "--to", form, "--texts", "texts", "--isolated", "-q",
                       "--force", "--skip-invalid", "--overlap", "longest", "--losses", losses, "-o", target]
            run(convert)
            path = Path(folder) / target
            done[other] = path.exists() and (path.is_dir() or path.stat().st_size > 0)
        if done[False]:
            made[form] = done[True]
    return made
