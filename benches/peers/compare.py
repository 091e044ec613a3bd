#!/usr/bin/env python3
"""Compares two files that `run.py --json` wrote.

    python3 benches/peers/compare.py OLD NEW
    python3 benches/peers/compare.py --test

Printed is a table with a row for each figure that both have: how many times as long the work takes now,
by the best run, how many times as much processor time, and how many times as much memory. Below 1 is
better. Of a stage it is the time a byte or a document takes.

A row is marked where its processor time (of a stage its time) changed by more than the noise: by more
than 5 %, and by more than the runs of both sides lie apart, each from its best to its median. Memory is
marked where it changed by more than 10 % and 2 MB.

What the figures hang on besides the program stands above the table where it is not the same: the
machine, the versions, and what was asked. On another machine no ratio means that the program changed.
The exit status is 1 where a row is marked as worse, else 0.

`--test` runs the tests of this script. Needs Python 3.9 or later, and nothing beside it.
"""

import json
import statistics
import sys
import unittest
from pathlib import Path

FORM = 1
LEAST = 0.05
# A process may end with a few pages more or less.
LEAST_MEMORY = (0.10, 2e6)


def read(file):
    found = json.loads(Path(file).read_text(encoding="utf-8"))
    if found.get("form") != FORM:
        raise SystemExit(f"{file}: the form is {found.get('form')}, and this script knows {FORM} only")
    return found


def differences(old, new):
    """What the figures hang on besides the program, where it is not the same."""
    lines = []
    for part in ("machine", "versions", "asked"):
        before, after = old[part], new[part]
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                lines.append(f"{part}: {name}: {before.get(name)} → {after.get(name)}")
    return lines


def spread(runs):
    """How far the runs lie apart: from the best to the median, as a part of the best."""
    return statistics.median(runs) / min(runs) - 1 if min(runs) > 0 else 0.0


def compared(old, new):
    """The ratios of time, processor time and memory, and whether it is `better` or `worse`, or neither.
    What is not known of a row is none."""
    if "rate" in old:
        # A rate is a best of many samples, whose others are not kept.
        time = old["rate"] / new["rate"]
        return time, None, None, verdict(time, LEAST)
    time = min(new["times"]) / min(old["times"])
    before, after = min(old["processor"]), min(new["processor"])
    # The clock of the processor may be too coarse for a short run.
    spent = after / before if before > 0 else None
    memory = max(new["peaks"]) / max(old["peaks"])
    noise = max(LEAST, spread(old["processor"]) + spread(new["processor"]))
    words = verdict(spent, noise) if spent is not None else ""
    part, least = LEAST_MEMORY
    if abs(max(new["peaks"]) - max(old["peaks"])) > least and verdict(memory, part):
        words = ", ".join(filter(None, [words, f"memory {verdict(memory, part)}"]))
    return time, spent, memory, words


def verdict(ratio, noise):
    if ratio > 1 + noise:
        return "worse"
    return "better" if ratio < 1 / (1 + noise) else ""


def report(old, new):
    """The lines to print, and whether a row is worse."""
    lines = [f"old: {told(old)}", f"new: {told(new)}"]
    lines += [f"not the same: {line}" for line in differences(old, new)]
    if old["machine"] != new["machine"]:
        lines.append("The machines differ: compare rows with one another, and not with 1.")
    lines += ["", "| work | of | time | processor time | memory | |", "|---|---|--:|--:|--:|---|"]
    before = {(row["work"], row["side"]): row for row in old["figures"]}
    after = {(row["work"], row["side"]): row for row in new["figures"]}
    is_worse = False
    for (work, side), row in after.items():
        if (work, side) not in before:
            continue
        *ratios, words = compared(before[work, side], row)
        is_worse |= "worse" in words
        shown = " | ".join("" if ratio is None else f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"| {work} | {side} | {shown} | {words} |")
    for which, rows, others in (("old", before, after), ("new", after, before)):
        alone = [f"{work}, {side}" for work, side in rows if (work, side) not in others]
        if alone:
            lines += ["", f"Only in the {which} file: {'; '.join(alone)}."]
    return lines, is_worse


