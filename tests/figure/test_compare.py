"""Patients on one axis: nobody is dropped, colours are those of the drug, both pictures agree, no words meet."""

import re
from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.cohort import cohort
from figure.hostile import STRINGS, hostile, shown
from figure.page import read
from figure.test_plotly import MARKUP, check_spec, strings

from casecurves.figure import symbols
from casecurves.figure.compare import CompareOptions, Subject, comparison_json, compile_comparison, part_of
from casecurves.figure.compile import compile
from casecurves.figure.export import render
from casecurves.figure.layout import lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES
from casecurves.words import say

VIEWS = ("swimmer", "multiples", "overlay")
EVERYBODY = [Subject(case, case_id) for case_id, case in SHIPPED.items()]


def compared(subjects=EVERYBODY, **options):
    return compile_comparison(subjects, CompareOptions(**{"align": "dupilumab", **options}))


def patients(*cases, **options):
    return compared([Subject(replace(case, id=f"pat-{n}x"), f"pat-{n}x") for n, case in enumerate(cases)], **options)


def bars(spec):
    return [bar for lane in spec.lanes for track in lane.tracks for bar in track.bars]


def events(spec):
    return [mark for lane in spec.lanes for track in lane.tracks for mark in track.events]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("illustrative", [False, True])
def test_every_case_is_compared_or_told_why_not(view, illustrative):
    spec = compared(view=view, illustrative=illustrative)
    told = comparison_json(EVERYBODY, CompareOptions(align="dupilumab", illustrative=illustrative))
    ids = [one["case"] for one in told["patients"]]
    left = [one.row for one in spec.not_drawn]
    assert sorted([*ids, *left]) == sorted(SHIPPED)
    assert [entry.row for box in spec.boxes for entry in box.entries] == sorted(left, key=left.index) or set(left) == {
        entry.row for box in spec.boxes for entry in box.entries
    }
    assert all(one.reason for one in spec.not_drawn)
    if view != "overlay":
        assert [lane.patient for lane in spec.lanes] == ids


def test_what_is_invented_is_compared_only_if_asked_and_then_marked():
    plain, asked = compared(), compared(illustrative=True)
    assert plain.banner == ""
    assert not any(bar.basis == "illustrative" for bar in bars(plain))
    assert asked.banner == say("banner.illustrative", "en")
    invented = {lane.patient: lane.sublabel for lane in asked.lanes if lane.patient.endswith("-illustrative")}
    assert len(invented) == 2
    assert all(text.startswith("illustrative") for text in invented.values())


def test_a_drug_has_one_colour_and_one_number_in_all_patients():
    spec = compared(cohort(30))
    looks: dict[str, set] = {}
    for bar in bars(spec):
        looks.setdefault(bar.label, set()).add((bar.drug_class, bar.code))
    assert len(looks) == 6
    assert all(len(found) == 1 for found in looks.values())
    legend = " ".join(item.label for item in spec.legend if item.kind.startswith("drug."))
    assert all(f"{code}\u00a0{name}" in legend for name, found in looks.items() for _, code in found)
    own = compile(SHIPPED["mn-dupilumab-1"])
    shared = {bar.label: bar.drug_class for bar in bars(compared())}
    assert {lane.drug: lane.drug_class for lane in own.lanes}.items() <= shared.items()
    svg = to_svg(compared())
    assert THEMES["light"].drug("anti_il4r") in svg


@pytest.mark.parametrize("view", VIEWS)
def test_both_pictures_of_the_documents_patients_draw_the_same_marks(view):
    check_spec(compared(view=view, illustrative=True, analytes=("upcr", "albumin")), most=24)


@pytest.mark.parametrize("view", VIEWS)
def test_both_pictures_of_many_draw_the_same_marks(view):
    check_spec(compared(cohort(40), view=view), most=80)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width_mm", [90.0, 190.0])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_words_meet_and_none_leave_the_page(view, width_mm, lang):
    for subjects in (EVERYBODY, cohort(20)):
        spec = compared(subjects, view=view, lang=lang, illustrative=True)
        page = read(to_svg(spec, PageOptions(width_mm=width_mm)))
        assert page.collisions() == []
        assert page.outside() == []


