"""Doses per kilogram and per square metre: what they come to by dated weights and heights, worked out by hand."""

import pytest
from figure.build import course, dose, made, value

from casecurves.analysis.body import amount, by_size
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.options import Options


def weight(row_id, kg, time, **more):
    return value(row_id, str(kg), time, "weight", **{"unit": "kg", **more})


def height(row_id, written, time, unit="cm", **more):
    return value(row_id, written, time, "height", unit=unit, **more)


def by_body(*measured, start="M3", unit="mg/kg/d", given=0.5):
    return made(
        therapies=[course("drug", "prednisone", start, "M6", dose=given, dose_unit=unit)], measurements=list(measured)
    )


def found(case, row_id="drug"):
    return amount(case, case.chronology, case.row(row_id))


def test_the_weight_of_the_day_counts_whatever_was_weighed_before():
    case = by_body(weight("first", 80, "D0"), weight("now", 72, "M3"), weight("later", 60, "M6"))
    by_day = by_body(weight("first", 80, "D0"), weight("now", 72, "D9"), weight("later", 60, "D30"), start="D9")
    for result in (found(case), found(by_day)):
        assert (result.low, result.high, result.sizes) == (36.0, 36.0, (72.0, 72.0))
        assert [row.id for row in result.rows] == ["now"]


def test_between_two_weights_it_is_not_known_which_holds():
    case = by_body(
        weight("old", 90, "M-6"), weight("before", 72, "D0"), weight("after", 80, "M5"), weight("far", 95, "M9")
    )
    result = found(case)
    assert (result.low, result.high) == (36.0, 40.0)
    assert [row.id for row in result.rows] == ["before", "after"]


def test_a_weight_that_may_be_before_or_after_counts_too():
    case = by_body(weight("before", 72, "D0"), weight("some-day", 64, "M1..M5"))
    assert (found(case).low, found(case).high) == (32.0, 36.0)


def test_one_weight_alone_counts_at_any_time():
    assert found(by_body(weight("only", 70, "M12"))).low == 35.0
    assert found(by_body(weight("only", 70, "D0"))).low == 35.0


def test_per_square_metre_by_mosteller():
    # √(170 × 70 / 3600) = 1.81812 m²; 375 mg/m² come to 681.8 mg.
    for tall in (height("tall", "170", "D0"), height("tall", "1.70", "D0", unit="m")):
        result = found(by_body(weight("kg", 70, "D0"), tall, unit="mg/m2", given=375))
        assert (result.low, result.sizes) == (682.0, (1.82, 1.82))
        assert [row.id for row in result.rows] == ["kg", "tall"]


@pytest.mark.parametrize(
    "measured",
    [
        [],
        [weight("kg", 70, "D0", basis="illustrative")],
        [weight("kg", 70, "D0", status="disputed")],
        [weight("kg", ">70", "D0")],
    ],
)
def test_without_a_weight_that_counts_nothing_is_made_up(measured):
    assert found(by_body(*measured)) is None


def test_a_surface_takes_both():
    assert found(by_body(weight("kg", 70, "D0"), unit="mg/m2")) is None
    assert found(by_body(height("tall", "170", "D0"), unit="mg/m2")) is None


@pytest.mark.parametrize(
    ("unit", "size"),
    [("mg/kg", "kg"), ("mg/kg/j", "kg"), ("mg/m²", "m2"), ("g/m2/d", "m2"), ("mg/d", None), ("mg", None), ("kg", None)],
)
def test_what_is_by_body_size(unit, size):
    assert by_size(unit) == size


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "that is 36–40 mg/d at 72–80 kg (weight 72 kg, D0; weight 80 kg, M5)"),
        ("fr", "soit 36–40\u00a0mg/j pour 72–80\u00a0kg (poids 72\u00a0kg, J0\u00a0; poids 80\u00a0kg, M5)"),
    ],
)
def test_it_is_said_where_the_dose_is_told_and_by_what(lang, told):
    case = by_body(weight("before", 72, "D0"), weight("after", 80, "M5"))
    (bar,) = compile(case, Options(lang=lang)).bars()
    assert told in bar.hover
    assert told in [fact.text for fact in details(case, "drug", Options(lang=lang)).facts]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "no body weight is stated"), ("fr", "aucun poids n’est donné")],
)
def test_that_it_is_not_known_is_said_too(lang, told):
    case = made(
        therapies=[course("drug", "prednisone", "D0", "M6")],
        doses=[dose("first", "drug", 1, "D0", dose_unit="mg/kg/d")],
    )
    marks = [mark for mark in compile(case, Options(lang=lang)).marks() if mark.row == "first"]
    assert marks
    assert all(any(told in line for line in mark.hover) for mark in marks)
    assert any(told in fact.text for fact in details(case, "first", Options(lang=lang)).facts)
