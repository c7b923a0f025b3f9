"""The status ribbon: under its curve, only where a value was assessed, the same in both pictures, and honest."""

import re

import pytest
from analysis.test_response import ANTIBODY, PARTIAL, RELAPSING, protein
from analysis.test_stated import kidney, told
from figure.build import SHIPPED, course, event, made
from figure.page import read
from figure.test_layout import check as check_page
from figure.test_legend import check as check_legend
from figure.test_plotly import check_same, each
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError
from strategies import cases

from casecurves.analysis.response import assess
from casecurves.figure.compile import compile
from casecurves.figure.compile.ribbons import SHAPES
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.knowledge.rules import all_rules

COMPANION = SHIPPED["mn-dupilumab-1-illustrative"]
ASKED = {"rules": ("adult_ns_2020", "pla2r_elisa"), "illustrative": True}
CASES = [
    (RELAPSING, {"rules": ("mentor", "kdigo_2012_mn", "adult_ns_2020")}),
    (PARTIAL, {"rules": ("adult_ns_2020", "kdigo_2021_ns")}),
    (ANTIBODY, {"rules": ("pla2r_elisa", "pla2r_immunological", "mentor")}),
    (COMPANION, ASKED),
    (COMPANION, {**ASKED, "view": "overlay"}),
    (SHIPPED["mn-dupilumab-2-illustrative"], ASKED),
    (SHIPPED["dm-mda5-ruxolitinib"], {"rules": ("interferon_signature",)}),
]
EACH = pytest.mark.parametrize(("case", "options"), CASES, ids=[str(number) for number in range(len(CASES))])


def stages(spec, rule):
    found = [stage for ribbon in spec.ribbons if ribbon.rule == rule for stage in ribbon.stages]
    return {stage.row: stage for stage in found}


@EACH
def test_both_pictures_draw_the_same_ribbon(case, options):
    spec, _ = check_same(case, **options)
    assert spec.ribbons
    check_same(case, **options, unit="days")
    if "view" not in options:  # an overlay has marks of its own
        check_legend(spec)


@EACH
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width_mm", [90.0, 140.0, 190.0])
def test_nothing_meets_on_paper(case, options, lang, width_mm):
    spec = compile(case, Options(lang=lang, **options))
    for theme in ("light", "dark", "grey"):
        check_page(spec, width_mm, theme=theme)
    page = lay_out(spec, width_mm)
    for box in page.ribbons:
        areas = [(x - 0.9, s.y - 0.9, x + 0.9, s.y + 0.9) for s in box.stages for x in s.xs]
        for n, a in enumerate(areas):
            assert box.y < a[1] and a[3] < box.y + box.height
            assert all(b[2] <= a[0] or a[2] <= b[0] or b[3] <= a[1] or a[3] <= b[1] for b in areas[n + 1 :])
        others = [other for other in (*page.panels, *page.ribbons) if other is not box]
        assert all(o.y + o.height <= box.y + 1e-6 or box.y + box.height <= o.y + 1e-6 for o in others)


def test_no_ribbon_unless_a_rule_is_chosen():
    for case in SHIPPED.values():
        assert compile(case).ribbons == ()
    with pytest.raises(ValidationError, match="no such rule"):
        Options(rules=("guess",))


def test_a_status_stands_where_its_value_does_and_nowhere_else():
    spec = compile(RELAPSING, Options(rules=("mentor",)))
    (ribbon,) = spec.ribbons
    marks = {mark.row: mark for panel in spec.panels for mark in panel.marks}
    found = stages(spec, "mentor")
    for row in ("p-m3", "p-m6", "p-m12", "p-m24"):
        assert (found[row].x, found[row].place) == (marks[row].x, marks[row].place)
    assert [panel.label for panel in spec.panels if panel.key == ribbon.panel] == ["24 h proteinuria"]
    covered = [marks[row].place for row in found if row in marks]
    for span in ribbon.between:
        assert all(place[-1].x1 <= span.x0 or span.x1 <= place[0].x0 for place in covered)


def test_each_standing_has_its_own_look():
    found = stages(compile(RELAPSING, Options(rules=("adult_ns_2020",))), "adult_ns_2020")
    assert [(found[row].kind, found[row].shape) for row in ("p-before", "p-m3", "p-m6", "p-m12", "p-m24")] == [
        ("unknown", ""),
        ("known", "hexagon"),
        ("possible", "diamond"),
        ("judged", "square"),
        ("judged", "triangle"),  # a relapse from what a clinician has yet to judge
    ]
    (ribbon,) = compile(RELAPSING, Options(rules=("mentor",))).ribbons
    assert {(one.kind, one.shape) for one in ribbon.stages if one.row == "p-m24"} == {("known", "triangle")}
    for rule in all_rules().values():
        names = [status.id for status in (*rule.statuses, rule.otherwise)]
        assert len({SHAPES[name] for name in names}) == len(names), "no two statuses of a rule look alike"


