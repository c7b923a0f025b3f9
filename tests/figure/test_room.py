"""Before a class and on slides: type is never under its floor, and what has no place there is counted on the figure."""

import re
from dataclasses import replace
from functools import cache

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.dense import CROWDED

from casecurves.analysis.reveal import brought, reveal, step_of, telling
from casecurves.arguments.options import parser_of
from casecurves.commands.figures import told_of
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.room import CLASS, CLASS_FLOOR_PT, SCREEN_MM, in_room, slide_sizes
from casecurves.figure.shapes import read_drawing
from casecurves.figure.text import MM_PER_PT
from casecurves.figure.thin import WHOLE, Thinning, thinned, thinnings
from casecurves.knowledge.presets import all_presets

PATIENTS = sorted(case_id for case_id, case in SHIPPED.items() if case.header.kind == "patient")
# With the news below, with a question beside, of two pictures one, and on a slide.
ROOMS = {"news": (232.0, 96.0), "beside": (128.0, 110.0), "compared": (112.0, 84.0)}


@cache
def told(case_id, lang="en"):
    """The figure at every step of a case, as a class sees it."""
    case = SHIPPED[case_id]
    steps = telling(case)
    figures = (compile(reveal(case, steps, one.number, lang=lang), Options(lang=lang, once="placed")) for one in steps)
    return [replace(figure, news=brought(steps, one.number)) for figure, one in zip(figures, steps, strict=True)]


@cache
def before_class(spec, room="news"):
    width, height = ROOMS[room]
    return in_room(spec, PageOptions(width_mm=width), height, CLASS, bare=True)


def smallest(fitted):
    drawing = read_drawing(fitted.svg())
    return min(writing.size * drawing.scale / MM_PER_PT for writing in drawing.writings())


def high(fitted):
    drawing = read_drawing(fitted.svg())
    return drawing.height * drawing.scale


def said(fitted):
    """What a figure says that it leaves out, by its first words: how many."""
    found = {}
    for text in fitted.spec.left_out:
        count = re.search(r"\d+", text)
        found[re.sub(r" \(.*\)|\d+ |s\b", "", text)] = int(count[0]) if count else None
    return found


def test_the_floor_before_a_class_is_24_pixels_of_a_projector():
    assert CLASS_FLOOR_PT * MM_PER_PT / SCREEN_MM[1] * 1080 == pytest.approx(24, abs=0.05)
    assert min(CLASS.tried) >= CLASS.floor == CLASS_FLOOR_PT
    assert min(slide_sizes().tried) == slide_sizes().floor == all_presets()["slide"].type_pt >= 14


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("case_id", [case_id for case_id in PATIENTS if "illustrative" not in case_id])
def test_every_step_of_every_case_fits_its_room_in_type_that_is_read(case_id, room):
    for step, spec in enumerate(told(case_id, "fr" if room == "compared" else "en")):
        fitted = before_class(spec, room)
        assert fitted.fits, (case_id, step)
        assert smallest(fitted) >= CLASS_FLOOR_PT - 0.01, (case_id, step)
        assert high(fitted) <= ROOMS[room][1] + 0.01, (case_id, step)


def worded_bars(lane):
    return [bar for track in lane.tracks for bar in track.bars if bar.label or bar.remark]


