#!/usr/bin/env python3
"""Tests what runs shards on several machines, and says what the runs took.

    distributed/test.py --program target/debug/labelwright [--documents 2000] [--shards 14]

Azure Machine Learning: the steps of its job are run here one after the other. Spark: the driver runs on a cluster of
two executors in processes of their own, which needs pyspark and Java 17, and is left out with a word otherwise. What
is asserted: the report is that of one machine, byte for byte; also where an executor is killed in the run,
and where the label file comes by fsspec.
"""

import argparse
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLUSTER = "local-cluster[2,1,1024]"
LEFT_OUT = "surface-unlabeled,surface-unlabeled-in-document"
REPORT = ["--output", "json"]
# The first check ends the executor that it runs under.
KILLER = """#!/usr/bin/env bash
if [ "$1" = check ] && mkdir "{flag}" 2> /dev/null; then
    process=$PPID
    while ! grep -q CoarseGrainedExecutorBackend "/proc/$process/cmdline"; do
        process="$(awk '{{print $4}}' "/proc/$process/stat")"
    done
    kill -KILL "$process"
    exit 1
fi
exec "{program}" "$@"
"""


def write_corpus(folder, documents):
    """A label file with texts, in which documents far apart have to do with each other."""
    texts = folder / "texts"
    texts.mkdir()
    with open(folder / "labels.jsonl", "w", encoding="utf-8") as file:
        for number in range(documents):
            # Every seventh text appears twice, far from the first.
            kind = number % (documents // 2) if number % 7 == 0 else number
            words = f"Letter {kind}: Ada \U0001f600 met Grace in town {kind % 97} and paid {kind} euros.\n"
            name = f"{number:06}.txt"
            (texts / name).write_text(words, encoding="utf-8")
            at = words.index("Ada")
            labels = [{"label": "Person", "offsetStart": at, "offsetEnd": at + 3 + number % 11 // 10}]
            if number % 5:
                town = words.index("town")
                labels.append({"label": "Place", "offsetStart": town, "offsetEnd": town + 4})
            line = {"image_url": f"AmlDatastore://store/{name}", "label": labels}
            file.write(json.dumps(line) + "\n")


class Corpus:
    """A corpus in a folder, and what one machine says of it."""

    def __init__(self, folder, options):
        self.folder = folder
        self.program = options.program.resolve()
        write_corpus(folder, options.documents)
        self.size = (folder / "labels.jsonl").stat().st_size // options.shards + 1
        # Paths that are the same on all machines.
        self.labels, self.texts = folder / "labels.jsonl", folder / "texts"
        check = [self.program, "check", self.labels, "--texts", self.texts, "--ignore", LEFT_OUT, *REPORT]
        self.want, seconds = self.run(check)
        assert self.want[1] in (0, 1) and len(self.want[0]) > 1000, self.want
        print(f"one machine: status {self.want[1]}, {len(self.want[0])} bytes, {seconds:.1f} s")

    def run(self, command, **environment):
        """Standard output and status of a command, and the seconds that it took."""
        start = time.monotonic()
        words = [str(word) for word in command]
        done = subprocess.run(
            words, cwd=self.folder, env={**os.environ, **environment}, capture_output=True
        )
        if not done.stdout and done.returncode != 0:
            sys.exit(done.stderr.decode(errors="replace"))
        return (done.stdout, done.returncode), time.monotonic() - start

    def compare(self, title, command, called=None, **environment):
        """`called` is what the report calls the label file, where that is not its path."""
        found, seconds = self.run(command, **environment)
        report, status = self.want
        if called:
            report = report.replace(str(self.labels).encode(), called.encode())
        assert found == (report, status), f"{title}: the report is another one"
        print(f"{title}: the same report, {seconds:.1f} s")


def azure(corpus):
    """The steps of the pipeline: a file for each shard, two mini-batches, and what comes of them."""
    (corpus.folder / "bin").mkdir()
    (corpus.folder / "bin/labelwright").symlink_to(corpus.program)
    path = f"{corpus.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    shards, partials = corpus.folder / "shards", corpus.folder / "partials"
    shards.mkdir()
    partials.mkdir()
    script = HERE / "azureml/shard.py"
    corpus.run([sys.executable, script, "plan", corpus.labels, corpus.size, shards], PATH=path)
    files = sorted(shards.iterdir())
    assert len(files) > 1
    job = f"""
import sys
sys.path.insert(0, {str(script.parent)!r})
import shard
shard.init()
assert len(shard.run({[str(file) for file in files[::2]]!r})) == {len(files[::2])}
shard.run({[str(file) for file in files[1::2]]!r})
# One that is tried again.
shard.run({[str(files[0])]!r})
"""
    more = ["--labels", corpus.labels, "--texts", corpus.texts, "--partials", partials]
    corpus.run([sys.executable, "-c", job, *more, "--error_threshold", "0"], PATH=path)
    merge = [corpus.program, "merge", *sorted(partials.glob("*.partial"))]
    moved = ["--input", corpus.labels, "--texts", corpus.texts]
    corpus.compare("steps of Azure Machine Learning", [*merge, *moved, *REPORT])


def spark(corpus):
    """The driver on a cluster; also where one executor is killed, and where the file comes by fsspec."""

    def driver(title, program, source, called=None):
        command = [sys.executable, HERE / "spark/check.py", source, "--program", program]
        command += ["--shard-size", corpus.size, "--texts", corpus.texts, "--", *REPORT]
        submitted = f"--master {CLUSTER} --conf spark.ui.enabled=false pyspark-shell"
        corpus.compare(
            title, command, called, PYSPARK_PYTHON=sys.executable, PYSPARK_SUBMIT_ARGS=submitted
        )

    driver("Spark, two executors", corpus.program, corpus.labels)
    killer, flag = corpus.folder / "labelwright-killer", corpus.folder / "killed"
    killer.write_text(KILLER.format(flag=flag, program=corpus.program))
    killer.chmod(killer.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    driver("Spark, two executors of which one is killed", killer, corpus.labels)
    assert flag.exists(), "no executor was killed"
    converted(corpus)
    if importlib.util.find_spec("fsspec"):
        url = f"file://{corpus.labels}"
        driver("Spark, two executors, by fsspec", corpus.program, url, url)
    else:
        print("skipped: fsspec is not installed")


def converted(corpus):
    """The driver as it converts: the project is that of one machine, byte for byte."""
    convert = [corpus.program, "convert", corpus.labels, "--to", "language", "--texts", corpus.texts]
    # Some of the labels end too late on purpose.
    asked = ["--skip-invalid", "--offsets", "codepoint", "--ignore", "offset-unit-mismatch"]
    (want, status), _ = corpus.run([*convert, *asked, "-o", "-"])
    command = [sys.executable, HERE / "spark/check.py", corpus.labels, "--program", corpus.program]
    command += ["--shard-size", corpus.size, "--texts", corpus.texts, "--to", "language"]
    command += [f"--check={word}" for word in asked]
    submitted = f"--master {CLUSTER} --conf spark.ui.enabled=false pyspark-shell"
    found, seconds = corpus.run(
        [*command, "--", "-o", "-"], PYSPARK_PYTHON=sys.executable, PYSPARK_SUBMIT_ARGS=submitted
    )
    assert len(want) > 1000 and found == (want, status), "Spark, a conversion: another project"
    print(f"Spark, two executors, a conversion: the same project, {seconds:.1f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--shards", type=int, default=14)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder), options)
        azure(corpus)
        if importlib.util.find_spec("pyspark") and shutil.which("java"):
            spark(corpus)
        else:
            print("skipped: pyspark and Java are not installed")


if __name__ == "__main__":
    main()
