"""Runs the program for Windows under Wine, and compares what it says and writes with what this system's does.

    .ci/wine.py WINE PROGRAM PROGRAM.exe

Both do the same in a copy of the same files each. Exit status, standard output and all files must have the same bytes;
of standard error only how a path is spelled may differ. Prints the cases that differ and how many were run. Status 1 where
one differs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
LIMIT = 120
"""Seconds that one run may take."""
SPEED = re.compile(r" in [\d.,]+ s(?: \([\d.,]+ \w+/s\))?")
TIMES = re.compile(rb'"modified":"[^"]*"')
"""What is different in each run: how long it took, and when files were written."""
PASSING = (".labelwright.lock",)
"""Files that stay on one of the systems only: see docs/platforms.md."""


def main() -> None:
    """Runs all cases."""
    wine, here, there = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as work:
        environment = {
            **os.environ,
            "WINEPREFIX": f"{work}/wine",
            "WINEDEBUG": "-all",
            "NO_COLOR": "1",
        }
        differ = 0
        for number, (name, files, commands) in enumerate(CASES):
            sides = []
            for side, program in (("linux", [here]), ("windows", [wine, there])):
                folder = Path(work) / f"{side}-{number}" / "case"
                files(folder)
                sides.append(done(program, commands, folder, environment))
            if sides[0] != sides[1]:
                differ += 1
                print(f"differs: {name}")
                for what, one, other in zip(("runs", "files"), *sides):
                    if one != other:
                        print(f"  {what} on Linux:   {shown(one, other)}")
                        print(f"  {what} on Windows: {shown(other, one)}")
    print(f"{len(CASES)} cases, {differ} differ")
    sys.exit(differ > 0)


def shown(what: object, beside: object) -> str:
    """What of it the other side has not."""
    if isinstance(what, dict):
        return str({name: it for name, it in what.items() if beside.get(name) != it})[:3000]
    return str([one for one, other in zip(what, beside) if one != other])[:3000]


def done(program: list[str], commands: list, folder: Path, environment: dict) -> tuple:
    """What came of the commands, and the files as they are then."""
    runs = []
    for command in commands:
        arguments, given = (command, b"") if isinstance(command, list) else command
        run = subprocess.run(
            [*program, *arguments],
            cwd=folder,
            input=given,
            capture_output=True,
            timeout=LIMIT,
            env=environment,
            check=False,
        )
        error = SPEED.sub("", run.stderr.decode().replace("\\", "/"))
        runs.append((run.returncode, run.stdout, error))
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in PASSING
    }
    return runs, {name: TIMES.sub(b"", it) for name, it in files.items()}


def copied(*names: str):
    """Folders of the fixtures, as the folder of a case."""

    def make(folder: Path) -> None:
        for name in names:
            shutil.copytree(FIXTURES / name, folder / Path(name).name, dirs_exist_ok=True)

    return make


def cases() -> list:
    """Name, files and commands of each case."""
    found = []
    for rule in sorted((FIXTURES / "rules").iterdir()):
        if not (rule / "bad").is_dir():
            continue
        labels = next((rule / "bad").glob("labels.json*"), None)
        if labels is None:
            continue
        report = ["check", f"{rule.name}/bad/{labels.name}", "--texts", "texts", "--isolated"]
        fix = [*report, "--fix", "--unsafe-fixes"]
        files = copied(f"rules/{rule.name}", "rules/texts")
        found.append((rule.name, files, [[*report, "--output", "json"], fix]))
    pairs = copied("pairs")
    to_language = ["convert", "pairs", "-o", "out", "--to", "language"]
    found += [
        ("a folder, and again", pairs, [to_language, to_language, [*to_language, "--force"]]),
        (
            "over its own input",
            pairs,
            [["convert", "pairs/demo/demo.jsonl", "--to", "aml", "-o", "pairs/demo/demo.jsonl", "--force"]],
        ),
        (
            "there and back with a ledger",
            pairs,
            [
                ["convert", "pairs/demo/demo.jsonl", "--to", "language", "-o", "a.json", "--losses", "l.jsonl"],
                ["convert", "a.json", "--to", "aml", "--texts", "pairs/demo", "--restore", "l.jsonl", "-o", "b.jsonl"],
            ],
        ),
        (
            "standard input",
            pairs,
            [(["check", "-", "--texts", "pairs/demo"], (FIXTURES / "pairs/demo/demo.jsonl").read_bytes())],
        ),
        ("in colours", pairs, [["check", "pairs/demo", "--color", "always"]]),
        ("a report in a file", pairs, [["check", "pairs/demo", "--output", "sarif=out.sarif"]]),
    ]
    return found


CASES = cases()

if __name__ == "__main__":
    main()
