#!/usr/bin/env python3
"""Writes tables of classes, and has pandas read them.

pandas must see the same texts, classes and names, character for character, line ends and blanks at edges included. Read are
tables with one class a document and with several; the lists of these are read as Python's own.
"""

import argparse
import ast
import json
import pathlib
import subprocess
import sys
import tempfile

TEXTS = [
    "plain words",
    'He said "hi", twice',
    "line one\r\nline two \U0001f600",
    "line one\nline two",
    "  blanks kept  ",
    "=SUM(A1)",
    "tab\there; semicolon | bar",
    "Zoe\u0308 in \u6771\u4eac, \U0001f1eb\U0001f1f7",
    "back\\slash and 'quotes'",
    "NA",
]
CLASSES = ["Refund", "a, b", 'say "no"', "it's", "caf\u00e9", "None"]


def project(folder, several):
    documents = []
    for number, text in enumerate(TEXTS):
        name = f"{number}.txt"
        (folder / "docs").mkdir(exist_ok=True)
        (folder / "docs" / name).write_bytes(text.encode("utf-8"))
        document = {"location": name, "language": "en-us"}
        chosen = [{"category": CLASSES[(number + step) % len(CLASSES)]} for step in range(number % 3 if several else 1)]
        document.update({"classes": chosen} if several else {"class": chosen[0]})
        documents.append(document)
    kind = "CustomMultiLabelClassification" if several else "CustomSingleLabelClassification"
    written = {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "docs", "projectName": "x", "multilingual": False,
                     "description": "", "language": "en-us", "settings": {}},
        "assets": {"projectKind": kind, "classes": [{"category": name} for name in CLASSES], "documents": documents},
    }
    (folder / "project.json").write_text(json.dumps(written), encoding="utf-8")
    return documents


def check(pandas, binary, several):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        documents = project(folder, several)
        command = [binary, "convert", "project.json", "--to", "csv", "--texts", "docs", "-o", "out.csv", "--isolated",
                   "--fail-on", "never"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        # Without these two pandas takes words for missing values, and some texts for numbers.
        table = pandas.read_csv(folder / "out.csv", keep_default_na=False, dtype=str)
        if len(table) != len(documents):
            raise SystemExit(f"{len(table)} rows instead of {len(documents)}")
        for (_, row), document, text in zip(table.iterrows(), documents, TEXTS):
            if several:
                found, want = ast.literal_eval(row["label"]), [one["category"] for one in document["classes"]]
            else:
                found, want = row["label"], document["class"]["category"]
            for what, one, other in (("text", row["text"], text), ("label", found, want), ("name", row["name"], document["location"])):
                if one != other:
                    raise SystemExit(f"{document['location']}: {what} {one!r} instead of {other!r}")
        kind = "several classes" if several else "one class"
        print(f"pandas {pandas.__version__} reads {len(table)} rows with {kind} as they are")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    # This file has the name of a module of the library that pandas needs.
    sys.path = [place for place in sys.path if pathlib.Path(place or ".").resolve() != pathlib.Path(__file__).resolve().parent]
    try:
        import pandas
    except ImportError as error:
        print(f"skipped: {error}")
        return
    for several in (False, True):
        check(pandas, binary, several)


if __name__ == "__main__":
    sys.exit(main())
