"""Checks text labels, and converts them, offline.

    import labelwright

    report = labelwright.check("labels.json", texts="docs")
    print(report.verdict)
    for finding in report:
        print(finding)

    for document in labelwright.read("labels.json", texts="docs"):
        print(document.name, [(span.start, span.end, span.label) for span in document.spans])

The functions that are named after a command of the program `labelwright` run it, so they read the same
configuration and say the same words. Each takes the options of its command as keywords, with `_` for `-`:
`check("labels.json", fail_on="warning")`. What cannot be done raises `labelwright.Error`; what is wrong with
labels is no error, and stands in the report.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Sequence

from . import _native, _program
from ._native import Document, Documents, Error, Span
from ._program import StrPath, find_program
from ._report import Finding, Report

if TYPE_CHECKING:
    import datasets
    import spacy

__all__ = [
    "Document",
    "Documents",
    "Error",
    "Finding",
    "Refused",
    "Report",
    "Span",
    "check",
    "convert",
    "diff",
    "find_program",
    "fix",
    "read",
    "score",
    "split",
    "to_datasets",
    "to_spacy",
]


class Refused(Error):
    """A conversion or a split was refused, and nothing was written. `report` says why, where there is
    one."""

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.report = report


def check(
    path: StrPath | Sequence[StrPath],
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    **options: Any,
) -> Report:
    """Checks label files, or folders of them, against their texts.

    `texts` is the folder of the documents, or several; `False` does without them. The options are those of
    `labelwright check`.
    """
    if options.get("fix"):
        raise ValueError("`labelwright.fix` fixes")
    return _checked(path, texts, options)


def fix(
    path: StrPath | Sequence[StrPath],
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    unsafe: bool = False,
    **options: Any,
) -> Report:
    """Fixes what can be fixed without changing what a label means, and with `unsafe` the rest, in the files
    themselves. The report has what is left; what was fixed is `said`."""
    given = {**options, "fix": True, "unsafe_fixes": unsafe}
    return _checked(path, texts, given)


def _checked(
    path: StrPath | Sequence[StrPath],
    texts: StrPath | Sequence[StrPath] | bool | None,
    options: dict[str, Any],
) -> Report:
    """Runs `labelwright check` with a JSON report."""
    args = [*_program.texts_options(texts), "--output=json", *_program.options(options)]
    done = _program.run("check", args, _program.paths(path))
    return Report(done.status, done.out, done.said)


def convert(
    path: StrPath | Sequence[StrPath],
    to: str,
    out: StrPath,
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    **options: Any,
) -> Report:
    """Writes label files in the format `to`, such as `language`, to the file or folder `out`.

    Raises `Refused` where the place of a label is not proved, or something else stands in the way. The
    options are those of `labelwright convert`.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        args = [f"--to={to}", f"--out={os.fspath(out)}", f"--output=json={report}"]
        args += [*_program.texts_options(texts), *_program.options(options)]
        done = _program.run("convert", args, _program.paths(path))
        found = Report(done.status, report.read_bytes(), done.said) if report.exists() else None
    if done.status != 0:
        raise Refused(_program.message(done.said), found)
    assert found is not None
    return found


