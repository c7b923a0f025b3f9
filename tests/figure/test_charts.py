"""Charts of groups and trials: what is printed and no more, each doubt visible, the same on paper and on screen."""

import html
import json
from dataclasses import replace
from typing import get_args

import pytest
from figure.build import SHIPPED
from figure.hostile import STRINGS, shown
from figure.page import read
from figure.test_legend import check as check_legend
from figure.test_plotly import MARKUP, check_plain, check_same, strings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure.check import lower
from casecurves.figure.compile import compile
from casecurves.figure.compile.tallies import MOST
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.charts import chart_boxes
from casecurves.figure.layout.charts.squares import FILLS, marked
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.spec import Category
from casecurves.figure.svg import to_svg
from casecurves.figure.text import width
from casecurves.model.case import Case, Header
from casecurves.model.schema import Arm, Comparison, Outcome

TRIALS = [case_id for case_id, case in SHIPPED.items() if case.header.kind != "patient"]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def trial(arms=(), outcomes=(), comparisons=(), **header):
    return Case(
        id="made",
        header=Header(**{"title": "A made trial", "kind": "trial", **header}),
        arms=tuple(Arm(**row) for row in arms),
        outcomes=tuple(Outcome(**row) for row in outcomes),
        comparisons=tuple(Comparison(**row) for row in comparisons),
    )


def arm(row_id, **more):
    return {"id": row_id, "label": row_id.replace("-", " "), **more}


def share(row_id, percent, **more):
    return {"id": row_id, "label": "improved", "percent": percent, **more}


def response(row_id, name, count, **more):
    return {"id": row_id, "arm": "aa", "label": name, "response": name, "count": count, **more}


def bars(case, **options):
    spec = compile(case, Options(**options))
    return {bar.entry.row: bar for chart in spec.charts.percents for bar in spec.charts.bars_of(chart)}


def tally(case):
    (chart,) = compile(case).charts.squares
    (found,) = chart.tallies
    return found


def heights(case, width_mm=190.0):
    """Return for each row of a case the tiles that are drawn of it."""
    page = lay_out(compile(case), width_mm)
    return {piece.row: piece.tiles for box in page.charts for piece in box.pieces if piece.row}


def test_a_bar_is_as_high_as_what_is_printed_on_an_axis_that_begins_at_zero():
    found = heights(SHIPPED["vitiligo-ruxolitinib-trials"])
    tall = {row: found[row][0].h for row in ("v1-rux-50", "v1-veh-50", "v2-rux-50", "v2-veh-50")}
    assert tall["v1-rux-50"] / tall["v1-veh-50"] == pytest.approx(51.2 / 16.9)
    assert tall["v2-rux-50"] / tall["v2-veh-50"] == pytest.approx(51.4 / 20.9)
    charts = compile(SHIPPED["vitiligo-ruxolitinib-trials"]).charts.percents
    assert {chart.hi for chart in charts} == {75.0}, "one axis for all, that of the article"
    assert all(chart.ticks[0].y == 0 and chart.ticks[-1].y == chart.hi and "75" in chart.remark for chart in charts)


@pytest.mark.parametrize(("percent", "hi"), [("75", 75.0), ("75.1", 100.0), ("60", 75.0), ("70-80", 100.0)])
def test_the_axis_ends_at_100_where_not_all_fits(percent, hi):
    (chart,) = compile(trial([arm("aa")], [share("oo", percent, arm="aa")])).charts.percents
    assert chart.hi == hi
    assert f"{hi:g}" in chart.remark


def test_a_number_that_is_not_exact_never_looks_like_one_that_is():
    arms = [arm(name) for name in ("aa", "bb", "cc", "dd")]
    rows = [
        share(f"o-{a}", p, arm=a) for a, p in zip(("aa", "bb", "cc", "dd"), ("30", "~30", "30-40", "<30"), strict=True)
    ]
    case = trial(arms, rows)
    tiles = {row: found[0] for row, found in heights(case).items()}
    assert tiles["o-aa"].fill != "none"
    assert [tiles[row].fill for row in ("o-bb", "o-cc", "o-dd")] == ["none"] * 3
    assert (tiles["o-bb"].dashed, tiles["o-aa"].dashed) == (True, False)
    assert tiles["o-cc"].h == pytest.approx(tiles["o-aa"].h / 3), "a range stands between its limits"
    assert [bars(case)[row].value for row in tiles] == ["30 %", "≈30 %", "30–40 %", "<30 %"]


