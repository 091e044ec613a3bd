"""Shards of a label file in an Azure Machine Learning parallel job: one file for each, and what checks it.

    python shard.py plan LABELS SIZE FOLDER     writes a file for each shard into a folder

The job calls `init` once in each process, and `run` with the paths of some of those files.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

options = None


def plan(labels, size, folder):
    command = ["labelwright", "plan", labels, "--shard-size", size]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for number, row in enumerate(rows):
        Path(folder, f"{number:06}.json").write_text(row, encoding="utf-8")


def init():
    global options
    parser = argparse.ArgumentParser()
    parser.add_argument("--labels", required=True)
    parser.add_argument("--texts", required=True)
    parser.add_argument("--partials", type=Path, required=True)
    # The service has options of its own among them.
    options, _ = parser.parse_known_args()


def run(mini_batch):
    """Checks the shards of these files. An error ends the job, since its thresholds are 0."""
    done = []
    for path in mini_batch:
        shard = json.loads(Path(path).read_text(encoding="utf-8"))
        partial = options.partials / f"{Path(path).stem}.partial"
        # A shard that is tried again replaces what the first try has written.
        command = ["labelwright", "check", options.labels, "--texts", options.texts, "--force"]
        command += ["--shard", f"{shard['start']}:{shard['end']}", "--partial", str(partial)]
        subprocess.run(command, check=True)
        done.append(str(path))
    return done


if __name__ == "__main__" and sys.argv[1:2] == ["plan"]:
    plan(*sys.argv[2:])
