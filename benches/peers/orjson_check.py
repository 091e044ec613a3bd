"""What a script that knows the format checks of a Language file with its texts: every file is
there and UTF-8, every label is declared, and every span and region lies in its text and cuts no
surrogate pair.

    orjson_check.py INPUT TEXTS"""

import sys
from pathlib import Path

import orjson
from convert import astral, read


def is_fault(start, length, size, halves):
    end = start + length
    if not 0 <= start <= end <= size:
        return True
    return start in halves or end in halves


def main(source, texts):
    assets = orjson.loads(Path(source).read_bytes())["assets"]
    declared = {entity["category"] for entity in assets["entities"]}
    labels = faults = 0
    for document in assets["documents"]:
        try:
            text = read(texts, document["location"])
        except (OSError, UnicodeDecodeError):
            faults += 1
            continue
        wide = astral(text)
        # The second halves of the pairs, in UTF-16.
        halves = {place + number + 1 for number, place in enumerate(wide)}
        size = len(text) + len(wide)
        for region in document.get("entities", []):
            faults += is_fault(region["regionOffset"], region["regionLength"], size, halves)
            for label in region["labels"]:
                labels += 1
                faults += label["category"] not in declared
                faults += is_fault(label["offset"], label["length"], size, halves)
    counts = {"documents": len(assets["documents"]), "labels": labels, "errors": faults}
    print(orjson.dumps(counts).decode())


main(*sys.argv[1:])