def test_a_hundred_patients_have_a_page():
    spec = compared(cohort(100))
    assert len(spec.lanes) + len(spec.not_drawn) == 100
    page = read(to_svg(spec))
    assert page.collisions() == []
    drawn = {row.split("/")[0] for row in page.rows if "/" in row}
    assert drawn == {lane.patient for lane in spec.lanes}
    assert render(spec, "png", PageOptions(dpi=72)).startswith(b"\x89PNG")


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_solid_is_proven_in_the_network_of_its_patient(view):
    subjects = [*EVERYBODY, *cohort(40)]
    spec = compared(subjects, view=view, illustrative=True)
    told = comparison_json(subjects, CompareOptions(align="dupilumab", illustrative=True))
    zeros = {one["case"]: one["row"] for one in told["patients"]}
    cases = {one.case.id: one.case for one in subjects}
    for bar in bars(spec):
        case_id, row = bar.row.split("/")
        known = cases[case_id].chronology.rezero(zeros[case_id])
        for span in bar.certain:
            if span.zone == "main":
                assert known.exact_bounds(row)[1] is not None
                assert known.exact_bounds(row)[1] <= span.x0 + 1e-6 or len(bar.certain) > 1
                assert known.exact_bounds(f"{row}.end")[0] >= span.x1 - 1e-6


def test_nothing_is_solid_where_only_another_patient_has_days():
    # On since some step before day zero, and certainly at day zero; the other is known from a year before.
    vague = made(
        therapies=[course("dd", "dupilumab", "D0", "M3"), course("tt", "tacrolimus", "after:zz", "D30..")],
        events=[event("zz", "before:tt & before:dd", "diagnosis"), event("yy", "after:tt & before:dd", "biopsy")],
        day_zero="dd",
    )
    early = made(
        therapies=[course("dd", "dupilumab", "D0", "M3"), course("rr", "rituximab", "D-365", "D-300")], day_zero="dd"
    )
    (alone,) = [bar for bar in bars(patients(vague)) if bar.row.endswith("/tt")]
    assert {span.zone for span in alone.certain} == {"before", "main"}
    (beside,) = [bar for bar in bars(patients(vague, early)) if bar.row.endswith("/tt")]
    assert [(span.zone, span.x0 > -2.0) for span in beside.certain] == [("main", True)]


def measured(unit, assay="", diagnosis="", analyte="uPCR"):
    rows = [value(f"v-{n}x", str(n + 1), f"D{30 * n}", analyte, unit=unit, assay=assay) for n in range(3)]
    given = [course("dd", "dupilumab", "D0", "")]
    return made(therapies=given, measurements=rows, day_zero="dd", diagnosis=diagnosis)


def test_values_of_several_patients_are_put_into_one_unit_and_say_so():
    spec = patients(*map(measured, ("mg/g", "g/g", "mg/g")), view="overlay", analytes=("upcr",))
    (frame,) = [stack.panels for stack in spec.stacks if stack.shared]
    assert len(frame) == 3
    levels = {panel.key: [(mark.y, mark.converted) for mark in panel.marks] for panel in spec.panels}
    assert levels["pat-1x|upcr||mg/g"] == [(1000.0, "1 g/g"), (2000.0, "2 g/g"), (3000.0, "3 g/g")]
    assert levels["pat-0x|upcr||mg/g"] == [(1.0, ""), (2.0, ""), (3.0, "")]
    assert any(note.startswith("Converted to the unit of their curve (‡): 3") for note in spec.notes)
    assert "converted" in {item.kind for item in spec.legend}
    asked = patients(*map(measured, ("mg/g", "g/g")), view="overlay", units=(("upcr", "g/g"),))
    assert {panel.key.rsplit("|")[-1] for panel in asked.panels} == {"g/g"}
    check_spec(spec)


