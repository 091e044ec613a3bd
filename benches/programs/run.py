#!/usr/bin/env python3
"""Two builds of the program in turns, on the same files: what they take, and how many times as long the other one takes.

    benches/programs/run.py ONE OTHER FOLDER [ROUNDS]

FOLDER is a corpus that benches/peers/run.py has made (target/peers/small-20000-7). Prints a table of the best times and processor
times of whole processes, with one thread and with two, and of the highest memory of all of their rounds.
"""

import os
import subprocess
import sys
import tempfile
import time

WORKS = {
    "check of an export with texts": ["check", "labels.jsonl", "--texts", "texts"],
    "Azure ML to Language": ["convert", "labels.jsonl", "--to", "language", "--texts", "texts", "--force", "-o"],
    "check of Label Studio": ["check", "labels.label-studio"],
    "check of spaCy": ["check", "labels.spacy"],
    "check of CoNLL": ["check", "labels.conll"],
}


def measured(program, arguments, folder):
    """The seconds of a run, those of the processor, and the most memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([program, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{program} {' '.join(arguments)} failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    programs = [os.path.abspath(program) for program in sys.argv[1:3]]
    folder = sys.argv[3]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    print("| work | threads | one | other | times | processor | memory |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        for work, arguments in WORKS.items():
            if arguments[-1] == "-o":
                arguments = [*arguments, os.path.join(scratch, "out")]
            for jobs in ("1", "2"):
                asked = [*arguments, "--quiet", "--fail-on", "never", "--jobs", jobs]
                runs = [[], []]
                for _ in range(rounds):
                    for program, taken in zip(programs, runs):
                        taken.append(measured(program, asked, folder))
                one, other = ([min(run[at] for run in taken) for at in (0, 1)] for taken in runs)
                most = [max(run[2] for run in taken) for taken in runs]
                print(
                    f"| {work} | {jobs} | {one[0]:.2f} s | {other[0]:.2f} s | {other[0] / one[0]:.2f} "
                    f"| {other[1] / one[1]:.2f} | {most[0]:.0f} and {most[1]:.0f} MB |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
