"""The usual script: records with spans to a DocBin, by spaCy."""

import json
import sys

import spacy
from spacy.tokens import DocBin

source, target = sys.argv[1:]
nlp = spacy.blank("en")
bin = DocBin()
with open(source, encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        doc = nlp.make_doc(record["text"])
        spans = (doc.char_span(span["start"], span["end"], span["label"]) for span in record["spans"])
        doc.ents = [span for span in spans if span is not None]
        bin.add(doc)
bin.to_disk(target)
