#!/usr/bin/env python3
"""Has spaCy read what labelwright writes for it: JSONL by char_span, tuples by Example, DocBin by DocBin.

Every span must have the words that the Language project has there, and every text must be the same. Spans whose edges lie
inside a token of spaCy's tokenizer are what `char_span` gives None for; they are counted, and must be in the DocBin.

    pip install spacy
    python3 benches/interop/spacy.py --binary target/release/labelwright
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

# The text, and the words in it that have a label: in order, none twice.
TEXTS = {
    "plain.txt": ("Ada met Bob in Paris.", [("Ada", "PERSON"), ("Bob", "PERSON"), ("Paris", "City")]),
    "emoji.txt": ("\U0001f600 Ada met \u00c9mile in \u6771\u4eac.", [("Ada", "PERSON"), ("\u00c9mile", "PERSON"), ("\u6771\u4eac", "City")]),
    "lines.txt": ("Date: 3 May\r\nName: Ada\r\nByron\r\n", [("3 May", "DATE"), ("Ada\r\nByron", "PERSON")]),
    "marks.txt": ("Zoe\u0308 saw Jose\u0301 \u2013 \U0001f1eb\U0001f1f7 in Sa\u0303o Paulo", [("Zoe\u0308", "PERSON"), ("Jose\u0301", "PERSON"), ("Sa\u0303o Paulo", "City")]),
    "inside.txt": ("<b>Bob</b> took 5mg.", [("Bob", "PERSON"), ("5", "nsubj")]),
    "blanks.txt": ("  two  blanks \t and\n\n", [("blanks", "X")]),
    "nobody.txt": ("Nobody here.", []),
}
UNLABELED = ("later.txt", "Not looked at.")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def project(texts):
    documents, names = [], []
    for number, (name, (text, words)) in enumerate(texts.items()):
        labels = []
        for word, label in words:
            start = text.index(word)
            labels.append({"category": label, "offset": units(text[:start]), "length": units(word)})
            names.append(label)
        region = {"regionOffset": 0, "regionLength": units(text), "labels": labels}
        documents.append({"location": name, "language": "en-us", "dataset": "Test" if number == 2 else "Train", "entities": [region]})
    documents.append({"location": UNLABELED[0], "language": "en-us", "dataset": "Train", "entities": []})
    return envelope("CustomEntityRecognition", "entities", names, documents)


def classes(kind, documents):
    names = ["Refund", "Urgent", "Delivery"]
    return envelope(kind, "classes", names, documents)


def envelope(kind, member, names, documents):
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "c", "projectName": "p", "multilingual": False, "description": "", "language": "en-us", "settings": {}},
        "assets": {"projectKind": kind, member: [{"category": name} for name in dict.fromkeys(names)], "documents": documents},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    # This file has the name of the package that it asks for.
    here = str(pathlib.Path(__file__).resolve().parent)
    sys.path = [path for path in sys.path if path not in ("", here)]
    try:
        import spacy
        from spacy.tokens import DocBin
        from spacy.training import Example
    except ImportError as error:
        print(f"skipped: {error}")
        return
    nlp = spacy.blank("en")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "docs").mkdir()
        for name, (text, _) in TEXTS.items():
            (folder / "docs" / name).write_bytes(text.encode())
        (folder / "docs" / UNLABELED[0]).write_bytes(UNLABELED[1].encode())
        (folder / "in.json").write_text(json.dumps(project(TEXTS)))

        def convert(source, to, out, *more):
            command = [binary, "convert", source, "--to", to, "--texts", "docs", "-o", out, "--fail-on", "never", *more]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            return folder / out

        # JSONL.
        lost, found = [], 0
        records = [json.loads(line) for line in convert("in.json", "spacy", "all.jsonl").read_text(encoding="utf-8").split("\n") if line]
        assert len(records) == len(TEXTS) + 1, len(records)
        for record, (name, (text, words)) in zip(records, TEXTS.items()):
            assert record["text"] == text and record["meta"]["file"] == name, record
            doc = nlp(text)
            assert doc.text == text, name
            spans = [(text[span["start"]:span["end"]], span["label"]) for span in record["spans"]]
            assert spans == words, (name, spans)
            for span in record["spans"]:
                placed = doc.char_span(span["start"], span["end"], label=span["label"])
                if placed is None:
                    lost.append(text[span["start"]:span["end"]])
                else:
                    assert placed.text == text[span["start"]:span["end"]]
                    found += 1
        assert "spans" not in records[-1] and "answer" not in records[-1], records[-1]
        print(f"spaCy {spacy.__version__}: JSONL: {found} spans by char_span; inside a token, so None: {lost}")

        # Tuples.
        pairs = json.loads(convert("in.json", "spacy-tuples", "all.json").read_text(encoding="utf-8"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for (text, labels), (name, (original, words)) in zip(pairs, TEXTS.items()):
                assert text == original, name
                example = Example.from_dict(nlp.make_doc(text), labels)
                seen = [(entity.text, entity.label_) for entity in example.reference.ents]
                assert seen == [word for word in words if word[0] not in lost], (name, seen)
            example = Example.from_dict(nlp.make_doc(pairs[-1][0]), pairs[-1][1])
            assert not example.reference.has_annotation("ENT_IOB")
        print("tuples: the same entities by Example.from_dict, but for those inside a token")

        # DocBin.
        def read(path):
            return list(DocBin().from_disk(path).get_docs(nlp.vocab))

        docs = read(convert("in.json", "docbin", "all.spacy"))
        assert len(docs) == len(TEXTS) + 1
        for doc, (name, (text, words)) in zip(docs, TEXTS.items()):
            assert doc.text == text, name
            seen = [(entity.text, entity.label_) for entity in doc.ents]
            assert seen == words, (name, seen)
            assert doc.has_annotation("ENT_IOB")
        assert docs[-1].text == UNLABELED[1] and not docs[-1].has_annotation("ENT_IOB")
        print(f"DocBin: {sum(len(words) for _, words in TEXTS.values())} of {sum(len(words) for _, words in TEXTS.values())} entities, all texts equal")
        convert("in.json", "docbin", "parts.spacy", "--split-by", "dataset")
        parts = sorted(path.name for path in folder.glob("parts*.spacy"))
        assert len(parts) == 2, parts
        count = {name: len(read(folder / name)) for name in parts}
        assert sum(count.values()) == len(docs), count
        print(f"DocBin by set: {count}")

        # What spaCy says of its own documents comes back.
        with open(folder / "own.jsonl", "w", encoding="utf-8") as out:
            for doc in docs[:-1]:
                out.write(json.dumps(doc.to_json(), ensure_ascii=False) + "\n")
        back = json.loads(convert("own.jsonl", "language", "back.json", "--texts-out", "made").read_text(encoding="utf-8"))
        for document, (name, (text, words)) in zip(back["assets"]["documents"], TEXTS.items()):
            raw = text.encode("utf-16-le")
            labels = [label for region in document["entities"] for label in region["labels"]]
            cut = [(raw[2 * one["offset"]:2 * (one["offset"] + one["length"])].decode("utf-16-le"), one["category"]) for one in labels]
            assert cut == words, (name, cut)
        print("Doc.to_json: the same labels in a Language project")

        # Classes.
        texts = list(TEXTS)[:3]
        single = [{"location": name, "language": "en-us", "class": {"category": label}} for name, label in zip(texts, ("Refund", "Urgent", "Refund"))]
        several = [{"location": name, "language": "en-us", "classes": [{"category": label} for label in labels]} for name, labels in zip(texts, (["Refund", "Urgent"], [], ["Delivery"]))]
        for kind, documents, wanted in (
            ("CustomSingleLabelClassification", single, [["Refund"], ["Urgent"], ["Refund"]]),
            ("CustomMultiLabelClassification", several, [["Refund", "Urgent"], [], ["Delivery"]]),
        ):
            (folder / "classes.json").write_text(json.dumps(classes(kind, documents)))
            docs = read(convert("classes.json", "docbin", "classes.spacy", "--force"))
            assert [sorted(name for name, value in doc.cats.items() if value == 1.0) for doc in docs] == [sorted(names) for names in wanted]
            assert all(set(doc.cats) == {"Refund", "Urgent", "Delivery"} for doc in docs)
            pairs = json.loads(convert("classes.json", "spacy-tuples", "pairs.json", "--force").read_text(encoding="utf-8"))
            for (text, labels), names in zip(pairs, wanted):
                cats = Example.from_dict(nlp.make_doc(text), labels).reference.cats
                assert sorted(name for name, value in cats.items() if value == 1.0) == sorted(names)
        print("classes: the same cats from DocBin and tuples")


if __name__ == "__main__":
    main()
