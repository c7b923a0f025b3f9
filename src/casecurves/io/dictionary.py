"""The data dictionary as a document: every column of every table, from the one declaration."""

from __future__ import annotations

from pathlib import Path

from casecurves.model.columns import Column
from casecurves.model.schema import TABLES, columns
from casecurves.words import say

_BEGIN, _END = "<!-- columns:begin -->", "<!-- columns:end -->"


def to_markdown(lang: str = "en") -> str:
    """Return one Markdown table per table of a case.

    Parameters
    ----------
    lang : str
        Language of the explanations.

    Returns
    -------
    str
        Column, meaning, what an empty cell means, and French header.
    """
    heads = [say(f"dictionary.{name}", lang) for name in ("column", "meaning", "empty", "header_fr")]
    parts = []
    for table in TABLES:
        rows = [f"| {' | '.join(heads)} |", "|---|---|---|---|", *(_row(column, lang) for column in columns(table))]
        parts.append("\n".join([f"### {table}.csv", "", *rows]))
    return "\n\n".join(parts)


def _row(column: Column, lang: str) -> str:
    meaning = column.meaning(lang)
    if column.choices:
        meaning += f" ({', '.join(f'`{word}`' for word in column.choices)})"
    empty = column.empty(lang) or say("dictionary.required", lang)
    return f"| `{column.name}` | {meaning} | {empty} | `{column.header_fr}` |"


def rewrite(readme: Path) -> str:
    """Return the text of a README with its table of columns made anew between its two markers."""
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n\n{to_markdown()}\n\n{_END}{after}"
