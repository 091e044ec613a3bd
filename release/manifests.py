"""Makes the manifests of package managers of their templates, for a release that is about to be published.

    release/manifests.py REPOSITORY PUBLISHER DIST OUT

REPOSITORY is the address of the repository that the archives are published at, PUBLISHER who publishes, DIST the folder
with the archives and their hashes (`release/archive.sh`), OUT the folder that gets a file for each template. Fails where a
hash is missing, so no manifest is half filled in.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = re.compile(r"([0-9a-f]{64})  labelwright-([0-9.]+)-(\S+?)\.(?:tar\.gz|zip)")
BLANK = re.compile(r"@([A-Z0-9]+)(?: (\S+?))?@")


def main() -> None:
    """Fills in all templates, and writes them once none lacks anything."""
    repository, publisher, dist, out = sys.argv[1:5]
    version = re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
    hashes = {}
    for file in sorted(Path(dist).glob("*.sha256")):
        for digest, of, target in ARCHIVE.findall(file.read_text()):
            if of != version:
                raise SystemExit(f"{file} is of version {of}, and Cargo.toml of {version}")
            hashes[target] = digest

    def known(blank: re.Match[str]) -> str:
        name, target = blank.groups()
        if name == "SHA256":
            if target not in hashes:
                raise SystemExit(f"{dist} has no hash of the archive for {target}")
            return hashes[target]
        told = {"REPOSITORY": repository.rstrip("/"), "PUBLISHER": publisher, "VERSION": version}
        return told[name]

    made = {}
    for template in sorted((ROOT / "release/templates").iterdir()):
        text = template.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines(True) if "release/manifests.py" not in line]
        made[BLANK.sub(known, template.name)] = BLANK.sub(known, "".join(lines))
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (Path(out) / name).write_text(text, encoding="utf-8")
        print(Path(out) / name)


if __name__ == "__main__":
    main()