def test_a_status_rests_on_values_as_written():
    # 0.28 g/g is below 300 mg/g, and 30 mg/mmol would be 0.265 g/g.
    rows = [value(f"v-{n}x", text, f"D{30 * n - 5}", "uPCR", unit="g/g") for n, text in enumerate(["5", "0.28"])]
    given = [course("dd", "dupilumab", "D0", "")]
    one = made(therapies=given, measurements=rows, day_zero="dd")
    others = [measured("mg/mmol")] * 3
    spec = patients(one, *others, view="multiples", rules=("adult_ns_2020",))
    assert {panel.key.rsplit("|")[-1] for panel in spec.panels} == {"mg/mmol"}
    told = {stage.row: stage for ribbon in spec.ribbons for stage in ribbon.stages}
    assert "complete" in told["pat-0x/v-1x"].hover[2]


def test_what_no_factor_can_join_never_shares_a_frame():
    cases = [measured("mg/g"), measured("g/g"), measured("U/L"), measured("mg/g", "strip")]
    spec = patients(*cases, view="overlay", analytes=("upcr",))
    frames = [stack.panels for stack in spec.stacks if stack.shared]
    assert [len(frame) for frame in frames] == [2, 1, 1]
    units = {panel.key: panel.sublabel for panel in spec.panels}
    assert all(len({units[key] for key in frame}) == 1 for frame in frames)
    scales = {panel.key: (panel.scale, panel.lo, panel.hi, panel.yticks) for panel in spec.panels}
    assert all(len({scales[key] for key in frame}) == 1 for frame in frames)
    page = read(to_svg(spec))
    assert page.collisions() == []
    check_spec(spec)


def test_a_threshold_stands_in_a_frame_only_where_it_holds_of_all():
    with_it, without = measured("mg/g", diagnosis="GEM"), measured("mg/g", diagnosis="lupus nephritis")
    alone = patients(with_it, with_it, view="overlay")
    assert [len(panel.thresholds) for panel in alone.panels] == [2, 0], "their axis is that of the first"
    assert "complete remission <300" in alone.panels[0].sublabel
    assert "axis_threshold" in {item.kind for item in alone.legend}
    assert any("Nat Rev Dis Primers" in note for note in alone.notes)
    mixed = patients(with_it, without, view="overlay")
    assert not any(panel.thresholds for panel in mixed.panels)
    told = [note for note in mixed.notes if note.startswith("No threshold drawn")]
    assert len(told) == 1
    assert "pat-1x" in told[0]
    assert "pat-0x" not in told[0]
    assert read(to_svg(mixed)).collisions() == []


def test_what_is_measured_alike_has_one_scale():
    spec = compared(cohort(12), view="multiples", analytes=("upcr",))
    numbered = [panel for panel in spec.panels if panel.scale != "words"]
    assert len(numbered) > 5
    assert len({(panel.lo, panel.hi, panel.yticks) for panel in numbered}) == 1
    for stack in spec.stacks:
        assert all(key.startswith(f"{stack.lanes[0]}|") for key in stack.panels)


def test_of_too_many_curves_those_without_room_are_named():
    rows = [value(f"v-{n}x", str(n + 1), f"D{30 * n}", "uPCR", unit="g/g") for n in range(3)]
    case = made(therapies=[course("dd", "dupilumab", "D0", "")], measurements=rows, day_zero="dd")
    spec = patients(*[case] * 30, view="overlay")
    (frame,) = [stack.panels for stack in spec.stacks if stack.shared]
    assert len(frame) == 25
    (note,) = [note for note in spec.notes if note.startswith("5 curves")]
    drawn = {panel.key.split("|")[0] for panel in spec.panels}
    assert set(re.findall(r"pat-\d+x", note)) == {f"pat-{n}x" for n in range(30)} - drawn


def test_curves_are_told_apart_by_symbol_and_colour():
    rows = [value(f"v-{n}x", str(n + 1), f"D{30 * n}", "uPCR", unit="g/g") for n in range(2)]
    case = made(therapies=[course("dd", "dupilumab", "D0", "")], measurements=rows, day_zero="dd")
    page = lay_out(patients(*[case] * 25, view="overlay"))
    looks = {(THEMES["light"].series(box.series), symbols.series(box.series)[1]) for box in page.panels}
    assert len(looks) == 25


