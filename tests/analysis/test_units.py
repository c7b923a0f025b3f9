"""One unit for one series: what is converted says so and keeps what was written; what cannot be stands apart."""

import json

import pytest
from figure.build import SHIPPED, course, event, made, value
from hypothesis import given
from hypothesis import strategies as st

from casecurves.analysis.response import assess
from casecurves.analysis.units import Converted, apart, one_unit, refused, rounded
from casecurves.analysis.units_saying import to_json
from casecurves.figure.caption import caption
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.tables import tables
from casecurves.knowledge.rules import all_rules
from casecurves.model.schema import table_of
from casecurves.words import LANGS, decimal


def albumin(row_id, written, time, unit, low="", high=""):
    return value(row_id, written, time, "albumin", unit=unit, ref_low=low, ref_high=high)


MIXED = made(
    events=[event("biopsy", "D0", "biopsy")],
    day_zero="biopsy",
    measurements=[
        albumin("alb-one", "20", "D0", "g/L", "35", "50"),
        albumin("alb-two", "2.75", "D60", "g/dL", "3.5", "5"),
        albumin("alb-three", "<3", "D90", "g/dL"),
        albumin("alb-four", "34", "D120", "g/l", "35", "50"),
        albumin("alb-five", "33-35", "D150", "g/L"),
        albumin("alb-six", "3.0-3.5", "D200", "g/dL"),
        albumin("alb-last", "38", "D300", "g/L"),
    ],
    diagnosis="nephrotic syndrome",
)


def shown(case, *units):
    return {row.id: row for row in one_unit(case, units).measurements}


def test_a_series_takes_the_unit_of_most_of_its_values():
    rows = shown(MIXED)
    assert {row.unit for row in rows.values()} == {"g/L"}
    assert [row_id for row_id, row in rows.items() if isinstance(row, Converted)] == ["alb-two", "alb-three", "alb-six"]
    two = rows["alb-two"]
    assert (two.value.number, two.value.written, two.ref_low, two.ref_high) == (27.5, "2.75", 35.0, 50.0)
    assert (two.original.unit, two.original.value.number, two.time) == ("g/dL", 2.75, two.original.time)
    assert (rows["alb-three"].value.comparator, rows["alb-three"].value.number) == ("<", 30.0)
    assert (rows["alb-six"].value.low, rows["alb-six"].value.high) == (30.0, 35.0)
    assert table_of(two) == "measurements"


def test_a_unit_spelt_in_two_ways_is_one_and_nothing_is_converted():
    four = shown(MIXED)["alb-four"]
    assert not isinstance(four, Converted)
    assert (four.unit, four.value.number) == ("g/L", 34.0)


def test_a_reader_can_ask_for_a_unit_by_any_name():
    for name in ("albumin", "Albuminémie", "sAlb"):
        rows = shown(MIXED, (name, "g/dL"))
        assert {row.unit for row in rows.values()} == {"g/dL"}
        assert rows["alb-one"].value.number == 2.0
        assert not isinstance(rows["alb-two"], Converted)


def test_what_cannot_be_had_leaves_the_case_as_it_is():
    for wanted in (("albumin", "mmHg"), ("albumin", "furlongs"), ("uPCR", "g/g")):
        assert shown(MIXED, wanted) == shown(MIXED)


@pytest.mark.parametrize("case", SHIPPED.values(), ids=lambda case: case.id)
def test_a_case_in_one_unit_is_the_case_itself(case):
    assert one_unit(case) is case
    assert apart(case.measurements) == ()
    assert to_json(case, "en") == []


# Two units that no factor joins; two assays of one name; a titre.
APART = made(
    events=[event("biopsy", "D0", "biopsy")],
    day_zero="biopsy",
    measurements=[
        value("pr-one", "3.1", "D0", "proteinuria", unit="g/24h"),
        value("pr-two", "1.2", "D60", "proteinuria", unit="g/24h"),
        value("pr-three", "2", "D80", "proteinuria", unit="g/L"),
        value("pr-four", "1", "D90", "proteinuria", unit="g/L"),
        value("ab-one", "80", "D0", "anti-PLA2R", unit="RU/mL", assay="ELISA"),
        value("ab-two", "40", "D60", "anti-PLA2R", unit="RU/mL", assay="ELISA"),
        value("ab-three", "1:320", "D0", "anti-PLA2R", assay="IIF"),
        value("ab-four", "1:100", "D60", "anti-PLA2R", assay="IIF"),
    ],
)


