"""Runs one command and writes how long it took and how much memory it had at most.

    python3 -I -S measure.py RESULT STDOUT COMMAND...

The kernel counts what the process before `exec` held as the command's own, so this one is small:
no figure can be below its 8 MB or so."""

import os
import sys
import time

result, stdout, *command = sys.argv[1:]
out = os.open(stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
begin = time.perf_counter()
child = os.posix_spawn(
    command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)]
)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
# In kB, but on macOS in bytes.
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
with open(result, "w") as file:
    file.write(f"{os.waitstatus_to_exitcode(status)} {wall} {usage.ru_utime + usage.ru_stime} {peak}")
