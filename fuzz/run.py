"""Runs built fuzz targets one after the other; `run.sh` builds them, and says what is asked."""

import os
import pathlib
import re
import resource
import subprocess
import sys

LIMITS = ["-max_len=65536", "-timeout=1", "-rss_limit_mb=512", "-close_fd_mask=1"]


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_of(program, artifact, environment):
    """The processor time that one input takes, in seconds."""
    start = processor_time()
    subprocess.run([program, "-timeout=60", artifact], env=environment, capture_output=True, check=False)
    return processor_time() - start


def run(target, seconds, binaries, scratch):
    """Runs a target until it has had its processor time, and goes on after a finding."""
    here = pathlib.Path(__file__).parent
    artifacts = here / "artifacts" / target
    artifacts.mkdir(parents=True, exist_ok=True)
    corpus = here / "corpus" / target
    environment = dict(os.environ, TMPDIR=scratch)
    executions, coverage, spent, findings, before = 0, 0, 0.0, 0, len(list(artifacts.iterdir()))
    while spent < seconds and findings < 20:
        start = processor_time()
        command = [
            binaries / target,
            corpus,
            *LIMITS,
            f"-artifact_prefix={artifacts}/",
            f"-max_total_time={max(1, int(seconds - spent) + 1)}",
            "-print_final_stats=1",
        ]
        done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False)
        log = done.stderr.decode(errors="replace")
        with open(artifacts.parent / f"{target}.log", "a", encoding="utf-8") as kept:
            kept.write(log)
        spent += processor_time() - start
        counts = re.findall(r"^#(\d+)\s", log, re.M)
        executions += int(counts[-1]) if counts else 0
        coverage = max([coverage, *map(int, re.findall(r" cov: (\d+) ", log))])
        if done.returncode != 0:
            findings += 1
        # What was asked for was time that passed; on a busy machine that is not the program's.
        for slow in artifacts.glob("timeout-*"):
            if time_of(binaries / target, slow, environment) < 1:
                slow.unlink()
                findings -= 1
    findings = len(list(artifacts.iterdir())) - before
    print(
        f"{target:<10} {executions:>10,} executions  {coverage:>7,} edges  "
        f"{spent:>6.0f} s of processor time  {findings} findings",
        flush=True,
    )
    return findings


def main():
    seconds, binaries, scratch, *targets = sys.argv[1:]
    binaries = pathlib.Path(binaries)
    found = sum(run(target, float(seconds), binaries, scratch) for target in targets)
    sys.exit(1 if found else 0)


main()