@pytest.mark.parametrize("case_id", PATIENTS)
def test_what_is_left_out_is_counted_on_the_figure(case_id):
    for step, whole in enumerate(told(case_id)):
        fitted = before_class(whole, "beside")
        spec, counts = fitted.spec, said(fitted)
        kept = {mark.row: mark for mark in spec.rail.marks}
        gone = [mark for mark in whole.rail.marks if mark.row not in kept]
        bare = [mark for mark in whole.rail.marks if mark.row in kept and mark.label and not kept[mark.row].label]
        told_elsewhere = [e for box in whole.boxes for e in box.entries if e.row not in whole.news]
        folded = {track.name for lane in spec.lanes if lane.folded for track in lane.tracks}
        drugs = {lane.drug for lane in whole.lanes} - {lane.drug for lane in spec.lanes} - folded
        worded = {lane.drug for lane in whole.lanes if worded_bars(lane)}
        silent = [lane for lane in spec.lanes if lane.drug in worded and not worded_bars(lane)]
        expected = {
            "drug": len(drugs),
            "the dose of drug": len(silent),
            "more curve": len(whole.panels) - len(spec.panels),
            "the name of event": len(bare),
            "event": sum(mark.shape == "event" for mark in gone),
            "single value": sum(mark.shape != "event" for mark in gone),
            "lasting state": len(whole.rail.bands) - len(spec.rail.bands),
            "fact told in word": len(told_elsewhere),
        }
        found = {key: count for key, count in counts.items() if count is not None}
        assert found == {key: count for key, count in expected.items() if count}, (case_id, step)
        unnamed = [lane for lane in whole.lanes if lane.sublabel and lane.drug in {one.drug for one in spec.lanes}]
        lacking = any(not one.sublabel for one in spec.lanes if one.drug in {lane.drug for lane in unnamed})
        assert ("classe of drug" in counts) == lacking, (case_id, step)
        drawn = [writing.text for writing in read_drawing(fitted.svg()).writings()]
        written = " ".join(drawn).replace("\u00a0", " ")
        for text in spec.left_out:
            assert text.replace("\u00a0", " ") in written, (case_id, step, text)


@pytest.mark.parametrize("case_id", PATIENTS)
def test_what_is_new_keeps_its_name(case_id):
    for step, whole in enumerate(told(case_id)):
        spec = before_class(whole).spec
        named = {mark.row for mark in spec.rail.marks if mark.label}
        new = {mark.row for mark in whole.rail.marks if mark.row in whole.news}
        assert new <= named, (case_id, step)
        for panel in whole.panels:
            if not panel.dose and any(mark.row in whole.news for mark in panel.marks):
                assert any(mark.row in whole.news for one in spec.panels for mark in one.marks), (case_id, step)
        lanes = {lane.drug for lane in spec.lanes}
        rows = {bar.row: lane.drug for lane in whole.lanes for track in lane.tracks for bar in track.bars}
        assert {drug for row, drug in rows.items() if row in whole.news} <= lanes, (case_id, step)


@pytest.mark.parametrize("case_id", PATIENTS)
def test_a_new_value_is_written_beside_its_symbol_or_below_the_figure(case_id):
    below = 0
    for spec in told(case_id, "fr"):
        shown = before_class(spec).spec
        new = [mark for panel in shown.panels for mark in panel.marks if mark.row in spec.news and mark.label]
        drawing = read_drawing(before_class(spec).svg())
        written = " ".join(writing.text for writing in drawing.writings())
        for mark in new:
            assert mark.label in written, (mark.row, mark.label)
        below += "nouvelle valeur" in written
    assert below or case_id != "mn-dupilumab-1-illustrative"


def test_what_was_measured_once_is_shown_when_it_is_new():
    spec = told("dm-mda5-ruxolitinib")[1]
    assert any(mark.label == "CK 3000 U/L [29–168]" for mark in spec.rail.marks)
    drawn = [writing.text for writing in read_drawing(before_class(spec).svg()).writings()]
    for text in ("CK 3000 U/L [29–168]", "SpO2 (room air) 88 %", "pO2 58 mmHg"):
        assert any(text in line.replace("\u00a0", " ") for line in drawn), text


def test_a_value_that_is_known_to_an_order_alone_has_a_place_too():
    case = made(
        measurements=[value("pla", "positive", "before:zero", "anti-PLA2R")],
        events=[event("zero", "D0", "admission")],
        day_zero="zero",
    )
    (mark,) = [mark for mark in compile(case, Options(once="placed")).rail.marks if mark.row == "pla"]
    assert [span.zone for span in mark.place] == ["before"]
    boxed = compile(case)
    assert "pla" not in {mark.row for mark in boxed.rail.marks}
    assert "pla" in {entry.row for box in boxed.boxes for entry in box.entries}


