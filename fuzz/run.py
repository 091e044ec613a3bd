"""Runs built fuzz targets one after the other; `run.sh` builds them, and says what is asked."""

import functools
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys

# Most of processor time that an input may take, in seconds.
MOST = 1
# A run is ended after an input that does not end; how long one takes is measured apart, since what passes on
# a busy machine is not the program's time. Of two slow inputs libFuzzer keeps the slower one, so a target is run
# several times, each for so many seconds of the processor.
LIMITS = ["-max_len=65536", "-timeout=60", "-report_slow_units=1", "-rss_limit_mb=512", "-close_fd_mask=1"]
LONGEST_RUN = 200
# How a run ends that had its time.
ENDED = (0, -signal.SIGXCPU)
MOST_FINDINGS = 20


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_of(program, artifact, environment):
    """The processor time that one input takes, in seconds: what its second time adds to its first."""

    def runs(number):
        start = processor_time()
        subprocess.run([program, "-timeout=120", f"-runs={number}", artifact], env=environment, capture_output=True,
                       check=False)
        return processor_time() - start

    return runs(2) - runs(1)


def findings_of(program, artifacts, environment):
    """What is kept of a target but for inputs that were slow only because the machine was busy."""
    for slow in artifacts.glob("slow-unit-*"):
        if time_of(program, slow, environment) < MOST:
            slow.unlink()
    return set(artifacts.iterdir())


def run(target, seconds, binaries, scratch):
    """Runs a target until it has had its processor time, and goes on after a finding."""
    here = pathlib.Path(__file__).parent
    artifacts = here / "artifacts" / target
    artifacts.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, TMPDIR=scratch)
    before = set(artifacts.iterdir())
    executions, coverage, spent, found = 0, 0, 0.0, set()
    while spent < seconds and len(found) < MOST_FINDINGS:
        start = processor_time()
        command = [
            binaries / target,
            here / "corpus" / target,
            *LIMITS,
            f"-artifact_prefix={artifacts}/",
        ]
        left = min(LONGEST_RUN, int(seconds - spent) + 1)
        limit = functools.partial(resource.setrlimit, resource.RLIMIT_CPU, (left, left + 60))
        done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False, preexec_fn=limit)
        spent += processor_time() - start
        log = done.stderr.decode(errors="replace")
        with open(artifacts.parent / f"{target}.log", "a", encoding="utf-8") as kept:
            kept.write(log)
        counts = re.findall(r"^#(\d+)\s", log, re.M)
        executions += int(counts[-1]) if counts else 0
        coverage = max([coverage, *map(int, re.findall(r" cov: (\d+) ", log))])
        found = findings_of(binaries / target, artifacts, environment) - before
        if done.returncode not in ENDED and not found:
            sys.exit(f"{target} ends with {done.returncode}, and left no input:\n{log[-2000:]}")
    print(
        f"{target:<10} {executions:>10,} executions  {coverage:>7,} edges  "
        f"{spent:>6.0f} s of processor time  {len(found)} findings",
        flush=True,
    )
    return len(found)


def main():
    seconds, binaries, scratch, *targets = sys.argv[1:]
    binaries = pathlib.Path(binaries)
    found = sum(run(target, float(seconds), binaries, scratch) for target in targets)
    sys.exit(1 if found else 0)


main()
