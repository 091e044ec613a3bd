"""The conversion with Python's own `json`; see `convert.py`."""

import json

import convert


def compact(value):
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def pretty(value):
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


convert.main(json.loads, compact, pretty)