def told(found):
    commit = found["commit"]
    which = "no commit is known"
    if commit:
        which = commit["id"][:12] + (" with changes" if commit["changed"] else "")
    return f"{found['date']}, {which}"


class Test(unittest.TestCase):
    """What is noise and what is not, and what is said of other machines."""

    @staticmethod
    def file(*figures, **rest):
        return {"form": FORM, "date": "2026-01-01", "commit": None, "machine": {"cores": 2},
                "versions": {"labelwright": "0.1.0"}, "asked": {}, "figures": list(figures), **rest}

    @staticmethod
    def row(processor, peak=50_000_000, work="check"):
        return {"work": work, "side": "labelwright", "times": processor, "processor": processor,
                "peaks": [peak]}

    def test_a_change_within_the_noise_is_not_marked(self):
        # 8 % faster, but the runs of the old one lie 10 % apart.
        *_, words = compared(self.row([1.0, 1.1, 1.2]), self.row([0.92, 0.92, 0.93]))
        self.assertEqual(words, "")
        *_, words = compared(self.row([1.0, 1.0]), self.row([0.97, 0.97]))
        self.assertEqual(words, "")

    def test_a_change_past_the_noise_is_marked(self):
        time, spent, _, words = compared(self.row([1.0, 1.01, 1.02]), self.row([0.5, 0.5, 0.51]))
        self.assertEqual((time, spent, words), (0.5, 0.5, "better"))
        *_, words = compared(self.row([1.0, 1.0]), self.row([1.2, 1.2]))
        self.assertEqual(words, "worse")

    def test_a_rate_is_better_where_it_is_higher(self):
        rate = {"work": "stage cut", "side": "", "unit": "B/s"}
        time, *_, words = compared({**rate, "rate": 1e9}, {**rate, "rate": 2e9})
        self.assertEqual((time, words), (0.5, "better"))

    def test_memory_is_marked_by_itself(self):
        *_, words = compared(self.row([1.0]), self.row([1.0], peak=80_000_000))
        self.assertEqual(words, "memory worse")
        small = compared(self.row([1.0], peak=8_000_000), self.row([1.0], peak=9_500_000))
        self.assertEqual(small[-1], "")

    def test_a_run_that_the_clock_does_not_see_is_not_marked(self):
        _, spent, _, words = compared(*[self.row([0.0]) | {"times": [0.001]}] * 2)
        self.assertEqual((spent, words), (None, ""))

    def test_other_machines_are_named(self):
        old, new = self.file(self.row([1.0])), self.file(self.row([1.0]), machine={"cores": 16})
        lines, is_worse = report(old, new)
        self.assertIn("not the same: machine: cores: 2 → 16", lines)
        self.assertTrue(any(line.startswith("The machines differ") for line in lines))
        self.assertFalse(is_worse)

    def test_what_only_one_file_has_is_said(self):
        old = self.file(self.row([1.0]), self.row([1.0], work="gone"))
        new = self.file(self.row([1.5]), self.row([1.0], work="come"))
        lines, is_worse = report(old, new)
        self.assertIn("| check | labelwright | 1.50 | 1.50 | 1.00 | worse |", lines)
        self.assertIn("Only in the old file: gone, labelwright.", lines)
        self.assertIn("Only in the new file: come, labelwright.", lines)
        self.assertTrue(is_worse)


def main():
    if sys.argv[1:] == ["--test"]:
        unittest.main(argv=sys.argv[:1])
    if len(sys.argv) != 3 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    lines, is_worse = report(*map(read, sys.argv[1:]))
    print("\n".join(lines))
    return int(is_worse)


if __name__ == "__main__":
    sys.exit(main())