def test_earlier_single_values_are_all_named_or_none():
    once = [value(f"v{n}", str(n + 1), "D0", name) for n, name in enumerate(("CK", "LDH", "CRP", "ferritin"))]
    spec = compile(made(measurements=once, events=[event("zero", "D0")], day_zero="zero"), Options(once="placed"))
    left = thinned(spec, Thinning(names=3))
    assert [mark.row for mark in left.rail.marks if mark.label] == ["zero"]
    assert left.left_out == ("4 single values",)


def test_with_room_nothing_is_left_out_and_panels_are_higher():
    spec = compile(made(measurements=[value("first", "20", "D0"), value("other", "40", "D90")]))
    low, tall = (in_room(spec, PageOptions(width_mm=232.0), height, CLASS, bare=True) for height in (45.0, 110.0))
    assert tall.left == low.left == WHOLE
    assert tall.spec.left_out == ()
    assert tall.page.type_pt >= low.page.type_pt
    assert tall.stretch > max(low.stretch, 1.0)


def test_more_than_any_room_holds_is_still_read_and_counted():
    spec = replace(compile(CROWDED, Options(once="placed")), news=tuple(f"ev-{n}x" for n in range(60)))
    fitted = before_class(spec, "compared")
    assert smallest(fitted) >= CLASS_FLOOR_PT - 0.01
    counts = said(fitted)
    assert counts["drug"] == len(spec.lanes) - len(fitted.spec.lanes) > 0
    named = sum(bool(mark.label) for mark in fitted.spec.rail.marks)
    assert counts.get("event", 0) + counts.get("the name of event", 0) + named == len(spec.rail.marks)


def new_events(count):
    spec = compile(CROWDED, Options(once="placed"))
    news = tuple(mark.row for mark in spec.rail.marks)[:count]
    assert len(news) == count
    return replace(spec, news=news)


@pytest.mark.parametrize("count", [0, 1, 5, 16, 20])
def test_the_last_resort_names_no_event(count):
    *_, last = thinnings(new_events(count))
    assert (last.names, last.lanes, last.curves, last.signs) == (0, 1, 0, True)


@pytest.mark.parametrize(("count", "kept"), [(5, 5), (16, 16), (20, 16)])
def test_what_is_new_keeps_its_words_while_anything_else_can_go(count, kept):
    rungs = list(thinnings(new_events(count)))
    first = next(n for n, rung in enumerate(rungs) if rung.names < kept)
    assert (rungs[first - 1].lanes, rungs[first - 1].curves, rungs[first - 1].signs) == (1, 0, True)
    assert all(rung == replace(rungs[first - 1], names=rung.names) for rung in rungs[first:])


def test_a_regimen_is_not_spelt_twice_and_one_with_a_name_of_its_own_keeps_it():
    both = [course("course-a", "etoposide", "D0", "D20", regimen="etoposide-carboplatin")]
    both += [course("course-b", "carboplatin", "D0", "D20", regimen="etoposide-carboplatin")]
    own = [
        course("course-c", "cyclophosphamide", "D30", "D60", regimen="MPR"),
        course("course-d", "prednisone", "D30", regimen="MPR"),
    ]
    spec = compile(made(therapies=[*both, *own], day_zero="course-a"), Options(lang="fr"))
    drawn = {writing.text for writing in read_drawing(before_class(spec).svg()).writings()}
    assert not any("carboplatin" in text and "etoposide" in text for text in drawn)
    assert any("MPR" in text for text in drawn)


