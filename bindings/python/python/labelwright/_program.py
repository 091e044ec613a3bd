"""Finds the program that lies in the same wheel, and runs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Iterable, Mapping, NamedTuple, Sequence, Union

from ._native import Error

StrPath = Union[str, "os.PathLike[str]"]

#: How long the program may take to tidy up after Ctrl-C, in seconds.
PATIENCE = 10.0


class Done(NamedTuple):
    """What a run came to: its status (0 or 1), what it printed, and what it said."""

    status: int
    out: bytes
    said: str


def find_program() -> str:
    """The path of the program: `LABELWRIGHT` where that is set, or the one of this installation, or one
    on the path of programs.

    Raises `Error` where there is none.
    """
    name = "labelwright.exe" if sys.platform == "win32" else "labelwright"
    told = os.environ.get("LABELWRIGHT")
    if told:
        return told
    schemes = [sysconfig.get_path("scripts")]
    user = "nt_user" if sys.platform == "win32" else "posix_user"
    if user in sysconfig.get_scheme_names():
        schemes.append(sysconfig.get_path("scripts", user))
    # `pip install --target FOLDER` puts programs into a folder beside the packages.
    schemes.append(str(Path(__file__).parent.parent / "bin"))
    for folder in schemes:
        program = Path(folder) / name
        if program.is_file():
            return str(program)
    found = shutil.which("labelwright")
    if found:
        return found
    raise Error("the program labelwright is missing; install the package again, or set LABELWRIGHT to its path")


def options(given: Mapping[str, Any]) -> list[str]:
    """The options of the command line: `fail_on="never"` is `--fail-on=never`, `True` gives an option
    without a value, a list gives it once for each, and `None` and `False` leave it out."""
    args = []
    for name, value in given.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            args.append(option)
        elif isinstance(value, (str, os.PathLike)) or not isinstance(value, Iterable):
            args.append(f"{option}={os.fspath(value) if isinstance(value, os.PathLike) else value}")
        else:
            args.extend(f"{option}={os.fspath(one) if isinstance(one, os.PathLike) else one}" for one in value)
    return args


def paths(given: StrPath | Sequence[StrPath] | None) -> list[str]:
    """One path or several."""
    if given is None:
        return []
    if isinstance(given, (str, os.PathLike)):
        return [os.fspath(given)]
    return [os.fspath(path) for path in given]


def texts_options(texts: StrPath | Sequence[StrPath] | None | bool) -> list[str]:
    """Where the documents are: `None` leaves that to the program and its configuration, `False` does
    without them."""
    if texts is False:
        return ["--no-texts"]
    if texts is None or texts is True:
        return []
    return [f"--texts={folder}" for folder in paths(texts)]


def run(command: str, args: Sequence[str], inputs: Sequence[str] = ()) -> Done:
    """Runs a command.

    Raises `Error` with the program's own words where the work could not be done (status 2), and
    `KeyboardInterrupt` after Ctrl-C, when the program has taken back what it had begun.
    """
    # What begins with a hyphen is a path all the same.
    whole = [find_program(), command, *args, "--", *inputs]
    process = subprocess.Popen(whole, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, said = process.communicate()
    except BaseException:
        # In a notebook the program does not see Ctrl-C by itself.
        process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
    words = said.decode("utf-8", "replace")
    if process.returncode not in (0, 1):
        raise Error(message(words) or f"labelwright ended with status {process.returncode}")
    return Done(process.returncode, out, words)


def message(said: str) -> str:
    """The program's words for an error, without the sign before them."""
    words = said.strip()
    for sign in ("error: ", "Error: "):
        if words.startswith(sign):
            return words[len(sign) :]
    return words
