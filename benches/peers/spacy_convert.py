"""spaCy's own converter: CoNLL to a DocBin, a document a block."""

import sys
from pathlib import Path

from spacy.tokens import DocBin
from spacy.training.converters import conll_ner_to_docs

source, target = sys.argv[1:]
text = Path(source).read_text(encoding="utf-8")
DocBin(docs=conll_ner_to_docs(text, n_sents=1, no_print=True), store_user_data=True).to_disk(target)