def test_an_interval_is_drawn_where_it_is_printed_and_nowhere_else():
    found = bars(SHIPPED["vitiligo-ruxolitinib-trials"], lang="fr")
    assert found["v1-rux-50"].ci == (44.4, 58.0)
    assert found["v1-rux-50"].interval == "[44,4–58,0]"
    assert found["v1-veh-75-w24"].ci is None
    assert found["v1-veh-75-w24"].interval == ""
    odd = bars(trial([arm("aa")], [share("oo", "5", arm="aa", ci_low="-3", ci_high="12")]))
    assert odd["oo"].ci is None
    assert odd["oo"].interval == "[−3 to 12]", "no share is below 0: printed, not drawn"


def test_the_comparison_of_a_pair_stands_over_it_and_in_the_forest():
    spec = compile(SHIPPED["vitiligo-ruxolitinib-trials"])
    over = [one.text.replace("\u00a0", " ") for group in spec.charts.percents[0].groups for one in group.versus]
    assert over == ["RR 3.0 [95 % CI 1.9–4.8] p < 0.001", "RR 2.5 [95 % CI 1.6–3.7] p < 0.001"]
    (forest,) = spec.charts.forests
    assert [(one.value, one.ci) for one in forest.estimates] == [(3.0, (1.9, 4.8)), (2.5, (1.6, 3.7))]
    assert forest.log
    assert "ogarithmic" in forest.remark
    assert forest.lo < 1 < forest.hi


def test_ratios_stand_as_far_from_one_as_their_logarithms():
    arms = [arm("aa"), arm("bb")]
    rows = [
        {"id": f"c-{i}x", "label": "dead", "arm": "aa", "versus": "bb", "measure": "odds_ratio", "estimate": value}
        for i, value in enumerate(("0.25", "1", "4"))
    ]
    found = heights(trial(arms, (), rows))
    x = [found[f"c-{i}x"][0].x for i in range(3)]
    assert x[1] - x[0] == pytest.approx(x[2] - x[1])


def test_what_no_row_accounts_for_is_hatched_and_counted():
    found = tally(trial([arm("aa", n="10")], [response("o-cr", "complete", "2"), response("o-sd", "stable", "5")]))
    assert (found.counted, found.missing, found.missing_as) == (7, 3, "not_reported")
    assert "3" in found.words
    unknown = tally(trial([arm("aa")], [response("o-cr", "complete", "2")]))
    assert (unknown.missing, unknown.words) == (0, ""), "nothing is missing from an unknown number"


def test_more_counted_than_there_are_is_said_and_nothing_is_cut():
    case = SHIPPED["il21-cancer-trials"]
    tallies = {t.name: t for chart in compile(case).charts.squares for t in chart.tallies}
    renal = tallies["IL-21 alone (phase I/II), renal cell carcinoma"]
    assert (renal.limit, renal.counted, renal.missing) == (19, 38, 0)
    assert "38" in renal.words
    assert "19" in renal.words
    found = heights(case, 90.0)
    assert [len(found[row]) for row in ("a2-sd", "a2-pd")] == [24, 14]
    assert all(part.entry.disputed and part.entry.flags for part in renal.parts)
    assert "limit" in {item.kind for item in compile(case).legend}


def test_each_patient_is_one_square_and_the_document_is_added_up():
    missing = {}
    for chart in compile(SHIPPED["il21-cancer-trials"]).charts.squares:
        for one in chart.tallies:
            missing[one.name] = missing.get(one.name, 0) + one.missing
    assert missing["IL-21 alone (phase I), metastatic melanoma"] == 0
    assert missing["IL-21 + rituximab (phase I/II), B-cell lymphoma"] == 2
    drawn = heights(SHIPPED["il21-cancer-trials"])
    assert {row.id: row.count for row in SHIPPED["il21-cancer-trials"].outcomes} == {
        row: len(tiles) for row, tiles in drawn.items() if tiles
    }


def test_another_source_is_marked_as_such():
    (chart,) = compile(SHIPPED["il21-cancer-trials"]).charts.squares
    told = {one.name: "second source" in one.about for one in chart.tallies}
    assert {name for name, second in told.items() if second} == {name for name in told if "as published" in name}
    assert sum(told.values()) == 2