@pytest.mark.parametrize("case_id", PATIENTS)
def test_a_step_brings_what_was_not_told_before(case_id):
    case = SHIPPED[case_id]
    steps = telling(case)
    before = set()
    for step in steps[:-1]:
        now = {row.id for row in reveal(case, steps, step.number).rows()}
        found = set(brought(steps, step.number))
        assert now - before - {"moment-shown"} <= found | {row for row in now - before if not row.startswith("row-")}
        assert found <= now, (case_id, step.number)
        before = now
    assert set(brought(steps, len(steps) - 1)) <= {row.id for row in case.rows()}


def test_a_drug_loses_the_words_of_its_dose_before_it_is_left_out_itself():
    lesson = told("dm-mda5-ruxolitinib")
    asked = before_class(lesson[12], "beside")
    assert {lane.drug for lane in lesson[12].lanes} == {lane.drug for lane in asked.spec.lanes}


def in_picture(spec):
    return {mark.row for panel in spec.panels for mark in panel.marks}


@pytest.mark.parametrize("case_id", ["mn-dupilumab-1", "dm-mda5-ruxolitinib"])
def test_on_a_slide_a_new_value_without_a_curve_is_told_in_words(case_id):
    found = 0
    for step, whole in enumerate(told(case_id)):
        fitted = in_room(whole, PageOptions(width_mm=190.0, title=False, words="apart"), 80.0, slide_sizes())
        written = " ".join(writing.text for writing in read_drawing(fitted.svg()).writings()).replace("\u00a0", " ")
        for panel in (panel for panel in whole.panels if not panel.dose):
            for mark in panel.marks:
                if mark.row in whole.news and mark.row not in in_picture(fitted.spec):
                    in_words = written.partition("New, in words")[2].partition("Not shown here")[0]
                    assert f"{panel.label}: " in in_words, (step, panel.label)
                    assert mark.label.replace("\u00a0", " ") in in_words, (step, mark.label)
                    found += 1
    assert found


def test_a_step_is_drawn_with_the_curves_that_it_brings_and_the_drug_that_began_last():
    whole = told("mn-dupilumab-1")[9]
    spec = before_class(whole).spec
    new = {mark.row for panel in whole.panels for mark in panel.marks} & set(whole.news)
    assert len(new) == 3
    assert new <= in_picture(spec)
    assert "dupilumab" in {lane.drug for lane in spec.lanes}


def test_curves_of_what_is_new_go_after_lanes_and_curves_that_are_not():
    whole = told("mn-dupilumab-1")[9]
    for rung in thinnings(whole):
        spec = thinned(whole, rung)
        if len(spec.lanes) > 1 or not rung.signs:
            assert len(spec.panels) == 3, rung


@pytest.mark.parametrize("case_id", ["mn-dupilumab-1", "mn-dupilumab-2"])
def test_a_step_whose_question_is_whether_this_is_a_remission_has_the_curves_that_its_rule_judges_by(case_id):
    case = SHIPPED[case_id]
    (stop,) = [one for one in case.teaching.stops if one.rule]
    number = step_of(case, telling(case), stop)
    given = vars(parser_of("en").parse_args(["render", case_id, "--steps", "--age", "exact", "--dates", "shown"]))
    lesson = told_of(case, "en", given)
    asked = lesson[number]
    assert {panel.key.partition("|")[0] for panel in drawn_of(asked)} == {"upcr", "albumin"}
    assert not set(asked.wanted) & set(asked.news), "they are old, and not called new"
    assert not any(one.wanted for one in lesson if one is not asked), "asked nowhere else"
    for room in ("news", "beside"):
        fitted = before_class(asked, room)
        assert drawn_of(asked) == drawn_of(fitted.spec), room
    slide = in_room(asked, PageOptions(width_mm=305.0, title=False, words="apart"), 150.0, slide_sizes())
    assert drawn_of(asked) == drawn_of(slide.spec)


def drawn_of(spec):
    """The curves of what is judged."""
    return [replace(p, low=False) for p in spec.panels if any(mark.row in spec.wanted for mark in p.marks)]
