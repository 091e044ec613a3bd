#!/usr/bin/env python3
"""Has seqeval and `spacy convert` read the files of tokens that labelwright writes, and compares the words of each label.

seqeval reads the tags (strict IOB2), spaCy the whole file; both must find the labels of the Language project, where words
are compared without the white space in them, which tokens do not have. And labelwright must find each label again in
the texts, character for character.

    pip install seqeval spacy
    python3 benches/interop/conll.py --binary target/release/labelwright
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

# The text, and the words in it that have a label: in order, none twice.
TEXTS = {
    "plain.txt": ("Ada Byron met Bob in Paris.", [("Ada Byron", "PERSON"), ("Bob", "PERSON"), ("Paris", "City-Name")]),
    "emoji.txt": ("\U0001f600 Ada met \u00c9mile in \u6771\u4eac.", [("Ada", "PERSON"), ("\u00c9mile", "PERSON"), ("\u6771\u4eac", "City-Name")]),
    "lines.txt": ("Date: 3 May\r\nName: Ada\r\nByron, 12.\r\n", [("3 May", "DATE"), ("Ada\r\nByron", "PERSON")]),
    "marks.txt": ("Zoe\u0308 saw Jose\u0301 \u2013 \U0001f1eb\U0001f1f7 in Sa\u0303o Paulo", [("Zoe\u0308", "PERSON"), ("Jose\u0301", "PERSON"), ("Sa\u0303o Paulo", "City-Name")]),
    "inside.txt": ("He took 5mg, didn't he?", [("5", "DOSE"), ("mg", "UNIT")]),
    "nobody.txt": ("Nobody here, #1 or -DOCSTART- .", []),
}


def units(text):
    return len(text.encode("utf-16-le")) // 2


def project():
    documents, names = [], []
    for name, (text, words) in TEXTS.items():
        labels = []
        for word, label in words:
            start = text.index(word)
            labels.append({"category": label, "offset": units(text[:start]), "length": units(word)})
            names.append(label)
        region = {"regionOffset": 0, "regionLength": units(text), "labels": labels}
        documents.append({"location": name, "language": "en-us", "dataset": "Train", "entities": [region]})
    kind = "CustomEntityRecognition"
    return {
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "c", "projectName": "p", "multilingual": False, "description": "", "language": "en-us", "settings": {}},
        "assets": {"projectKind": kind, "entities": [{"category": name} for name in dict.fromkeys(names)], "documents": documents},
    }


def squeezed(word):
    return "".join(word.split())


def wanted():
    return [[(label, squeezed(word)) for word, label in words] for _, words in TEXTS.values()]


def blocks(content, profile):
    """Tokens and tags of each document, read in the plainest way."""
    documents, current = [], None
    for line in content.split("\n"):
        if profile == "2003" and line.startswith("-DOCSTART-"):
            current = []
            documents.append(current)
        elif not line:
            current = current if profile == "2003" else None
        else:
            if current is None:
                current = []
                documents.append(current)
            columns = line.split("\t") if profile == "doccano" else line.split(" ")
            current.append((columns[0], columns[-1]))
    return documents


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    binary = parser.parse_args().binary.resolve()
    # Scripts beside this one have names of packages.
    here = str(pathlib.Path(__file__).resolve().parent)
    sys.path = [path for path in sys.path if path not in ("", here)]
    tools = {}
    for name, load in (("seqeval", load_seqeval), ("spacy", load_spacy)):
        try:
            tools[name] = load()
        except ImportError as error:
            print(f"skipped {name}: {error}")
    failed = []

    def expect(what, found, want):
        if found == want:
            print(f"{what}: the same labels")
        else:
            failed.append(what)
            print(f"{what}: {found} instead of {want}")

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "docs").mkdir()
        for name, (text, _) in TEXTS.items():
            (folder / "docs" / name).write_bytes(text.encode())
        (folder / "in.json").write_text(json.dumps(project()), encoding="utf-8")

        def run(*args):
            done = subprocess.run([binary, *args], cwd=folder, capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"{args}: {done.stderr}")

        for profile in ("aml", "doccano", "2003"):
            file = folder / f"{profile}.conll"
            run("convert", "in.json", "--texts", "docs", "--to", "conll", "--conll-profile", profile, "-o", file.name)
            content = file.read_bytes().decode()
            if "seqeval" in tools:
                found = []
                for rows in blocks(content, profile):
                    entities = tools["seqeval"]([[tag for _, tag in rows]])
                    found.append([(label, "".join(token for token, _ in rows[start:end])) for label, start, end in entities])
                expect(f"seqeval, {profile}", found, wanted())
            if "spacy" in tools:
                found = [[(ent.label_, squeezed(ent.text)) for ent in doc.ents] for doc in tools["spacy"](content)]
                expect(f"spacy convert -c ner, {profile}", found, wanted())
            back = f"{profile}.json"
            run("convert", file.name, "--texts", "docs", "--to", "language", "-o", back)
            found = {}
            for document in json.loads((folder / back).read_text(encoding="utf-8"))["assets"]["documents"]:
                text = TEXTS[document["location"]][0].encode("utf-16-le")
                labels = [label for region in document["entities"] for label in region["labels"]]
                cut = lambda label: text[2 * label["offset"] : 2 * (label["offset"] + label["length"])].decode("utf-16-le")
                found[document["location"]] = [(cut(label), label["category"]) for label in labels]
            expect(f"labelwright, back from {profile}", found, {name: words for name, (_, words) in TEXTS.items()})
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def load_seqeval():
    from seqeval.scheme import IOB2, Entities

    def read(tags):
        return [(entity.tag, entity.start, entity.end) for entity in Entities(tags, IOB2).entities[0]]

    return read


def load_spacy():
    from spacy.training.converters import conll_ner_to_docs

    return lambda content: list(conll_ner_to_docs(content, n_sents=0, no_print=True))


if __name__ == "__main__":
    main()
