"""What is wrong with data, where, and what to do: Issue and Report.

An issue carries a code; its sentences live in the catalogue under ``issue.<code>`` (message,
``allowed`` and ``remedy``), so that the same finding reads in English and French.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from casecurves.model.schema import Table
from casecurves.words import has, say

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = get_args(Level)

# The files of a case; in a workbook, each is a sheet of the same name without the ending.
_FILE = re.compile(rf"\b(case|{'|'.join(get_args(Table))})\.(?:toml|csv)\b")


@dataclass(frozen=True)
class Issue:
    """One finding about the data.

    Attributes
    ----------
    level : {"error", "warning", "notice"}
        ``error``: the case is not sound; ``warning``: drawn, but look at it; ``notice``: read in a way
        worth knowing.
    code : str
        What it is, such as ``"number.unreadable"``.
    file : str
        File of the case, or sheet of the workbook it was read from; ``""`` when the case as a whole is meant.
    line : int or None
        Line in the file or row in the sheet, counted from 1.
    column : str
        Column or key, ``""`` when the row or file as a whole is meant.
    value : str
        The offending value as written, ``""`` when there is none.
    params : mapping
        Further values for the sentences.
    cell : str
        Cell or cells of a sheet, such as ``"F7"``; ``""`` in a file of text.
    """

    level: Level
    code: str
    file: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str = ""

    def message(self, lang: str = "en") -> str:
        """Say what is wrong."""
        return self._say("message", lang)

    def allowed(self, lang: str = "en") -> str:
        """Say what is allowed; ``""`` when the question does not arise."""
        return self._say("allowed", lang)

    def remedy(self, lang: str = "en") -> str:
        """Say what to do."""
        return self._say("remedy", lang)

    def where(self, lang: str = "en") -> str:
        """Say where: file, line and column, as far as they are known."""
        parts = [f"{self.file}!{self.cell}" if self.cell else self.file]
        if self.line is not None and not self.cell:
            parts.append(say("issue.where.line", lang, line=self.line))
        if self.column:
            key = "issue.where.key" if self.file.endswith(".toml") else "issue.where.column"
            parts.append(say(key, lang, column=visible(self.column)))
        return ", ".join(part for part in parts if part)

    def _say(self, part: str, lang: str) -> str:
        key = f"issue.{self.code}.{part}"
        if not has(key):
            return ""
        params = {name: (value(lang) if callable(value) else value) for name, value in self.params.items()}
        text = say(key, lang, **{"value": visible(self.value), "column": self.column, "file": self.file} | params)
        # A sheet has no ending, and its workbook no files.
        return text if not self.file or "." in self.file else _FILE.sub(r"\1", text)

    def to_json(self, lang: str = "en") -> dict[str, object]:
        """Return the finding as plain JSON values."""
        return {
            "level": self.level,
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "cell": self.cell,
            "value": self.value,
            "message": self.message(lang),
            "allowed": self.allowed(lang),
            "remedy": self.remedy(lang),
        }


@dataclass(frozen=True)
class Report:
    """All findings about a case, most serious first."""

    issues: tuple[Issue, ...] = ()

    @classmethod
    def of(cls, issues: Iterable[Issue]) -> Report:
        """Return a report with the findings sorted: most serious first, then by file and line."""
        return cls(tuple(sorted(issues, key=lambda i: (LEVELS.index(i.level), i.file, i.line or 0, i.column))))

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.issues)

    def __len__(self) -> int:
        return len(self.issues)

    def __add__(self, other: Iterable[Issue]) -> Report:
        return Report.of((*self.issues, *other))

    def count(self, level: Level) -> int:
        """Return how many findings are of a level."""
        return sum(issue.level == level for issue in self.issues)

    @property
    def sound(self) -> bool:
        """True when there is no error."""
        return self.count("error") == 0

    def to_text(self, lang: str = "en") -> str:
        """Return the report as lines for a terminal."""
        return "\n".join(_line(issue, lang) for issue in self.issues)


def _line(issue: Issue, lang: str) -> str:
    level, where, message = say(f"issue.level.{issue.level}", lang), issue.where(lang), issue.message(lang)
    key = "report.line.placed" if where else "report.line.message"
    parts = [say(key, lang, level=level, where=where, message=message)]
    for part, text in (("allowed", issue.allowed(lang)), ("remedy", issue.remedy(lang))):
        if text:
            parts.append(say(f"report.line.{part}", lang, text=text))
    return " ".join(parts)


# Characters that control a device, reorder or hide text, or have no agreed look; written out on screen.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)


def visible(text: str) -> str:
    """Return text with control, bidirectional and zero-width characters written out as ``⟨U+202E⟩``."""
    if text.isascii() and text.isprintable():  # nearly always, and told far faster
        return text
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
