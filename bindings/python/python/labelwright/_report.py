"""What a command reports, as objects."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterator, Mapping

if TYPE_CHECKING:
    import pandas

#: So many findings are shown in a notebook.
SHOWN = 20

_COLOURS = {"error": "#b3261e", "warning": "#8a5a00", "note": "#1f5fa8"}


@dataclass(frozen=True)
class Finding:
    """What a rule says of a place.

    All members of the JSON report are in `data`; here are those that most want.
    """

    rule: str
    severity: str
    message: str
    path: str
    line: int | None = None
    column: int | None = None
    document: str | None = None
    label: str | None = None
    surface: str | None = None
    pointer: str | None = None
    help: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Finding:
        """The finding of an element of `diagnostics` in the JSON report."""
        names = ("line", "column", "document", "label", "surface", "pointer", "help")
        known = {name: data.get(name) for name in names}
        return cls(data["rule"], data["severity"], data["message"], data["path"], **known, data=data)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.severity}[{self.rule}]: {self.message}"


class Report:
    """What a check or a conversion came to: its findings, in their order, and totals.

    It is true where the labels are ready, that is where the command would end with status 0.
    """

    def __init__(self, status: int, json_bytes: bytes, said: str) -> None:
        self._json = json_bytes
        #: 0, or 1 where there are findings at or above `fail_on`, or a conversion was refused.
        self.status = status
        #: What the program said on standard error: notes, and the verdict in the last line.
        self.said = said

    def to_json(self) -> str:
        """The JSON report, character for character as the command prints it."""
        return self._json.decode("utf-8")

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON report as Python has it."""
        return json.loads(self._json)

    @property
    def verdict(self) -> str:
        """The verdict with its reason, such as `not ready: 2 errors (span-out-of-bounds)`."""
        lines = self.said.strip().splitlines()
        return lines[-1] if lines else ("ready" if self.status == 0 else "not ready")

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """The label files that were read."""
        return self.data["inputs"]

    @property
    def summary(self) -> dict[str, Any]:
        """Totals over all label files."""
        return self.data["summary"]

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, ordered by path, then by place, then by rule."""
        return [Finding.of(data) for data in self.data["diagnostics"]]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.data["diagnostics"])

    def __bool__(self) -> bool:
        return self.status == 0

    def __repr__(self) -> str:
        return f"<Report: {self.verdict}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A table of the findings, a row for each; the columns are the members of the JSON report."""
        import pandas

        first = ["path", "line", "column", "severity", "rule", "message", "document", "label", "surface"]
        rows = self.data["diagnostics"]
        known = {name: None for row in rows for name in row}
        columns = first + [name for name in known if name not in first]
        return pandas.DataFrame({name: [row.get(name) for row in rows] for name in columns}, columns=columns)

    def _repr_html_(self) -> str:
        cell = 'style="text-align:left;vertical-align:top"'
        rows = []
        for finding in self.data["diagnostics"][:SHOWN]:
            shown = Finding.of(finding)
            place = f"{shown.path}:{shown.line}:{shown.column}" if shown.line else shown.path
            colour = _COLOURS.get(shown.severity, "inherit")
            cells = [shown.document or "", shown.label or "", shown.surface or "", shown.message, place]
            rows.append(
                f'<tr><td {cell}><span style="color:{colour};font-weight:bold">{html.escape(shown.severity)}</span> '
                f"{html.escape(shown.rule)}</td>"
                + "".join(f"<td {cell}>{html.escape(_visible(text))}</td>" for text in cells)
                + "</tr>"
            )
        more = len(self) - len(rows)
        rest = f"<p>and {more:,} more findings</p>" if more > 0 else ""
        heads = "".join(
            f"<th {cell}>{name}</th>" for name in ("rule", "document", "label", "words", "what is wrong", "place")
        )
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""
        return f"<p><strong>{html.escape(_visible(self.verdict))}</strong></p>{table}{rest}"


def _visible(text: str) -> str:
    """Text without characters that have no look of their own, such as those that turn the direction of
    what stands behind them."""
    return "".join(char if char.isprintable() or char == " " else f"\\u{{{ord(char):x}}}" for char in text)
