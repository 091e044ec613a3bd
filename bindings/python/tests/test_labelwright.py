"""The package as its users have it: installed, with the program beside it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import labelwright
import pytest

from conftest import TEXT


def printed(*args, cwd):
    """What the command prints by itself."""
    program = labelwright.find_program()
    return subprocess.run([program, *args], cwd=cwd, capture_output=True).stdout.decode()


def test_a_check_says_what_the_command_prints(corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    report = labelwright.check("broken.json", texts="docs")
    assert report.to_json() == printed("check", "broken.json", "--texts", "docs", "--output", "json", cwd=corpus)
    assert not report and report.status == 1
    assert report.verdict.startswith("not ready: ")
    assert len(report) == len(report.findings) == len(json.loads(report.to_json())["diagnostics"])
    outside = [finding for finding in report if finding.rule == "span-out-of-bounds"]
    assert [(found.severity, found.document, found.label) for found in outside] == [("error", "b.txt", "City")]
    assert outside[0].line and str(outside[0]).startswith("broken.json:")


def test_options_are_those_of_the_command(corpus):
    project = corpus / "project.json"
    quiet = labelwright.check(project, texts=corpus / "docs", select=["offsets", "coverage"], ignore="coverage")
    assert quiet and quiet.verdict.startswith("ready")
    assert not labelwright.check([project], texts=[corpus / "docs"], fail_on="note", min_severity="error")
    # A name that begins with a hyphen is no option.
    (corpus / "-x.json").write_bytes(project.read_bytes())
    os.chdir(corpus)
    assert labelwright.check("-x.json", texts="docs")


def test_what_cannot_be_done_is_an_error_in_the_programs_words(corpus):
    with pytest.raises(labelwright.Error, match=r"missing\.json") as told:
        labelwright.check(corpus / "missing.json")
    assert not str(told.value).startswith("error:")
    with pytest.raises(labelwright.Error, match="nosuch"):
        labelwright.check(corpus / "project.json", nosuch=True)
    with pytest.raises(labelwright.Error, match=r"missing\.json"):
        labelwright.read(corpus / "missing.json")
    with pytest.raises(ValueError, match="feet"):
        labelwright.read(corpus / "project.json", offsets="feet")


def test_documents_count_code_points(corpus):
    documents = labelwright.read(corpus / "project.json", texts=corpus / "docs")
    assert (documents.format, documents.kind, documents.unit) == ("language", "CustomEntityRecognition", "utf16")
    assert documents.labels == ["Person", "City"]
    first, second = documents
    assert (first.name, first.text, first.split, first.language, first.classes) == ("a.txt", TEXT, "Train", "en-us", [])
    for document in (first, second):
        for span in document.spans:
            assert document.text[span.start : span.end] == span.text
    assert [(span.label, span.start, span.text) for span in first.spans] == [
        ("Person", 0, "Ada"),
        ("City", 16, "Rome"),
        ("City", 24, "Köln"),
    ]
    assert first.spans[1].declared == (17, 21)
    assert list(documents) == []


def test_a_span_that_is_not_proved_has_no_place(corpus):
    for texts in (False, corpus / "docs"):
        document = list(labelwright.read(corpus / "broken.json", texts=texts))[1]
        (span,) = document.spans
        assert (span.start, span.end, span.text, span.declared) == (None, None, None, (10, 99))


def test_many_documents_come_in_order_and_may_be_left(corpus):
    lines = [f'"text {number}",Class{number % 3}\n' for number in range(5_000)]
    (corpus / "many.csv").write_text("text,label\n" + "".join(lines))
    documents = labelwright.read(corpus / "many.csv")
    assert [document.text for document in documents] == [f"text {number}" for number in range(5_000)]
    # The thread that reads ends by itself where nobody asks for the rest.
    assert next(iter(labelwright.read(corpus / "many.csv"))).classes == ["Class0"]


def test_other_threads_go_on(corpus):
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(labelwright.read(corpus / "project.json", texts=corpus / "docs")))
    thread.start()
    labelwright.check(corpus / "project.json", texts=corpus / "docs")
    thread.join()
    assert len(seen) == 2


def test_a_conversion_there_and_back(corpus):
    export, back, ledger = (corpus / name for name in ("export.jsonl", "back.json", "ledger.jsonl"))
    report = labelwright.convert(corpus / "project.json", "aml", export, texts=corpus / "docs", losses=ledger)
    assert report and report.summary["errors"] == 0
    labelwright.convert(export, "language", back, texts=corpus / "docs", restore=ledger)
    assert labelwright.diff(corpus / "project.json", back, texts=corpus / "docs")["in_sync"] is True


def test_a_refused_conversion_says_why_and_writes_nothing(corpus):
    out = corpus / "export.jsonl"
    with pytest.raises(labelwright.Refused) as told:
        labelwright.convert(corpus / "broken.json", "aml", out, texts=corpus / "docs")
    assert "span-out-of-bounds" in {finding.rule for finding in told.value.report}
    assert isinstance(told.value, labelwright.Error)
    assert not out.exists()


def test_fixes_are_made_in_the_file(corpus):
    project = corpus / "project.json"
    whole = json.loads(project.read_text())
    spans = whole["assets"]["documents"][0]["entities"][0]["labels"]
    spans.append(dict(spans[0]))
    project.write_text(json.dumps(whole))
    assert "spans-duplicate" in {finding.rule for finding in labelwright.check(project, texts=corpus / "docs")}
    report = labelwright.fix(project, texts=corpus / "docs")
    assert "spans-duplicate" not in {finding.rule for finding in report}
    assert len(json.loads(project.read_text())["assets"]["documents"][0]["entities"][0]["labels"]) == 3


def test_scores_and_splits(corpus):
    project = corpus / "project.json"
    figures = labelwright.score(project, project, texts=corpus / "docs")
    assert figures == json.loads(
        printed("score", str(project), str(project), "--texts", str(corpus / "docs"), "--output", "json", cwd=corpus)
    )
    made = labelwright.split(project, corpus / "split.json", texts=corpus / "docs", test_ratio=0.5, seed=3)
    assert isinstance(made, dict) and (corpus / "split.json").exists()
    with pytest.raises(labelwright.Error):
        labelwright.split(project, corpus / "split.json", texts=corpus / "docs")


def test_a_notebook_shows_findings_and_nothing_that_acts(corpus):
    project = json.loads((corpus / "broken.json").read_text())
    project["assets"]["entities"].append({"category": "<script>x</script>\u202e"})
    (corpus / "odd.json").write_text(json.dumps(project))
    shown = labelwright.check(corpus / "odd.json", texts=corpus / "docs")._repr_html_()
    assert "span-out-of-bounds" in shown and "not ready" in shown
    assert "<script" not in shown and "\u202e" not in shown


def test_a_table_of_findings(corpus):
    pandas = pytest.importorskip("pandas")
    report = labelwright.check(corpus / "broken.json", texts=corpus / "docs")
    table = report.to_pandas()
    assert isinstance(table, pandas.DataFrame) and len(table) == len(report)
    assert list(table.columns[:6]) == ["path", "line", "column", "severity", "rule", "message"]
    assert list(table["rule"]) == [finding.rule for finding in report]


def test_docs_of_spacy(corpus):
    spacy = pytest.importorskip("spacy")
    docs = labelwright.to_spacy(corpus / "project.json", spacy.blank("en"), texts=corpus / "docs")
    assert [[(ent.text, ent.label_) for ent in doc.ents] for doc in docs] == [
        [("Ada", "Person"), ("Rome", "City"), ("Köln", "City")],
        [("Grace", "Person"), ("Oslo", "City")],
    ]
    assert docs[0].user_data["name"] == "a.txt"
    with pytest.raises(labelwright.Refused, match=r"a\.txt"):
        labelwright.to_spacy(corpus / "broken.json", texts=corpus / "docs")


def test_datasets_of_hugging_face(corpus):
    pytest.importorskip("datasets")
    sets = labelwright.to_datasets(corpus / "project.json", texts=corpus / "docs")
    assert {name: len(rows) for name, rows in sets.items()} == {"train": 1, "test": 1}
    assert sets["train"][0]["spans"][1] == {"start": 16, "end": 20, "label": "City"}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_what_runs(tmp_path):
    # A program that only waits, in the place of ours, and says when it was interrupted.
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\ntrap 'touch interrupted; exit 130' INT\ntouch started\nwhile :; do sleep 0.05; done\n")
    program.chmod(0o755)
    # What runs in the background of a script may have been told to ignore Ctrl-C.
    code = (
        "import labelwright, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "labelwright.check('x.json')"
    )
    env = {**os.environ, "LABELWRIGHT": str(program)}
    python = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=env, stderr=subprocess.PIPE)
    while not (tmp_path / "started").exists():
        time.sleep(0.01)
    python.send_signal(signal.SIGINT)
    assert b"KeyboardInterrupt" in python.communicate(timeout=30)[1]
    assert (tmp_path / "interrupted").exists()


def test_the_program_is_in_the_package(corpus):
    said = subprocess.run([labelwright.find_program(), "--version"], capture_output=True, text=True).stdout
    assert said.startswith("labelwright ")
