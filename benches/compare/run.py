#!/usr/bin/env python3
"""Compares two builds of labelwright: do they say and write the same bytes?

    cargo build --release --locked && cp target/release/labelwright target/before
    ... change the program ...
    cargo build --release --locked
    python3 benches/compare/run.py target/before target/release/labelwright [FOLDER...]

For a change that is to change nothing, or nothing but some words. Both run side by side on each
label file (.json, .jsonl) of the fixtures, and of the folders that are named, which are only read:
checks, fixes, conversions there and back with a ledger, shards and what they are merged to; then
on the folders as a whole; and without an input: rules, schemas, help. Standard output, standard
error, the exit status and all files that are written must be the same, but for times and speeds,
and the fingerprint of the options in a manifest. Differences are printed as short unified diffs;
the last line counts the cases. The exit status is 1 where one differs.

    --words OLD=NEW   wording that was changed on purpose; may be repeated. It is replaced in what
                      the old build prints, and in the findings that its shards save; at the end it
                      is said how often. Where words are replaced, blanks and line ends are one
                      blank, since reports for people break their lines elsewhere then.
    --only TEXT       only the cases with this in their name, such as `shards` or `ner.jsonl`
    --most N          print no more differences than these (20)
    --jobs N          threads of the new build; the old one has as many as there are cores

Needs Python 3.9 or later, and nothing beside it.
"""

import argparse
import collections
import concurrent.futures
import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("aml", "language")
LINES = 30  # of a difference

# Speaks of levels, thresholds and overrides, so that a check of a folder has to weigh them all.
CONFIG = b"""\
fail-on = "warning"
ignore = ["span-too-long"]
rules = { documents = "error", label-rare = "note" }
thresholds = { rare-label = 100, test-share-max = 0.3 }
[[overrides]]
paths = ["**/*.jsonl"]
no-texts = true
offsets = "utf16"
rules.coverage = "off"
"""

SPEED = re.compile(r" in [\d.,]+ s(?: \([\d.,]+ \w+/s\))?")
# What is said of a single file only where it took more than a second.
SLOW = re.compile(
    r"^(?:checked|converted) (?:1 file, [^;\n]*|0 files [^;\n]*; 1 \w+|[\d,]+ \w+ of .*)\n", re.M
)
STAMPS = re.compile(r'("(?:modified|options)":)"[^"]*"')
BLANKS = re.compile(r"[\s│]+")  # the bar is the edge of a broken line

# The files lie there before the commands are run, one after another: bytes or a path by name.
Case = collections.namedtuple("Case", "name files commands")


def label_files(folder):
    """The label files in a folder: those that a check of the folder looks at."""
    def is_one(path):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        return path.suffix in (".json", ".jsonl") and path.is_file() and not hidden

    return sorted(filter(is_one, folder.rglob("*")))


def of_file(path):
    """The cases of one label file. It is named by its whole path, and never written to."""
    file, texts = str(path), ["--texts", str(path.parent), "--isolated"]
    as_json = ["--output", "json"]

    def case(what, *commands, files=None):
        return Case(f"{what}: {file}", files or {}, commands)

    for what, more in (
        ("check", ["--isolated"]),
        ("check with texts", texts),
        ("check without texts", ["--no-texts", "--isolated"]),
        ("check in utf16", [*texts, "--offsets", "utf16"]),
    ):
        yield case(what, ["check", file, *more, *as_json], ["check", file, *more])
    yield case("check in short", ["check", file, *texts, "--statistics", "--schema-strict"])
    yield case("diff", ["check", file, *texts, "--diff", "--unsafe-fixes"])
    copy = {path.name: path}
    for fixes in (["--fix"], ["--fix", "--unsafe-fixes"]):
        yield case(" ".join(fixes), ["check", path.name, *texts, *fixes], files=copy)
    for to, back in (FORMATS, FORMATS[::-1]):
        there = ["convert", file, "--to", to, *texts]
        yield case(f"convert to {to}", [*there, "-o", "-"])
        again = ["convert", "there", "--to", back, *texts, "-o", "back", "--restore", "ledger"]
        for skips in ([], ["--skip-invalid"]):
            saving = [*there, "-o", "there", "--losses", "ledger", *skips]
            yield case(" ".join([f"convert to {to} and back", *skips]), saving, again)
    middle = path.stat().st_size // 2
    shard = ["check", file, *texts, "--shard"]
    merge = ["merge", "partial-0", "partial-1", "--isolated"]
    yield case(
        "shards",
        [*shard, f"0:{middle}", "--partial", "partial-0"],
        [*shard, f"{middle}:", "--partial", "partial-1"],
        [*merge, *as_json],
        merge,
    )


def of_folder(folder):
    """The cases of a folder as a whole."""
    for what, files, more in (
        ("check", {}, ["--isolated"]),
        ("check as configured", {"strict.toml": CONFIG}, ["--config", "strict.toml"]),
    ):
        check = ["check", str(folder), *more]
        yield Case(f"{what}: {folder}", files, [[*check, "--output", "json"], check])
    for to, back in (FORMATS, FORMATS[::-1]):
        there = ["convert", str(folder), "--to", to, "--out", "there", "--losses", "ledgers"]
        again = ["convert", "there", "--to", back, "--out", "back", "--restore", "ledgers"]
        again += ["--texts", str(folder)]
        commands = [[*command, "--isolated"] for command in (there, [*there, "--resume"], again)]
        yield Case(f"convert to {to} and back: {folder}", {}, commands)


