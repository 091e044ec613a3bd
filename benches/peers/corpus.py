"""Generates the corpora, the same from the same seed. Runs as a process of its own, so that its
memory is not counted as that of the programs that are measured."""

import json
import random
import sys
from pathlib import Path

CATEGORIES = ["Person", "City", "Organization", "Product", "Event"]
CONTAINER = "workspaceblobstore"
WORDS = 230


def header(categories, name):
    """A Language project without documents, in the order of the contract."""
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": "CustomEntityRecognition",
            "storageInputContainerName": CONTAINER,
            "projectName": name,
            "multilingual": False,
            "description": "",
            "language": "en-us",
            "settings": {},
        },
        "assets": {
            "projectKind": "CustomEntityRecognition",
            "entities": [{"category": category} for category in categories],
            "documents": [],
        },
    }


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def line(location, spans):
    """A line of an export; a span is (category, start, end)."""
    return compact(
        {
            "image_url": f"AmlDatastore://{CONTAINER}/{location}",
            "label": [{"label": c, "offsetStart": s, "offsetEnd": e} for c, s, e in spans],
            "label_confidence": [1.0] * len(spans),
        }
    )


def document(location, spans, length):
    labels = [{"category": c, "offset": s, "length": e - s} for c, s, e in spans]
    region = {"regionOffset": 0, "regionLength": length, "labels": labels}
    return {"location": location, "language": "en-us", "entities": [region]}


def small(folder, count, seed):
    """`count` texts of 1.5 kB with twelve labels each. Words in capitals are names, and each is
    labeled; one text in ten begins with an emoji, so that code points and UTF-16 differ."""
    chance = random.Random(seed)

    def words(number, letters, most):
        return ["".join(chance.choices(letters, k=chance.randint(3, most))) for _ in range(number)]

    common = words(4000, "abcdefghijklmnoprstuvwé", 9)
    names = words(3000, "ABCDEFGHIJKLMNOPRSTUVWZ", 8)
    categories = {name: chance.choice(CATEGORIES) for name in names}
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    project = header(CATEGORIES, "labels")
    with open(folder / "labels.jsonl", "w", encoding="utf-8", newline="") as lines:
        for number in range(count):
            parts = ["😀"] if number % 10 == 3 else []
            parts += chance.choices(common, k=WORDS)
            for place in range(7, WORDS, 19):
                parts[place] = chance.choice(names)
            text, spans, at = " ".join(parts), [], 0
            for part in parts:
                if part in categories:
                    spans.append((categories[part], at, at + len(part)))
                at += len(part) + 1
            location = f"d{number}.txt"
            (texts / location).write_bytes(text.encode())
            lines.write(line(location, spans) + "\n")
            astral = number % 10 == 3
            spans = [(c, s + astral, e + astral) for c, s, e in spans]
            project["assets"]["documents"].append(document(location, spans, len(text) + astral))
    with open(folder / "labels.json", "w", encoding="utf-8", newline="") as out:
        json.dump(project, out, ensure_ascii=False, indent=2)
        out.write("\n")


def spans_of(number, labels):
    """Spans of a document without a text: forty characters apart."""
    for label in range(labels):
        start = 40 * label + number % 30
        yield CATEGORIES[(number + label) % 5], start, start + 4 + number % 9


def large(folder, size):
    """Label files of about `size` bytes without texts, twelve labels a document."""
    folder.mkdir(parents=True, exist_ok=True)
    head, tail = compact(header(CATEGORIES, "large")).split('"documents":[')
    number = written = 0
    with (
        open(folder / "large.jsonl", "w", encoding="utf-8", newline="") as lines,
        open(folder / "large.json", "w", encoding="utf-8", newline="") as project,
    ):
        project.write(head + '"documents":[')
        while written < size:
            location, spans = f"d{number}.txt", list(spans_of(number, 12))
            written += lines.write(line(location, spans) + "\n")
            project.write("," if number else "")
            project.write(compact(document(location, spans, spans[-1][2])))
            number += 1
        project.write(tail)


def huge(file, size):
    """A Language file of about `size` bytes: 500 labels, about 25 kB, a document."""
    file.parent.mkdir(parents=True, exist_ok=True)
    head, tail = compact(header(CATEGORIES, "huge")).split('"documents":[')
    models = []
    for number in range(60):
        spans = list(spans_of(number, 500))
        models.append(compact(document("?", spans, spans[-1][2])).split("?"))
    number = written = 0
    with open(file, "w", encoding="utf-8", newline="") as out:
        out.write(head + '"documents":[')
        while written < size:
            before, after = models[number % len(models)]
            comma = "," if number else ""
            written += out.write(f"{comma}{before}d{number}.txt{after}")
            number += 1
        out.write(tail)


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    {"small": small, "large": large, "huge": huge}[what](Path(where), *map(int, numbers))
