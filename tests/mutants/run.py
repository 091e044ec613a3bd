#!/usr/bin/env python3
"""Runs the tests against the mutants that `plant.py` planted, those tests only that reach the mutant.

    python3 tests/mutants/run.py SCRATCH record            which mutants does each test reach, and how long does it take?
    python3 tests/mutants/run.py SCRATCH run [PATH...]     runs what has no verdict yet; may be stopped at any time
    python3 tests/mutants/run.py SCRATCH again [PATH...]   runs what survived once more, after `record`
    python3 tests/mutants/run.py SCRATCH report [PATH...]  the figures of each room, and the survivors without a reason

Verdicts are kept in SCRATCH/verdicts.jsonl, a line each. A mutant is `caught` by the first test that fails; it is a
`timeout` where tests take four times the processor time that they took, and a second at least; `unreached` where no
test comes by; or it `survived`. Unit tests come before those of `tests/main`, the quick ones first, and those of
`tests/main` have MOST seconds together for a mutant: one that survives these may be caught by what was left out.

Linux, Python 3.11, and `prlimit` of util-linux.
"""

import collections
import concurrent.futures
import json
import math
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
JOBS = int(os.environ.get("JOBS", os.cpu_count() or 1))
MOST = float(os.environ.get("MOST", 30))
# Not asked: they judge the sources, or the machine, or take what the others have asked already.
LEFT_OUT = ("tidy::", "docs::", "gates::", "browser::", "evidence::", "faults::kills", "adversarial::sockets")
SECONDS_OF_WAITING = 600
ADDRESSES = 4 << 30
LARGEST_FILE = 1 << 30
RUNNING = set()


def environment(scratch, mutant, temporary):
    return dict(os.environ, LABELWRIGHT_MUTANT=str(mutant), TMPDIR=str(temporary), RUST_BACKTRACE="0",
                INSTA_UPDATE="no", INSTA_WORKSPACE_ROOT=str(scratch / "tree"),
                CARGO_MANIFEST_DIR=str(scratch / "tree"), PROPTEST_RNG_SEED="1", PROPTEST_MAX_SHRINK_ITERS="0",
                PROPTEST_DISABLE_FAILURE_PERSISTENCE="1")


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(scratch, mutant, temporary, program, tests, seconds):
    """Runs tests until one fails: None, or what came of it."""
    command = ["prlimit", f"--cpu={math.ceil(seconds)}", f"--as={ADDRESSES}", f"--fsize={LARGEST_FILE}", "--core=0",
               program, "--test-threads=1", "--exact", *tests]
    running = subprocess.Popen(command, cwd=scratch / "tree", env=environment(scratch, mutant, temporary),
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, text=True,
                               errors="replace")
    RUNNING.add(running.pid)
    waited = threading.Timer(SECONDS_OF_WAITING, lambda: os.killpg(running.pid, signal.SIGKILL))
    waited.start()
    failed, test = None, None
    for line in running.stdout:
        if line.startswith("test ") and " ... " in line:
            test = line.split()[1]
        if line.rstrip().endswith("FAILED") and line.startswith("test "):
            failed = line.split()[1]
            break
    try:
        if failed:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    running.wait()
    RUNNING.discard(running.pid)
    waited.cancel()
    running.stdout.close()
    if failed:
        return "caught", failed
    if running.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timeout", test
    return None if running.returncode == 0 else ("caught", test)


class Scratch:
    """What `plant.py` left, and what was found since."""

    def __init__(self, path):
        self.path = Path(path).resolve()
        self.mutants = json.loads((self.path / "mutants.json").read_text())["mutants"]
        self.programs = json.loads((self.path / "programs.json").read_text())
        self.verdicts = {}
        self.lock = threading.Lock()
        kept = self.path / "verdicts.jsonl"
        for line in kept.read_text().splitlines() if kept.exists() else []:
            verdict = json.loads(line)
            self.verdicts[verdict["name"]] = verdict

    def keep(self, verdict):
        self.verdicts[verdict["name"]] = verdict
        with self.lock, open(self.path / "verdicts.jsonl", "a", encoding="utf-8") as kept:
            kept.write(json.dumps(verdict) + "\n")

    def chosen(self, paths):
        for number, mutant in enumerate(self.mutants, 1):
            if not paths or any(mutant["name"].startswith(path) for path in paths):
                yield number, mutant


