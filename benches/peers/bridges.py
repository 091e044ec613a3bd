"""The work of bridges: the converters that the tools themselves have, beside ours.

The products differ (a converter of a tool cuts other tokens), so what must be the same is what they hold: how many
documents, and how many entities by label.
"""

import collections
import json
import subprocess

from work import Job, Side, corpus


def entities(file):
    """Documents and entities of a file of tokens: a blank line or `-DOCSTART-` parts documents."""
    labels, documents, inside = collections.Counter(), 0, False
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            is_token = bool(line.strip()) and not line.startswith("-DOCSTART-")
            documents += is_token and not inside
            inside = is_token
            tag = line.rsplit(maxsplit=1)[-1] if is_token else ""
            if tag.startswith("B-"):
                labels[tag[2:]] += 1
    return {"documents": documents, "entities": dict(sorted(labels.items()))}


def docbin(python, script):
    """What a DocBin holds, told by spaCy."""

    def told(file):
        done = subprocess.run([python, script, file], check=True, text=True, capture_output=True)
        documents, *labels = done.stdout.split()
        counts = dict(label.split("=") for label in labels)
        return {"documents": int(documents), "entities": {name: int(n) for name, n in counts.items()}}

    return told


def made(options, programs, small, to):
    """The small corpus in another format, written by labelwright."""
    file = small / f"labels.{to}"
    if not file.exists():
        source = [small / "labels.json", "--texts", small / "texts"]
        command = [options.binary, "convert", *source, "--to", to, "-o", file, "--isolated"]
        subprocess.run([*command, "--fail-on", "never"], check=True, capture_output=True)
    return file


def exported(tasks):
    """The same tasks with the numbers that a server gives them, which the SDK asks for."""
    file = tasks.with_name("labels.exported.json")
    if not file.exists():
        all_tasks = json.loads(tasks.read_text(encoding="utf-8"))
        for number, task in enumerate(all_tasks, 1):
            task["id"] = number
            for annotation in task["annotations"]:
                annotation["id"] = number
                annotation["completed_by"] = 1
        file.write_text(json.dumps(all_tasks, ensure_ascii=False), encoding="utf-8")
    return file


def jobs(options, programs, here):
    small = corpus(options, "small", options.documents)
    count = f"{options.documents:,} documents"
    found = []

    def add(title, source, to, told, peer, *how):
        ours = ["convert", source, "--to", to, "-o", programs.target, "--force", "--fail-on", "never", *how]
        sides = programs.labelwright(*ours, product=programs.target)
        peer.product = programs.target
        for side in [*sides, peer]:
            side.told = told
        found.append(Job(f"{title}, {count}", options.documents, "documents", [*sides, peer], ("documents", "entities")))

    python = programs.peers.python
    tasks = exported(made(options, programs, small, "label-studio"))
    sdk = programs.peer("label-studio-sdk", "label_studio_conll.py", tasks, programs.target)
    texts = programs.target.with_name("texts")
    add("Label Studio to CoNLL", tasks, "conll", entities, sdk, "--texts-out", texts)
    told = docbin(python, here / "docbin_counts.py")
    records = made(options, programs, small, "spacy")
    script = programs.peer("spacy", "spacy_docbin.py", records, programs.target)
    add("JSONL of spaCy to DocBin", records, "docbin", told, script)
    tokens = made(options, programs, small, "conll")
    convert = programs.peer("spacy", "spacy_convert.py", tokens, programs.target)
    add("CoNLL to DocBin", tokens, "docbin", told, convert)
    return found
