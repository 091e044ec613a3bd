"""Prints the bill of materials of a release build: all crates that it is made of, as CycloneDX 1.5 (JSON).

    release/bom.py TARGET

Cargo tells what it builds for that target. Crates whose code is in the program have the scope `required`; those that only run
on the machine that builds (build scripts, macros) are `excluded`. There is no time, no random number and no folder of this machine
in it, so the same Cargo.lock comes to the same bytes. Fails where a crate has no hash in Cargo.lock, or no licence.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Crate = tuple[str, str]
"""Name and version."""


def main() -> None:
    """Makes the bill and prints it."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    json.dump(bill(sys.argv[1]), sys.stdout, indent=2, ensure_ascii=False)
    print()


def bill(target: str) -> dict:
    """The bill of the build for a target."""
    built = crates(target, "normal,build")
    inside = crates(target, "normal,no-proc-macro")
    hashes = locked()
    metadata = json.loads(cargo("metadata", "--format-version", "1", "--filter-platform", target))
    packages = {it["id"]: it for it in metadata["packages"]}
    root = packages[metadata["resolve"]["root"]]
    components, dependencies = [], []
    for node in metadata["resolve"]["nodes"]:
        package = packages[node["id"]]
        crate = named(package)
        if crate not in built:
            continue
        wanted = (named(packages[dep["pkg"]]) for dep in node["deps"] if of_the_build(dep))
        wanted = sorted(purl(one) for one in set(wanted) & built)
        dependencies.append({"ref": purl(crate), "dependsOn": wanted})
        if package is not root:
            scope = "required" if crate in inside else "excluded"
            components.append({**told("library", package), "scope": scope, "hashes": [digest(hashes, crate)]})
    missing = built - {(it["name"], it["version"]) for it in components} - {named(root)}
    if missing:
        raise SystemExit(f"cargo builds what it does not describe: {sorted(missing)}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": told("application", root),
            "properties": [{"name": "cargo:target", "value": target}],
        },
        "components": sorted(components, key=lambda it: it["purl"]),
        "dependencies": sorted(dependencies, key=lambda it: it["ref"]),
    }


def cargo(command: str, *arguments: str) -> str:
    """What cargo prints, with the versions of Cargo.lock."""
    run = ["cargo", command, "--locked", *arguments]
    return subprocess.run(run, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def crates(target: str, edges: str) -> set[Crate]:
    """All that cargo builds the program of, by these edges of its tree, the program included."""
    tree = cargo("tree", "--edges", edges, "--prefix", "none", "--target", target, "--format", "{p}")
    lines = (line.split() for line in tree.splitlines())
    return {(line[0], line[1].removeprefix("v")) for line in lines if line}


def of_the_build(dependency: dict) -> bool:
    """Whether something is needed for more than tests."""
    return any(kind["kind"] != "dev" for kind in dependency["dep_kinds"])


def named(package: dict) -> Crate:
    """Its name and version."""
    return package["name"], package["version"]


def purl(crate: Crate) -> str:
    """How a crate is named among all packages. A version may hold a plus sign."""
    name, version = crate
    return f"pkg:cargo/{name}@{version.replace('+', '%2B')}"


def told(kind: str, package: dict) -> dict:
    """What the bill says of a package."""
    if not package["license"]:
        raise SystemExit(f"{package['name']} names no licence")
    it = {
        "type": kind,
        "bom-ref": purl(named(package)),
        "name": package["name"],
        "version": package["version"],
        # Once a slash stood for `OR`.
        "licenses": [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}],
        "purl": purl(named(package)),
    }
    if package["repository"]:
        it["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return it


def locked() -> dict[Crate, str]:
    """The hash of each crate's source, as Cargo.lock has it."""
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    entry = r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"'
    return {(name, version): checksum for name, version, checksum in re.findall(entry, lock)}


def digest(hashes: dict[Crate, str], crate: Crate) -> dict[str, str]:
    """The hash of a crate."""
    if crate not in hashes:
        raise SystemExit(f"Cargo.lock has no hash of {' '.join(crate)}")
    return {"alg": "SHA-256", "content": hashes[crate]}


if __name__ == "__main__":
    main()
