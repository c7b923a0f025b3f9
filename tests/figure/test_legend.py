"""The legend explains every kind of mark that is used, and no other."""

import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from figure.page import NS, read
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.shapes import Outline, read_drawing
from casecurves.figure.svg import to_svg
from casecurves.words import catalogue


def has_symbol(mark):
    """Whether a value stands on a scale, and not only somewhere along a line on it."""
    return mark.y is not None and (mark.x is not None or mark.y2 is not None)


# With which certainty a mark is drawn as a line whose end can be an arrowhead.
OPEN = {shape: {"about", "interval"} for shape in ("dot", "below", "above", "range")}
OPEN |= {"event": {"interval"}} | {shape: {"about", "interval", "soon", "found"} for shape in ("category", "pulse")}


def used(spec):
    """Return the kinds of mark on a figure, worked out from what is drawn of it."""
    tracks = [track for lane in spec.lanes for track in lane.tracks]
    courses = [bar for track in tracks for bar in track.bars]
    doses = [mark for track in tracks for mark in track.doses]
    own = [mark for track in tracks for mark in track.events]
    values = [mark for panel in spec.panels for mark in panel.marks]
    entries = [entry for box in spec.boxes for entry in box.entries]
    entries += spec.charts.entries()
    rows = [*spec.marks(), *spec.bars(), *spec.chips, *entries]
    regimens = [lane.regimen for lane in spec.lanes if lane.regimen]
    dots = [mark for mark in values if mark.shape == "dot"]
    # A direction says its time by its shaded stretch, a pill by the line it stands on.
    timed = [mark for mark in (*doses, *spec.rail.marks, *values) if mark.shape not in {"trend", "category", "pulse"}]
    inexact = {mark.certainty for mark in timed if mark.certainty != "exact"}
    pills = [mark for mark in values if mark.shape in {"category", "pulse"}]
    ends = {"ended": "ended", "ongoing": "ongoing", "unknown": "unknown_end"}
    found = {
        "certain": any(bar.certain and not bar.hatched for bar in spec.bars()),
        "possible": any(bar.possible != bar.certain for bar in spec.bars()),
        "soon_bar": any(bar.soon and bar.certain for bar in spec.bars()),
        "found_bar": any(bar.found and bar.possible for bar in spec.bars()),
        "hatched": any(bar.hatched for lane in spec.lanes for track in lane.tracks for bar in track.bars),
        "absence": any(band.hatched for band in spec.rail.bands),
        "across": any(band.across for band in spec.rail.bands),
        "after": any(mark.from_here for mark in spec.rail.marks),
        "regimen": any(regimens.count(name) > 1 for name in regimens),
        "chip": bool(spec.chips),
        "tick": any(track.ticks for track in tracks),
        "dose": bool(doses),
        "exact": any(mark.certainty == "exact" for mark in (*dots, *spec.rail.marks, *own)),
        "interval": "interval" in inexact or any(mark.certainty not in {"exact", "ranked"} for mark in pills),
        "break": bool(spec.axis.breaks),
        "order": len(spec.axis.zones) > 1,
        "follow_up": spec.axis.last_follow_up is not None and not spec.axis.death,
        "death": spec.axis.last_follow_up is not None and spec.axis.death,
        "flag": any(row.flags for row in rows),
        "disputed": any(mark.disputed and has_symbol(mark) for mark in values),
        "disputed_words": any(
            getattr(row, "disputed", False) for row in rows if row not in values or not has_symbol(row)
        ),
        "illustrative_value": any(mark.basis == "illustrative" and mark.certainty == "exact" for mark in dots),
        "trend_span": any(mark.shape == "trend" and mark.certainty != "soon" for mark in values),
    }
    found |= {kind: kind in inexact for kind in ("about", "soon", "found", "ranked")}
    found |= {
        name: any(bar.end == end and (bar.certain or bar in courses) for bar in spec.bars())
        for end, name in ends.items()
    }
    found |= {
        shape: any(mark.shape == shape for mark in values)
        for shape in ("below", "above", "range", "category", "trend", "pulse")
    }
    found |= {basis: any(row.basis == basis for row in rows) for basis in ("digitised", "derived", "illustrative")}
    found |= {"converted": any(getattr(row, "converted", "") for row in rows)}
    drawn = [(line.basis == "reported" or panel.key in spec.overlay) for panel in spec.panels for line in panel.lines]
    found |= {"line": any(drawn), "line_dashed": not all(drawn)}
    # An end without a limit has an arrowhead, on the rail where the whole mark is a line, on a scale with a symbol too.
    beyond = [
        mark
        for mark in (*spec.rail.marks, *own, *values)
        if mark.place and (mark.place[0].open0 or mark.place[-1].open1)
    ]
    found |= {"open": any(mark.certainty in OPEN[mark.shape] for mark in beyond if mark.shape != "trend")}
    parts = {"band": "bands", "threshold": "thresholds", "step": "steps"}
    envelopes = [one for panel in spec.panels for one in panel.envelopes]
    found |= {"envelope": any(one.high is not None for one in envelopes)}
    found |= {"unbounded": any(one.high is None for one in envelopes)}
    found |= {kind: any(getattr(panel, name) for panel in spec.panels) for kind, name in parts.items()}
    found |= {f"event.{mark.symbol}": True for mark in spec.rail.marks}
    stages = [stage for ribbon in spec.ribbons for stage in ribbon.stages]
    found |= {f"status.{stage.shape}": True for stage in stages if stage.shape and stage.kind != "stated"}
    found |= {f"status.{stage.kind}": True for stage in stages if stage.kind != "known"}
    found |= {"status.spread": any(stage.x is None for stage in stages)}
    found |= {"status.differs": any(stage.differs for stage in stages)}
    found |= {"status.between": any(ribbon.between for ribbon in spec.ribbons)}
    return {kind for kind, is_used in found.items() if is_used} | charted(spec.charts)