@pytest.mark.parametrize("lang", LANGS)
def test_what_does_not_convert_stands_in_panels_of_its_own_and_that_is_said(lang):
    spec = compile(APART, Options(lang=lang))
    assert [len(panel.marks) for panel in spec.panels] == [2, 2, 2, 2]
    assert not any(mark.converted for mark in spec.marks())
    (found,) = apart(APART.measurements)
    assert (found.row.unit, found.other.unit, found.refusal.reason) == ("g/24h", "g/L", "dimension")
    told = [note for note in spec.notes if "g/24h" in note and "g/L" in note and found.refusal.why(lang) in note]
    assert len(told) == 1
    assert any("ELISA, IIF" in note for note in spec.notes)
    published = [panel.remarks for panel in spec.panels if panel.sublabel == "g/L"]
    assert len(published) == 1 and "g/24h" in published[0][0]


@pytest.mark.parametrize("lang", LANGS)
def test_a_converted_value_says_so_everywhere(lang):
    options = Options(lang=lang)
    spec = compile(MIXED, options)
    (panel,) = spec.panels
    marks = {mark.row: mark for mark in panel.marks}
    two = marks["alb-two"]
    assert (two.y, two.converted) == (27.5, "2.75 g/dL")
    hover = " | ".join(two.hover).replace("\u00a0", " ")
    assert "2.75 g/dL" in hover and "× 10" in hover
    assert panel.remarks[0].startswith("‡") and "g/dL" in panel.remarks[0] and "3 " in panel.remarks[0]
    assert "converted" in {item.kind for item in spec.legend}
    assert any("(‡)" in note and "×\u00a010" in note.replace(" ", "\u00a0") for note in spec.notes)
    assert '"converted": "2.75 g/dL"' in json.dumps(spec.to_json())
    facts = [fact.text.replace("\u00a0", " ") for fact in details(MIXED, "alb-two", options).facts]
    assert "2.75 g/dL" in facts
    assert any("‡" in text and "× 10" in text for text in facts)
    table = next(one for one in tables(MIXED, lang) if one.name == "measurements")
    at = [heading.name for heading in table.headings].index("value")
    cells = {row: cells[at] for row, cells in table.rows}
    assert cells["alb-two"].text == decimal("2.75", lang) and cells["alb-two"].beside.replace("\u00a0", " ").endswith(
        "g/L ‡"
    )
    assert cells["alb-one"].beside == ""
    found = {one["value"]: one for one in to_json(MIXED, lang)}
    assert found["alb-two"]["number"] == 27.5
    assert (found["alb-two"]["written"], found["alb-two"]["unit_written"]) == ("2.75", "g/dL")
    assert found["alb-three"]["comparator"] == "<"


def test_the_sign_of_a_conversion_is_printed_beside_the_value_and_in_a_box():
    """On paper and on the screen alike, whether the value stands on a curve or alone in a box."""
    svg = to_svg(compile(MIXED), PageOptions())
    assert ">27.5 ‡<" in svg and ">20<" in svg
    screen = json.dumps(to_plotly(compile(MIXED)), ensure_ascii=False)
    assert "27.5 ‡" in screen
    once = made(
        events=[event("biopsy", "D0", "biopsy")],
        day_zero="biopsy",
        measurements=[value("ck-x", "3000", "D1", "CK", unit="U/L")],
    )
    spec = compile(once, Options(units=(("CK", "µkat/L"),)))
    (entry,) = spec.boxes[0].entries
    assert entry.converted == "3000 U/L"
    assert "CK 50 µkat/L ‡" in caption(spec)


def test_a_table_sorts_converted_values_with_the_others():
    table = next(one for one in tables(MIXED, "en", sort="measurements.value") if one.name == "measurements")
    assert [row for row, _ in table.rows][:4] == ["alb-one", "alb-two", "alb-three", "alb-six"]


def test_a_threshold_is_drawn_in_its_own_unit_or_not_at_all():
    native, other = compile(MIXED), compile(MIXED, Options(units=(("albumin", "g/dL"),)))
    assert [limit.y for limit in native.panels[0].thresholds] == [30, 35]
    assert other.panels[0].thresholds == ()
    assert any("published in g/L: none is drawn in g/dL" in text for text in other.panels[0].remarks)
    assert any("30 g/L: Nat Rev" in note and "(not verified)" in note for note in native.notes)
    ratios = made(
        events=[event("biopsy", "D0", "biopsy")],
        day_zero="biopsy",
        measurements=[
            value("r-one", "350", "D0", "uPCR", unit="mg/mmol"),
            value("r-two", "20", "D60", "uPCR", unit="mg/mmol"),
        ],
        diagnosis="nephrotic syndrome",
    )
    (panel,) = compile(ratios, Options(units=(("upcr", "mg/g"),))).panels
    assert [mark.y for mark in panel.marks] == [3090.0, 180.0]
    assert [limit.y for limit in panel.thresholds] == [300.0, 3500.0]