def without_input(binaries):
    """The cases that need no label file."""
    for schema in ("aml", "language", "report", "losses", "config"):
        yield Case(f"schema {schema}", {}, [["schema", schema]])
    for command in ("check", "convert", "merge", "rules", "explain", "schema"):
        yield Case(f"help {command}", {}, [[command, "--help"]])
    as_json = ["--output", "json"]
    yield Case("rules", {}, [["--help"], ["rules"], ["rules", *as_json]])
    names = set()
    for binary in binaries:
        listed = subprocess.run([binary, "rules", *as_json], capture_output=True, check=True)
        names.update(rule["rule"] for rule in json.loads(listed.stdout))
    for name in sorted(names):
        yield Case(f"explain {name}", {}, [["explain", name], ["explain", name, *as_json]])


def text(content):
    """Bytes as text; other bytes give another text, UTF-8 or not."""
    return content.decode("utf-8", "surrogateescape")


def run(binary, case, jobs):
    """Runs a case in a folder of its own: what was printed, and the files, by name."""
    found = {}
    with tempfile.TemporaryDirectory() as here:
        for name, content in case.files.items():
            content = content if isinstance(content, bytes) else content.read_bytes()
            Path(here, name).write_bytes(content)
        for command in case.commands:
            # Their help says what they are called, which is the same for both.
            threads = jobs if command[0] in ("check", "convert") and "--help" not in command else []
            done = subprocess.run(
                ["labelwright", *command, *threads], executable=binary, cwd=here,
                stdin=subprocess.DEVNULL, capture_output=True, check=False,
            )
            said = " ".join(command)
            found[f"status of {said}"] = str(done.returncode)
            found[f"stdout of {said}"] = text(done.stdout)
            found[f"stderr of {said}"] = SPEED.sub(" in no time", SLOW.sub("", text(done.stderr)))
        for path in sorted(Path(here).rglob("*")):
            if path.is_file():
                content = text(path.read_bytes())
                if path.name == ".labelwright-manifest.jsonl":
                    content = STAMPS.sub(r'\1"-"', content)
                found[f"file {path.relative_to(here).as_posix()}"] = content
    return found


def same(name, old, new, words, replaced):
    """Whether two texts are the same, once the old one has the words of the new one."""
    if old == new:
        return True
    if old is None or new is None or not name.startswith(("std", "file partial-")):
        return False
    old, new = BLANKS.sub(" ", old), BLANKS.sub(" ", new)
    for before, after in words:
        # Not inside of other words: `recommended` has nothing to do with `mended`.
        whole = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
        old, times = whole.subn(lambda _, after=after: after, old)
        replaced[before] += times
    return bool(words) and old == new


def diff(old, new):
    """A short unified diff of two texts, either of which may be missing."""
    old, new = ("(nothing)" if one is None else one for one in (old, new))
    old, new = old.split("\n"), new.split("\n")
    found = list(difflib.unified_diff(old, new, "old", "new", n=1, lineterm=""))
    if len(found) > LINES:
        found[LINES:] = [f"... and {len(found) - LINES} more lines"]
    shown = "\n".join(line[:300] for line in found)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def pair(given):
    """`OLD=NEW`"""
    old, equals, new = given.partition("=")
    if not (old and equals):
        raise argparse.ArgumentTypeError("it is not OLD=NEW")
    return BLANKS.sub(" ", old), BLANKS.sub(" ", new)


def arguments():
    """What is asked on the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--words", type=pair, action="append", default=[], metavar="OLD=NEW")
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--most", type=int, default=20, metavar="N")
    parser.add_argument("--jobs", type=int, metavar="N")
    return parser.parse_args()


def main():
    """Runs all cases, and answers the exit status."""
    asked = arguments()
    binaries = [str(binary.resolve()) for binary in (asked.old, asked.new)]
    cases = list(without_input(binaries))
    for folder in (folder.resolve() for folder in (ROOT / "fixtures", *asked.folders)):
        cases.extend(of_folder(folder))
        cases.extend(case for path in label_files(folder) for case in of_file(path))
    cases = [case for case in cases if asked.only in case.name]
    threads = ["--jobs", str(asked.jobs)] if asked.jobs else []
    replaced, differing, left = collections.Counter(), 0, asked.most
    with concurrent.futures.ThreadPoolExecutor(2) as sides:
        for case in cases:
            old, new = sides.map(run, binaries, (case, case), ([], threads))
            pairs = ((name, old.get(name), new.get(name)) for name in {**old, **new})
            found = [one for one in pairs if not same(*one, asked.words, replaced)]
            differing += bool(found)
            for name, before, after in found[:left]:
                print(f"{case.name}\n{name}\n{diff(before, after)}\n", flush=True)
            left = max(left - len(found), 0)
    for before, after in asked.words:
        print(f"`{before}` became `{after}` {replaced[before]} times")
    print(f"{len(cases)} cases, {len(cases) - differing} equal")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
