"""Biomarkers over one another: each on its own axis, nothing lost, nothing to be mistaken."""

import itertools
import math
import re

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.hostile import STRINGS
from figure.test_layout import check
from figure.test_plotly import check_plain, check_same
from figure.test_theme import CLASSES, contrast
from hypothesis import HealthCheck, given, settings
from strategies import cases

from casecurves.figure import symbols
from casecurves.figure.compile import compile
from casecurves.figure.compile.overlay import MOST_AXES
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.figure.theme import THEMES
from casecurves.words import say

COMPANION = "mn-dupilumab-1-illustrative"
OVERLAY = Options(view="overlay")


def series(count, per=6, **more):
    """A case of several biomarkers, each with numbers of its own size."""
    rows = [
        value(f"v-{s}-{i}x", str(10**s + i), f"D{i * 30 + s}", f"marker {s}", unit="U/L", **more)
        for s in range(count)
        for i in range(per)
    ]
    return made(therapies=[course("aa", "dupilumab", "D0", "D200")], measurements=rows)


@pytest.mark.parametrize("case_id", SHIPPED)
def test_an_overlay_draws_every_row_that_the_stack_draws(case_id):
    stacked, laid = compile(SHIPPED[case_id]), compile(SHIPPED[case_id], OVERLAY)
    assert laid.drawn() == stacked.drawn()
    assert {mark.row for mark in laid.marks()} == {mark.row for mark in stacked.marks()}
    assert len(laid.marks()) == len(stacked.marks())
    assert laid.not_drawn == stacked.not_drawn


def test_numbers_share_a_frame_and_words_keep_their_strips():
    spec = compile(SHIPPED[COMPANION], OVERLAY)
    shared = [panel for panel in spec.panels if panel.key in spec.overlay]
    assert [panel.label for panel in shared] == ["uPCR", "anti-PLA2R", "albumin", "anti-PLA2R IIF", "dipstick"]
    assert all(mark.y is not None for panel in shared for mark in panel.marks)
    strips = {panel.label: panel for panel in spec.panels if panel.scale == "words"}
    assert list(strips) == ["anti-PLA2R IIF", "haematuria", "IgE"]
    assert [mark.label for mark in strips["anti-PLA2R IIF"].marks] == ["negative"]
    assert say("note.overlay.what", "en") in spec.notes
    assert any("strips below: anti-PLA2R IIF." in note for note in spec.notes)
    page = lay_out(spec)
    assert {(box.y, box.height) for box in page.panels if box.series is not None} == {(page.overlays[0].top, 52.0)}


def test_more_series_than_axes_stay_below_and_that_is_said():
    spec = compile(series(MOST_AXES + 2), OVERLAY)
    assert len(spec.overlay) == MOST_AXES
    alone = [panel.label for panel in spec.panels if panel.key not in spec.overlay]
    assert alone == ["marker 5", "marker 6"]
    assert say("note.overlay.more", "en", most=MOST_AXES, what="marker 5, marker 6") in spec.notes


def test_one_series_is_no_overlay_and_that_is_said():
    for count in (0, 1):
        spec = compile(series(count), OVERLAY)
        assert spec.overlay == ()
        assert say("note.overlay.none", "en") in spec.notes
        assert lay_out(spec).overlays == ()


