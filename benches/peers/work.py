"""The work that is measured: for each job its sides, and the proof that they did the same."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class Side:
    """A program that does the job. `product` is the file that it writes, if it writes one."""

    name: str
    command: list
    product: Path = None
    # `check` may have warnings to tell of; that is no failure.
    missing: str = ""
    times: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    did: dict = field(default_factory=dict)

    @property
    def time(self):
        return min(self.times)

    @property
    def peak(self):
        return max(self.peaks)


@dataclass
class Job:
    """`amount` is how much there is to do, in `unit`. The first side is labelwright with all
    threads."""

    title: str
    amount: float
    unit: str
    sides: list
    # What must be the same of all sides.
    same: tuple


def corpus(options, what, size):
    """The folder of a corpus, made where it is not there yet."""
    folder = options.cache / f"{what}-{size}-{options.seed}"
    if not (folder / "done").exists():
        print(f"writing {folder}", file=sys.stderr)
        seed = [str(options.seed)] if what == "small" else []
        command = [sys.executable, HERE / "corpus.py", what, folder, str(size), *seed]
        subprocess.run(command, check=True)
        (folder / "done").touch()
    return folder


def jobs(options, peers, root):
    small = corpus(options, "small", options.documents)
    large = corpus(options, "large", options.large * 1_000_000)
    out = options.cache / "out"
    out.mkdir(exist_ok=True)
    texts = small / "texts"
    made = []

    def labelwright(*arguments, **rest):
        command = [options.binary, *arguments, "--isolated", "--output", "json"]
        sides = [Side("labelwright", command, **rest)]
        return [*sides, Side("labelwright, one thread", [*command, "--jobs", "1"], **rest)]

    def script(package, name, *arguments, **rest):
        missing = peers.missing.get(package, "")
        runs = {".py": peers.python, ".mjs": peers.node}[Path(name).suffix]
        file = options.cache / "node" / name if name.endswith(".mjs") else HERE / name
        kind = "" if package in ("ajv", "jsonschema") else " script"
        return Side(package + kind, [runs, file, *arguments], missing=missing, **rest)

    for way, source, to in (
        ("Azure ML to Language", "labels.jsonl", "language"),
        ("Language to Azure ML", "labels.json", "aml"),
        ("Azure ML to Language", "large.jsonl", "language"),
        ("Language to Azure ML", "large.json", "aml"),
    ):
        with_texts = source.startswith("labels")
        file = (small if with_texts else large) / source
        target = out / "converted"
        words = ["--texts", texts] if with_texts else ["--no-texts", "--offsets", "utf16"]
        command = ["convert", file, "--to", to, "-o", target, "--force", *words]
        rest = [to, file, target, *([texts] if with_texts else [])]
        sides = labelwright(*command, product=target)
        sides += [
            script(name, f"{name}_convert.py", *rest, product=target) for name in ("orjson", "json")
        ]
        amount = options.documents if with_texts else file.stat().st_size / 1e6
        unit = "documents" if with_texts else "MB"
        kept = f"{options.documents:,} documents with texts" if with_texts else "large, without texts"
        made.append(Job(f"{way}, {kept}", amount, unit, sides, ("bytes",)))

    file = small / "labels.json"
    sides = labelwright("check", file, "--texts", texts)
    sides.append(script("orjson", "orjson_check.py", file, texts))
    title = f"check, {options.documents:,} documents with texts"
    same = ("documents", "labels", "errors")
    made.append(Job(title, options.documents, "documents", sides, same))

    for name, schema in (("labels.jsonl", "aml"), ("labels.json", "language")):
        file = small / name
        rest = [root / "schemas" / f"{schema}.schema.json", file]
        sides = labelwright("check", file, "--no-texts")
        strict = [*sides[0].command, "--schema-strict"]
        sides.append(Side("labelwright --schema-strict", strict))
        sides.append(script("ajv", "ajv.mjs", *rest))
        sides.append(script("jsonschema", "jsonschema_check.py", *rest))
        title = {"aml": "Azure ML", "language": "Language"}[schema]
        title = f"schema, {title}, {options.documents:,} documents"
        made.append(Job(title, options.documents, "documents", sides, ("documents", "errors")))
    return made


def run(command, cache):
    """Wall time, peak memory and standard output of a command."""
    result, stdout = cache / "measured", cache / "stdout"
    launcher = [sys.executable, "-I", "-S", HERE / "measure.py", result, stdout]
    subprocess.run([*launcher, *map(str, command)], check=True, stderr=subprocess.DEVNULL)
    status, wall, _, peak = result.read_text().split()
    if int(status):
        shown = " ".join(map(str, command))
        raise SystemExit(f"status {status}: {shown}\n{stdout.read_text()[:2000]}")
    return float(wall), int(peak), stdout.read_text()


def did(side, stdout):
    """What a side says that it did."""
    if side.product:
        with open(side.product, "rb") as file:
            digest = hashlib.file_digest(file, "sha256") if hasattr(hashlib, "file_digest") else None
            return {"bytes": digest.hexdigest() if digest else hashlib.sha256(file.read()).hexdigest()}
    said = json.loads(stdout)
    return said.get("summary", said)


def measured(job, options):
    """Runs the sides in turns, and proves that they agree."""
    sides = [side for side in job.sides if not side.missing]
    for number in range(options.runs):
        for side in sides:
            if sum(side.times) > options.patience:
                continue
            if side.product:
                side.product.unlink(missing_ok=True)
            wall, peak, stdout = run(side.command, options.cache)
            side.times.append(wall)
            side.peaks.append(peak)
            print(f"{job.title}: {side.name}: {wall:.2f} s", file=sys.stderr)
            if number == 0:
                side.did = did(side, stdout)
    for side in sides[1:]:
        for key in job.same:
            found, want = side.did[key], sides[0].did[key]
            if found != want:
                raise SystemExit(f"{job.title}: {key} of {side.name}: {found}, not {want}")
    return job
