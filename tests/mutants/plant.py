#!/usr/bin/env python3
"""Plants all mutants of cargo-mutants into one copy of the sources, so that one build serves for all of them.

    cargo install cargo-mutants --locked
    pip install tree-sitter tree-sitter-rust
    python3 tests/mutants/plant.py SCRATCH [--low] [PATH...]

SCRATCH is a folder of its own, outside of the repository. PATH picks sources that are mutated (`src/text`); without
one all are. With `--low` the crate is cut down to the rooms of these and what they import: so it is built in a
tenth of the time, and has the unit tests of these rooms alone. What comes of it:

    SCRATCH/tree          the copy, in which a mutant is switched on by the number in `LABELWRIGHT_MUTANT`
    SCRATCH/target        what is built of it
    SCRATCH/mutants.json  the mutants in the order of their numbers, from 1, each with its name and its state:
                          `planted`; `unviable`, it does not compile; `apart`, it needs a build of its own, as
                          code does that the compiler runs

An operator is replaced between the operands that it has: in `a - b * c` a `+` in the place of `*` makes
`a - (b + c)`, where cargo-mutants makes `a - b + c`. All else is as there.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import tree_sitter
import tree_sitter_rust

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
# The first is all that most mutants need, and stands early.
BUILDS = [["test", "--no-run", "--lib"], ["test", "--no-run", "--lib", "--test", "main"]]


class Mutant:
    """One mutant of the list, and where it stands in the file, in bytes."""

    def __init__(self, number, listed, lines):
        self.number = number
        self.listed = listed
        self.file = listed["file"]
        self.genre = listed["genre"]
        self.replacement = listed["replacement"]
        self.start, self.end = (offset(lines, listed["span"][side]) for side in ("start", "end"))
        self.state = "planted"


def offset(lines, place):
    """The byte of a place that counts lines and characters from 1."""
    before = sum(len(line) for line in lines[: place["line"] - 1])
    line = lines[place["line"] - 1].decode()
    return before + len(line[: place["column"] - 1].encode())


def name(mutant, seen):
    """A name that stays where lines move: the file, the function, what is replaced, and the how manieth of these."""
    listed = mutant.listed
    place, _, change = listed["name"].partition(": ")
    text = f"{listed['file']}: {change}"
    seen[text] += 1
    return text if seen[text] == 1 else f"{text} #{seen[text]}"


def listed(paths):
    """The mutants that cargo-mutants has for these sources."""
    command = ["cargo", "mutants", "--list", "--json", "--no-config", "--all-features"]
    for path in paths:
        command += ["--file", path if path.endswith(".rs") else f"{path}/**/*.rs"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


class Output:
    """The mutated file, and which of its bytes belong to which mutants."""

    def __init__(self):
        self.text = bytearray()
        self.branches = []
        self.sites = []

    def put(self, text):
        self.text += text

    def branch(self, mutant, text):
        start = len(self.text)
        self.put(text)
        self.branches.append((start, len(self.text), mutant))


class Site:
    """An expression that some mutants replace."""

    def __init__(self, node):
        self.node = node
        self.inner = []  # Mutants of the expression itself, each with its text.
        self.guards = []
        self.arm = None


def enclosing(tree, start, end, kinds):
    """The smallest node of these kinds around the bytes."""
    node = tree.root_node.descendant_for_byte_range(start, end)
    while node is not None and node.type not in kinds:
        node = node.parent
    return node


def text_of(source, node):
    return source[node.start_byte : node.end_byte]


def expression(source, tree, mutant):
    """The node that a mutant of an expression replaces, and with what."""
    replacement = mutant.replacement.encode()
    if mutant.genre == "BinaryOperator":
        node = enclosing(tree, mutant.start, mutant.end, ["binary_expression", "compound_assignment_expr"])
        if node is None or node.child_by_field_name("operator").start_byte != mutant.start:
            return None
        left, right = (node.child_by_field_name(side) for side in ("left", "right"))
        left_text = text_of(source, left)
        if node.type == "binary_expression":
            left_text = b"(" + left_text + b")"
        return node, left_text + b" " + replacement + b" (" + text_of(source, right) + b")"
    if mutant.genre == "UnaryOperator":
        node = enclosing(tree, mutant.start, mutant.end, ["unary_expression"])
        if node is None or node.start_byte != mutant.start:
            return None
        return node, source[mutant.end : node.end_byte]
    if mutant.genre == "StructField":
        node = enclosing(tree, mutant.start, mutant.end, ["struct_expression"])
        if node is None:
            return None
        end = mutant.end
        while source[end : end + 1] in b" ,\n":
            end += 1
        return node, source[node.start_byte : mutant.start] + source[end : node.end_byte]
    return None


def plan(source, mutants):
    """The sites and insertions of one file; mutants that have none of them are set apart."""
    tree = PARSER.parse(source)
    sites, inserted = {}, collections.defaultdict(list)

    def site(node):
        return sites.setdefault((node.start_byte, node.end_byte), Site(node))

    for mutant in mutants:
        if mutant.genre == "FnValue":
            block = enclosing(tree, mutant.start, mutant.end, ["block"])
            while block is not None and block.parent.type not in ("function_item", "closure_expression"):
                block = enclosing(tree, block.start_byte - 1, block.end_byte, ["block"])
            inserted[block.start_byte + 1].append(mutant)
        elif mutant.genre in ("MatchArm", "MatchArmGuard"):
            pattern = enclosing(tree, mutant.start, mutant.start + 1, ["match_arm"]).child_by_field_name("pattern")
            guard = pattern.child_by_field_name("condition")
            if guard is not None and guard.type in ("let_condition", "let_chain"):
                mutant.state = "apart"
            elif mutant.genre == "MatchArmGuard":
                site(guard).guards.append(mutant)
            elif guard is None:
                inserted[pattern.end_byte].append(mutant)
            else:
                site(guard).arm = mutant
        else:
            found = expression(source, tree, mutant)
            if tree.root_node.descendant_for_byte_range(mutant.start, mutant.end).parent.type == "let_chain":
                # No `||` may stand there.
                mutant.state = "unviable"
            elif found is None:
                mutant.state = "apart"
            else:
                site(found[0]).inner.append((mutant, found[1]))
    return sites, inserted


def render(source, sites, inserted):
    """The mutated file."""
    output = Output()
    starts = sorted(sites, key=lambda it: (it[0], -it[1]))
    places = sorted(inserted)

    def insert(place):
        for mutant in inserted[place]:
            if mutant.genre == "FnValue":
                output.put(b" if crate::mutant::active(%d) { return " % mutant.number)
                output.branch(mutant, mutant.replacement.encode())
                output.put(b"; }")
            else:
                output.put(b" if ")
                output.branch(mutant, b"!crate::mutant::active(%d)" % mutant.number)

    def plain(start, end, inside):
        """Copies bytes, with the sites that are within them."""
        at = start
        while inside:
            key = inside.pop(0)
            within = []
            while inside and inside[0][1] <= key[1]:
                within.append(inside.pop(0))
            copy(at, key[0])
            whole(key, within)
            at = key[1]
        copy(at, end)

    def copy(start, end):
        at = start
        while places and places[0] <= end:
            place = places.pop(0)
            output.put(source[at:place])
            insert(place)
            at = place
        output.put(source[at:end])

    def whole(key, within):
        site = sites[key]
        start = len(output.text)
        if site.arm:
            output.branch(site.arm, b"!crate::mutant::active(%d) && " % site.arm.number)
        output.put(b"(")
        for mutant, text in [*((it, it.replacement.encode()) for it in site.guards), *site.inner]:
            output.put(b"if crate::mutant::active(%d) { " % mutant.number)
            output.branch(mutant, text)
            output.put(b" } else ")
        many = site.guards or site.inner
        output.put(b"{ " if many else b"")
        plain(key[0], key[1], within)
        output.put(b" })" if many else b")")
        mutants = [*site.guards, *(it[0] for it in site.inner), *([site.arm] if site.arm else [])]
        output.sites.append((start, len(output.text), mutants))

    plain(0, len(source), starts)
    return output


def without_const(source, kept):
    """The source with functions that are not `const`, so that they may ask which mutant is switched on; but for
    those that the compiler runs, by name."""
    def blank(found):
        return found[0] if found[1].decode() in kept else b"     " + found[0][5:]

    return re.sub(rb"\bconst fn (\w+)", blank, source)


def write(tree, sources, files, kept):
    """Writes the mutated files; gives what belongs to whom in them."""
    outputs, most = {}, 0
    for file, mutants in files.items():
        source = without_const(sources[file], kept)
        output = render(source, *plan(source, [it for it in mutants if it.state == "planted"]))
        path = tree / file
        if file != "src/lib.rs" and path.read_bytes() != output.text:
            path.write_bytes(output.text)
        outputs[file] = output
        most = max([most, *(it.number for it in mutants)])
    head = (HERE / "active.rs").read_text() + f"\n/// The largest number, and one more.\nconst MUTANTS: usize = {most + 1};\n"
    (tree / "src/mutant.rs").write_text(head)
    (tree / "src/lib.rs").write_text(outputs["src/lib.rs"].text.decode() + "\nmod mutant;\n")
    return outputs


def blame(outputs, kept, message):
    """Sets mutants apart that an error of the compiler speaks of; gives how many."""
    called = re.match(r"cannot call non-const .*`(?:\S*::)?(\w+)(?:::<.*>)?`", message["message"])
    if called and called[1] != "active" and called[1] not in kept:
        kept.add(called[1])
        return 1
    if (message.get("code") or {}).get("code") == "E0004":
        # A match is not exhaustive: the help shows the arm that had been the last; if not, the first is it.
        shown = {int(it) for it in re.findall(r"active\((\d+)\)", message["rendered"])}
        arms = [it[2] for output in outputs.values() for it in output.branches if it[2].number in shown]
        arms = [it for it in arms if it.genre == "MatchArm" and it.state == "planted"]
        span = next(it for it in message["spans"] if it["is_primary"])
        if not arms and span["file_name"] in outputs:
            behind = [it for it in outputs[span["file_name"]].branches if it[0] >= span["byte_end"]]
            behind = [it for it in behind if it[2].genre == "MatchArm" and it[2].state == "planted"]
            arms = [it[2] for it in sorted(behind, key=lambda it: it[0])[:1]]
        for mutant in arms:
            mutant.state = "unviable"
        return len(arms)
    spans = sorted(message["spans"], key=lambda it: not it["is_primary"])
    for span in spans:
        output = outputs.get(span["file_name"])
        if output is None:
            continue
        start, end = span["byte_start"], span["byte_end"]
        around = [it for it in output.branches if it[0] <= start and end <= it[1] and it[2].state == "planted"]
        if around:
            mutant = min(around, key=lambda it: it[1] - it[0])[2]
            needs_all = (message.get("code") or {}).get("code") in ("E0015", "E0658")
            mutant.state = "apart" if needs_all else "unviable"
            return 1
        around = [it for it in output.sites if it[0] <= start and end <= it[1]]
        around = [it for it in around if any(mutant.state == "planted" for mutant in it[2])]
        if around:
            mutants = min(around, key=lambda it: it[1] - it[0])[2]
        else:
            # The call of `active` itself, in a function that the compiler runs.
            near = [it for it in output.branches if it[0] >= start and it[2].state == "planted"]
            mutants = [min(near)[2]] if near and span["is_primary"] and min(near)[0] - end < 20 else []
        mutants = [it for it in mutants if it.state == "planted"]
        for mutant in mutants:
            mutant.state = "apart"
        if mutants:
            return len(mutants)
    return 0


def build(tree, target, command):
    """Builds; gives the errors."""
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), CARGO_PROFILE_DEV_DEBUG="0",
                       CARGO_PROFILE_TEST_DEBUG="0", CARGO_INCREMENTAL="0")
    done = subprocess.run(["nice", "-n", "10", "cargo", *command, "--locked", "--message-format=json"], cwd=tree,
                          env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    if done.returncode == 0:
        found = {it["target"]["kind"][0]: it["executable"] for it in lines if it.get("executable")}
        (target.parent / "programs.json").write_text(json.dumps(found, indent=1))
    messages = [it["message"] for it in lines if it["reason"] == "compiler-message"]
    errors = [it for it in messages if it["level"].startswith("error") and it["spans"]]
    if done.returncode != 0 and not errors:
        sys.exit("\n".join(it["rendered"] for it in messages if it["level"].startswith("error")) or "cargo failed")
    return errors


def save(scratch, kept, mutants):
    rows = [{"name": it.label, "at": it.listed["name"].split(": ")[0], "genre": it.genre, "state": it.state}
            for it in mutants]
    (scratch / "mutants.json").write_text(json.dumps({"const": sorted(kept), "mutants": rows}, indent=1))


def cut_down(tree, paths):
    """Leaves the rooms of these paths, and those that they import."""
    rooms, open_ = set(), {path.split("/")[1] for path in paths}
    while open_:
        room = open_.pop()
        rooms.add(room)
        for path in (ROOT / "src" / room).rglob("*.rs"):
            open_ |= set(re.findall(r"\bcrate::([a-z]+)\b", path.read_text())) - rooms
        open_ = {it for it in open_ if (ROOT / "src" / it).is_dir()}
    for path in (tree / "src").iterdir():
        if path.is_dir() and path.name not in rooms:
            shutil.rmtree(path)
    (tree / "src/lib.rs").write_text("".join(f"pub mod {room};\n" for room in sorted(rooms)))
    (tree / "src/main.rs").write_text("fn main() {}\n")


def main():
    scratch, *paths = sys.argv[1:]
    scratch, low, paths = Path(scratch).resolve(), "--low" in paths, [it for it in paths if it != "--low"]
    tree, target = scratch / "tree", scratch / "target"
    shutil.rmtree(tree, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    for path in filter(None, tracked.decode().split("\0")):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, tree / path)
    mutants, files, lines, seen = [], collections.defaultdict(list), {}, collections.Counter()
    if low:
        cut_down(tree, paths)
    for it in listed(paths):
        if it["file"] not in lines:
            lines[it["file"]] = (ROOT / it["file"]).read_bytes().splitlines(keepends=True)
        mutant = Mutant(len(mutants) + 1, it, lines[it["file"]])
        mutant.label = name(mutant, seen)
        mutants.append(mutant)
        files[mutant.file].append(mutant)
    kept, before = set(), {}
    if (scratch / "mutants.json").exists():
        # What did not compile the last time does not do so now.
        known = json.loads((scratch / "mutants.json").read_text())
        kept, before = set(known["const"]), {it["name"]: it["state"] for it in known["mutants"]}
    for mutant in mutants:
        # Two values of a type without a name do not stand in one function.
        hidden = mutant.genre == "FnValue" and "impl " in mutant.listed["function"]["return_type"]
        mutant.state = before.get(mutant.label, "apart" if hidden else "planted")
    sources = {str(path.relative_to(tree)): path.read_bytes() for path in sorted((tree / "src").rglob("*.rs"))}
    for path in sources:
        files[path] += []
    for command in BUILDS[:1] if low else BUILDS:
        while True:
            outputs = write(tree, sources, files, kept)
            errors = build(tree, target, command)
            print(f"cargo {' '.join(command)}: {len(errors)} errors", flush=True)
            if not errors:
                break
            if not sum(blame(outputs, kept, it) for it in errors):
                sys.exit("\n".join(it["rendered"] for it in errors))
            save(scratch, kept, mutants)
        save(scratch, kept, mutants)
    print(collections.Counter(it.state for it in mutants))


if __name__ == "__main__":
    main()