def test_a_moment_that_occurs_twice_is_said_and_can_be_picked():
    case = made(therapies=[course("ra", "rituximab", "D0", "D9"), course("rb", "rituximab", "D200", "D210")])
    spec = patients(case, align="rituximab")
    assert any("first counts: pat-0x: rituximab D0 (of 2)" in note for note in spec.notes)
    picked = patients(case, align="rituximab", picks=(("pat-0x", "rb"),))
    assert any("chosen by the reader: pat-0x: rituximab D200 (of 2)" in note for note in picked.notes)
    (first,) = [bar for bar in bars(picked) if bar.row == "pat-0x/ra"]
    assert first.certain[0].x0 == pytest.approx(-199.0, abs=1.1)


def test_a_moment_known_by_order_alone_is_said_to_be():
    spec = compared(align="remission", illustrative=True)
    (note,) = [note for note in spec.notes if note.startswith("Nothing is known to the day")]
    assert "mn-dupilumab-2-illustrative" in note


def test_what_was_looked_for_and_not_found_is_said():
    (note,) = [note for note in compared().notes if note.startswith("Looked for and not found")]
    assert "mn-dupilumab-2: relapse" in note


def test_the_events_of_each_lane_are_those_of_its_own_figure():
    spec = compared()
    kinds = {mark.symbol for mark in events(spec)}
    assert {"remission", "relapse", "last_follow_up", "diagnosis", "biopsy", "imaging", "decision"} <= kinds
    for case_id in ("mn-dupilumab-1", "igg4-dupilumab-1"):
        own = {mark.row for mark in compile(SHIPPED[case_id]).rail.marks}
        assert {mark.row.split("/")[1] for mark in events(spec) if mark.row.startswith(f"{case_id}/")} == own
    assert {f"event.{kind}" for kind in kinds} == {i.kind for i in spec.legend if i.kind.startswith("event.")}


def test_statuses_by_rule_stand_under_each_lane():
    rule = "kdigo_2012_mn"
    spec = compared(rules=(rule,), illustrative=True, sort="response")
    told = {ribbon.panel for ribbon in spec.ribbons if any(stage.kind == "possible" for stage in ribbon.stages)}
    assert told == {"mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative"}
    assert read(to_svg(spec)).collisions() == []
    check_spec(spec, most=24)
    # Nothing that is invented reaches a rule unless asked; of directions nothing can be told.
    kinds = {stage.kind for ribbon in compared(rules=(rule,)).ribbons for stage in ribbon.stages}
    assert kinds <= {"unknown", "stated"}


@pytest.mark.parametrize("name", STRINGS)
@pytest.mark.parametrize("view", VIEWS)
def test_no_string_of_a_case_is_markup(name, view):
    text = STRINGS[name]
    case = hostile(text)
    subjects = [Subject(replace(case, id=f"pat-{n}x"), text) for n in range(2)]
    spec = compile_comparison(subjects, CompareOptions(view=view))
    page = read(to_svg(spec))
    assert any(shown(text).split("\n")[0].split()[0] in word.text for word in page.words)
    for found in strings(to_plotly(spec)):
        bare = MARKUP.sub(" ", found)
        assert "<" not in bare, found
        assert not set("\u202e\x00\x1b") & set(found)
    check_spec(spec, most=24)


def test_nothing_to_compare_is_a_page_too():
    for view in VIEWS:
        spec = compared([], view=view)
        assert spec.title == say("compare.title.none", "en", zero="dupilumab")
        assert read(to_svg(spec)).collisions() == []
        check_spec(spec)
        nobody = compared(align="no such thing", view=view)
        assert len(nobody.not_drawn) == len(SHIPPED)
        assert read(to_svg(nobody)).collisions() == []


