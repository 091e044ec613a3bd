#!/usr/bin/env python3
"""Writes a folder of brat, and reads it by brat's own rules.

brat is no package, and does not run on Python 3.11 and later. So its lines are read here by a few lines of Python
that do what its parser (nlplab/brat, 44ecd825, `server/src/annotation.py`) was seen to do: cut with `splitlines`, part
at tabs, refuse a line whose words are not those of the text. Where the package `brat-parser` is installed, it reads the
folder too.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TEXTS = {
    "ascii.txt": ("Ada met Bob in Paris.", ["Ada", "Bob", "Paris"]),
    "emoji.txt": ("\U0001f600 Ada met \u00c9mile in \u6771\u4eac.", ["Ada", "\u00c9mile", "\u6771\u4eac"]),
    "crlf.txt": ("Date: 3 May\r\nBorrower: Ada\r\nByron.\r\n", ["3 May", "Ada\r\nByron"]),
    "comb.txt": ("Zoe\u0308 and Jose\u0301", ["Zoe\u0308", "Jose\u0301"]),
    "flags.txt": ("\U0001f1eb\U0001f1f7 Ada in \U0001f469\U0001f3fd\u200d\U0001f692 Rome", ["Ada", "Rome"]),
    "seps.txt": ("Ada\u2028Bob\u0085Eve met Zed", ["Ada\u2028Bob", "Zed"]),
    "mark.txt": ("\ufeffAda met Bob", ["Ada", "Bob"]),
    "sub/deep.txt": ("Deep down: Ada", ["Ada"]),
    "none.txt": ("Nobody.", []),
}
LINE = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$", re.DOTALL)
WHITE = re.compile(r"\s+")


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def project(folder):
    documents = []
    for name, (text, words) in TEXTS.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        # The service may not count a mark; labelwright does not.
        bare = text.removeprefix("\ufeff")
        labels = [
            {"category": "First Name", "offset": utf16(bare[: bare.index(word)]), "length": utf16(word)} for word in words
        ]
        region = {"regionOffset": 0, "regionLength": utf16(bare), "labels": labels}
        documents.append({"location": name, "language": "en-us", "entities": [region]})
    kind = "CustomEntityRecognition"
    written = {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "docs", "projectName": "x", "multilingual": False,
                     "description": "", "language": "en-us", "settings": {}},
        "assets": {"projectKind": kind, "entities": [{"category": "First Name"}], "documents": documents},
    }
    (folder / "project.json").write_text(json.dumps(written), encoding="utf-8")


def spans(annotations, text):
    """The words of each label, or why brat refuses a line."""
    found, ids = [], set()
    for number, line in enumerate(annotations.splitlines(), 1):
        read = LINE.match(line)
        if not read:
            raise SystemExit(f"line {number} is none of brat's: {line!r}")
        identity, _, offsets, covered = read.groups()
        if identity in ids:
            raise SystemExit(f"line {number}: {identity} is there already")
        ids.add(identity)
        stretches = [tuple(map(int, part.split(" "))) for part in offsets.split(";")]
        words = [text[start:end] for start, end in stretches]
        if " ".join(words) != covered:
            raise SystemExit(f"line {number}: {covered!r} is not {words!r}")
        found.append(text[stretches[0][0] : stretches[-1][1]])
    return found


def by_package(folder):
    try:
        import brat_parser
    except ImportError:
        print("skipped: brat-parser is not installed, so the lines were read by these rules alone")
        return
    for name in TEXTS:
        path = folder / name
        entities = brat_parser.get_entities_relations_attributes_groups(str(path.with_suffix(".ann")))[0]
        words = [WHITE.sub(" ", entity.text) for entity in entities.values()]
        want = [WHITE.sub(" ", word) for word in TEXTS[name][1]]
        if words != want:
            raise SystemExit(f"brat-parser, {name}: {words} instead of {want}")
    print("brat-parser reads the same words")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        project(folder)
        command = [binary, "convert", "project.json", "--to", "brat", "--texts", "docs", "-o", "corpus", "--isolated"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        count = 0
        for name, (text, words) in TEXTS.items():
            path = folder / "corpus" / name
            if path.read_bytes() != text.encode("utf-8"):
                raise SystemExit(f"{name} is not the text that it was")
            annotations = path.with_suffix(".ann").read_bytes().decode("utf-8")
            found = spans(annotations, text)
            if found != words:
                raise SystemExit(f"{name}: {found} instead of {words}")
            count += len(found)
        print(f"{count} spans in {len(TEXTS)} documents have the same words by brat's rules")
        by_package(folder / "corpus")


if __name__ == "__main__":
    sys.exit(main())
