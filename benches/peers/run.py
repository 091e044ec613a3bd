#!/usr/bin/env python3
"""Measures labelwright beside other programs that do the same work, and writes tables.

    cargo build --release --locked
    python3 benches/peers/run.py

Needs Python 3.9 or later on Linux or macOS; Node.js for Ajv. What cannot be installed is left
out, and the tables say so. All files lie in `target/peers`: the corpora, a virtual environment
and `node_modules`, with the versions of `requirements.txt` and `package.json`.

    --readme        writes the short table between its two markers in README.md
    --performance   writes all tables between theirs in docs/performance.md
    --stages [N]    also the tables of `cargo bench --bench stages`, the best of N rounds
    --memory        also peak memory at 100 MB and 1 GB
    --huge          and at 10 GB: two files of that size in the folder for a while
    --growth        also inputs that are large in one way: a size, its double and four times it
    --profile       also where the time goes, by `perf record`; for a program with names in it, which
                    `cargo build --profile profiling` makes (--binary target/profiling/labelwright)
    --json FILE     writes the figures of all this, with machine, versions and commit; `compare.py`
                    compares two such files
"""

import argparse
import datetime
import re
import shutil
from pathlib import Path

import bridges
import faults
import growth
import history
import install
import memory
import stages
import tables
import where
import work

ROOT = Path(__file__).resolve().parents[2]


def put(page, name, text):
    """Replaces what stands between the two markers of that name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    found = page.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not pattern.search(found):
        raise SystemExit(f"{page} has no markers `{begin}` and `{end}`")
    done = pattern.sub(lambda _: f"{begin}\n{text}\n{end}", found)
    page.write_text(done, encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/labelwright")
    parser.add_argument("--cache", type=Path, default=ROOT / "target/peers")
    parser.add_argument("--documents", type=int, default=20_000, help="small documents with texts")
    parser.add_argument("--large", type=int, default=150, help="MB of the files without texts")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=5, help="runs of each side")
    parser.add_argument(
        "--patience", type=float, default=20, help="seconds after which a side runs no more"
    )
    parser.add_argument("--only", default="", help="only work whose title has this in it")
    parser.add_argument("--stages", type=int, nargs="?", const=1, default=0)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--huge", action="store_true")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--performance", action="store_true")
    options = parser.parse_args()
    if (options.readme or options.performance) and options.only:
        parser.error("a table of a part of the work is not written into a page")
    options.binary = options.binary.resolve()
    options.cache = options.cache.resolve()
    if not options.binary.exists():
        parser.error(f"{options.binary} is not there: `cargo build --release --locked` makes it")
    return options


def main():
    options = arguments()
    options.cache.mkdir(parents=True, exist_ok=True)
    peers = install.peers(options.cache, Path(__file__).parent)
    programs = work.Programs(options, peers, ROOT)
    faults.found_by_all(options, programs)
    jobs = work.jobs(options, programs)
    jobs += bridges.jobs(options, programs, Path(__file__).parent)
    results = [work.measured(job, options) for job in jobs if options.only in job.title]
    date = datetime.date.today()
    conditions = tables.conditions(options, peers, date)
    named = {"peers": f"{tables.full(results)}\n\n{conditions}"}
    figures = [*history.of_jobs(results)]
    if options.memory or options.huge:
        rows = memory.measured(options)
        named["memory"] = memory.table(rows)
        figures += history.of_memory(rows)
    if options.growth:
        grown = growth.measured(options)
        named["growth"] = growth.table(grown)
        figures += history.of_growth(grown)
    if options.profile:
        named["profile"] = where.table(options, jobs)
    if options.stages:
        rates = stages.measured(ROOT, options.stages)
        named |= stages.tables(rates)
        figures += history.of_stages(rates)
    if options.json:
        history.write(options.json, options, peers, date, ROOT, figures)
    short = f"{tables.short(results)}\n\n{conditions}"
    for title, text in {"readme": short, **named}.items():
        print(f"\n## {title}\n\n{text}")
    if options.readme:
        put(ROOT / "README.md", "benchmarks", short)
    if options.performance:
        for name, text in named.items():
            put(ROOT / "docs/performance.md", name, text)
    shutil.rmtree(options.cache / "out", ignore_errors=True)


if __name__ == "__main__":
    main()
