"""What every spec promises: all rows, plain JSON, finite numbers, the same for the same."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, dose, made, value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.model.issues import visible
from casecurves.model.schema import Arm, Event, Therapy

ALL = pytest.mark.parametrize("case_id", SHIPPED)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
# Keys of the spec that hold identifiers, not words for a reader.
NOT_WORDS = {"symbol", "key", "row", "rows", "case"}


def leaves(node: object, key: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, name)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from leaves(child, key)
    else:
        yield key, node


def check(case, spec):
    assert spec.drawn() == {row.id for row in case.rows()}, "every row is drawn or written"
    assert spec.not_drawn == ()
    text = json.dumps(spec.to_json(), allow_nan=False)
    assert json.loads(text) == json.loads(json.dumps(spec.to_json()))
    for key, leaf in leaves(spec.to_json()):
        if isinstance(leaf, float):
            assert math.isfinite(leaf)
        if isinstance(leaf, str) and key not in NOT_WORDS:
            assert visible(leaf) == leaf, f"{key} hides a character"
    for mark in spec.marks():
        assert all(span.x0 <= span.x1 for span in mark.place)
        assert mark.place, f"{mark.row} stands nowhere"
    for bar in spec.bars():
        assert bar.possible, f"{bar.row} stands nowhere"
    zones = {zone.name: zone for zone in spec.axis.zones}
    for item in (*spec.marks(), *spec.bars()):
        for span in item.place if hasattr(item, "place") else (*item.certain, *item.possible):
            assert zones[span.zone].lo - 1e-9 <= span.x0 <= span.x1 <= zones[span.zone].hi + 1e-9


@ALL
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_row_of_a_shipped_case_is_on_its_figure(case_id, lang):
    case = SHIPPED[case_id]
    check(case, compile(case, Options(lang=lang)))


@ALL
def test_any_therapy_or_event_can_be_day_zero_in_any_unit(case_id):
    case = SHIPPED[case_id]
    units = ["auto", "days", "weeks", "months", "years"]
    starts = [row for row in case.rows() if isinstance(row, Therapy | Event)]
    for number, row in enumerate(starts):
        unit = units[number % len(units)]
        spec = compile(case, Options(zero=row.id, unit=unit))
        check(case, spec)
        if unit != "auto":
            assert spec.axis.unit == unit
        lo, hi = next((zone.lo, zone.hi) for zone in spec.axis.zones if zone.name == "main")
        assert lo <= 0 <= hi, "day zero is on the axis"


@settings(max_examples=60, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["en", "fr"]), st.sampled_from([90.0, 190.0]))
def test_any_sound_case_can_be_drawn(case, lang, width_mm):
    assert not case.chronology.contradictions, "the strategy made a contradiction"
    spec = compile(case, Options(lang=lang))
    check(case, spec)
    to_svg(spec, PageOptions(width_mm=width_mm))
    to_plotly(spec)


@settings(max_examples=25, suppress_health_check=SLOW)
@given(cases(), st.data())
def test_any_start_can_be_day_zero(case, data):
    starts = [row.id for row in (*case.therapies, *case.events)]
    zero = data.draw(st.sampled_from([*starts, ""]))
    unit = data.draw(st.sampled_from(["days", "weeks", "months", "years"]))
    spec = compile(case, Options(zero=zero, unit=unit))
    check(case, spec)
    to_svg(spec)
    to_plotly(spec)


@ALL
def test_the_same_case_gives_the_same_spec(case_id):
    case = SHIPPED[case_id]
    again = replace(case)  # without what it has worked out so far
    assert compile(case) == compile(again)
    assert to_svg(compile(case)) == to_svg(compile(again))


@ALL
def test_languages_differ_in_words_and_in_nothing_else(case_id):
    case = SHIPPED[case_id]
    english, french = (compile(case, Options(lang=lang)) for lang in ("en", "fr"))
    assert english.disclaimer != french.disclaimer
    numbers = [[leaf for _, leaf in leaves(spec.to_json()) if isinstance(leaf, float)] for spec in (english, french)]
    assert numbers[0] == numbers[1]
    kinds = [[item.kind for item in spec.legend] for spec in (english, french)]
    assert kinds[0] == kinds[1]


def test_biomarkers_left_out_are_listed_and_named():
    case = made(
        measurements=[
            value("alb-1", "38", "D0"),
            value("alb-2", "40", "D9"),
            value("crp-1", "5", "D0", "CRP"),
            value("crp-2", "7", "D9", "CRP"),
        ],
        therapies=[course("dupi", "dupilumab", "D0", "ongoing")],
    )
    spec = compile(case, Options(analytes=("crp",)))
    assert {item.row for item in spec.not_drawn} == {"alb-1", "alb-2"}
    assert [panel.label for panel in spec.panels] == ["CRP"]
    assert any("2" in note and "albumin" in note.lower() for note in spec.notes)


def test_a_dose_of_a_drug_without_any_place_is_written_out():
    case = made(
        therapies=[course("dupi", "dupilumab", "D0", "ongoing"), course("pred", "prednisone")],
        doses=[dose("pred-30", "pred", 30, "")],
    )
    spec = compile(case)
    assert [chip.row for chip in spec.chips] == ["pred"]
    (entry,) = [entry for box in spec.boxes for entry in box.entries if entry.row == "pred-30"]
    assert "30 mg/d" in entry.text
    assert spec.not_drawn == ()


def test_arms_of_a_trial_are_written_with_their_size():
    case = made(kind="trial", outcomes=[{"id": "out-1", "label": "response", "count": 3, "of": 9}])
    spec = compile(replace(case, arms=(Arm(id="arm-a", label="vehicle", n=9),)))
    assert "vehicle: 9" in {entry.text for box in spec.boxes for entry in box.entries}
    assert spec.not_drawn == ()
