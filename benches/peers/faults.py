"""Proves that the programs that are timed find what is wrong: a check that finds nothing is
quick. Nothing here is timed."""

import json

import work

EXPECTED = 3


def folder_with_faults(options):
    """Twenty documents, in the Language file three faults: a span past the end of its text, a
    label that is not declared, a text that is not there. Both label files again with an offset
    that is a string."""
    sound = work.corpus(options, "small", 20)
    folder = options.cache / "faults"
    folder.mkdir(exist_ok=True)
    project = json.loads((sound / "labels.json").read_text(encoding="utf-8"))
    documents = project["assets"]["documents"]

    def label(document):
        return document["entities"][0]["labels"][0]

    label(documents[0])["offset"] = 1_000_000
    label(documents[1])["category"] = "Undeclared"
    documents[2]["location"] = "absent.txt"
    (folder / "labels.json").write_text(json.dumps(project), encoding="utf-8")
    label(documents[3])["offset"] = "7"
    (folder / "typed.json").write_text(json.dumps(project), encoding="utf-8")
    lines = (sound / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace('"offsetStart":', '"offsetStart":"7","was":', 1)
    (folder / "typed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder, sound / "texts"


def errors(side, cache):
    ours = side.name.startswith("labelwright")
    *_, stdout = work.run(side.command, cache, expected=1 if ours else 0)
    return work.did(side, stdout)["errors"]


def found_by_all(options, programs):
    folder, texts = folder_with_faults(options)
    for side in programs.check(folder / "labels.json", texts):
        if not side.missing and errors(side, options.cache) != EXPECTED:
            raise SystemExit(f"{side.name} does not find the {EXPECTED} faults")
    for suffix, schema in (("jsonl", "aml"), ("json", "language")):
        for side in programs.schema(folder / f"typed.{suffix}", schema):
            if not side.missing and not errors(side, options.cache):
                raise SystemExit(f"{side.name} does not find the offset that is a string")
