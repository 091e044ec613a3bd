"""The conversion with orjson; see `convert.py`."""

import convert
import orjson


def compact(value):
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def pretty(value):
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


convert.main(orjson.loads, compact, pretty)
