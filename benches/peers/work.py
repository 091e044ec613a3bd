"""The work that is measured: for each job its sides, and the proof that they did the same."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The rules that ask what `orjson_check.py` asks.
ASKED = (
    "document-missing,document-not-utf8,label-undeclared,span-out-of-bounds,span-negative,"
    "span-reversed,span-splits-character,region-out-of-bounds"
)


@dataclass
class Side:
    """A program that does the job. `product` is the file that it writes, if it writes one."""

    name: str
    command: list
    product: Path = None
    missing: str = ""
    times: list = field(default_factory=list)
    processor: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    did: dict = field(default_factory=dict)
    # What tells of the product what it holds, where its bytes need not be the same.
    told: object = None

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


class Programs:
    """The sides of each kind of work."""

    def __init__(self, options, peers, root):
        self.options, self.peers, self.schemas = options, peers, root / "schemas"
        self.target = options.cache / "out" / "converted"
        self.target.parent.mkdir(exist_ok=True)

    def labelwright(self, *arguments, **rest):
        command = [self.options.binary, *arguments, "--isolated", "--output", "json"]
        one = Side("labelwright, one thread", [*command, "--jobs", "1"], **rest)
        return [Side("labelwright", command, **rest), one]

    def peer(self, package, name, *arguments, **rest):
        runs = self.peers.node if name.endswith(".mjs") else self.peers.python
        file = (self.options.cache / "node" if name.endswith(".mjs") else HERE) / name
        missing = self.peers.missing.get(package, "")
        kind = " script" if package in ("json", "orjson") else ""
        return Side(package + kind, [runs, file, *arguments], missing=missing, **rest)

    def convert(self, file, to, texts=None):
        how = ["--texts", texts] if texts else ["--no-texts", "--offsets", "utf16"]
        ours = ["convert", file, "--to", to, "-o", self.target, "--force", *how]
        rest = [to, file, self.target, *([texts] if texts else [])]
        sides = self.labelwright(*ours, product=self.target)
        for name in ("orjson", "json"):
            sides.append(self.peer(name, f"{name}_convert.py", *rest, product=self.target))
        return sides

    def check(self, file, texts):
        sides = self.labelwright("check", file, "--texts", texts)
        same = [*sides[0].command, "--select", ASKED]
        sides.append(Side("labelwright, the script's questions", same))
        return [*sides, self.peer("orjson", "orjson_check.py", file, texts)]

    def schema(self, file, schema):
        rest = [self.schemas / f"{schema}.schema.json", file]
        sides = self.labelwright("check", file, "--no-texts")
        sides.append(
            Side("labelwright --schema-strict", [*sides[0].command, "--schema-strict"])
        )
        sides.append(self.peer("ajv", "ajv.mjs", *rest))
        return [*sides, self.peer("jsonschema", "jsonschema_check.py", *rest)]


def jobs(options, programs):
    small = corpus(options, "small", options.documents)
    large = corpus(options, "large", options.large * 1_000_000)
    count, unit, texts = f"{options.documents:,} documents", "documents", small / "texts"
    made = []
    ways = (("Azure ML to Language", "jsonl", "language"), ("Language to Azure ML", "json", "aml"))
    for way, suffix, to in ways:
        sides = programs.convert(small / f"labels.{suffix}", to, texts)
        title = f"{way}, {count} with texts"
        made.append(Job(title, options.documents, unit, sides, ("bytes",)))
    for way, suffix, to in ways:
        file = large / f"large.{suffix}"
        size = file.stat().st_size / 1e6
        title = f"{way}, one file of {size:.0f} MB, without texts"
        made.append(Job(title, size, "MB", programs.convert(file, to), ("bytes",)))
    sides = programs.check(small / "labels.json", texts)
    same = ("documents", "labels", "errors")
    made.append(Job(f"check, {count} with texts", options.documents, unit, sides, same))
    for name, suffix, schema in (("Azure ML", "jsonl", "aml"), ("Language", "json", "language")):
        sides = programs.schema(small / f"labels.{suffix}", schema)
        title = f"schema, {name}, {count}"
        made.append(Job(title, options.documents, unit, sides, ("documents", "errors")))
    return made


def run(command, cache, expected=0, cwd=None):
    """Wall time, processor time, peak memory and standard output of a command that runs in `cwd`."""
    result, stdout = cache / "measured", cache / "stdout"
    launcher = [sys.executable, "-I", "-S", HERE / "measure.py", result, stdout]
    called = [*launcher, *map(str, command)]
    subprocess.run(called, check=True, stderr=subprocess.DEVNULL, cwd=cwd)
    status, wall, processor, peak = result.read_text().split()
    if int(status) != expected:
        shown = " ".join(map(str, command))
        raise SystemExit(f"status {status}: {shown}\n{stdout.read_text()[:2000]}")
    return float(wall), float(processor), int(peak), stdout.read_text()


def did(side, stdout):
    """What a side says that it did."""
    if side.told:
        return side.told(side.product)
    if side.product:
        digest = hashlib.sha256()
        with open(side.product, "rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        return {"bytes": digest.hexdigest()}
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
            wall, processor, peak, stdout = run(side.command, options.cache)
            side.times.append(wall)
            side.processor.append(processor)
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