def charted(charts):
    bars = [bar for chart in charts.percents for group in chart.groups for bar in group.bars]
    tallies = [tally for chart in charts.squares for tally in chart.tallies]
    estimates = [one for chart in charts.forests for one in chart.estimates]
    exact = [bar for bar in bars if bar.exactness == "exact"]
    found = {
        "percent": any(not bar.control for bar in exact),
        "percent_control": any(bar.control for bar in exact),
        "percent_about": any(bar.exactness == "about" for bar in bars),
        "percent_range": any(bar.exactness == "range" for bar in bars),
        "estimate": bool(estimates),
        "same": bool(estimates),
        "whisker": any(item.ci is not None for item in (*bars, *estimates)),
        "limit": any(tally.limit is not None and tally.counted > tally.limit for tally in tallies),
    }
    squares = {part.category for tally in tallies for part in tally.parts if part.count}
    squares |= {tally.missing_as for tally in tallies if tally.missing > 0}
    return {kind for kind, is_used in found.items() if is_used} | {f"square_{name}" for name in squares}


def check(spec):
    kinds = [item.kind for item in spec.legend]
    assert len(kinds) == len(set(kinds)), "each once"
    assert set(kinds) == used(spec)
    assert all(item.label for item in spec.legend)


@pytest.mark.parametrize("case_id", SHIPPED)
def test_legend_of_shipped_cases(case_id):
    check(compile(SHIPPED[case_id]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_legend_of_any_case(case):
    check(compile(case))
    check(compile(case, Options(dose="prednisone", assume="prednisone")))


def kinds(**tables):
    spec = compile(made(**tables))
    check(spec)
    return {item.kind for item in spec.legend}


def test_an_almost_empty_figure_has_an_almost_empty_legend():
    assert kinds(events=[event("only", "D0", "flare")], day_zero="only") == {"event.flare", "exact"}


def test_a_trend_alone_explains_itself_alone():
    found = kinds(
        measurements=[value("tr", "falls", "after:aa & before:aa.end")],
        therapies=[course("aa", "dupilumab", "D0", "D30")],
    )
    assert "trend" in found
    assert not {"about", "interval", "exact", "line"} & found


def test_a_dose_at_an_inexact_time_explains_its_whisker():
    found = kinds(therapies=[course("aa", "dupilumab", "D0", "D400")], doses=[dose("dd", "aa", 300, "M5")])
    assert {"dose", "about"} <= found


def test_an_inference_has_its_own_sign():
    found = kinds(events=[event("aa", "D0"), event("bb", "D9", basis="derived")])
    assert "derived" in found
    svg = to_svg(compile(made(events=[event("aa", "D0"), event("bb", "D9", basis="derived")])))
    words = [word.text for word in read(svg).words]
    assert "bb *" in words
    assert "*" in words, "and the legend shows it"


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_entry_is_drawn_with_a_sample(case_id):
    spec = compile(SHIPPED[case_id])
    page = read(to_svg(spec))
    texts = [element for element in page.root.iter() if element.tag == f"{NS}text"]
    for item in spec.legend:
        assert any(element.text == item.label for element in texts), item.kind


def test_every_kind_of_mark_has_words_for_a_caption_apart():
    kinds = {key.removeprefix("legend.") for key in catalogue() if key.startswith("legend.")}
    kinds |= {f"event.{key.removeprefix('event_kind.')}" for key in catalogue() if key.startswith("event_kind.")}
    assert {kind for kind in kinds if f"page.glyph.{kind}" not in catalogue()} == set()


def test_an_arrowhead_where_no_limit_is_known_is_explained():
    """It stood in the figure, and nothing said what it means."""
    first, other = event("first", "D0"), event("other", "D50..D90", "biopsy")
    assert "open" in kinds(events=[first, other, event("before", "..other", "diagnosis")], day_zero="first")
    assert "open" not in kinds(events=[first, other], day_zero="first")


def test_the_line_between_values_that_are_not_reported_is_explained_as_it_is_drawn():
    """Its sample was solid, like no line of the figure; the dashes of a threshold have no values at their ends."""
    rows = [value("one", "3", "D0"), value("two", "4", "D100")]
    assert {"line", "line_dashed"} & kinds(measurements=rows) == {"line"}
    invented = [row | {"basis": "digitised"} for row in rows]
    assert {"line", "line_dashed"} & kinds(measurements=invented) == {"line_dashed"}
    spec = compile(made(measurements=invented))
    sample = [
        one
        for one in read_drawing(to_svg(spec, PageOptions())).shapes
        if isinstance(one, Outline) and one.paint.dash == (1.2, 0.8)
    ]
    assert len(sample) >= 2, "in the panel and in the legend"


def test_a_reference_range_with_a_hole_says_why():
    """Where a value states no range, none is drawn: the band was interrupted, and nothing said why."""
    rows = [value(f"v{n}", "3", f"D{100 * n}", ref_high="5") for n in range(3)]
    labels = []
    for hole in ("5", ""):
        spec = compile(made(measurements=[rows[0], rows[1] | {"ref_high": hole}, rows[2]]))
        assert len(spec.panels[0].bands) == (1 if hole else 2)
        labels += [item.label for item in spec.legend if item.kind == "band"]
    assert labels == ["reference range", "reference range, where one is stated"]


def test_a_source_of_which_only_the_title_is_known_is_told_to_be_one():
    """It read like a sentence of the figure."""
    for lang, start, end in (("en", "Source: “Autres", "IgG4”"), ("fr", "Source\u00a0: «\u00a0Autres", "IgG4\u00a0»")):
        told = compile(SHIPPED["mn-dupilumab-1"], Options(lang=lang)).source
        assert told.startswith(start) and told.endswith(end)
    assert compile(SHIPPED["dm-mda5-ruxolitinib"]).source.startswith("Jalles C,")
    assert compile(SHIPPED["mn-dupilumab-1-illustrative"]).source.startswith("casecurves: invented")


def test_a_class_that_the_name_of_a_drug_says_is_not_said_again():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    classes = {lane.drug: lane.sublabel for lane in spec.lanes}
    assert classes["intravenous immunoglobulin"] == ""
    assert classes["cyclophosphamide"] == "alkylating agent"
