#!/usr/bin/env python3
"""What thresholds of the rules about consistency come to, on the pairs of planted.py.

    thresholds.py [--binary PATH] PAIR...

For each setting: how many findings there are in what people labeled, for 1,000 labels, and how
often a finding is right where errors were planted, with the share of the errors that it names.
Prints a table in Markdown, with a row for each setting.
"""

import argparse
import tempfile
from pathlib import Path

from run import RULES, Pair

# The rule, and the thresholds that are tried.
SETTINGS = [
    ("surface-conflict-in-document", {}),
    *[("surface-unlabeled", {"surface-share": share}) for share in (0.3, 0.5, 0.6, 0.7)],
    *[("surface-unlabeled-in-document", {"surface-share-in-document": share}) for share in (0.3, 0.5, 0.6, 0.7)],
    *[("surface-conflict", {"conflict-places": places, "conflict-share": share})
      for places, share in ((5, 0.2), (3, 0.34))],
    *[("surface-seldom-labeled", {"seldom-share": share}) for share in (0.1, 0.2)],
]


def measured(pair, rule, binary, config):
    """The findings in what people labeled, and where errors were planted: how many, how many are right,
    how many errors these name, and how many there are."""
    def found(given):
        return [one for one in pair.report(binary, given, config) if one["rule"] == rule]

    planted = found("given")
    hits = [pair.hits(one) for one in planted]
    whole = {"wrong": pair.wrong, "missing": pair.missing, "spurious": pair.spurious}[RULES[rule]]
    return [len(found("corrected")), len(planted), sum(map(bool, hits)), len(set().union(*hits)), len(whole)]


def row(rule, told, name, labels, counts):
    clean, found, right, named, errors = counts
    precision = f"{right / found:.0%}" if found else ""
    rate = clean * 1000 / labels
    recall = named / max(errors, 1)
    print(f"| `{rule}` | {told} | {name} | {rate:.1f} | {found:,} | {right:,} | {precision} | {recall:.0%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--rule", action="append", help="only this one; may be repeated")
    parser.add_argument("--each", action="store_true", help="a row for each pair too")
    parser.add_argument("--binary", default=str(Path(__file__).parents[2] / "target/release/labelwright"))
    args = parser.parse_args()
    binary = str(Path(args.binary).resolve())
    pairs = [Pair(folder) for folder in args.pairs]
    sizes = [sum(map(len, pair.corrected.values())) for pair in pairs]
    print("| rule | thresholds | corpora | for 1,000 labels | with errors | right | precision | recall |")
    print("|---|---|---|---|---|---|---|---|")
    for rule, thresholds in SETTINGS:
        if args.rule and rule not in args.rule:
            continue
        told = ", ".join(f"`{key}` {value}" for key, value in thresholds.items())
        lines = [f"{key} = {value}" for key, value in thresholds.items()]
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
            config.write("\n".join(["[rules]", f'{rule} = "warning"', "[thresholds]", *lines, ""]))
            config.flush()
            all_counts = [measured(pair, rule, binary, config.name) for pair in pairs]
        for pair, size, counts in zip(pairs, sizes, all_counts):
            if args.each:
                row(rule, told, pair.name, size, counts)
        row(rule, told, "all", sum(sizes), [sum(column) for column in zip(*all_counts)])


if __name__ == "__main__":
    main()