def record(scratch):
    """Runs each test alone, and keeps which mutants it reaches."""
    tests = []
    for kind in (it for it in ("lib", "test") if it in scratch.programs):
        done = subprocess.run([scratch.programs[kind], "--list", "--format=terse"], stdout=subprocess.PIPE,
                              cwd=scratch.path / "tree", check=True, text=True)
        names = [line[: -len(": test")] for line in done.stdout.splitlines() if line.endswith(": test")]
        tests += [(kind, it) for it in names if not it.startswith(LEFT_OUT)]

    def one(asked):
        kind, test = asked
        with tempfile.TemporaryDirectory(prefix="mutants-") as temporary:
            reached = Path(temporary) / "reached"
            before = processor_time()
            came = run(scratch.path, reached, temporary, scratch.programs[kind], [test], 300)
            took = processor_time() - before
            data = reached.read_bytes() if reached.exists() else b""
            data = data[: len(data) // 4 * 4]
        mutants = sorted({it[0] for it in struct.iter_unpack("<I", data)})
        return {"kind": kind, "test": test, "seconds": round(took, 3), "mutants": mutants, "failed": came is not None}

    # One at a time, since the processor time of several could not be told apart.
    found = [one(it) for it in tests]
    (scratch.path / "tests.json").write_text("\n".join(json.dumps(it) for it in found))
    failed = [it["test"] for it in found if it["failed"]]
    print(f"{len(found)} tests, {sum(it['seconds'] for it in found):.0f} s; fail without a mutant: {failed}")


def batches(tests):
    """Tests of one program in batches: a failure early on saves the others."""
    batch, seconds, room = [], 0.0, 0.2
    for test in tests:
        batch.append(test)
        seconds += test["seconds"]
        if seconds > room or len(batch) >= 200:
            yield batch, seconds
            batch, seconds, room = [], 0.0, room * 2
    if batch:
        yield batch, seconds


def judge(scratch, number, mutant, tests):
    """The verdict on one mutant."""
    began = time.monotonic()
    room = mutant["name"].split("/")[1].removesuffix(".rs")
    unit = [it for it in tests if it["kind"] == "lib"]
    unit.sort(key=lambda it: (not it["test"].startswith(f"{room}::"), it["seconds"]))
    whole = sorted((it for it in tests if it["kind"] == "test"), key=lambda it: it["seconds"])
    within, spent = [], 0.0
    for test in whole:
        spent += test["seconds"]
        if spent <= MOST:
            within.append(test)
    verdict = {"name": mutant["name"], "verdict": "survived" if tests else "unreached", "test": None}
    with tempfile.TemporaryDirectory(prefix="mutants-") as temporary:
        for kind, asked in (("lib", unit), ("test", within)):
            for batch, seconds in batches(asked):
                came = run(scratch.path, number, temporary, scratch.programs[kind], [it["test"] for it in batch],
                           max(1, 4 * seconds))
                if came:
                    verdict["verdict"], verdict["test"] = came
                    break
            if verdict["test"] or verdict["verdict"] == "timeout":
                break
    verdict["left"] = len(whole) - len(within)
    verdict["seconds"] = round(time.monotonic() - began, 2)
    return verdict


def ask(scratch, paths, again):
    """Judges what has no verdict yet, or what survived."""
    reaching = collections.defaultdict(list)
    for line in (scratch.path / "tests.json").read_text().splitlines():
        test = json.loads(line)
        if not test["failed"]:
            for number in test["mutants"]:
                reaching[number].append(test)
    waiting = []
    for number, mutant in scratch.chosen(paths):
        before = scratch.verdicts.get(mutant["name"], {}).get("verdict")
        if mutant["state"] == "planted" and (before is None or again and before in ("survived", "unreached")):
            waiting.append((number, mutant))
    print(f"{len(waiting)} mutants", flush=True)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for _ in pool.map(lambda it: scratch.keep(judge(scratch, *it, reaching[it[0]])), waiting):
            pass


def reasons():
    """The survivors that the list names, each with its reason."""
    listed = tomllib.loads((HERE / "survivors.toml").read_text())
    return {name: group["reason"] for group in listed.get("group", []) for name in group["mutants"]}


def report(scratch, paths):
    """A line for each room, and the survivors that nobody has given a reason for."""
    known = reasons()
    rooms, open_ = collections.defaultdict(collections.Counter), []
    for _, mutant in scratch.chosen(paths):
        verdict = scratch.verdicts.get(mutant["name"], {}).get("verdict", "not run")
        kind = verdict if mutant["state"] == "planted" else mutant["state"]
        if kind in ("survived", "unreached"):
            if mutant["name"] in known:
                kind = "explained"
            else:
                open_.append((kind, mutant))
        rooms[mutant["name"].split("/")[1].removesuffix(".rs")][kind] += 1
    kinds = ["caught", "timeout", "explained", "survived", "unreached", "unviable", "apart", "not run"]
    print(f"{'room':<16}{'mutants':>9}" + "".join(f"{it:>11}" for it in kinds))
    for room, counts in [*sorted(rooms.items()), ("all", sum(rooms.values(), collections.Counter()))]:
        print(f"{room:<16}{counts.total():>9,}" + "".join(f"{counts[it]:>11,}" for it in kinds))
    for kind, mutant in open_:
        print(f"{kind:<10}{mutant['at']}  {mutant['name'].partition(': ')[2]}")


def stop(*_):
    """Ends what was started, which is in sessions of its own."""
    for process in list(RUNNING):
        os.killpg(process, signal.SIGKILL)
    os._exit(1)


def main():
    os.nice(10)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scratch, command, *paths = sys.argv[1:]
    scratch = Scratch(scratch)
    if command == "record":
        record(scratch)
    elif command == "report":
        report(scratch, paths)
    else:
        ask(scratch, paths, command == "again")


if __name__ == "__main__":
    main()
