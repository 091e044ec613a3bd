"""What the package costs over the command: both in turns, on the same label file.

    python bindings/python/bench.py LABELS TEXTS [ROUNDS]

Prints the best time of a process each: the command with a JSON report, `check` with all findings as objects, and
`read` over all documents. Needs the package installed.
"""

import subprocess
import sys
import time

import labelwright

CHECK = """
import labelwright, sys
report = labelwright.check(sys.argv[1], texts=sys.argv[2], fail_on="never")
print(len(report.findings))
"""
READ = """
import labelwright, sys
print(sum(len(document.spans) for document in labelwright.read(sys.argv[1], texts=sys.argv[2])))
"""


def main() -> None:
    labels, texts = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    command = ["check", labels, "--texts", texts, "--output", "json", "--fail-on", "never"]
    sides = {
        "the command": [labelwright.find_program(), *command],
        "check, and findings as objects": [sys.executable, "-c", CHECK, labels, texts],
        "read, all documents and spans": [sys.executable, "-c", READ, labels, texts],
        "Python itself": [sys.executable, "-c", "import labelwright"],
    }
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for name, run in sides.items():
            start = time.perf_counter()
            subprocess.run(run, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            best[name] = min(best[name], time.perf_counter() - start)
    for name, seconds in best.items():
        print(f"{seconds:6.3f} s  {name}")


if __name__ == "__main__":
    main()