def test_a_status_rests_on_what_is_written_whatever_unit_is_shown():
    case = made(
        therapies=[course("rtx", "rituximab", "D0")],
        day_zero="rtx",
        measurements=[
            value("r-before", "4", "D-3", "uPCR", unit="g/g"),
            value("r-after", "0.28", "M6", "uPCR", unit="g/g"),
        ],
    )
    rule = all_rules()["adult_ns_2020"]
    before = [(one.row, one.status) for one in assess(case, rule)]
    assert ("r-after", "complete") in before
    spec = compile(case, Options(units=(("uPCR", "mg/mmol"),), rules=("adult_ns_2020",)))
    assert next(mark.y for mark in spec.panels[0].marks if mark.row == "r-after") == pytest.approx(32)
    (stage,) = [stage for stage in spec.ribbons[0].stages if stage.row == "r-after"]
    assert stage.label == "complete remission"
    assert "0.28 g/g" in " ".join(stage.hover)


def test_a_unit_that_hides_characters_is_shown_as_it_is_and_is_not_apart_from_itself():
    hostile = "\u202egnp.exe"
    rows = [albumin("alb-one", "20", "D0", "g/L"), albumin("alb-two", "20", "D9", "g/L")]
    strange = [albumin("alb-three", "3", "D20", hostile), albumin("alb-four", "4", "D30", hostile)]
    assert apart(made(measurements=strange).measurements) == ()
    spec = compile(made(events=[event("biopsy", "D0", "biopsy")], day_zero="biopsy", measurements=[*rows, *strange]))
    told = [note for note in spec.notes if "gnp.exe" in note]
    assert len(told) == 1 and "⟨U+202E⟩" in told[0]
    assert not any("\u202e" in text for text in (*spec.notes, *(line for mark in spec.marks() for line in mark.hover)))


def test_what_is_asked_for_and_cannot_be_had_is_told():
    found = dict(refused(MIXED.measurements, [("albumin", "g/dL"), ("albumin", "mmHg"), ("uPCR", "g/g")]))
    assert set(found) == {("albumin", "mmHg"), ("uPCR", "g/g")}
    assert found["albumin", "mmHg"].reason == "dimension"
    assert found["uPCR", "g/g"] is None


@pytest.mark.parametrize(
    ("written", "low", "high", "expected"),
    [
        ("0.9", "0.8", "1.2", (80.0, 71.0, 110.0)),
        ("0.95", "0.6", "1.20", (84.0, 53.0, 110.0)),
        ("1.234", "0.60", "1.2", (109.1, 53.0, 110.0)),
        ("1.23456", "", "", (109.1, None, None)),
    ],
)
def test_a_conversion_makes_nothing_more_exact(written, low, high, expected):
    row = value("creat", written, "D0", "creatinine", unit="mg/dL", ref_low=low, ref_high=high)
    case = made(events=[event("biopsy", "D0", "biopsy")], day_zero="biopsy", measurements=[row])
    (found,) = one_unit(case, [("creatinine", "µmol/L")]).measurements
    assert (found.value.number, found.ref_low, found.ref_high) == expected


@given(st.floats(min_value=1e-9, max_value=1e9), st.integers(min_value=1, max_value=6))
def test_rounding_moves_a_number_by_less_than_half_its_last_digit(number, digits):
    assert rounded(number, digits) == pytest.approx(number, rel=0.51 * 10.0 ** (1 - digits))
    assert rounded(0.0, digits) == 0.0


@pytest.mark.parametrize(
    ("written", "shown"),
    [("6900", 781.0), ("7215", 816.2), ("7000", 792.0), ("900", 102.0), ("84.50", 9.559), ("5", 0.57)],
)
def test_zeros_that_may_only_fill_make_a_converted_value_no_more_exact(written, shown):
    row = made(
        measurements=[
            value("one", written, "D1", "uPCR", unit="mg/g"),
            value("two", "700", "D2", "uPCR", unit="mg/mmol"),
        ]
    )
    (found,) = [one for one in one_unit(row, (("uPCR", "mg/mmol"),)).measurements if one.id == "one"]
    assert found.value.number == shown
