"""The table of columns in cases/README.md is the declaration, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from casecurves.io.dictionary import rewrite, to_markdown
from casecurves.model.schema import TABLES, columns

README = Path(__file__).parents[2] / "cases" / "README.md"


def test_every_column_is_described_in_both_languages() -> None:
    for lang in ("en", "fr"):
        text = to_markdown(lang)
        for table in TABLES:
            assert f"### {table}.csv" in text
            for column in columns(table):
                assert f"| `{column.name}` | {column.meaning(lang)}" in text


def test_the_readme_holds_the_declared_columns() -> None:
    """With CASECURVES_REWRITE=1 the table is made anew instead."""
    wanted = rewrite(README)
    if os.environ.get("CASECURVES_REWRITE"):
        README.write_text(wanted, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == wanted, "run the tests once with CASECURVES_REWRITE=1"