def test_trials_under_way_are_a_table():
    (table,) = compile(SHIPPED["il21-cancer-trials"], Options(lang="fr")).charts.tables
    assert len(table.rows) == 7
    assert ("IL-21 + sorafénib", "I/II", "carcinome à cellules rénales", "en cours") in [
        row.cells for row in table.rows
    ]


def test_a_group_counts_patients_and_invents_none():
    spec = compile(SHIPPED["igg4-dupilumab-group-4"])
    (chart,) = spec.charts.squares
    counted = [(t.parts[0].count, t.missing, t.missing_as) for t in chart.tallies]
    assert counted == [
        (4, 0, "others"), (0, 4, "not_reported"), (0, 4, "not_reported"), (4, 0, "others"), (2, 2, "others"),
        (2, 0, "others"),
    ]  # fmt: skip
    assert spec.boxes == ()


def test_too_many_patients_for_squares_are_told_in_words():
    case = trial([arm("aa", n=str(MOST + 1))], [response("o-cr", "complete", "2")])
    spec = compile(case)
    assert spec.charts.squares == ()
    assert [entry.row for box in spec.boxes for entry in box.entries] == ["aa", "o-cr"]


@pytest.mark.parametrize("case_id", TRIALS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_row_is_charted_and_boxed(case_id, lang):
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    charted = [entry.row for entry in spec.charts.entries()]
    assert len(charted) == len(set(charted)), "once"
    assert not set(charted) & {entry.row for box in spec.boxes for entry in box.entries}
    assert spec.drawn() == {row.id for row in SHIPPED[case_id].rows()}


@pytest.mark.parametrize("name", STRINGS)
def test_no_string_of_a_trial_is_markup(name):
    text = STRINGS[name]
    arms = [{**arm("aa", n="9", progress="completed"), "trial": text, "label": text}, {**arm("bb"), "label": text}]
    arms.append({**arm("cc", progress="ongoing"), "trial": text, "label": text})
    rows = [{**share("o-1", "30", arm="aa"), "label": text}, {**share("o-2", "~20", arm="bb"), "label": text}]
    rows += [{**response("o-cr", "complete", "2"), "label": text}]
    both = {
        "id": "c-1",
        "label": text,
        "arm": "aa",
        "versus": "bb",
        "measure": "relative_risk",
        "estimate": "2",
        "p": text,
    }
    spec = compile(trial(arms, rows, [both]))
    read(to_svg(spec))
    figure = to_plotly(spec)
    check_plain(figure)
    found = strings(figure)
    assert all("<" not in MARKUP.sub(" ", line) for line in found)
    json.dumps(spec.to_json(), allow_nan=False)
    readable = ["".join(html.unescape(MARKUP.sub("", line)).split()) for line in found]
    assert sum("".join(shown(text).split()) in line for line in readable) >= 4


def test_squares_of_two_categories_differ_without_colour():
    shared = [name for name in get_args(Category) if name != "counted"]  # never beside a complete response
    looks = {(len(marked(name, 0, 0, 2)), marked(name, 0, 0, 2)[:1], FILLS.get(name, "none")) for name in shared}
    assert len(looks) == len(shared)
    assert len({(len(marked(name, 0, 0, 2)), FILLS.get(name) == "full") for name in shared}) == len(shared) - 2
    stable, partial = (marked(name, 0, 0, 2)[0] for name in ("stable", "partial"))
    assert stable.y0 == stable.y1
    assert partial.y0 != partial.y1


@settings(max_examples=60, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["trial", "group"]), st.sampled_from([90.0, 140.0, 190.0]))
def test_any_trial_is_drawn_whole_and_nothing_meets(case, kind, width_mm):
    case = replace(case, header=case.header.model_copy(update={"kind": kind}))
    spec = compile(case)
    assert spec.drawn() == {row.id for row in case.rows()}
    check_legend(spec)
    page = read(to_svg(spec, PageOptions(width_mm=width_mm)))
    assert page.collisions() == []
    assert page.outside() == []


@settings(max_examples=40, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["trial", "group"]))
def test_both_pictures_of_any_trial_draw_the_same(case, kind):
    check_same(replace(case, header=case.header.model_copy(update={"kind": kind})))


