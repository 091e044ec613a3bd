"""A conversion as a script does it that knows the formats: what `json_convert.py` and
`orjson_convert.py` share. It trusts its input but for spans past the end of a text, holds the
whole file as the usual libraries do, and writes the same bytes as labelwright.

    SCRIPT language|aml INPUT OUTPUT [TEXTS]

Without TEXTS numbers are copied, and a region ends with its document's last label."""

import sys
from bisect import bisect_left, bisect_right
from pathlib import Path

STORE = "AmlDatastore://workspaceblobstore/"


def astral(text):
    """The places, in code points, of the characters that count two in UTF-16."""
    if text.isascii() or len(text.encode("utf-16-le")) == 2 * len(text):
        return []
    return [place for place, char in enumerate(text) if char > "\uffff"]


def read(texts, location):
    with open(f"{texts}/{location}", "rb") as file:
        return file.read().decode()


def to_language(line, texts, declared):
    location = line["image_url"].rsplit("/", 1)[1]
    spans = [(s["label"], s["offsetStart"], s["offsetEnd"]) for s in line["label"]]
    if texts is None:
        length = max((end for _, _, end in spans), default=0)
    else:
        text = read(texts, location)
        if any(not 0 <= start <= end <= len(text) for _, start, end in spans):
            raise ValueError(f"{location}: a span past the end of the text")
        wide = astral(text)
        length = len(text) + len(wide)
        if wide:
            spans = [
                (label, start + bisect_left(wide, start), end + bisect_left(wide, end))
                for label, start, end in spans
            ]
    for label, _, _ in spans:
        declared.setdefault(label)
    return {
        "location": location,
        "language": "en-us",
        "entities": [
            {
                "regionOffset": 0,
                "regionLength": length,
                "labels": [
                    {"category": label, "offset": start, "length": end - start}
                    for label, start, end in spans
                ],
            }
        ],
    }


def to_aml(document, texts):
    location = document["location"]
    spans = [
        (label["category"], label["offset"], label["offset"] + label["length"])
        for region in document.get("entities", [])
        for label in region["labels"]
    ]
    if texts is not None:
        text = read(texts, location)
        wide = astral(text)
        if any(not 0 <= start <= end <= len(text) + len(wide) for _, start, end in spans):
            raise ValueError(f"{location}: a span past the end of the text")
        if wide:
            # Where the characters after the wide ones begin, in UTF-16.
            wide = [place + number + 2 for number, place in enumerate(wide)]
            spans = [
                (label, start - bisect_right(wide, start), end - bisect_right(wide, end))
                for label, start, end in spans
            ]
    return {
        "image_url": STORE + location,
        "label": [
            {"label": label, "offsetStart": start, "offsetEnd": end} for label, start, end in spans
        ],
        "label_confidence": [1.0] * len(spans),
    }


def project(name, declared, documents):
    kind = "CustomEntityRecognition"
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": kind,
            "storageInputContainerName": "workspaceblobstore",
            "projectName": name,
            "multilingual": False,
            "description": "",
            "language": "en-us",
            "settings": {},
        },
        "assets": {
            "projectKind": kind,
            "entities": [{"category": label} for label in declared],
            "documents": documents,
        },
    }


def main(loads, compact, pretty):
    """`compact` and `pretty` make bytes of a value, with a line end after them."""
    to, source, target, *rest = sys.argv[1:]
    texts = rest[0] if rest else None
    if to == "language":
        declared, documents = {}, []
        with open(source, "rb") as lines:
            for line in lines:
                documents.append(to_language(loads(line), texts, declared))
        Path(target).write_bytes(pretty(project(Path(source).stem, declared, documents)))
    else:
        documents = loads(Path(source).read_bytes())["assets"]["documents"]
        with open(target, "wb") as out:
            for document in documents:
                out.write(compact(to_aml(document, texts)))
