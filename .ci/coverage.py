"""Prints how many lines of `src` were run, by folder, and which of them never, by file.

    .ci/coverage.py FILE.lcov

Lines of tests do not count: files and folders called `tests`, and what stands behind a `#[cfg(test)]`.
"""

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Reads the file that `cargo llvm-cov report --lcov` writes, and prints the tables."""
    files = counted(Path(sys.argv[1]))
    rooms = defaultdict(lambda: [0, 0])
    for path, lines in files.items():
        room = rooms[path.parts[1] if len(path.parts) > 2 else path.name]
        room[0] += sum(1 for runs in lines.values() if runs)
        room[1] += len(lines)
    for path, lines in sorted(files.items()):
        never = [line for line, runs in sorted(lines.items()) if not runs]
        if never:
            print(f"{path}: {ranges(never)}")
    print()
    for room, (run, all_lines) in sorted(rooms.items()):
        print(f"{room:<20} {run:>7} of {all_lines:>7} {100 * run / all_lines:6.2f} %")
    run, all_lines = (sum(room[at] for room in rooms.values()) for at in (0, 1))
    print(f"{'all of src':<20} {run:>7} of {all_lines:>7} {100 * run / all_lines:6.2f} %")


def counted(lcov: Path) -> dict[Path, dict[int, int]]:
    """How often each line was run, by file and number, without those of tests."""
    files: dict[Path, dict[int, int]] = {}
    path, tests = None, None
    for line in lcov.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            path = Path(rest).relative_to(ROOT)
            is_source = path.parts[0] == "src" and not {"tests", "tests.rs"} & set(path.parts)
            tests = lines_of_tests(ROOT / path) if is_source else None
        elif kind == "DA":
            number, runs = (int(it) for it in rest.split(",")[:2])
            if tests is not None and number not in tests:
                lines = files.setdefault(path, {})
                lines[number] = max(runs, lines.get(number, 0))
    return files


def lines_of_tests(path: Path) -> set[int]:
    """The numbers of the lines that are built for tests only."""
    found = set()
    is_test = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        begins = line.startswith(("#[cfg(test)]", "#[cfg(all(test,"))
        is_test = is_test or begins
        if is_test:
            found.add(number)
            # An item ends with a bracket where it begins, or with its only line.
            is_test = begins or not (line in ("}", "};") or (line[:1].isalpha() and line.endswith(";")))
    return found


def ranges(numbers: list[int]) -> str:
    """`3, 7-9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


if __name__ == "__main__":
    main()
