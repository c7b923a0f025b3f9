"""The lane of a patient: numbers are no arithmetic, no sign before its time, nobody's end of follow-up is a death."""

import re
from dataclasses import replace

import pytest
from figure.build import SHIPPED, course, event, made
from figure.page import read

from casecurves.figure import symbols
from casecurves.figure import theme as t
from casecurves.figure.compare import CompareOptions, Subject, compile_comparison, subjects_of
from casecurves.figure.layout import lay_out
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.text import width

# Plotly's arrow-bar-right.
ARROW = "52"


def drawn(*cases, **options):
    subjects = [Subject(replace(case, id=f"pat-{n}x"), f"Patient {n}") for n, case in enumerate(cases)]
    return compile_comparison(subjects, CompareOptions(**options))


def test_the_number_of_a_drug_and_the_sign_of_a_disagreement_are_no_formula():
    spec = drawn(SHIPPED["mn-dupilumab-2"], SHIPPED["mn-dupilumab-1"])
    for wide in (90.0, 100.0, 190.0):
        said = [word.text for word in read(to_svg(spec, PageOptions(width_mm=wide))).words]
        assert not [text for text in said if re.match(r"\d+ [*‡≠]", text)]
    labels = [bar.label for lane in lay_out(spec, 90.0).lanes for track in lane.tracks for bar in track.bars]
    assert any("(≠" in label for label in labels)


def test_what_has_no_room_is_no_part_of_the_diagnosis():
    rows = [course(f"it-{n}x", "rituximab", f"D{n}", f"D{n}") for n in range(8)]
    case = made(
        therapies=[*rows, course("long", "dupilumab", "D0", "D900")],
        day_zero="long",
        diagnosis="membranous nephropathy",
    )
    (lane,) = lay_out(drawn(case), 90.0).lanes
    at = next(n for n, line in enumerate(lane.sublabel) if line.startswith("+ "))
    assert " ".join(lane.sublabel[:at]) == "membranous nephropathy"


@pytest.mark.parametrize("wide", [90.0, 190.0, 202.0])
def test_the_sign_of_a_death_does_not_stand_before_it(wide):
    case = made(
        therapies=[course("dd", "dupilumab", "D0", "D100")],
        events=[event("failure", "D200", "complication"), event("death", "failure..", "death")],
        day_zero="dd",
    )
    page = lay_out(drawn(case), wide)
    (box,) = [box for lane in page.lanes for track in lane.tracks for box in track.events if box.mark.symbol == "death"]
    assert box.x is None
    assert box.sign >= box.x1 - 1e-6
    assert box.sign <= page.frame.plot1


def test_the_last_follow_up_is_an_arrow_and_a_death_a_cross():
    path, marker = symbols.EVENTS["last_follow_up"]
    assert marker == ARROW
    corners = [tuple(map(float, corner.split(","))) for corner in path[1:-1].split("L")]
    # A head: narrower to the right until the bar; a cross is the same from left and right.
    mirrored = {(-x, y) for x, y in corners}
    assert mirrored != set(corners)
    spec = drawn(SHIPPED["mn-dupilumab-1"], SHIPPED["dm-mda5-ruxolitinib"])
    looks = {}
    for trace in to_plotly(spec)["data"]:
        if trace.get("mode") == "markers":
            given = trace["marker"]["symbol"]
            looks |= dict(
                zip(trace["ids"], given if isinstance(given, list) else [given] * len(trace["ids"]), strict=True)
            )
    assert looks["pat-0x/last-visit"] == ARROW
    assert looks["pat-1x/death"] == "cross-thin"


def test_an_event_of_no_kind_is_named():
    rows = [event("asbestos", "D0", "other", presence="absent"), event("report", "D5", "other")]
    case = made(therapies=[course("dd", "dupilumab", "D0")], events=rows, day_zero="dd")
    told = " ".join(drawn(case).notes)
    assert "Looked for and not found: Patient 0: asbestos." in told
    assert "report\u00a0(1)" in told
    assert "other" not in told


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_from_the_day_zero_of_each_is_said_as_people_say_it(lang):
    one, two = SHIPPED["mn-dupilumab-1"], SHIPPED["dm-mda5-ruxolitinib"]
    spec = drawn(one, two, lang=lang)
    said = f"{spec.title} {spec.axis.label}"
    assert ": " not in said.replace("\u00a0", " ")
    assert {"en": "each from their own day zero", "fr": "chacun à partir de son jour zéro"}[lang] in spec.title


def test_a_tall_comparison_has_its_ticks_above_on_the_screen_too():
    case = made(therapies=[course("dd", "dupilumab", "D0", "D400")], day_zero="dd")
    for count, above in ((3, False), (20, True)):
        layout = to_plotly(drawn(*[case] * count))["layout"]
        over = [note["text"] for note in layout["annotations"] if note.get("yref") == "paper" and note.get("y") == 1.0]
        assert ("0" in over) == above


@pytest.mark.parametrize("width_mm", [85, 103, 190])
def test_no_sign_of_what_was_before_day_zero_stands_on_it(width_mm):
    """On a phone the signs of intervals that end with the last step would stand on the line, and be read as of then."""
    subjects = subjects_of(((SHIPPED[key], key) for key in SHIPPED), "en")
    page = lay_out(compile_comparison(subjects, CompareOptions(align="dupilumab")), width_mm)
    zero = page.frame.zones["main"][2]
    before = [
        event
        for box in page.lanes
        for track in box.tracks
        for event in track.events
        if event.mark.place[-1].zone == "before"
    ]
    assert sum(event.mark.certainty == "interval" for event in before) >= 4
    assert all(event.sign + 1.0 <= zero for event in before)


@pytest.mark.parametrize("width_mm", [190, 194])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_name_of_a_drug_crosses_day_zero_that_has_room_before_its_bar(lang, width_mm):
    subjects = subjects_of(((SHIPPED[key], key) for key in SHIPPED), lang)
    page = lay_out(compile_comparison(subjects, CompareOptions(align="dupilumab", lang=lang)), width_mm)
    zero = page.frame.zones["main"][2]
    placed = []
    before = 0
    for lane in page.lanes:
        for track in lane.tracks:
            for bar in track.bars:
                size = width(bar.label, t.SMALL_BOLD)
                before += bar.where == "left" and bar.x1 <= zero
                # One whose bar leaves no room before it may cross, with the line under it broken.
                if bar.where == "right" and bar.x1 <= zero and bar.x0 - size - 4.0 > page.frame.plot0:
                    placed.append((bar.label_x, bar.label_x + size))
    assert before >= 4
    assert [ends for ends in placed if ends[0] < zero < ends[1]] == []
