"""A reference range and a threshold tell what they are, in which unit, who states them, and whether that was read."""

import pytest
from figure.build import SHIPPED, event, made, value

from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.compile.limits import limit
from casecurves.figure.options import Options
from casecurves.figure.plotly import places

CASE = made(
    measurements=[
        value("alb-1", "22", "D0", unit="g/L", ref_low=35, ref_high=50, source="paper", locator="Table 1"),
        value("alb-2", "33", "D30", unit="g/L", ref_low=35, ref_high=50),
        value("alb-3", "39", "D60", unit="g/L", ref_low=34, ref_high=48),
    ],
    events=[event("zero", "D0")],
    day_zero="zero",
)


def said(told):
    return {fact.heading: fact.text for fact in told.facts}


def test_a_range_says_where_it_is_stated():
    first, second = compile(CASE).panels[0].bands
    told = limit(CASE, first.id)
    assert told.heading == "albumin: normal 35–50"
    assert said(told)["Normal"] == "35–50 g/L"
    assert said(told)["Stated with"] == "2 of the values shown"
    assert (said(told)["Source"], said(told)["Where in it"]) == ("paper", "Table 1")
    assert said(limit(CASE, second.id))["Normal"] == "34–48 g/L"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_limit_of_a_figure_is_told(case_id, lang):
    for view in ("stacked", "overlay"):
        options = Options(lang=lang, view=view)
        for panel in compile(SHIPPED[case_id], options).panels:
            for line in panel.thresholds:
                told = limit(SHIPPED[case_id], line.id, options)
                texts = {fact.text.replace("\u00a0", " ") for fact in told.facts}
                assert line.source.replace("\u00a0", " ") in texts
                unread = {"en": "no: not verified", "fr": "non"}[lang]
                assert (unread in texts) == (not line.verified)
                assert any(line.unit in text for text in texts)
                assert told.heading == panel.label + {"en": ": ", "fr": "\u00a0: "}[lang] + line.label
            for band in panel.bands:
                assert limit(SHIPPED[case_id], band.id, options).facts


def test_what_a_figure_does_not_show_is_not_told():
    (band, _) = compile(CASE).panels[0].bands
    assert limit(CASE, band.id, Options(analytes=())) is None
    assert limit(CASE, "alb-1") is None
    assert limit(CASE, "alb-1.limit-77") is None


def test_no_row_is_called_as_a_limit_is():
    ids = {target.row for target in places(compile(CASE)).marks if target.words}
    assert ids
    assert all("." in name and CASE.row(name) is None for name in ids)


def test_the_status_that_a_rule_gives_a_value_is_told_with_it():
    case = SHIPPED["mn-dupilumab-1-illustrative"]
    options = Options(rules=("adult_ns_2020",), illustrative=True)
    spec = compile(case, options)
    assert spec.ribbons
    for ribbon in spec.ribbons:
        for stage in ribbon.stages:
            facts = [fact for fact in details(case, stage.row, options).facts if fact.heading == ribbon.label]
            assert facts, stage.row
            assert stage.hover[1 if stage.kind != "stated" else 0] in facts[0].text
            assert not [f for f in details(case, stage.row).facts if f.heading == ribbon.label], "only if chosen"
        rows = {stage.row for stage in ribbon.stages}
        assert rows <= {target.row for target in places(spec).marks}
