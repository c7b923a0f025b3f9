"""The printed page, as an address says it: ``width=90&dpi=600&words=apart``."""

from __future__ import annotations

from collections.abc import Mapping

from casecurves.figure.page import PageOptions, read_page

# What an address calls each option of a page.
NAMES: dict[str, str] = {
    "preset": "preset",
    "width": "width_mm",
    "dpi": "dpi",
    "type": "type_pt",
    "colours": "theme",
    "transparent": "transparent",
    "title": "title",
    "words": "words",
    "panels": "panels",
    "letters": "letters",
    "seen": "seen",
}


def pairs(page: PageOptions) -> list[tuple[str, str]]:
    """Return what an address says of a page: what it is made for, and what is not as usual for that."""
    usual = read_page({"preset": page.preset})
    values = ((name, getattr(page, field), getattr(usual, field)) for name, field in NAMES.items() if name != "preset")
    said = [(name, _written(value)) for name, value, as_usual in values if value != as_usual]
    return [("preset", page.preset), *said] if page.preset else said


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(".0")


def read(given: Mapping[str, str], lang: str) -> PageOptions:
    """Return the page that an address asks for; raises `UsageError` with a sentence when there is none such."""
    return read_page({NAMES[name]: value for name, value in given.items()}, lang)
