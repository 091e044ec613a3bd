#!/usr/bin/env python3
"""Has the converter of label-studio-sdk read what labelwright writes for Label Studio.

A corpus with emoji, CR LF, combining marks and Han characters goes from Azure AI Language to Label Studio. The
SDK's converter makes JSON_MIN and CoNLL of it, with the labeling config that labelwright prints; the words of each
span must be those of the corpus. Then labelwright reads the JSON_MIN, and must find the same labels.

    pip install label-studio-sdk
    python3 benches/interop/label_studio.py --binary target/release/labelwright
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

# Name, text, and labels: the words and the name of the label.
CORPUS = [
    ("emoji.txt", "😀 Noor met Émile in 東京, twice.", [("Noor", "Person"), ("Émile", "Person"), ("東京", "City")]),
    ("crlf.txt", "Date: 3 May\r\nCrew: Bo Ek\r\n", [("3 May", "Date"), ("Bo Ek", "Person")]),
    ("mark.txt", "Zoe\u0308 of Sa\u0303o Paulo 🇧🇷 paid.", [("Zoe\u0308", "Person"), ("Sa\u0303o Paulo", "City")]),
    ("family.txt", "👩🏽‍🚒 Ada drives to Oslo.", [("Ada", "Person"), ("Oslo", "City")]),
    ("none.txt", "Nobody here.", []),
]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def project():
    documents = []
    for name, text, labels in CORPUS:
        spans = []
        for words, label in labels:
            before = text[: text.index(words)]
            spans.append({"category": label, "offset": utf16(before), "length": utf16(words)})
        region = {"regionOffset": 0, "regionLength": utf16(text), "labels": spans}
        documents.append({"location": name, "language": "en-us", "dataset": "Train", "entities": [region]})
    kind = "CustomEntityRecognition"
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": kind,
            "storageInputContainerName": "docs",
            "projectName": "demo",
            "multilingual": False,
            "description": "",
            "language": "en-us",
        },
        "assets": {
            "projectKind": kind,
            "entities": [{"category": name} for name in ("City", "Date", "Person")],
            "documents": documents,
        },
    }


def run(binary, *args):
    done = subprocess.run([binary, *map(str, args)], text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"labelwright {' '.join(map(str, args))}: {done.stderr}")
    return done.stderr


def found(text, spans):
    return sorted((text[span["start"] : span["end"]], span["labels"][0]) for span in spans)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    try:
        from label_studio_sdk.converter import Converter
        from importlib.metadata import version
    except ImportError as error:
        print(f"skipped: {error}")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "docs").mkdir()
        for document, text, _ in CORPUS:
            (folder / "docs" / document).write_bytes(text.encode())
        (folder / "project.json").write_text(json.dumps(project()), encoding="utf-8")
        tasks, texts = folder / "tasks.json", folder / "docs"
        told = run(
            binary, "convert", folder / "project.json", "--texts", texts, "--to", "label-studio", "-o", tasks
        )
        config = next(line for line in told.splitlines() if line.startswith("next: "))
        config = config[config.index("<View>") :]
        given = json.loads(tasks.read_text(encoding="utf-8"))
        for number, task in enumerate(given, 1):
            # The server gives ids on import, and the converter reads what it exports.
            task["id"] = number
            for annotation in task["annotations"]:
                annotation["id"] = number
        tasks = folder / "exported.json"
        tasks.write_text(json.dumps(given), encoding="utf-8")
        converter = Converter(config, str(folder), download_resources=False)

        converter.convert_to_json_min(str(tasks), str(folder / "min"), is_dir=False)
        records = json.loads((folder / "min" / "result.json").read_text(encoding="utf-8"))
        want = {name: sorted(labels) for name, _, labels in CORPUS}
        texts_of = {name: text for name, text, _ in CORPUS}
        for record in records:
            read = found(record["text"], record.get("label", []))
            assert record["text"] == texts_of[record["name"]], record["name"]
            assert read == want[record["name"]], (record["name"], read)
        assert len(records) == len(CORPUS)

        converter.convert_to_conll2003(str(tasks), str(folder / "conll"), is_dir=False)
        lines = (folder / "conll" / "result.conll").read_text(encoding="utf-8").splitlines()
        begun = sum(line.split(" ")[-1].startswith("B-") for line in lines)
        assert begun == sum(len(labels) for _, _, labels in CORPUS), begun

        again = folder / "again.json"
        run(
            binary, "convert", folder / "min" / "result.json", "--from", "label-studio", "--to", "language",
            "--texts-out", folder / "again", "--project-name", "demo", "--container", "docs", "-o", again,
        )
        for document in json.loads(again.read_text(encoding="utf-8"))["assets"]["documents"]:
            units = texts_of[document["location"]].encode("utf-16-le")
            spans = [label for region in document["entities"] for label in region["labels"]]
            words = sorted(
                (units[2 * it["offset"] : 2 * (it["offset"] + it["length"])].decode("utf-16-le"), it["category"])
                for it in spans
            )
            assert words == want[document["location"]], document["location"]
        spans = sum(len(labels) for _, _, labels in CORPUS)
        print(f"label-studio-sdk {version('label-studio-sdk')} read {len(CORPUS)} texts and {spans} spans alike")


if __name__ == "__main__":
    main()
