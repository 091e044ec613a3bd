"""Where the time of a run goes: the samples of `perf record`, summed by stage."""

import re
import shutil
import subprocess
import sys
from collections import Counter

# The first pattern that is found in a symbol, or in the file that it is in, names the stage.
STAGES = (
    ("the system: opening, reading, writing files", r"\[k\]"),
    ("memory: allocating, copying, comparing", r"libc|alloc::|memchr|memcpy"),
    ("cut", r"labelwright::json::cut"),
    ("write", r"formats::\w+::(writer|canonical|keep)|formats::write|itoa"),
    ("read", r"labelwright::(formats|json)|serde|simdutf8"),
    ("find the texts", r"labelwright::(input|model::path)|cap_primitives|rustix|std::(fs|path|sys)"),
    ("prove spans", r"labelwright::(text|alignment)\b|str_indices"),
    ("rules", r"labelwright::(rules|text::words|diagnostics)"),
    ("count (corpus)", r"labelwright::(corpus|model::fingerprints|alignment::mismatches)|twox_hash|btree|sort"),
    ("threads and order (pipeline)", r"labelwright::(pipeline|operations)|rayon|crossbeam"),
)
OTHER = "the rest"
LINE = re.compile(r"\s*([\d.]+)%\s+\S+\s+(\S+)\s+(\[.\])\s+(.*)")


def stage(image, kind, symbol):
    # A method of a foreign trait is named for the type that has it.
    of = f"{kind} {symbol}" if "labelwright" in image else f"{kind} {image}"
    return next((name for name, pattern in STAGES if re.search(pattern, of)), OTHER)


def shares(command, cache):
    """The share of each stage in percent."""
    data = cache / "perf.data"
    record = ["perf", "record", "--quiet", "-F", "4000", "-o", data, *command]
    subprocess.run(record, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report = ["perf", "report", "--stdio", "--no-children", "-g", "none", "-i", data]
    done = subprocess.run(report, check=True, text=True, capture_output=True)
    data.unlink()
    found = Counter()
    for row in done.stdout.splitlines():
        if match := LINE.match(row):
            found[stage(*match.groups()[1:])] += float(match[1])
    return found


def table(options, jobs):
    if not shutil.which("perf"):
        return "Not measured: `perf` is not installed."
    jobs = [job for job in jobs if not job.title.startswith("schema")]
    columns = []
    for job in jobs:
        print(f"perf: {job.title}", file=sys.stderr)
        columns.append(shares(job.sides[1].command, options.cache))
    heads = " | ".join(job.title for job in jobs)
    rows = [f"| stage | {heads} |", f"|---|{'--:|' * len(jobs)}"]
    for name in (*(name for name, _ in STAGES), OTHER):
        if any(round(column[name]) for column in columns):
            shown = " | ".join(f"{column[name]:.0f} %" for column in columns)
            rows.append(f"| {name} | {shown} |")
    return "\n".join(rows)
