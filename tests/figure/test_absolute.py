"""A dose per kilogram comes to something only where a weight is stated, and that is never shown as reported."""

import pytest
from figure.build import course, made, value

from casecurves.figure.compile import compile
from casecurves.figure.options import Options


def kg(row_id, written, time, **more):
    return value(row_id, written, time, "weight", unit="kg", **more)


def said(*weights, lang="en", unit="mg/kg/d", start="D0"):
    """Return the line of the hover that works the dose out, and every other word of the figure."""
    rows = [course("pred", "prednisone", start, "D90", dose=2, dose_unit=unit)]
    spec = compile(made(therapies=rows, measurements=list(weights)), Options(lang=lang))
    (bar,) = [bar for lane in spec.lanes for track in lane.tracks for bar in track.bars]
    lines = [line for line in bar.hover if "worked out" in line or "calculé" in line]
    assert "120" not in bar.label
    return lines


def test_the_weight_of_the_day_is_used_and_named():
    (line,) = said(kg("kg-1", "60", "D0"), kg("kg-2", "90", "D80"))
    assert "120 mg/d" in line
    assert "60 kg" in line
    assert "90" not in line


def test_weights_of_other_dates_give_bounds_with_their_dates():
    (line,) = said(kg("kg-1", "60", "D-10"), kg("kg-2", "72.5", "M2"), lang="fr")
    assert "120–145 mg/j" in line
    assert "72,5 kg, M2" in line
    assert "autre date" in line


def test_a_weight_whose_day_is_not_known_is_not_that_of_the_day():
    (line,) = said(kg("kg-1", "60", "D-10..D30"))
    assert "another date" in line


@pytest.mark.parametrize(
    ("weights", "unit"),
    [
        ((), "mg/kg/d"),
        ((kg("kg-1", "60", "D0"),), "mg/d"),
        ((kg("kg-1", "60", "D0"),), "mg/m2"),
        ((kg("kg-1", "<60", "D0"),), "mg/kg"),
        ((kg("kg-1", "falls", "D0"),), "mg/kg"),
        ((kg("kg-1", "60", "D0", status="disputed"),), "mg/kg"),
        ((value("lb-1", "130", "D0", "weight", unit="lb"),), "mg/kg"),
    ],
)
def test_without_a_weight_nothing_is_worked_out(weights, unit):
    assert said(*weights, unit=unit) == []
