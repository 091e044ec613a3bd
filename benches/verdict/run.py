#!/usr/bin/env python3
"""How often the rules about consistency are right, and what they miss.

    run.py [--binary PATH] [--all] PAIR...

Each PAIR is a folder with `texts`, and label files `given/labels.jsonl` and
`corrected/labels.jsonl`, made by pairs.py or by hand: the same documents before and after people
corrected their labels. A finding is right where a label that it names was corrected, or where a
label was added at words that it names. Recall is the share of the corrected labels, or of the
added ones, that a right finding names. Prints a table in Markdown; `--all` prints each finding too.
"""

import argparse
import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path

# What each rule looks for: labels that are wrong, places where one is missing, or labels that should not be.
RULES = {
    "surface-conflict": "wrong",
    "surface-conflict-in-document": "wrong",
    "surface-unlabeled": "missing",
    "surface-unlabeled-in-document": "missing",
    "surface-seldom-labeled": "spurious",
    "span-cuts-word": "wrong",
    "span-edge-whitespace": "wrong",
    "spans-conflict": "wrong",
    "spans-duplicate": "wrong",
}


def read(path):
    """The labels of each document: `{name: {(start, end, label)}}`, in code points."""
    labels = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            name = row["image_url"].rsplit("/", 1)[1]
            labels[name] = {(span["offsetStart"], span["offsetEnd"], span["label"]) for span in row["label"]}
    return labels


def places(text, words):
    """Where words appear in a text: starts and ends."""
    return [(found.start(), found.end()) for found in re.finditer(re.escape(words), text)]


class Pair:
    def __init__(self, folder):
        self.folder, self.name = folder, folder.resolve().name
        self.given = read(folder / "given/labels.jsonl")
        self.corrected = read(folder / "corrected/labels.jsonl")
        self.texts = {name: (folder / "texts" / name).read_text(encoding="utf-8") for name in self.given}
        self.wrong = {(name, *span) for name in self.given for span in self.given[name] - self.corrected[name]}
        # What was moved or renamed is wrong, and not missing.
        self.missing = set()
        for name, labels in self.corrected.items():
            for start, end, label in labels - self.given[name]:
                if not any(a < end and start < b for a, b, _ in self.given[name]):
                    self.missing.add((name, start, end, label))

        # Nothing is labeled there any more.
        self.spurious = {
            (name, start, end, label) for name, start, end, label in self.wrong
            if not any(a < end and start < b for a, b, _ in self.corrected[name])
        }

    def report(self, binary, which="given", config=None):
        command = [binary, "check", f"{which}/labels.jsonl", "--texts", "texts", "--offsets", "codepoint"]
        command += ["--config", config] if config else ["--isolated"]
        command += ["--fail-on", "never", "--output", "json"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["diagnostics"]

    def hits(self, finding):
        """The corrected labels that a finding names."""
        quoted = re.findall(r"`([^`]*)`", finding["message"])
        document = finding.get("document")
        if RULES[finding["rule"]] == "missing":
            here = places(self.texts[document], quoted[0])
            return {miss for miss in self.missing if miss[0] == document and any(a < miss[2] and miss[1] < b for a, b in here)}
        if RULES[finding["rule"]] == "spurious":
            words = quoted[0]
            return {one for one in self.spurious if self.texts[one[0]][one[1] : one[2]] == words}
        if finding["rule"] == "surface-conflict":
            words, label = quoted[:2]
            return {
                wrong for wrong in self.wrong
                if wrong[3] == label and self.texts[wrong[0]][wrong[1] : wrong[2]] == words
            }
        if finding["rule"] == "surface-conflict-in-document":
            words = quoted[0]
            return {w for w in self.wrong if w[0] == document and self.texts[document][w[1] : w[2]] == words}
        number = int(finding["pointer"].split("/")[2])
        rows = (self.folder / "given/labels.jsonl").read_text(encoding="utf-8").split("\n")
        span = json.loads(rows[finding["line"] - 1])["label"][number]
        wrong = (document, span["offsetStart"], span["offsetEnd"], span["label"])
        return {wrong} & self.wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--binary", default=str(Path(__file__).parents[2] / "target/release/labelwright"))
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    binary = str(Path(args.binary).resolve())
    print("| corpus | rule | findings | right | precision | recall |\n|---|---|---|---|---|---|")
    for folder in args.pairs:
        pair = Pair(folder)
        found, right, hits = defaultdict(int), defaultdict(int), defaultdict(set)
        for finding in pair.report(binary):
            rule = finding["rule"]
            if rule not in RULES:
                continue
            hit = pair.hits(finding)
            found[rule] += 1
            right[rule] += bool(hit)
            hits[rule] |= hit
            if args.all:
                print("right" if hit else "WRONG", rule, finding.get("document"), finding["message"])
        for rule in RULES:
            if found[rule]:
                whole = {"wrong": pair.wrong, "missing": pair.missing, "spurious": pair.spurious}[RULES[rule]]
                recall = len(hits[rule]) / max(len(whole), 1)
                precision = right[rule] / found[rule]
                print(f"| {pair.name} | `{rule}` | {found[rule]} | {right[rule]} | {precision:.0%} | {recall:.1%} |")


if __name__ == "__main__":
    main()
