#!/usr/bin/env python3
"""Puts the page together: one HTML file that holds its style, its scripts and the module, and may load nothing.

    assemble.py MODULE PAGE
"""

import base64
import gzip
import hashlib
import lzma
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STYLES = [ROOT / "src/report/html/style.css", HERE / "page/page.css"]
"""The style of the HTML report comes first: marks, badges and tables are the same."""
LZMA = {"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 22, "lc": 3, "lp": 0, "pb": 0}
"""How the module is packed. `page/packed.js` knows `lc`, and that the others are 0."""
MOST = 1_100_000
"""The page has no more bytes than this."""

VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|class) (\w+)", re.MULTILINE)


def main() -> None:
    """Writes the page."""
    module, page = map(Path, sys.argv[1:])
    raw = module.read_bytes()
    packed = lzma.compress(raw, format=lzma.FORMAT_RAW, filters=[LZMA])
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    script, worker = joined("main.js"), joined("worker.js")
    parts = {
        "policy": policy(script, style),
        "version": VERSION.search((HERE / "Cargo.toml").read_text(encoding="utf-8"))[1],
        "style": style,
        "worker": worker,
        "size": str(len(raw)),
        # A sign of markup would be read as such.
        "module": base64.b85encode(packed).decode().replace("<", ","),
        "script": script,
    }
    template = (HERE / "page/index.html").read_text(encoding="utf-8")
    # In one go: what is filled in may have braces of its own.
    whole = re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], template).encode()
    page.write_bytes(whole)
    gzipped = len(gzip.compress(raw, 9))
    print(f"module: {len(raw):,} bytes, {gzipped:,} gzipped, {len(packed):,} packed; page: {len(whole):,} bytes")
    if len(whole) > MOST:
        sys.exit(f"the page has more than {MOST:,} bytes")


def joined(entry: str) -> str:
    """A script and what it imports as one script, those first that others need. Each keeps its own names to itself; those
    that it exports must be told apart from all others."""
    order: list[str] = []
    waiting: list[str] = []

    def add(name: str) -> None:
        if name in waiting:
            sys.exit(f"scripts import one another in a circle: {' '.join(waiting)} {name}")
        if name in order:
            return
        waiting.append(name)
        for found in IMPORT.finditer(source(name)):
            add(found[2])
        waiting.remove(name)
        order.append(name)

    add(entry)
    seen: dict[str, str] = {}
    for name in order:
        for found in EXPORT.findall(source(name)):
            if found in seen:
                sys.exit(f"`{found}` is in {seen[found]} and in {name}")
            seen[found] = name
    for name in order:
        for found in IMPORT.finditer(source(name)):
            for asked in filter(None, (it.strip() for it in found[1].split(","))):
                if seen.get(asked) != found[2]:
                    sys.exit(f"{name} imports `{asked}`, which {found[2]} does not have")
    whole = '"use strict";\n' + "".join(scope(name) for name in order)
    if "</script" in whole.lower():
        sys.exit(f"{entry}: a script would end its element")
    return whole


def scope(name: str) -> str:
    """A script in a scope of its own, which gives out what it exports."""
    body = re.sub(r"^export ", "", IMPORT.sub("", source(name)), flags=re.MULTILINE)
    names = ", ".join(EXPORT.findall(source(name)))
    return f"const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n"


def source(name: str) -> str:
    """A script as it is written."""
    return (HERE / "page" / name).read_text(encoding="utf-8")


def policy(script: str, style: str) -> str:
    """What the page may do: run its script and its style, compile its module, and start its worker."""
    return "; ".join(
        [
            "default-src 'none'",
            "connect-src 'none'",
            f"script-src {hashed(script)} 'wasm-unsafe-eval'",
            f"style-src {hashed(style)}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def hashed(content: str) -> str:
    """How a policy names a content."""
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


if __name__ == "__main__":
    main()
