"""Markdown of what was measured."""

import os
import platform
import re
import subprocess
from pathlib import Path


def size(bytes_):
    return f"{bytes_ / 1e9:.1f} GB" if bytes_ >= 1e9 else f"{bytes_ / 1e6:.0f} MB"


def seconds(time):
    return f"{time:.2f} s" if time < 10 else f"{time:.0f} s"


def times(ratio):
    return f"{ratio:.1f}×" if ratio < 10 else f"{ratio:.0f}×"


def full(results):
    rows = [
        "| work | program | time | processor time | a second | beside labelwright | peak memory |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for job in results:
        for side in job.sides:
            if side.missing:
                rows.append(f"| {job.title} | {side.name} | not installed | | | | |")
                continue
            rate = f"{job.amount / side.time:,.0f} {job.unit}"
            beside = times(side.time / job.sides[0].time)
            spent = f"{seconds(side.time)} | {seconds(min(side.processor))}"
            figures = f"{spent} | {rate} | {beside} | {size(side.peak)}"
            rows.append(f"| {job.title} | {side.name} | {figures} |")
    return "\n".join(rows)


def short(results):
    """One row a job; the others' time as a multiple of labelwright's."""
    rows = ["| work | labelwright | others |", "|---|---|---|"]
    for job in results:
        ours, others = job.sides[0], []
        for side in job.sides[1:]:
            if side.name.startswith("labelwright"):
                continue
            figures = "not installed"
            if not side.missing:
                figures = f"{times(side.time / ours.time)}, {size(side.peak)}"
            others.append(f"{side.name} {figures}")
        mine = f"{seconds(ours.time)}, {size(ours.peak)}"
        rows.append(f"| {job.title} | {mine} | {'; '.join(others)} |")
    return "\n".join(rows)


def processor():
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        return found[1].strip() if found else platform.machine()
    except OSError:
        return platform.processor() or platform.machine()


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (AttributeError, OSError):
        return f"{platform.system()} {platform.release()}"


def machine():
    """What figures of one machine are told from those of another by."""
    return {"processor": processor(), "cores": os.cpu_count(), "system": system()}


def versions(options, peers):
    """The versions of all that was measured, by name."""
    asked = subprocess.run([options.binary, "--version"], text=True, capture_output=True, check=True)
    name, which = asked.stdout.split()
    return {name: which, **peers.versions}


def conditions(options, peers, date):
    """The sentence below a table: where, when and of what its figures are."""
    here = machine()
    named = ", ".join(f"{name} {which}" for name, which in versions(options, peers).items())
    absent = [f"{name} ({why})" for name, why in peers.missing.items() if why]
    without = f" Not installed: {', '.join(absent)}." if absent else ""
    return (
        f"Measured on {date}: {here['cores']} cores ({here['processor']}), {here['system']}, page cache "
        f"warm, best of up to {options.runs} runs in turns; {named}.{without}"
    )
