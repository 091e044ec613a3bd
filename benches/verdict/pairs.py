#!/usr/bin/env python3
"""Pairs of label files, one as it was given and one that people corrected, for run.py.

    pairs.py OUT --conll DIR --clean DIR --noise DIR

The folders are checkouts of ZihanWangKi/CrossWeigh (the tokens and labels of CoNLL-2003),
flairNLP/CleanCoNLL (its corrected labels) and elenamer/NoiseBench (other labels of 400 of its
documents, by experts, by a crowd, by rules and by a model). The texts are Reuters' and stay
outside of this repository. Needs `patch`.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

NOISES = ["expert", "crowdbest", "crowd", "distant", "weak", "llm"]


def sentences(lines):
    """The sentences of a file in columns: lists of lists of fields."""
    sentence = []
    for line in lines:
        fields = line.split()
        if fields:
            sentence.append(fields)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def patched_tokens(path, patch):
    """The tokens of CoNLL-2003 as CleanCoNLL cuts them, by sentence."""
    with tempfile.TemporaryDirectory() as folder:
        tokens, out = Path(folder, "tokens"), Path(folder, "out")
        lines = path.read_text(encoding="utf-8").split("\n")
        tokens.write_text("\n".join((line.split() or [""])[0] for line in lines), encoding="utf-8")
        subprocess.run(["patch", "-s", tokens, patch, "-o", out], check=True, capture_output=True)
        return list(sentences(out.read_text(encoding="utf-8").split("\n")))


def spans(tags):
    """`(first, behind the last, label)` of tags in BIO, of either kind."""
    start, label = None, None
    for index, tag in enumerate([*tags, "O"]):
        kind = tag[2:] if tag[:2] in ("B-", "I-") else None
        if label is not None and (kind != label or tag.startswith("B-")):
            yield start, index, label
            label = None
        if kind is not None and label is None:
            start, label = index, kind


class Corpus:
    """Documents as text, and the labels of each in code points."""

    def __init__(self):
        self.texts, self.labels = [], []

    def add(self, tokens, tags):
        """Adds a sentence. The first token of a document is -DOCSTART-."""
        if tokens[0] == "-DOCSTART-":
            self.texts.append("")
            self.labels.append([])
            return
        edges, text = [], self.texts[-1]
        for token in tokens:
            edges.append((len(text), len(text) + len(token)))
            text += token + " "
        self.texts[-1] = text[:-1] + "\n"
        for first, behind, label in spans(tags):
            self.labels[-1].append((edges[first][0], edges[behind - 1][1], label))

    def write(self, folder):
        """Writes the labels as Azure Machine Learning exports them."""
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "labels.jsonl", "w", encoding="utf-8", newline="\n") as out:
            for number, labels in enumerate(self.labels):
                spelled = [{"label": label, "offsetStart": start, "offsetEnd": end} for start, end, label in labels]
                url = f"AmlDatastore://workspaceblobstore/{number:04}.txt"
                out.write(json.dumps({"image_url": url, "label": spelled}) + "\n")


def write_pair(folder, given, corrected):
    assert given.texts == corrected.texts
    given.write(folder / "given")
    corrected.write(folder / "corrected")
    (folder / "texts").mkdir(exist_ok=True)
    for number, text in enumerate(given.texts):
        (folder / "texts" / f"{number:04}.txt").write_text(text, encoding="utf-8", newline="\n")


def clean_conll(conll, clean, out):
    """CoNLL-2003's development set against CleanCoNLL, which cuts some tokens otherwise."""
    name = "cleanconll_annotations.dev"
    labels = sentences((clean / "data/cleanconll_annotations" / name).read_text().split("\n"))
    source = conll / "data/conllpp_dev.txt"
    tokens = patched_tokens(source, clean / "data/patch_files/dev_tokens.patch")
    original, given, corrected = Corpus(), Corpus(), Corpus()
    for rows in sentences(source.read_text(encoding="utf-8").split("\n")):
        original.add([row[0] for row in rows], [row[-1] for row in rows])
    for words, rows in zip(tokens, labels, strict=True):
        corrected.add([word for [word] in words], [row[-1] for row in rows])
    given.texts = corrected.texts
    for old, new, spans in zip(original.texts, given.texts, original.labels, strict=True):
        # Without white space the two texts are the same.
        count = [0]
        for char in old:
            count.append(count[-1] + (not char.isspace()))
        places = [place for place, char in enumerate(new) if not char.isspace()]
        assert len(places) == count[-1]
        moved = [(places[count[start]], places[count[end] - 1] + 1, label) for start, end, label in spans]
        given.labels.append(moved)
    write_pair(out / "conll-dev", given, corrected)


def noise_bench(conll, clean, noise, out):
    tokens = patched_tokens(conll / "data/conllpp_train.txt", clean / "data/patch_files/train_tokens.patch")
    index = (noise / "data/annotations/index.txt").read_text().split()

    def corpus(name):
        read = Corpus()
        rows = sentences((noise / "data/annotations" / f"{name}.traindev").read_text().split("\n"))
        for place, sentence in zip(index, rows, strict=True):
            words = ["-DOCSTART-"] if place == "docstart" else [word for [word] in tokens[int(place)]]
            assert len(words) == len(sentence)
            read.add(words, [row[-1] for row in sentence])
        return read

    corrected = corpus("clean")
    for name in NOISES:
        write_pair(out / name, corpus(f"noise_{name}"), corrected)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    for name in ("conll", "clean", "noise"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    clean_conll(args.conll, args.clean, args.out)
    noise_bench(args.conll, args.clean, args.noise, args.out)


if __name__ == "__main__":
    main()