def test_what_lasted_is_a_bar_in_the_colour_of_no_drug():
    case = made(
        therapies=[course("dd", "dupilumab", "D0", "M9")],
        events=[event("rem", "D30", "remission", end="D200"), event("rel", "D210", "relapse")],
        day_zero="dd",
    )
    spec = patients(case)
    (state,) = [bar for bar in bars(spec) if bar.row == "pat-0x/rem"]
    assert (state.certain[0].x0, state.certain[0].x1, state.drug_class) == (31.0, 200.0, "")
    assert [mark.row for mark in events(spec)] == ["pat-0x/rel"]
    check_spec(spec)


def test_many_patients_have_ticks_at_both_ends_of_the_page():
    few, many = (read(to_svg(compared(cohort(count)))) for count in (10, 40))
    for page, times in ((few, 1), (many, 2)):
        assert sum(word.text == "Y1" for word in page.words) == times


def test_an_id_breaks_at_its_hyphens():
    page = read(to_svg(compared(illustrative=True), PageOptions(width_mm=90)))
    words = {word.text for word in page.words}
    assert {"mn-dupilumab-1-", "illustrative"} <= words


def test_many_directions_are_told_in_words():
    case = made(
        therapies=[course("dd", "dupilumab", "D0", "")], measurements=[value("v-1x", "falls", "M1")], day_zero="dd"
    )
    few, many = patients(*[case] * 8, view="overlay"), patients(*[case] * 9, view="overlay")
    assert (len(few.panels), len(many.panels)) == (8, 0)
    (box,) = [box for box in many.boxes if box.heading == say("compare.directions", "en")]
    assert [entry.text for entry in box.entries] == [f"pat-{n}x falls" for n in range(9)]


def test_a_part_of_many_stands_on_the_scales_of_all():
    whole = compared(cohort(40), view="multiples")
    shown, rest = part_of(whole, 2, 20), part_of(whole, 1, 20)
    assert [lane.patient for lane in (*rest.lanes, *shown.lanes)] == [lane.patient for lane in whole.lanes]
    assert shown.axis == whole.axis
    scales = {panel.key: (panel.lo, panel.hi) for panel in whole.panels}
    assert all(scales[panel.key] == (panel.lo, panel.hi) for panel in shown.panels)
    assert shown.notes[0].startswith("Patients 21 to")
    check_spec(shown, most=40)


def test_an_overlay_is_no_longer_than_its_curves_and_holds_day_zero():
    rows = [value("up-1x", "4000", "D30", "uPCR", unit="mg/g"), value("up-2x", "900", "D90", "uPCR", unit="mg/g")]
    case = made(
        therapies=[course("early", "rituximab", "D-900", "D-800"), course("dupi", "dupilumab", "D0", "ongoing")],
        measurements=rows,
        events=[event("last", "D2000", "last_follow_up")],
        day_zero="dupi",
    )
    whole = {zone.name: (zone.lo, zone.hi) for zone in patients(case, case, view="multiples").axis.zones}["main"]
    spec = patients(case, case, view="overlay")
    (zone,) = spec.axis.zones
    assert whole[0] < -900 and whole[1] > 1999
    assert -10 < zone.lo < 0 and 91 < zone.hi < 100
    assert {tick.x for tick in zone.ticks} and all(zone.lo <= tick.x <= zone.hi for tick in zone.ticks)
    spans = [span for panel in spec.panels for band in panel.bands for span in band.span]
    assert all(zone.lo <= span.x0 < span.x1 <= zone.hi for span in spans)
    assert [mark.place[0].zone for panel in spec.panels for mark in panel.marks] == ["main"] * 4
    assert patients(case, case, view="overlay", unit="years").axis.unit == "years"


def test_who_has_no_room_in_a_frame_is_not_said_to_have_no_value():
    rows = [value("up-1x", "4000", "D30", "uPCR", unit="mg/g")]
    case = made(therapies=[course("dupi", "dupilumab", "D0", "D99")], measurements=rows, day_zero="dupi")
    without = replace(case, measurements=())
    told = " ".join(patients(*[case] * 27, without, view="overlay").notes)
    assert "2 curves are not drawn" in told
    assert "Without a value that has a place in time: pat-27x." in told
