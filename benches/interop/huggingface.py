#!/usr/bin/env python3
"""Has Hugging Face datasets read the JSONL that labelwright writes, and compares the words of every span."""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

TEXTS = {
    "emoji.txt": ("😀 Ada met Émile in 東京.", [("Person", "Ada"), ("Person", "Émile"), ("City", "東京")]),
    "lines.txt": ("From: Ada\r\nTo: Zoe\u0308\r\n", [("Person", "Ada"), ("Person", "Zoe\u0308")]),
    "joined.txt": ("👩🏽‍🚒 Ada ❤️‍🔥 Bob", [("Person", "Ada"), ("Person", "Bob")]),
    "break.txt": ("Ada\r\nByron, 🇫🇷.", [("Person", "Ada\r\nByron")]),
    "none.txt": ("Nobody.", []),
}


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def project():
    documents = []
    for name, (text, spans) in TEXTS.items():
        labels = []
        for category, word in spans:
            start = text.index(word)
            labels.append({"category": category, "offset": utf16(text[:start]), "length": utf16(word)})
        region = {"regionOffset": 0, "regionLength": utf16(text), "labels": labels}
        documents.append({"location": name, "language": "en-us", "entities": [region]})
    kind = "CustomEntityRecognition"
    declared = [{"category": "Person"}, {"category": "City"}]
    metadata = {
        "projectKind": kind, "storageInputContainerName": "docs", "projectName": "demo", "multilingual": False,
        "description": "", "language": "en-us", "settings": {},
    }
    assets = {"projectKind": kind, "entities": declared, "documents": documents}
    return {
        "projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit", "metadata": metadata, "assets": assets,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
    try:
        import datasets
    except ImportError as error:
        print(f"skipped: {error}")
        return
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for text_name, (text, _) in TEXTS.items():
            (folder / text_name).write_bytes(text.encode())
        (folder / "project.json").write_text(json.dumps(project()), encoding="utf-8")

        def convert(*args):
            done = subprocess.run([binary, "convert", *args], cwd=folder, text=True, capture_output=True)
            assert done.returncode == 0, done.stderr

        def load(path):
            cache = str(folder / "cache")
            return datasets.load_dataset("json", data_files=str(folder / path), cache_dir=cache)["train"]

        convert("project.json", "--to", "huggingface", "-o", "spans.jsonl")
        seen = {}
        for record in load("spans.jsonl"):
            words = [(it["label"], record["text"][it["start"]:it["end"]]) for it in record["entities"]]
            seen[record["name"]] = (record["text"], words)
        assert seen == TEXTS, seen
        print(f"datasets {datasets.__version__} reads the spans of {len(seen)} records: the same words")

        # The same as tokens: tags are strings, and stand for the same words without white space.
        convert("project.json", "--to", "huggingface", "--huggingface-form", "tokens", "-o", "tokens.jsonl")
        for record in load("tokens.jsonl"):
            words = []
            for token, tag in zip(record["tokens"], record["ner_tags"], strict=True):
                if tag.startswith("B-"):
                    words.append((tag[2:], token))
                elif tag.startswith("I-"):
                    words[-1] = (tag[2:], words[-1][1] + token)
            text, wanted = TEXTS[record["id"]]
            assert "".join(record["tokens"]) == "".join(text.split()), record
            assert words == [(name, "".join(word.split())) for name, word in wanted], record
        print("and their tokens with the same tags")

        # What datasets writes of them is read as the same labels.
        load("spans.jsonl").to_json(str(folder / "again.jsonl"), force_ascii=False)
        convert("again.jsonl", "--to", "huggingface", "-o", "copy.jsonl")
        convert("again.jsonl", "--to", "language", "--texts-out", "again", "-o", "again.json")
        again = json.loads((folder / "again.json").read_text(encoding="utf-8"))
        labels = [document["entities"] for document in again["assets"]["documents"]]
        assert labels == [document["entities"] for document in project()["assets"]["documents"]], labels
        print("what it writes of them is read as the same labels")

        table = "text,label,name\n\"a, 😀\r\nb\",Refund,1.txt\nc,Urgent,2.txt\n"
        (folder / "classes.csv").write_bytes(table.encode())
        convert("classes.csv", "--to", "huggingface", "-o", "classes.jsonl")
        encoded = load("classes.jsonl").class_encode_column("label")
        names = encoded.features["label"].names
        classes = [(record["text"], names[record["label"]]) for record in encoded]
        assert classes == [("a, 😀\r\nb", "Refund"), ("c", "Urgent")], classes

        # Numbers come back with their names only.
        encoded.to_json(str(folder / "numbers.jsonl"), force_ascii=False)
        (folder / "names.txt").write_text("\n".join(names), encoding="utf-8")
        args = ["check", "numbers.jsonl", "--output", "json"]
        without = subprocess.run([binary, *args], cwd=folder, text=True, capture_output=True)
        assert "labels-are-numbers" in without.stdout, without.stdout
        named = subprocess.run([binary, *args, "--label-names", "names.txt"], cwd=folder, text=True, capture_output=True)
        assert "labels-are-numbers" not in named.stdout, named.stdout
        print("its numbers for classes are refused without names, and read with them")


if __name__ == "__main__":
    main()