def split(
    path: StrPath,
    out: StrPath,
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Puts the documents of a label file into Train and Test, or into folds, and writes it to `out`. The
    answer is the report of `labelwright split --output json`.

    Raises `Refused` where there is no such split.
    """
    args = [f"--out={os.fspath(out)}", *_program.texts_options(texts), *_program.options(options)]
    return _reported("split", args, [os.fspath(path)], is_refused=True)[1]


def diff(
    a: StrPath,
    b: StrPath,
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Compares the labels of two files, across formats and units. The answer is the report of `labelwright
    diff --output json`; its `in_sync` says whether they are the same."""
    args = [*_program.texts_options(texts), *_program.options(options)]
    status, report = _reported("diff", args, [os.fspath(a), os.fspath(b)])
    report.setdefault("in_sync", status == 0)
    return report


def score(
    gold: StrPath,
    predicted: StrPath | Sequence[StrPath],
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Precision, recall, F1 and confusion of predictions, as Azure AI Language counts them. The answer is the
    report of `labelwright score --output json`."""
    args = [*_program.texts_options(texts), *_program.options(options)]
    return _reported("score", args, [os.fspath(gold), *_program.paths(predicted)])[1]


def _reported(
    command: str, args: Sequence[str], inputs: Sequence[str], is_refused: bool = False
) -> tuple[int, dict[str, Any]]:
    """The status of a command and its JSON report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = _program.run(command, [*args, f"--output=json={report}"], inputs)
        if done.status != 0 and (is_refused or not report.exists()):
            raise Refused(_program.message(done.said))
        return done.status, json.loads(report.read_bytes())


def read(
    path: StrPath,
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    offsets: str | None = None,
    jobs: int | None = None,
) -> Documents:
    """The documents of a label file, one after the other, in the order of the file; memory does not grow with
    it. Offsets count code points, whatever the file counts.

    `texts` is the folder of the documents, or several; without it they are looked for beside the label file,
    and `False` does without them. `offsets` names the unit of a file that does not say it: `utf16`,
    `codepoint`, `utf8`, `grapheme` or `grapheme10`.
    """
    folders = None if texts is False else _program.paths(None if texts is True else texts)
    return _native.read(os.fspath(path), folders, offsets, jobs)


def _documents(
    path: StrPath | Iterable[Document],
    texts: StrPath | Sequence[StrPath] | bool | None,
) -> Iterable[Document]:
    """The documents of a label file, or those that were given."""
    return read(path, texts=texts) if isinstance(path, (str, os.PathLike)) else path


def to_spacy(
    path: StrPath | Iterable[Document],
    nlp: spacy.language.Language | None = None,
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
    key: str | None = None,
) -> list[spacy.tokens.Doc]:
    """The documents as spaCy's `Doc`s: spans in `doc.ents`, or in `doc.spans[key]` where `key` is given, which
    spans that overlap need; classes in `doc.cats`; name, split and language in `doc.user_data`.

    Raises `Refused` for a label that does not end where tokens do, or overlaps another one in `doc.ents`: no
    label is dropped. `spacy.tokens.DocBin(docs=...)` makes a file of them; so does `convert(path, "docbin",
    ...)`, and needs no spaCy.
    """
    import spacy as installed
    from spacy.tokens import Doc

    pipeline = nlp if nlp is not None else installed.blank("xx")
    classes: dict[str, None] = {}
    docs: list[Doc] = []
    given: list[list[str]] = []
    for document in _documents(path, texts):
        if document.text is None:
            raise Refused(f"{document.name}: the text was not found")
        doc = pipeline.make_doc(document.text)
        spans = []
        for label in document.spans:
            span = None
            if label.start is not None:
                span = doc.char_span(label.start, label.end, label=label.label)
            if span is None:
                place = f"{label.start}..{label.end}" if label.start is not None else f"{label.declared}, which is not proved"
                raise Refused(f"{document.name}: `{label.label}` at {place} is not of whole tokens")
            spans.append(span)
        if key is not None:
            doc.spans[key] = spans
        else:
            try:
                doc.set_ents(spans)
            except ValueError as error:
                raise Refused(f"{document.name}: labels overlap; name a `key` for them ({error})") from error
        doc.user_data.update(name=document.name, split=document.split, language=document.language)
        classes.update(dict.fromkeys(document.classes))
        docs.append(doc)
        given.append(document.classes)
    for doc, own in zip(docs, given):
        doc.cats = {name: float(name in own) for name in classes}
    return docs


def to_datasets(
    path: StrPath | Iterable[Document],
    *,
    texts: StrPath | Sequence[StrPath] | bool | None = None,
) -> datasets.DatasetDict:
    """The documents as a `datasets.DatasetDict`, with a dataset for each split, and `unassigned` for those without
    one. The columns are `name`, `text`, `spans` (`start`, `end`, `label`, in code points), `classes` and
    `language`.

    Raises `Refused` for a label whose place is not proved.
    """
    from datasets import Dataset, DatasetDict, Features, Sequence as ListOf, Value

    rows: dict[str, list[dict[str, Any]]] = {}
    for document in _documents(path, texts):
        for label in document.spans:
            if label.start is None:
                raise Refused(f"{document.name}: the place of `{label.label}` at {label.declared} is not proved")
        rows.setdefault((document.split or "unassigned").lower(), []).append(
            {
                "name": document.name,
                "text": document.text,
                "spans": [{"start": span.start, "end": span.end, "label": span.label} for span in document.spans],
                "classes": document.classes,
                "language": document.language,
            }
        )
    span = {"start": Value("int64"), "end": Value("int64"), "label": Value("string")}
    features = Features(
        {
            "name": Value("string"),
            "text": Value("string"),
            "spans": [span],
            "classes": ListOf(Value("string")),
            "language": Value("string"),
        }
    )
    return DatasetDict({name: Dataset.from_list(of, features=features) for name, of in rows.items()})
