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
    """What runs the peers, and their versions; why, where one is not to be had."""

    python: str = ""
    node: str = ""
    versions: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)


def first_line(command):
    done = subprocess.run(command, check=True, text=True, capture_output=True)
    return done.stdout.strip().splitlines()[0]


def quietly(command, **rest):
    """Why the command failed, or nothing."""
    done = subprocess.run(command, text=True, capture_output=True, check=False, **rest)
    return (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:] if done.returncode else None


def python_packages(cache, here, peers):
    home = cache / "venv"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    try:
        if not python.exists():
            venv.create(home, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        peers.python = sys.executable
        peers.missing |= dict.fromkeys(("orjson", "jsonschema"), f"no virtual environment: {error}")
        return
    peers.python = str(python)
    for line in (here / "requirements.txt").read_text().split():
        name, version = line.split("==")
        failed = quietly([python, "-m", "pip", "install", "--quiet", line])
        if failed is None:
            peers.versions[name] = version
        else:
            peers.missing[name] = " ".join(failed)


def node_packages(cache, here, peers):
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        peers.missing["ajv"] = "Node.js is not installed"
        return
    folder = cache / "node"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "ajv.mjs"):
        shutil.copy(here / name, folder / name)
    failed = quietly([npm, "install", "--silent", "--no-audit", "--no-fund"], cwd=folder)
    if failed is None:
        peers.node = node
        pins = json.loads((here / "package.json").read_text())["dependencies"]
        peers.versions |= {"Node.js": first_line([node, "--version"]).removeprefix("v"), **pins}
    else:
        peers.missing["ajv"] = " ".join(failed)


def peers(cache, here):
    found = Peers()
    found.versions["Python"] = sys.version.split()[0]
    python_packages(cache, here, found)
    node_packages(cache, here, found)
    return found
