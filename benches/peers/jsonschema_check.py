"""Validates a label file against its published schema with Python's jsonschema.

    jsonschema_check.py SCHEMA INPUT"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

schema, source = map(Path, sys.argv[1:])
validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
documents = errors = 0
if source.suffix == ".jsonl":
    with open(source, "rb") as lines:
        for line in lines:
            documents += 1
            errors += sum(1 for _ in validator.iter_errors(json.loads(line)))
else:
    project = json.loads(source.read_bytes())
    documents = len(project["assets"]["documents"])
    errors = sum(1 for _ in validator.iter_errors(project))
print(json.dumps({"documents": documents, "errors": errors}))
