"""The corpora that are split: generated ones, and label files that the user has.

A generated document has a topic, and most of its labels are those of the topic, so that labels come
together. How often labels are follows Zipf's law, as in real projects.
"""

import json
import random
from collections import Counter
from pathlib import Path

# name: documents, labels, labels a document, exponent of Zipf's law, instances a label, seed
GENERATED = {
    "60 × 10": (60, 10, 3, 0.2, 2.0, 101),
    "300 × 20": (300, 20, 4, 0.8, 2.0, 102),
    "2,000 × 30": (2000, 30, 5, 1.0, 2.0, 103),
    "2,000 × 100": (2000, 100, 6, 0.8, 2.0, 104),
    "5,000 × 200": (5000, 200, 5, 0.8, 1.5, 105),
}
HUGE = ("100,000 × 200", (100_000, 200, 6, 0.9, 2.0, 106))


def generate(documents, labels, each, zipf, instances, seed):
    chance = random.Random(seed)
    weights = [1 / (number + 1) ** zipf for number in range(labels)]
    topics = [chance.sample(range(labels), max(3, labels // 5)) for _ in range(10)]
    corpus = []
    for _ in range(documents):
        topic = chance.choice(topics)
        found = Counter()
        for _ in range(max(1, round(chance.gauss(each, each / 2)))):
            if chance.random() < 0.6:
                label = chance.choices(topic, [weights[label] for label in topic])[0]
            else:
                label = chance.choices(range(labels), weights)[0]
            found[f"L{label:03}"] += max(1, round(chance.expovariate(1 / instances)))
        corpus.append(dict(found))
    return corpus


def read(path):
    """The labels of the documents of a Language project, and the project."""
    project = json.loads(Path(path).read_text(encoding="utf-8"))
    corpus = []
    for document in project["assets"]["documents"]:
        found = Counter()
        for region in document.get("entities", []):
            found.update(label["category"] for label in region["labels"])
        one = document.get("class")
        found.update(item["category"] for item in document.get("classes", []) + ([one] if one else []))
        corpus.append(dict(found))
        document.pop("dataset", None)
    return corpus, project


def project(corpus):
    """A Language project with the labels of a generated corpus."""
    documents = []
    for place, labels in enumerate(corpus):
        spans, at = [], 0
        for label, number in sorted(labels.items()):
            for _ in range(number):
                spans.append({"category": label, "offset": at, "length": 2})
                at += 3
        region = {"regionOffset": 0, "regionLength": at, "labels": spans}
        documents.append({"location": f"{place:06}.txt", "language": "en-us", "entities": [region]})
    names = sorted({label for labels in corpus for label in labels})
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": "CustomEntityRecognition",
            "storageInputContainerName": "documents",
            "projectName": "generated",
            "multilingual": False,
            "description": "",
            "language": "en-us",
        },
        "assets": {
            "projectKind": "CustomEntityRecognition",
            "entities": [{"category": name} for name in names],
            "documents": documents,
        },
    }