def test_an_interval_is_seen_on_its_bar_and_above_it():
    seen = []
    for chart in lay_out(compile(SHIPPED["vitiligo-ruxolitinib-trials"]), 190.0).charts:
        for piece in chart.pieces:
            # The square of an estimate is full, too, and no bar.
            for tile in (tile for tile in piece.tiles if tile.fill == "full" and tile.h > tile.w):
                levels = [stroke for stroke in piece.strokes if stroke.x0 == stroke.x1]
                assert all((stroke.ink == "on_bar") == (max(stroke.y0, stroke.y1) > tile.y + 1e-6) for stroke in levels)
                seen += [stroke.ink for stroke in levels]
    assert {*seen} == {"on_bar", "ink"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_in_one_column_of_a_journal_bars_lie_on_one_axis_and_no_line_meets_a_word(lang):
    spec = compile(SHIPPED["vitiligo-ruxolitinib-trials"], Options(lang=lang))
    drawn = set()
    for chart, box in zip(spec.charts.percents, lay_out(spec, 90.0).charts, strict=False):
        bars = [bar for group in chart.groups for bar in group.bars]
        tiles = {piece.row: piece.tiles[0] for piece in box.pieces if piece.row}
        # A millimetre of each bar says as many per cent as of the others, whatever trial it stands in.
        shown = [(tiles[bar.entry.row].w, bar.high - bar.low) for bar in bars]
        assert len({round(long / per_cent, 6) for long, per_cent in shown if per_cent}) == 1
        assert len({round(tiles[bar.entry.row].x, 6) for bar in bars if not bar.low}) <= 1
        texts = [text for piece in box.pieces for text in piece.texts]
        for text in texts:
            long = width(text.text, text.style)
            x0 = text.x - {"start": 0.0, "middle": long / 2, "end": long}[text.anchor]
            for piece in box.pieces:
                for stroke in piece.strokes:
                    beside = max(stroke.x0, stroke.x1) < x0 or min(stroke.x0, stroke.x1) > x0 + long
                    high, low = sorted((stroke.y0, stroke.y1))
                    assert beside or low < text.y - text.style.height * 0.75 or high > text.y, (text, stroke)
        drawn |= tiles.keys()
    assert drawn == {bar.entry.row for chart in spec.charts.percents for g in chart.groups for bar in g.bars}


def test_what_lies_is_not_said_to_become_lower():
    spec = compile(SHIPPED["vitiligo-ruxolitinib-trials"])
    assert "panels" not in lower(spec, PageOptions(width_mm=90))
    assert "panels" in lower(spec, PageOptions(width_mm=190))


def test_an_outcome_whose_arm_has_an_error_is_in_no_chart_and_listed_with_the_reason():
    outcomes = [
        {"id": "o1", "arm": "gone", "label": "resp", "percent": "50"},
        {"id": "o2", "arm": "gone", "label": "cr", "response": "complete", "count": 1},
        {"id": "o3", "arm": "gone", "label": "so many", "count": 1, "of": 4},
    ]
    given = {"basis": "reported", "source": "s", "locator": "t"}
    spec = compile(trial([arm("aa", n=5)], [row | given for row in outcomes]))
    assert not spec.charts.told()
    said = {entry.row: entry.text for box in spec.boxes for entry in box.entries}
    assert all("its arm “gone” has an error" in said[row] for row in ("o1", "o2", "o3"))


def test_an_interval_beyond_a_share_has_no_whisker_and_that_is_said():
    given = {"basis": "reported", "source": "s", "locator": "t", "arm": "aa", "label": "resp", "percent": "10"}
    spec = compile(trial([arm("aa", n=50)], [given | {"id": "o1", "ci_low": -5, "ci_high": 130}]))
    (chart,) = spec.charts.percents
    assert "has no whisker" in chart.remark
    assert "[−5 to 130]" in to_svg(spec)
    plain = compile(trial([arm("aa", n=50)], [given | {"id": "o1", "ci_low": 5, "ci_high": 30}]))
    assert "no whisker" not in plain.charts.percents[0].remark


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_end_of_a_line_breaks_an_interval_in_brackets(lang):
    charts = compile(SHIPPED["vitiligo-ruxolitinib-trials"], Options(lang=lang)).charts
    for room in (74.0, 84.0, 140.0, 184.0):
        boxes, _ = chart_boxes(charts, 3.0, 3.0 + room, 0.0)
        lines = [text.text for box in boxes for piece in box.pieces for text in piece.texts]
        assert [line for line in lines if line.count("[") != line.count("]")] == []
