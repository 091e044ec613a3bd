"""What a text pack saves: checks with the texts in a folder and in a pack, in turns.

    python3 benches/packs/run.py PROGRAM FOLDER NUMBER [ROUNDS [cold]]

Writes NUMBER texts of about 900 bytes into FOLDER/docs, and an Azure ML export of them with ten labels each, where
they are not there yet. Packs the texts; then checks the export with the folder and with the pack, ROUNDS times each
in turns (the rules on documents and offsets: of random words the others have too much to say), and sees that both reports are the same. It prints the best time of each, the processor time of that run, its most memory,
and how many bytes and files there are.

With `cold` the same once more with nothing of the texts in memory: before each run the system forgets all files that it holds
(`/proc/sys/vm/drop_caches`), which only root may ask for, and which slows whatever else runs.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

WORDS = ("harbour office invoice delivery Wellington Rome Oslo contract clause refund order winter evening "
         "wind river station number letter answer question payment account").split()
CACHES = Path("/proc/sys/vm/drop_caches")


def make(folder: Path, number: int) -> None:
    """Writes the texts and the export, the same ones at any time."""
    docs, export = folder / "docs", folder / "export.jsonl"
    if export.exists():
        return
    docs.mkdir(parents=True)
    chance = random.Random(7)
    with open(export.with_suffix(".new"), "w", encoding="utf-8") as out:
        for count in range(number):
            words = [chance.choice(WORDS) for _ in range(130)]
            text = " ".join(words)
            (docs / f"{count:07}.txt").write_text(text, encoding="utf-8")
            labels, place = [], 0
            for index, word in enumerate(words):
                if index % 13 == 5:
                    labels.append({"label": word[0].upper(), "offsetStart": place, "offsetEnd": place + len(word)})
                place += len(word) + 1
            line = {"image_url": f"AmlDatastore://store/docs/{count:07}.txt", "label": labels,
                    "label_confidence": [1.0] * len(labels)}
            out.write(json.dumps(line) + "\n")
    export.with_suffix(".new").rename(export)


def took(arguments: list[str], folder: Path, out: Path) -> tuple[float, float, int]:
    """Seconds, seconds of the processor, and the most memory in bytes of a run that ends with status 0 or 1."""
    with open(out, "wb") as report:
        start = time.perf_counter()
        child = subprocess.Popen(arguments, cwd=folder, stdout=report, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{arguments} ended with status {child.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def forget() -> None:
    """Has the system forget what it holds of files."""
    subprocess.run(["sync"], check=True)
    CACHES.write_text("3\n")


def compare(program: str, folder: Path, rounds: int, cold: bool) -> None:
    """Prints a line for the folder and one for the pack."""
    best: dict[str, tuple[float, float, int]] = {}
    for _ in range(rounds):
        for texts in ("docs", "docs.pack"):
            if cold:
                forget()
            check = [program, "check", "export.jsonl", "--texts", texts, "--isolated", "--output", "json",
                     "--select", "documents,offsets"]
            run = took(check, folder, folder / f"report-{texts}")
            best[texts] = min(best.get(texts, run), run)
        reports = [(folder / f"report-{texts}").read_bytes() for texts in best]
        if reports[0] != reports[1]:
            sys.exit("the reports differ")
    for texts, (seconds, processor, memory) in best.items():
        print(f"{'nothing' if cold else 'all'} in memory, {texts}: {seconds:.2f} s, processor {processor:.2f} s, "
              f"{memory / 1e6:.0f} MB", flush=True)


def main() -> None:
    program, folder, number = os.path.abspath(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    make(folder, number)
    pack = [program, "pack", "docs", "-o", "docs.pack", "--force"]
    seconds, processor, memory = min(took(pack, folder, folder / "packed") for _ in range(min(rounds, 3)))
    bytes_of_texts = sum(entry.stat().st_size for entry in os.scandir(folder / "docs"))
    print(f"{number} texts of {bytes_of_texts / 1e6:.1f} MB; the pack has "
          f"{(folder / 'docs.pack').stat().st_size / 1e6:.1f} MB, and took {seconds:.2f} s (processor {processor:.2f} s, "
          f"{memory / 1e6:.0f} MB) to write")
    compare(program, folder, rounds, cold=False)
    if "cold" in sys.argv[5:]:
        compare(program, folder, min(rounds, 3), cold=True)


if __name__ == "__main__":
    main()
