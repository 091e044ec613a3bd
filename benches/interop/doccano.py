#!/usr/bin/env python3
"""Has doccano import the JSONL that labelwright writes, and compares the words of every span.

doccano's own importer needs its server; where it cannot be imported, the file is held to what the importer of
doccano 1.8.4 was seen to take: JSON lines with the same members, spans of two integers and a name, in UTF-16.
The clusters of its page are those of grapheme-splitter 1.0.4, which is asked where Node.js has it.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

TEXTS = {
    "emoji.txt": ("😀 Ada met Émile in 東京.", [("Person", "Ada"), ("Person", "Émile"), ("City", "東京")]),
    "lines.txt": ("From: Ada\r\nTo: Zoe\u0308\r\n", [("Person", "Ada"), ("Person", "Zoe\u0308")]),
    "joined.txt": ("👩🏽‍🚒 Ada ❤️‍🔥 Bob", [("Person", "Ada"), ("Person", "Bob")]),
    "hindi.txt": ("क्षितिज दिल्ली में Ada", [("Person", "क्षितिज"), ("City", "दिल्ली"), ("Person", "Ada")]),
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
        documents.append({"location": name, "language": "en-us", "dataset": "Train", "entities": [region]})
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


def words_in_utf16(text, spans):
    units = text.encode("utf-16-le")
    return [(name, units[2 * start : 2 * end].decode("utf-16-le")) for start, end, name in spans]


def clusters(texts):
    """The clusters of texts as grapheme-splitter cuts them; nothing where Node.js does not have it."""
    script = (
        "const G=require('grapheme-splitter');const g=new G();"
        "const t=JSON.parse(require('fs').readFileSync(0));"
        "process.stdout.write(JSON.stringify(t.map(s=>g.splitGraphemes(s))))"
    )
    try:
        done = subprocess.run(["node", "-e", script], input=json.dumps(texts), text=True, capture_output=True)
    except OSError:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def doccano_lines(path):
    """The examples that doccano's own parser reads of a file; nothing where it cannot be imported."""
    try:
        from backend.data_import.pipeline.parsers import JSONLParser
    except ImportError as error:
        print(f"skipped doccano's own parser: {error}")
        return None
    return list(JSONLParser(encoding="utf_8").parse(str(path)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for text_name, (text, _) in TEXTS.items():
            (folder / text_name).write_bytes(text.encode())
        (folder / "project.json").write_text(json.dumps(project()), encoding="utf-8")

        def convert(*args):
            done = subprocess.run([binary, "convert", *args], cwd=folder, text=True, capture_output=True)
            assert done.returncode == 0, done.stderr

        def spans_of(path):
            data = (folder / path).read_bytes()
            assert not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n")
            lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
            # pandas makes NaN of a member that stands on some lines only, and the import breaks off.
            assert len({tuple(line) for line in lines}) == 1, "the members of lines differ"
            for line in lines:
                assert line["text"], "doccano refuses an empty text"
                for start, end, label in line["label"]:
                    assert type(start) is int and type(end) is int and 0 <= start < end, "doccano drops such a span"
                    assert label and len(label) <= 100
                assert line["label"] == sorted(line["label"])
            return lines

        convert("project.json", "--to", "doccano", "-o", "utf16.jsonl")
        lines = spans_of("utf16.jsonl")
        seen = {line["name"]: (line["text"], words_in_utf16(line["text"], line["label"])) for line in lines}
        assert seen == TEXTS, seen
        own = doccano_lines(folder / "utf16.jsonl")
        assert own is None or [it["label"] for it in own] == [line["label"] for line in lines]
        print(f"{len(seen)} lines are as the importer of doccano 1.8.4 takes them: the same words")

        convert("project.json", "--to", "doccano", "--offsets", "grapheme10", "-o", "clusters.jsonl")
        lines = spans_of("clusters.jsonl")
        cut = clusters([line["text"] for line in lines])
        if cut is None:
            print("skipped the clusters: Node.js with grapheme-splitter 1.0.4 is not here (npm install it)")
        else:
            for line, parts in zip(lines, cut):
                words = [(label, "".join(parts[start:end])) for start, end, label in line["label"]]
                assert words == TEXTS[line["name"]][1], (line, words)
            print(f"the clusters of {len(lines)} lines are those of grapheme-splitter: the same words")

        for path in ["utf16.jsonl", "clusters.jsonl"]:
            convert(path, "--to", "language", "--texts-out", path + ".d", "--force", "-o", "back.json")
            back = json.loads((folder / "back.json").read_text(encoding="utf-8"))
            labels = [document["entities"] for document in back["assets"]["documents"]]
            assert labels == [document["entities"] for document in project()["assets"]["documents"]], labels
        print("both are read back as the same labels, without a word of their units")


if __name__ == "__main__":
    main()
