#!/usr/bin/env python3
"""Scores the same labels with labelwright, seqeval, nervaluate, scikit-learn and NLTK, and says where they differ.

Needs these (scikit-learn comes with seqeval):

    python3 -m venv target/python/score
    target/python/score/bin/pip install nervaluate==1.2.1 seqeval==1.2.2 nltk==3.10.4
    target/python/score/bin/python benches/score/compare.py --program target/debug/labelwright

The spans are made here: words of a text, and errors of every kind. Labels of one side never overlap, since seqeval's tags cannot say that they do. The last line tells whether all is as it should be: the
status is 1 if not.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from nervaluate import Evaluator
from nltk.metrics.agreement import AnnotationTask
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2
from sklearn.metrics import cohen_kappa_score, f1_score
from sklearn.preprocessing import MultiLabelBinarizer

LABELS = ["City", "Date", "Person"]
WORDS = ["Ada", "met", "Émile", "in", "Rome", "東京", "on", "😀", "Monday", "and", "paid", "12", "€"]
# What the measures of SemEval are called by nervaluate.
SCHEMES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}


def made(rng, documents):
    """Documents as words, gold and predicted spans of words (end exclusive)."""
    for number in range(documents):
        words = [rng.choice(WORDS) for _ in range(rng.randint(20, 60))]
        gold, at = [], 0
        while at < len(words) - 4:
            at += rng.randint(0, 4)
            length = rng.randint(1, 3)
            if at + length <= len(words):
                gold.append((at, at + length, rng.choice(LABELS)))
            at += length
        yield f"{number}.txt", words, gold, predicted(rng, words, gold)


def predicted(rng, words, gold):
    """What a model may find: most of gold, and errors of every kind; no two overlap."""
    wanted = []
    for start, end, label in gold:
        luck = rng.random()
        if luck < 0.1:
            continue
        if luck < 0.25:
            start, end = start + rng.choice([-1, 0, 1]), end + rng.choice([-1, 0, 1])
        if luck < 0.2 or luck > 0.9:
            label = rng.choice(LABELS)
        wanted.append((max(start, 0), min(end, len(words)), label))
    for _ in range(rng.randint(0, 3)):
        start = rng.randrange(len(words))
        wanted.append((start, min(start + rng.randint(1, 2), len(words)), rng.choice(LABELS)))
    found, until = [], 0
    for start, end, label in sorted(wanted):
        if start >= until and end > start:
            found.append((start, end, label))
            until = end
    return found


def envelope(kind, assets):
    """A Language project."""
    return {"projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit",
            "metadata": {"projectKind": kind, "storageInputContainerName": "c", "projectName": "p",
                         "multilingual": False, "description": "", "language": "en-us"},
            "assets": {"projectKind": kind, **assets}}


def project(documents, side):
    """A Language project with one side of the documents."""
    listed = []
    for document in documents:
        name, words = document[0], document[1]
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += len(word.encode("utf-16-le")) // 2 + 1
        labels = []
        for start, end, label in document[side]:
            last = starts[end - 1] + len(words[end - 1].encode("utf-16-le")) // 2
            labels.append({"category": label, "offset": starts[start], "length": last - starts[start]})
        listed.append({"location": name, "language": "en-us", "entities": [
            {"regionOffset": 0, "regionLength": at, "labels": labels}]})
    return envelope("CustomEntityRecognition",
                    {"entities": [{"category": name} for name in LABELS], "documents": listed})


def masi(one, other):
    """The MASI distance with its thirds; NLTK's own has two digits of them."""
    shared, both = len(one & other), len(one | other)
    if not both:
        return 0.0
    weight = 1 if one == other else 2 / 3 if shared and shared in (len(one), len(other)) else 1 / 3 if shared else 0
    return 1 - shared / both * weight


def classes(rng, documents):
    """Sets of classes of two labelers, who mostly agree; none is empty."""
    def changed(chosen):
        return {name for name in LABELS if (name in chosen) != (rng.random() < 0.15)} or {rng.choice(LABELS)}
    for _ in range(documents):
        chosen = set(rng.sample(LABELS, rng.randint(1, 2)))
        yield chosen, changed(chosen)


def agreement(program, sides, is_one):
    """What labelwright says of two labelers with one class a document, or with sets of them."""
    kind = "CustomSingleLabelClassification" if is_one else "CustomMultiLabelClassification"
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for side, name in enumerate(["one.json", "other.json"]):
            listed = []
            for number, pair in enumerate(sides):
                (folder / f"{number}.txt").write_text("x", encoding="utf-8")
                chosen = [{"category": label} for label in sorted(pair[side])]
                labels = {"class": chosen[0]} if is_one else {"classes": chosen}
                listed.append({"location": f"{number}.txt", "language": "en-us", **labels})
            assets = {"classes": [{"category": label} for label in LABELS], "documents": listed}
            (folder / name).write_text(json.dumps(envelope(kind, assets)), encoding="utf-8")
        args = [program, "score", "--agreement", "one.json", "other.json", "--output", "json"]
        found = json.loads(subprocess.run(args, cwd=folder, check=True, capture_output=True).stdout)
        return found["agreement"], found[f"c{kind[1:]}Evaluation"]


