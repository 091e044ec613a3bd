"""Whether the order in which texts are opened costs anything, with nothing of them in memory.

    python3 benches/order/run.py FOLDER [ROUNDS]

Opens, reads and closes each `.txt` file of a folder, in the order of their names, in a random one, in that of
the folder's entries, and in that of their inodes, and prints the seconds that each order took. Before each
the system forgets all files that it holds (`/proc/sys/vm/drop_caches`), which only root may ask for.
"""

import os
import random
import subprocess
import sys
import time


def seconds(folder: str, names: list[str]) -> float:
    """How long it takes to read these files once, from the disk."""
    subprocess.run(["sync"], check=True)
    with open("/proc/sys/vm/drop_caches", "w") as caches:
        caches.write("3\n")
    directory = os.open(folder, os.O_RDONLY)
    start = time.perf_counter()
    for name in names:
        file = os.open(name, os.O_RDONLY, dir_fd=directory)
        while os.read(file, 1 << 14):
            pass
        os.close(file)
    took = time.perf_counter() - start
    os.close(directory)
    return took


def main() -> None:
    folder = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    entries = [entry for entry in os.scandir(folder) if entry.name.endswith(".txt")]
    listed = [entry.name for entry in entries]
    mixed = sorted(listed)
    random.Random(7).shuffle(mixed)
    orders = {
        "names": sorted(listed),
        "random": mixed,
        "folder": listed,
        "inodes": [entry.name for entry in sorted(entries, key=os.DirEntry.inode)],
    }
    print(f"{len(listed)} texts")
    for _ in range(rounds):
        print("  ".join(f"{name} {seconds(folder, order):.2f} s" for name, order in orders.items()), flush=True)


if __name__ == "__main__":
    main()
