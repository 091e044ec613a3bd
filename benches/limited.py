"""Runs a program within limits, and says what it took: for the scripts in the folders beside this file."""

import os
import resource
import subprocess
import tempfile
from typing import NamedTuple


class Run(NamedTuple):
    """How a run ended, and what it took."""

    # As `subprocess` has it: negative where a signal ended it.
    status: int
    # Of the processor.
    seconds: float
    # The most memory that it had, in bytes.
    peak: int
    # What it said on stderr.
    said: str


def run(arguments, folder, processor, addresses=None):
    """Runs a program in a folder. It may have so many seconds of the processor, and so many bytes of addresses."""

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 5))
        if addresses is not None:
            resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))

    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=said, preexec_fn=limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return Run(child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024,
                   said.read().decode(errors="replace"))