def test_what_is_not_proven_is_hollow_in_both_pictures():
    spec = compile(RELAPSING, Options(rules=("adult_ns_2020",)))
    figure, svg = to_plotly(spec), to_svg(spec)
    look = {}
    for trace in figure["data"]:
        if trace.get("mode") == "markers":
            for row, y, symbol, fill in zip(
                trace["ids"], trace["y"], each(trace, "symbol"), each(trace, "color"), strict=True
            ):
                look.setdefault(row.split("#")[0], []).append((y, symbol, fill))
    lowest = {row: max(found) for row, found in look.items()}
    assert lowest["p-m6"][1:] == ("diamond", "#ffffff")
    assert lowest["p-m12"][1:] == ("square-dot", "#ffffff")
    assert lowest["p-m24"][1:] == ("triangle-up-dot", "#ffffff")
    assert lowest["p-m3"][2] == "#1a2230"
    groups = dict(re.findall(r'<g data-row="([\w-]+)" data-kind="status">(.*?)</g>', svg, re.DOTALL))
    assert ">?</text>" in groups["p-m6"] and "#ffffff" in groups["p-m6"]
    assert "stroke-dasharray" in groups["p-before"] and "before the index therapy" in groups["p-before"]
    assert "?" not in re.sub(r"<title>.*?</title>", "", groups["p-m24"], flags=re.DOTALL)


def test_a_hover_says_rule_status_and_evidence():
    stage = stages(compile(RELAPSING, Options(rules=("mentor",))), "mentor")["p-m6"]
    assert stage.hover[0] == "membranous nephropathy (MENTOR trial) (not verified)"
    assert stage.hover[1:3] == ("partial remission", "met: 24 h proteinuria, fall of 24 h proteinuria")
    assert stage.hover[3] == "24 h proteinuria 3.1 g/d · M6"


def test_what_the_source_states_stands_beside_and_a_difference_is_marked():
    spec = compile(kidney("1.0", told("complete remission")), Options(rules=("mentor",)))
    found = stages(spec, "mentor")
    assert found["told"].kind == "stated"
    assert [row for row, stage in found.items() if stage.differs] == ["p-after"]
    assert any("≠ complete remission" in note and "“partial remission”" in note for note in spec.notes)
    assert "≠" in [word.text for word in read(to_svg(spec)).words]
    agreeing = stages(compile(RELAPSING, Options(rules=("mentor",))), "mentor")
    assert (agreeing["back"].kind, agreeing["well"].kind) == ("stated", "stated")
    assert not any(stage.differs for stage in agreeing.values())
    antibody = compile(ANTIBODY, Options(rules=("pla2r_elisa",)))
    assert all(stage.kind != "stated" for stage in stages(antibody, "pla2r_elisa").values())


def test_the_notes_name_rule_source_index_and_what_it_comes_to():
    note = compile(RELAPSING, Options(rules=("mentor",))).notes[0]
    for said in (
        "version 2019",
        "NEJMoa1814427",
        "(not verified)",
        "index therapy: rituximab",
        "at least 1, at most 2",
    ):
        assert said in note
    alone = made(
        measurements=[protein("only", "0.2", "D9")], therapies=[course("rtx", "rituximab", "D0")], day_zero="rtx"
    )
    spec = compile(alone, Options(rules=("mentor",)))
    assert spec.ribbons == ()
    assert "24 h proteinuria 0.2 g/d: complete remission: possible" in spec.notes[0], "a value without a curve"


def test_invented_values_are_assessed_only_when_asked_and_then_marked():
    spec = compile(COMPANION, Options(rules=ASKED["rules"]))
    assert spec.ribbons == ()
    assert "enter no rule unless asked" in spec.notes[0]
    asked = compile(COMPANION, Options(**ASKED))
    assert all("(illustrative values)" in ribbon.label for ribbon in asked.ribbons)
    assert "invented" in asked.notes[0]
    assert "illustrative" not in compile(RELAPSING, Options(rules=("mentor",), illustrative=True)).ribbons[0].label