def ours(program, documents):
    """What labelwright says."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name, words, *_ in documents:
            (folder / name).write_text(" ".join(words) + "\n", encoding="utf-8")
        for side, name in [(2, "gold.json"), (3, "predicted.json")]:
            (folder / name).write_text(json.dumps(project(documents, side)), encoding="utf-8")
        args = [program, "score", "gold.json", "predicted.json", "--output", "json"]
        run = subprocess.run(args, cwd=folder, check=True, capture_output=True)
        return json.loads(run.stdout)


def seqeval(documents):
    """F1s by the tags of words, of which each entity must be the same as a whole."""
    def tags(words, spans):
        tags = ["O"] * len(words)
        for start, end, label in spans:
            tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        return tags
    gold = [tags(words, gold) for _, words, gold, _ in documents]
    found = [tags(words, found) for _, words, _, found in documents]
    return classification_report(gold, found, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)


def nervaluate(documents, last):
    """The four measures. `last` is added to each end: nervaluate takes it as the last word of a span."""
    def spans(side):
        return [[{"label": label, "start": start, "end": end + last} for start, end, label in document[side]]
                for document in documents]
    results = Evaluator(spans(2), spans(3), tags=LABELS, loader="dict").evaluate()["overall"]
    return {name: results[theirs] for name, theirs in SCHEMES.items()}


def stolen(documents):
    """How many gold spans a prediction takes that comes before one which fits them better, in nervaluate: it goes
    through the predictions in their order, and each takes what it overlaps."""
    number = 0
    for *_, gold, found in documents:
        for start, end, label in gold:
            over = [it for it in found if it[0] < end and start < it[1]]
            number += len(over) > 1
    return number


def counts(result):
    return [result["correct"], result["incorrect"], result["partial"], result["missed"], result["spurious"]]


def their_counts(result):
    return [result.correct, result.incorrect, result.partial, result.missed, result.spurious]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="target/release/labelwright")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    program = Path(args.program).resolve()
    documents = list(made(random.Random(args.seed), args.documents))
    # Where several predictions overlap one gold span, it matters who may take it: those documents apart.
    plain = [it for it in documents if not stolen([it])]
    wrong = []

    def row(name, one, other, is_expected=True):
        same = "equal" if one == other else "differs"
        print(f"| {name} | {one} | {other} | {same} |")
        if is_expected and one != other:
            wrong.append(name)

    print(f"{len(documents)} documents, {sum(len(it[2]) for it in documents)} gold labels, "
          f"{sum(len(it[3]) for it in documents)} predicted\n")
    found = ours(program, documents)
    figures = found["customEntityRecognitionEvaluation"]
    report = seqeval(documents)
    print("| figure | labelwright | seqeval 1.2.2, strict, IOB2 | |\n|---|---|---|---|")
    for average in ["micro", "macro"]:
        for part, theirs in [("Precision", "precision"), ("Recall", "recall"), ("F1", "f1-score")]:
            row(f"{average} {part}", round(figures[average + part], 10),
                round(float(report[f"{average} avg"][theirs]), 10))
    for label in LABELS:
        row(f"F1 of {label}", round(figures["entities"][label]["f1"], 10),
            round(float(report[label]["f1-score"]), 10))

    titles = "correct, incorrect, partial, missed, spurious"
    for title, part, last, is_expected in [
            (f"{len(plain)} documents where no gold label overlaps two predictions; ends given as last words",
             plain, -1, True),
            ("all documents; ends given as last words", documents, -1, False),
            ("the plain documents; exclusive ends given as they are", plain, 0, False)]:
        print(f"\n{title}\n\n| {titles} | labelwright | nervaluate 1.2.1 | |\n|---|---|---|---|")
        own, theirs = ours(program, part)["semeval"], nervaluate(part, last)
        for name in SCHEMES:
            row(name, counts(own[name]), their_counts(theirs[name]), is_expected)

    sides = list(classes(random.Random(args.seed), args.documents))
    print(f"\n{len(sides)} documents with classes from two labelers\n")
    print("| figure | labelwright | scikit-learn, NLTK 3.10.4 | |\n|---|---|---|---|")
    firsts = [(sorted(one)[0], sorted(other)[0]) for one, other in sides]
    one, other = [pair[0] for pair in firsts], [pair[1] for pair in firsts]
    own, figures = agreement(program, [({first}, {second}) for first, second in firsts], True)
    row("Cohen's kappa", round(own["cohenKappa"], 10), round(float(cohen_kappa_score(one, other)), 10))
    for average in ["micro", "macro"]:
        theirs = f1_score(one, other, average=average)
        row(f"{average} F1, one class", round(figures[f"{average}F1"], 10), round(float(theirs), 10))
    own, figures = agreement(program, sides, False)
    data = [(coder, item, frozenset(pair[coder])) for item, pair in enumerate(sides) for coder in (0, 1)]
    theirs = AnnotationTask(data=data, distance=masi).alpha()
    row("Krippendorff's alpha, MASI", round(own["krippendorffAlphaMasi"], 10), round(theirs, 10))
    spread = MultiLabelBinarizer(classes=LABELS).fit([])
    one, other = (spread.transform([pair[side] for pair in sides]) for side in (0, 1))
    for average in ["micro", "macro"]:
        theirs = f1_score(one, other, average=average)
        row(f"{average} F1, sets of classes", round(figures[f"{average}F1"], 10), round(float(theirs), 10))

    print("\nnot equal: " + ", ".join(wrong) if wrong else "\nall that should be equal is equal")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
