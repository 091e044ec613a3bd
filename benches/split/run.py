#!/usr/bin/env python3
"""Splits corpora with labelwright and with other programs, and writes a table.

    cargo build --release --locked
    python3 benches/split/run.py --corpus "Web of Science=labels.json" --page

Needs Python 3.9 or later and its package index. All files lie in `target/split`. Each side splits each
corpus with several seeds; the table has the means. Lower is better in every column.

    --corpus NAME=FILE   a Language project beside the generated corpora; may be repeated
    --page               writes the tables between the markers of docs/splitting.md
    --huge               also 100,000 documents with 200 labels
"""

import argparse
import json
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

import corpora
from measures import COLUMNS, measure

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
RATIO = 0.2
SIDES = [
    "random",
    "iterative-stratification",
    "scikit-multilearn, order 1",
    "scikit-multilearn, order 2",
    "StratifiedGroupKFold",
]


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/labelwright")
    parser.add_argument("--cache", type=Path, default=ROOT / "target/split")
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=300, help="seconds for one split")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--huge", action="store_true")
    return parser.parse_args()


def python(cache):
    """A Python that has the other programs."""
    home = cache / "python"
    binary = home / "bin" / "python"
    done = home / "done"
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        venv.create(home, with_pip=True, clear=True)
        install = [binary, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
        subprocess.run(install, check=True)
        done.write_text(wanted, encoding="utf-8")
    return binary


def by_peer(binary, path, side, seed, patience):
    command = [binary, HERE / "peers.py", path, side, str(seed), str(RATIO)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return None
    if run.returncode:
        print(f"{side}: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    answer = json.loads(run.stdout)
    return set(answer["test"]), answer["seconds"]


def by_labelwright(binary, path, seed):
    out = path.with_suffix(".split.json")
    command = [binary, "split", path, "--no-texts", "--isolated", "--quiet", "--force", "-o", out]
    begin = time.perf_counter()
    subprocess.run([*command, "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    documents = json.loads(out.read_text(encoding="utf-8"))["assets"]["documents"]
    return {at for at, document in enumerate(documents) if document["dataset"] == "Test"}, seconds


def rows(name, corpus, project, args, peers):
    """A row of means for each side."""
    stem = re.sub(r"\W+", "-", name).strip("-")
    bare, whole = args.cache / f"{stem}.json", args.cache / f"{stem}.project.json"
    bare.write_text(json.dumps(corpus), encoding="utf-8")
    whole.write_text(json.dumps(project), encoding="utf-8")
    wanted = round(RATIO * len(corpus))
    table = []
    for side in [*SIDES, "labelwright"]:
        found = []
        for seed in range(args.seeds):
            if side == "labelwright":
                split = by_labelwright(args.binary, whole, seed)
            else:
                split = by_peer(peers, bare, side, seed, args.patience)
            if split is None:
                break
            found.append([*measure(corpus, split[0], wanted), split[1]])
        if found:
            table.append((side, [sum(column) / len(found) for column in zip(*found)]))
        else:
            table.append((side, None))
        print(name, side, table[-1][1], file=sys.stderr, flush=True)
    return table


def written(name, corpus, table):
    labels = {label for document in corpus for label in document}
    lines = [
        f"**{name}**: {len(corpus):,} documents, {len(labels)} labels",
        "",
        "| | " + " | ".join(column for column, _ in COLUMNS) + " | seconds |",
        "|---|" + "---:|" * (len(COLUMNS) + 1),
    ]
    for side, row in table:
        if row is None:
            cells = ["–"] * (len(COLUMNS) + 1)
        else:
            cells = [form.format(value) for (_, form), value in zip(COLUMNS, row)]
            cells.append(f"{row[-1]:.2f}")
        name = f"**{side}**" if side == "labelwright" else side
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    args = arguments()
    args.cache.mkdir(parents=True, exist_ok=True)
    peers = python(args.cache)
    work = []
    for given in args.corpus:
        name, _, path = given.partition("=")
        work.append((name, *corpora.read(path)))
    generated = dict(corpora.GENERATED)
    if args.huge:
        generated[corpora.HUGE[0]] = corpora.HUGE[1]
    for name, how in generated.items():
        corpus = corpora.generate(*how)
        work.append((name, corpus, corpora.project(corpus)))
    tables = []
    for name, corpus, project in work:
        tables.append(written(name, corpus, rows(name, corpus, project, args, peers)))
    text = "\n\n".join(tables)
    print(text)
    if args.page:
        page = ROOT / "docs/splitting.md"
        begin, end = "<!-- splits: begin -->", "<!-- splits: end -->"
        pattern = re.compile(f"{begin}.*{end}", re.DOTALL)
        old = page.read_text(encoding="utf-8")
        page.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", old), encoding="utf-8")


if __name__ == "__main__":
    main()
