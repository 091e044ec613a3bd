"""Packs a folder into an archive that has the same bytes each time, as long as zlib is the same.

    release/pack.py FOLDER ARCHIVE.tar.gz
    release/pack.py FOLDER ARCHIVE.zip

Members are sorted by name. All have the time of 1980-01-01, which is the first that a zip file knows, and no owner.
"""

import gzip
import io
import sys
import tarfile
import zipfile
from pathlib import Path

TIME = (1980, 1, 1, 0, 0, 0)
SECONDS = 315_532_800
"""The same, since 1970."""


def main() -> None:
    """Writes the archive."""
    folder, archive = Path(sys.argv[1]), Path(sys.argv[2])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    members = [(f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in files]
    pack = zipped if archive.suffix == ".zip" else tarred
    archive.write_bytes(pack(members))


def mode(path: Path) -> int:
    """Programs may be run; they are what has no extension, or that of Windows."""
    return 0o755 if path.stem == "labelwright" and path.suffix in ("", ".exe") else 0o644


def tarred(members: list[tuple[str, Path]]) -> bytes:
    """A tar archive, packed by gzip without a name and a time."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, path in members:
            content = path.read_bytes()
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.mode = len(content), SECONDS, mode(path)
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), 9, mtime=0)


def zipped(members: list[tuple[str, Path]]) -> bytes:
    """A zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in members:
            member = zipfile.ZipInfo(name, TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = mode(path) << 16
            archive.writestr(member, path.read_bytes())
    return packed.getvalue()


if __name__ == "__main__":
    main()
