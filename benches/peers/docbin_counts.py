"""What a DocBin holds: the number of its documents, and the entities of each label."""

import collections
import sys

import spacy
from spacy.tokens import DocBin

vocab = spacy.blank("en").vocab
documents, labels = 0, collections.Counter()
for doc in DocBin().from_disk(sys.argv[1]).get_docs(vocab):
    documents += 1
    labels.update(entity.label_ for entity in doc.ents)
print(documents, *(f"{name}={count}" for name, count in sorted(labels.items())))