def test_a_range_stands_on_its_axis_only_when_it_lasts():
    rows = [
        *(value(f"a-{i}x", str(30 + i), f"D{i * 9}", "albumin", unit="g/L", ref_low=35, ref_high=50) for i in range(4)),
        *(value(f"c-{i}x", str(3 + i), f"D{i * 9}", "CRP", unit="mg/L", ref_high=5 + i // 2) for i in range(4)),
    ]
    spec = compile(made(measurements=rows), OVERLAY)
    albumin, crp = (panel for panel in spec.panels if panel.key in spec.overlay)
    assert [(band.low, band.high) for band in albumin.bands] == [(35, 50)]
    assert crp.bands == ()
    said = next(note for note in spec.notes if note.startswith("On the axes"))
    assert all(words in said for words in ("35–50", "<5", "<6"))
    page = lay_out(spec)
    bar = page.overlays[0].axes[0].bar
    box = next(box for box in page.panels if box.series == 0)
    assert bar == pytest.approx((box.at(50), box.at(35)))
    assert page.overlays[0].axes[1].bar is None
    assert not any(box.bands for box in page.panels if box.series is not None), "no band across the frame"
    assert {"axis_band"} == {item.kind for item in spec.legend} & {"band", "axis_band"}


def test_a_threshold_is_a_tick_on_its_axis_and_told_in_the_notes():
    spec = compile(SHIPPED[COMPANION], OVERLAY)
    kinds = {item.kind for item in spec.legend}
    assert "axis_threshold" in kinds
    assert "threshold" not in kinds
    page = lay_out(spec)
    for axis in page.overlays[0].axes:
        assert len(axis.limits) == len(axis.panel.thresholds)
        assert all(page.overlays[0].top <= y <= page.overlays[0].bottom for y in axis.limits)
        assert all(limit.label in " ".join(spec.notes) for limit in axis.panel.thresholds)


@pytest.mark.parametrize("width_mm", [90.0, 140.0, 190.0])
@pytest.mark.parametrize("case_id", [*SHIPPED, "seven", "long"])
def test_no_words_of_an_overlay_meet(case_id, width_mm):
    rows = [
        value(f"v-{s}-{i}x", str(10**s * 3 + i), f"D{i * 30}", f"{'name ' * 9}{s}", unit="mg/mmol/1.73 m2" * 2)
        for s in range(5)
        for i in range(9)
    ]
    long = made(measurements=rows)
    case = {**SHIPPED, "seven": series(7, per=30), "long": long}[case_id]
    for lang in ("en", "fr"):
        spec = compile(case, Options(lang=lang, view="overlay"))
        check(spec, width_mm)
        page = lay_out(spec, width_mm)
        if page.overlays:
            xs = [axis.x for axis in page.overlays[0].axes]
            assert xs == sorted(xs)
            assert xs[-1] == pytest.approx(page.frame.plot0)
            assert page.frame.plot1 - page.frame.plot0 >= 0.42 * width_mm


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_both_pictures_of_any_overlay_are_the_same(case):
    spec, _ = check_same(case, view="overlay")
    check(spec, 90.0)
    assert spec.drawn() == compile(case).drawn()


@pytest.mark.parametrize("case_id", SHIPPED)
def test_both_pictures_of_an_overlay_are_the_same(case_id):
    check_same(SHIPPED[case_id], view="overlay")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_series_has_one_symbol_line_and_colour_in_both_pictures(theme):
    spec = compile(series(5), OVERLAY)
    colours = [THEMES[theme].series(index) for index in range(5)]
    figure = to_plotly(spec, theme=theme)
    lines = [t["line"] for t in figure["data"] if t.get("mode") == "lines" and t["line"]["color"] in colours]
    assert [(line["color"], line.get("dash", "solid")) for line in lines] == [
        (colour, dash) for colour, (_, dash) in zip(colours, symbols.DASHES, strict=True)
    ]
    (values,) = [t for t in figure["data"] if t.get("mode") == "markers" and any(i.startswith("v-") for i in t["ids"])]
    seen = {
        (row.split("-")[1], symbol, fill)
        for row, symbol, fill in zip(values["ids"], values["marker"]["symbol"], values["marker"]["color"], strict=True)
    }
    assert seen == {(str(i), symbols.SERIES[i][1], colours[i]) for i in range(5)}
    svg = to_svg(spec) if theme == "light" else ""
    for index, colour in enumerate(colours if svg else []):
        drawn = re.findall(rf'd="{re.escape(symbols.SERIES[index][0])}" fill="{colour}"', svg)
        assert len(drawn) == 6 + 1, "six values and the sample at the axis"


def test_a_censored_value_keeps_the_symbol_of_its_series_and_its_sign():
    rows = [value(f"a-{i}x", "<2", f"D{i * 30}", "CRP") for i in range(2)]
    rows += [value(f"b-{i}x", "9", f"D{i}") for i in range(2)]
    spec, figure = check_same(made(measurements=rows), view="overlay")
    points = [
        (row.split("#")[0], symbol)
        for t in figure["data"]
        if t.get("mode") == "markers" and isinstance(t["marker"]["symbol"], list)
        for row, symbol in zip(t["ids"], t["marker"]["symbol"], strict=True)
    ]
    assert points.count(("a-0x", "circle")) == 1
    assert points.count(("", "triangle-down")) == 2
    assert "below" in {item.kind for item in spec.legend}


def lab(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_series_looks_like_a_drug_a_warning_or_another_series(name):
    theme = THEMES[name]
    curves = [theme.series(index) for index in range(MOST_AXES)]
    others = [*(theme.drug(drug_class) for drug_class in CLASSES), theme.warning, theme.warning_ink, theme.tint]
    for colour in curves:
        # A difference of 2.3 can just be seen (CIE 1976).
        assert min(math.dist(lab(colour), lab(other)) for other in others) > 20, colour
        assert contrast(colour, theme.paper) >= 4.5
    assert all(math.dist(lab(a), lab(b)) > 40 for a, b in itertools.combinations(curves, 2))
    for index, colour in enumerate(curves):
        assert contrast(theme.pale(index), theme.paper) < contrast(colour, theme.paper)


def test_grey_stays_grey_and_readable():
    svg = to_svg(compile(SHIPPED[COMPANION], OVERLAY), PageOptions(theme="grey"))
    for colour in re.findall(r"#[0-9a-fA-F]{6}\b", svg):
        assert colour[1:3] == colour[3:5] == colour[5:7], colour
    assert all(contrast(THEMES["grey"].series(index), "#ffffff") >= 4.5 for index in range(MOST_AXES))


@pytest.mark.parametrize("name", STRINGS)
def test_hostile_names_of_series_are_inert(name):
    text = STRINGS[name]
    rows = [value(f"v-{s}-{i}x", str(i), f"D{i}", f"{text}{s}", unit=text) for s in range(3) for i in range(3)]
    spec = compile(made(measurements=rows, events=[event("ee", "D1", label=text)]), OVERLAY)
    assert len(spec.overlay) == 3
    check_plain(to_plotly(spec))
    check(spec, 190.0)


def test_the_spec_of_an_overlay_is_the_one_that_was_reviewed():
    spec = compile(SHIPPED["mn-dupilumab-2-illustrative"], Options(lang="fr", view="overlay"))
    shown = [(p.label, p.sublabel, p.scale, len(p.marks), p.key in spec.overlay) for p in spec.panels]
    assert shown == [
        ("RPCU", "mg/g", "linear", 19, True),
        ("anti-PLA2R", "RU/mL, ELISA, échelle log", "log", 13, True),
        ("albumine", "g/L", "linear", 12, True),
        ("anti-PLA2R IFI", "IFI, échelle log", "titre", 4, True),
        ("neutrophiles", "G/L", "linear", 4, True),
        ("anti-PLA2R IFI", "", "words", 1, False),
        ("CD19", "/µL", "linear", 2, False),
        ("tacrolimus C0", "ng/mL", "linear", 1, False),
        ("éosinophiles", "sens seul, aucune valeur indiquée", "words", 2, False),
    ]
    assert [note.split(":")[0].strip() for note in spec.notes[:4]] == [
        "Chaque courbe a son propre axe, de sa couleur et avec son symbole",
        "Sur les axes",
        "Les sens et les résultats en toutes lettres figurent dans des bandes, en dessous",
        "La superposition se limite à 5 axes\u00a0; sur leur propre échelle, en dessous",
    ]
