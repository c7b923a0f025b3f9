"""French figures keep French spaces and commas: nothing breaks before ``:`` or between a number and its unit."""

import re

import pytest
from figure.build import SHIPPED
from figure.test_plotly import strings

from casecurves.figure.caption import caption
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.words import catalogue, typeset

BREAKS = re.compile(r" [:;?!%»]|« |\d (?:mg|g|mL|UI|mmHg|mois|ans?|jours?|semaines?)\b|\d ×|× \d")
FRENCH = {case_id: compile(case, Options(lang="fr")) for case_id, case in SHIPPED.items()}
NBSP = "\u00a0"


def told(node, key=""):
    """Yield the words of a spec: not its ids, nor its sources, which are quoted as published."""
    if isinstance(node, dict):
        for name, child in node.items():
            yield from told(child, name)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from told(child, key)
    elif isinstance(node, str) and key not in {"row", "key", "symbol", "source", "panel", "rule", "case"}:
        yield node


@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_line_breaks_where_french_forbids_it(case_id):
    spec = FRENCH[case_id]
    assert [text for text in told(spec.to_json()) if BREAKS.search(text)] == []
    paragraphs = caption(spec).replace(spec.source, "")
    assert BREAKS.findall(paragraphs) == []
    rows = [row.id for row in SHIPPED[case_id].rows()]
    told_of = [fact for row in rows for fact in details(SHIPPED[case_id], row, Options(lang="fr")).facts]
    facts = [f"{fact.heading} {fact.text}" for fact in told_of]
    assert [text for text in facts if re.search(r" [:;?!%»]|« ", text)] == []


def test_what_is_printed_in_a_terminal_keeps_the_spaces_of_a_keyboard():
    printed = "".join(texts["fr"] for key, texts in catalogue().items() if key.startswith("issue."))
    assert " :" in printed
    assert "« {value} »" in printed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dose : 5 mg", f"dose{NBSP}: 5{NBSP}mg"),
        ("« non » ; 30 % ?", f"«{NBSP}non{NBSP}»{NBSP}; 30{NBSP}%{NBSP}?"),
        ("6 × 750 mg/j pendant 3 mois", f"6{NBSP}×{NBSP}750{NBSP}mg/j pendant 3{NBSP}mois"),
        ("2 grammes, 3 gestes", "2 grammes, 3 gestes"),
    ],
)
def test_spaces_are_set_and_words_left_alone(typed, expected):
    assert typeset(typed, "fr") == expected
    assert typeset(typed, "en") == typed
    assert typeset(expected, "fr") == expected


@pytest.mark.parametrize("case_id", SHIPPED)
@pytest.mark.parametrize("unit", ["auto", "years"])
def test_numbers_have_commas_on_every_axis(case_id, unit):
    spec = compile(SHIPPED[case_id], Options(lang="fr", unit=unit))
    figure = to_plotly(spec)
    assert figure["layout"]["separators"] == f",{NBSP}"
    labels = [tick.label for zone in spec.axis.zones for tick in zone.ticks]
    labels += [tick.label for panel in spec.panels for tick in panel.yticks]
    labels += [mark.label for mark in spec.marks() if mark.y is not None]
    assert not [label for label in labels if re.search(r"\d\.\d", label)]
    for axis in ("xaxis", "yaxis"):
        assert not [text for text in figure["layout"][axis].get("ticktext", []) if re.search(r"\d\.\d", text)]
    assert to_plotly(compile(SHIPPED[case_id]))["layout"]["separators"] == f".{NBSP}"


def test_hover_and_paper_keep_the_spaces():
    spec = FRENCH["dm-mda5-ruxolitinib"]
    assert f"100{NBSP}mg/j" in to_svg(spec, PageOptions(width_mm=90))
    hovers = [text for text in strings(to_plotly(spec)) if "100" in text and "mg/j" in text]
    assert hovers
    assert all(f"100{NBSP}mg/j" in text for text in hovers)


@pytest.mark.parametrize("case_id", SHIPPED)
def test_lists_on_the_page_are_parted_as_in_french(case_id):
    lines = [line.text for line in lay_out(FRENCH[case_id], 120.0).words.below if line.role == "entry"]
    assert not [text for text in lines if re.search(r"\w; ", text)]
    if any(len(box.entries) > 2 for box in FRENCH[case_id].boxes):
        assert any(f"{NBSP}; " in f"{text} " for text in lines)
