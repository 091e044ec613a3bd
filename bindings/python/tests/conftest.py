import json
from pathlib import Path

import pytest

TEXT = "Ada 😀 flew from Rome to Köln.\n"
"""Rome is at 16..20 in code points, and at 17..21 in UTF-16 code units."""


def aml(name, labels):
    """A line of an Azure ML export."""
    spans = [{"label": label, "offsetStart": start, "offsetEnd": end} for label, start, end in labels]
    return json.dumps({"image_url": f"AmlDatastore://store/{name}", "label": spans}) + "\n"


def language(documents, labels):
    """An Azure AI Language project; the offsets count UTF-16 code units."""
    return json.dumps(
        {
            "projectFileVersion": "2022-05-01",
            "stringIndexType": "Utf16CodeUnit",
            "metadata": {
                "projectKind": "CustomEntityRecognition",
                "storageInputContainerName": "texts",
                "projectName": "trips",
                "multilingual": False,
                "description": "",
                "language": "en-us",
            },
            "assets": {
                "projectKind": "CustomEntityRecognition",
                "entities": [{"category": label} for label in labels],
                "documents": [
                    {
                        "location": name,
                        "language": "en-us",
                        "dataset": dataset,
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
                    for name, dataset, length, spans in documents
                ],
            },
        }
    )


@pytest.fixture
def corpus(tmp_path) -> Path:
    """A folder with two texts and label files over them."""
    texts = tmp_path / "docs"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT, encoding="utf-8", newline="")
    (texts / "b.txt").write_text("Grace saw Oslo.\n", encoding="utf-8", newline="")
    (tmp_path / "project.json").write_text(
        language(
            [
                ("a.txt", "Train", 31, [("Person", 0, 3), ("City", 17, 21), ("City", 25, 29)]),
                ("b.txt", "Test", 16, [("Person", 0, 5), ("City", 10, 14)]),
            ],
            ["Person", "City"],
        ),
        encoding="utf-8",
    )
    (tmp_path / "broken.json").write_text(
        language([("a.txt", "Train", 31, [("City", 17, 20)]), ("b.txt", "Test", 16, [("City", 10, 99)])], ["City"]),
        encoding="utf-8",
    )
    return tmp_path
