"""Makes the peers ready: a virtual environment and `node_modules`, in the cache."""

import json
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Peers:
    """What runs the peers, and their versions; why, for each that is not to be had."""

    python: str = ""
    node: str = ""
    versions: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)


def first_line(command):
    done = subprocess.run(command, check=True, text=True, capture_output=True)
    return done.stdout.strip().splitlines()[0]


def failure(command, **rest):
    """Why the command failed; nothing where it did not."""
    done = subprocess.run(command, text=True, capture_output=True, check=False, **rest)
    if done.returncode == 0:
        return ""
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return said[-1] if said else f"status {done.returncode}"


def python_packages(cache, here, peers):
    home = cache / "venv"
    wanted = [line.split("==") for line in (here / "requirements.txt").read_text().split()]
    python = home / "bin/python"
    try:
        if not python.exists():
            venv.create(home, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        peers.python = sys.executable
        why = f"no virtual environment: {error}"
        peers.missing |= {name: why for name, _ in wanted}
        return
    peers.python = str(python)
    for name, version in wanted:
        install = [python, "-m", "pip", "install", "--quiet", f"{name}=={version}"]
        peers.missing[name] = failure(install)
        if not peers.missing[name]:
            peers.versions[name] = version


def node_packages(cache, here, peers):
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        peers.missing["ajv"] = "Node.js is not installed"
        return
    folder = cache / "node"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "ajv.mjs"):
        shutil.copy(here / name, folder / name)
    install = [npm, "install", "--no-audit", "--no-fund"]
    peers.missing["ajv"] = failure(install, cwd=folder)
    if not peers.missing["ajv"]:
        peers.node = node
        pins = json.loads((here / "package.json").read_text())["dependencies"]
        peers.versions |= {"Node.js": first_line([node, "--version"]).removeprefix("v"), **pins}


def peers(cache, here):
    found = Peers()
    python_packages(cache, here, found)
    found.versions["Python"] = first_line([found.python, "--version"]).removeprefix("Python ")
    node_packages(cache, here, found)
    return found
