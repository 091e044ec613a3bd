"""Runs `cargo bench --bench stages` and puts each stage beside its ceiling."""

import re
import subprocess

# For each group the benchmark that is its ceiling, and what that is.
CEILINGS = {
    "cut": ("copied", "copying the bytes"),
    "read": ("typed", "`serde_json` into structs that borrow"),
    "resolve": ("looked_through", "`memchr` over the text"),
    "write": ("copied", "copying the output"),
    "check": ("texts_read", "opening and reading the texts, as many threads"),
    "convert": ("typed_loop", "parsing the records, one thread"),
}
# Which benchmarks of a group have that ceiling, where not all do.
COMPARED = {"cut": {"records"}, "check": {"with_texts"}, "convert": {"to_sink", "to_file"}}
RATE = re.compile(r"([\d.]+) ([KMGT]?)(B/s|item/s)")
SCALE = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}


def parse(output):
    """The best rate of each benchmark: `(group, name, argument) -> (rate, unit)`."""
    rates, path = {}, []
    for row in output.splitlines():
        found = re.match(r"^([│ ]*)[├╰]─ (.+)$", row)
        if found:
            depth = len(found[1]) // 3
            # Divan puts at least two blanks between a name and its figures.
            name = re.split(r"  +|\s*│", found[2])[0].strip()
            path = [*path[:depth], name]
            continue
        # The first rate of a row is the best.
        rate = RATE.search(row)
        if rate and len(path) >= 2:
            key = (path[0], path[1], path[2] if len(path) > 2 else "")
            rates.setdefault(key, (float(rate[1]) * SCALE[rate[2]], rate[3]))
    return rates


def shown(rate, unit):
    if unit == "item/s":
        return f"{rate:,.0f} documents/s"
    return f"{rate / 1e9:.1f} GB/s" if rate >= 1e9 else f"{rate / 1e6:.0f} MB/s"


def share(ratio):
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.1g}"


def ceiling(rates, group, argument):
    """The rate of the ceiling: of the same argument, or of the part of it that it has."""
    name = CEILINGS.get(group, ("",))[0]
    for (other, candidate, part), (rate, _) in rates.items():
        if (other, candidate) == (group, name) and part in ("", argument, *argument.split(", ")):
            return rate
    return None


def stage_table(rates):
    rows = ["| stage | input | measured | ceiling | share of it |", "|---|---|--:|--:|--:|"]
    for (group, name, argument), (rate, unit) in rates.items():
        if name == CEILINGS.get(group, ("",))[0] or group == "threads":
            continue
        compared = group not in COMPARED or name in COMPARED[group]
        top = ceiling(rates, group, argument) if compared else None
        beside = f"{shown(top, unit)} | {share(rate / top)}" if top else "|"
        words = name.replace("_", " ")
        stage = group if name == group else f"{group}: {words}"
        rows.append(f"| {stage} | {argument} | {shown(rate, unit)} | {beside} |")
    return "\n".join(rows)


def ceilings_table():
    rows = ["| stage | its ceiling |", "|---|---|"]
    rows += [f"| {group} | {what} |" for group, (_, what) in CEILINGS.items()]
    return "\n".join(rows)


def thread_table(rates):
    """Two threads beside one, and beside the loop that only parses."""
    rows = ["| run | file | two threads : one | two threads : ceiling |", "|---|---|--:|--:|"]
    for (group, name, argument), (rate, _) in rates.items():
        if not argument.endswith(", 2 threads") or group in ("threads", "files"):
            continue
        one = rates[group, name, argument.replace(", 2 threads", ", 1 thread")][0]
        compared = name in COMPARED.get(group, set())
        top = ceiling(rates, group, argument) if compared else None
        beside = f"{rate / top:.2f}" if top else ""
        file = argument.removesuffix(", 2 threads")
        rows.append(
            f"| {group}: {name.replace('_', ' ')} | {file} | {rate / one:.2f} | {beside} |"
        )
    return "\n".join(rows)


def many_table(rates):
    """What many threads are worth where the stages are throttled."""
    runs = {}
    for (group, _, argument), (rate, _) in rates.items():
        if group == "threads":
            run, threads = re.fullmatch(r"(.+), (\d+) threads?", argument).groups()
            runs.setdefault(run, {})[int(threads)] = rate
    counts = sorted({count for rates in runs.values() for count in rates} - {1})
    rows = ["| run | " + " | ".join(f"{count} threads" for count in counts) + " |"]
    rows.append("|---|" + "--:|" * len(counts))
    for run, known in runs.items():
        worth = (f"{known[count] / known[1]:.1f}" for count in counts)
        rows.append(f"| {run} | " + " | ".join(worth) + " |")
    return "\n".join(rows)


def measured(root, rounds):
    """The best rates of several rounds."""
    best = {}
    for _ in range(rounds):
        command = ["cargo", "bench", "--locked", "--quiet", "--bench", "stages"]
        run = subprocess.run(command, cwd=root, check=True, text=True, capture_output=True)
        for key, (rate, unit) in parse(run.stdout).items():
            best[key] = max(best.get(key, (0.0, unit)), (rate, unit))
    if not best:
        raise SystemExit("no figures in the output of `cargo bench --bench stages`")
    return best


def tables(rates):
    """The tables that are made of them."""
    return {
        "ceilings": ceilings_table(),
        "stages": stage_table(rates),
        "threads": thread_table(rates),
        "many": many_table(rates),
    }
