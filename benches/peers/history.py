"""Figures in a file, to be compared with those of another day: `compare.py` does it.

The file is JSON. `figures` has an entry for each row of a table, by `work` and `side`: either the runs of
a process (`times` and `processor` in seconds, `peaks` in bytes), or the best `rate` of a stage in `unit`.
Around them stands what they hang on: the machine, the versions, the commit and what was asked."""

import json
import subprocess

import tables

FORM = 1


def commit(root):
    """The commit of the sources, and whether they were changed since; nothing where Git does not tell."""

    def said(*words):
        return subprocess.run(["git", *words], cwd=root, text=True, capture_output=True, check=True).stdout

    try:
        changed = said("status", "--porcelain", "--untracked-files=no")
        return {"id": said("rev-parse", "HEAD").strip(), "changed": bool(changed.strip())}
    except (OSError, subprocess.CalledProcessError):
        return None


def of_jobs(jobs):
    for job in jobs:
        for side in job.sides:
            if not side.missing:
                yield runs(job.title, side.name, side.times, side.processor, side.peaks)


def of_growth(found):
    for this in found:
        side = f"{this.amount:,} {this.unit}"
        yield runs(f"large in {this.title}", side, this.times, this.processor, this.peaks)


def of_memory(rows):
    for row in rows:
        for what in ("check", "convert"):
            if what in row:
                yield {"work": f"memory, {what}", "side": f"{row['megabytes']:,} MB", **row[what]}


def of_stages(rates):
    for (group, name, argument), (rate, unit) in rates.items():
        yield {"work": f"stage {group}: {name}", "side": argument, "rate": rate, "unit": unit}


def runs(work, side, times, processor, peaks):
    return {"work": work, "side": side, "times": times, "processor": processor, "peaks": peaks}


def write(file, options, peers, date, root, figures):
    """Writes the figures with what they hang on."""
    asked = {name: getattr(options, name) for name in ("documents", "large", "seed", "runs")}
    found = {
        "form": FORM,
        "date": str(date),
        "commit": commit(root),
        "machine": tables.machine(),
        "versions": tables.versions(options, peers),
        "asked": asked,
    }
    head = json.dumps(found, ensure_ascii=False, indent=1).removesuffix("\n}")
    # A row a line, so that a difference of two files can be read.
    rows = ",\n".join(f"  {json.dumps(rounded(row), ensure_ascii=False)}" for row in figures)
    file.write_text(f'{head},\n "figures": [\n{rows}\n ]\n}}\n', encoding="utf-8")


def rounded(row):
    """No more digits than mean anything."""

    def short(value):
        if isinstance(value, list):
            return [short(each) for each in value]
        return float(f"{value:.4g}") if isinstance(value, float) else value

    return {name: short(value) for name, value in row.items()}