@pytest.mark.parametrize("zero", ["", "back", "well"])
def test_another_day_zero_changes_no_status(zero):
    expected = {one.row: one.standing for one in assess(RELAPSING, all_rules()["mentor"])}
    found = stages(compile(RELAPSING, Options(rules=("mentor",), zero=zero)), "mentor")
    kinds = {"met": "known", "none": "known", "not_assessable": "unknown"}
    assert {row: found[row].kind for row in expected} == {row: kinds[how] for row, how in expected.items()}
    assert [stage.label for stage in found.values()] == [
        stage.label for stage in stages(compile(RELAPSING, Options(rules=("mentor",))), "mentor").values()
    ]


def test_the_index_therapy_may_be_another():
    case = made(
        therapies=[course("one", "rituximab", "D0"), course("two", "dupilumab", "M7")],
        day_zero="one",
        measurements=[protein("p-a", "8", "D-5"), protein("p-b", "3", "M6"), protein("p-c", "2.9", "M12")],
        events=[event("seen", "M13", "last_follow_up")],
    )
    own = stages(compile(case, Options(rules=("mentor",))), "mentor")
    other = stages(compile(case, Options(rules=("mentor",), index="two")), "mentor")
    assert (own["p-c"].shape, other["p-c"].shape) == ("diamond", "hexagon")


def test_words_of_a_case_are_escaped_in_a_ribbon():
    rows = [protein("p-a", "8", "D-5"), protein("p-b", "0.2", "D90")]
    stated = event("said", "D90", "relapse", label="<b>back</b>")
    case = made(therapies=[course("one", "rituximab", "D0")], day_zero="one", measurements=rows, events=[stated])
    spec = compile(case, Options(rules=("mentor",)))
    assert "<b>back" not in to_svg(spec)
    texts = [text for trace in to_plotly(spec)["data"] for text in trace.get("customdata", ())]
    assert any("&lt;b&gt;back" in text for text in texts)
    assert not any("<b>back" in text for text in texts)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(cases())
def test_any_case_can_be_drawn_with_every_rule(case):
    spec, _ = check_same(case, rules=tuple(all_rules()), illustrative=True)
    check_legend(spec)
    check_page(spec, 140.0)


def test_what_cannot_be_assessed_is_no_hairline():
    """Dots a quarter of a millimetre high are grey on screen, whatever their ink is."""
    spec = compile(COMPANION, Options(**ASKED))
    unknown = [stage for ribbon in spec.ribbons for stage in ribbon.stages if stage.kind == "unknown"]
    assert unknown
    drawn = [
        {
            shape["line"].get("width", 1)
            for shape in to_plotly(one)["layout"]["shapes"]
            if "dash" in shape.get("line", {})
        }
        for one in (spec, compile(COMPANION, Options()))
    ]
    assert min(drawn[0] - drawn[1]) >= 2
    found = re.findall(r'stroke-width="([\d.]+)" stroke-dasharray="0.4 0.3"', to_svg(spec))
    assert len(found) >= len(unknown)
    assert min(map(float, found)) >= 0.4


def test_a_status_somewhere_in_an_interval_has_no_day_in_either_picture():
    """Its sign stands hollow at both ends; in the middle, or filled, it would say a day that nobody stated."""
    rows = [protein("p-a", "8", "D-5"), protein("p-b", "3", "M2..M8"), protein("p-c", "3", "M10")]
    stated = event("said", "M2..M8", "remission")
    therapy = [course("one", "rituximab", "D0")]
    spec = compile(
        made(therapies=therapy, day_zero="one", measurements=rows, events=[stated]), Options(rules=("mentor",))
    )
    assert "status.spread" in {item.kind for item in spec.legend}
    (ribbon,) = lay_out(spec, 190).ribbons
    boxes = {box.stage.row: box for box in ribbon.stages}
    groups = dict(re.findall(r'<g data-row="([\w-]+)" data-kind="status">(.*?)</g>', to_svg(spec), re.DOTALL))
    live = {}
    for trace in to_plotly(spec)["data"]:
        if trace.get("mode") == "markers":
            for row, y, fill in zip(trace["ids"], trace["y"], each(trace, "color"), strict=True):
                live.setdefault(row.split("#")[0], {}).setdefault(y, []).append(fill)
    lowest = {row: found[max(found)] for row, found in live.items()}  # in the ribbon, below the curve and the rail
    for row in ("p-b", "said"):
        box = boxes[row]
        assert box.xs == (box.x0, box.x1)
        assert '"#1a2230"' not in re.sub('stroke="#1a2230"', "", groups[row])
        assert lowest[row] == ["#ffffff", "#ffffff"]
    assert len(boxes["p-c"].xs) == 1
    assert lowest["p-c"] == ["#1a2230"]
