"""A case with a hostile string in every text cell of every table."""

from dataclasses import replace

from figure.build import made

from casecurves.model.case import Case
from casecurves.model.schema import TABLES, Column, Row, Table, columns

STRINGS = {
    "html": "<b>bold</b> a<b>c & d",
    "beacon": '<span style="background:url(http://h.example/x)">y</span>',
    "script": "'\"><script>alert(1)</script>",
    "cdata": "]]> &amp; &#43; <!-- -->",
    "template": "%{x} {lang} {0}",
    "bidi": "\u202egnp.exe",
    "control": "nul\x00l \x1b[31m",
    "formula": "=HYPERLINK(1)",
    "comma": "1,5",
    "number": "10%",
}


def shown(text: str) -> str:
    """Return a hostile string as it must look."""
    return text.replace("\u202e", "⟨U+202E⟩").replace("\x00", "⟨U+0000⟩").replace("\x1b", "⟨U+001B⟩")


def _cell(table: Table, column: Column, text: str) -> str:
    if column.type == "text":
        return text
    fixed = {
        ("therapies", "start"): "D0",
        ("therapies", "end"): "D90",
        ("events", "time"): "D20",
        ("doses", "time"): "D9",
    }
    fixed |= {("measurements", "time"): "D30", ("outcomes", "time"): "D40", ("doses", "therapy"): "the-row"}
    fixed |= {("events", "kind"): "flare", ("measurements", "value"): "7", ("doses", "dose"): "5"}
    fixed |= {("comparisons", "arm"): "arm-row", ("comparisons", "versus"): "arm-row"}
    fixed |= {("comparisons", "measure"): "relative_risk", ("comparisons", "estimate"): "2"}
    return fixed.get((table, column.name), "")


def _row(table: Table, name: str, text: str) -> Row:
    return TABLES[table](id=name, **{c.name: _cell(table, c, text) for c in columns(table) if c.type != "id"})


def hostile(text: str) -> Case:
    """Return a case whose every text cell, in the tables and in the header, holds one string."""
    again = {"measurements": ("mea-row", "mea-two", "mea-cat"), "therapies": ("the-row", "the-chip")}
    rows = {
        table: tuple(_row(table, name, text) for name in again.get(table, (f"{table[:3]}-row",))) for table in TABLES
    }
    chip = TABLES["therapies"](id="the-chip", drug=text, start="", end="")
    band = TABLES["events"](id="eve-band", kind="other", label=text, time="D3", end="D60")
    undated = TABLES["events"](id="eve-none", kind="symptom", label=text)
    word = TABLES["measurements"](id="mea-cat", analyte=text, value=f"x {text}", time="D50")
    rows["therapies"] = (rows["therapies"][0], chip)
    rows["measurements"] = (*rows["measurements"][:2], word)
    rows["events"] = (*rows["events"], band, undated)
    header = {
        "title": text,
        "diagnosis": text,
        "note": text,
        "sources": ({"key": "a", "title": text, "authors": text},),
    }
    disagreement = {"rows": ("the-row",), "label": text, "used": text, "other": text, "used_where": text, "why": text}
    return replace(made(**header, discrepancies=(disagreement,), day_zero="the-row"), **rows)
