"""On paper nothing meets anything, nothing leaves the page, and no type is smaller than 7 pt."""

import random
from itertools import pairwise

import pytest
from figure.build import SHIPPED, course, dose, event, made, value
from figure.page import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import cases

from casecurves.figure import theme
from casecurves.figure.caption import caption, parts
from casecurves.figure.compile import compile
from casecurves.figure.layout import MARGIN, lay_out, letter
from casecurves.figure.layout.blocks import SOON
from casecurves.figure.layout.panels import LABEL_HEIGHT
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg
from casecurves.figure.text import MM_PER_PT, Style, printable, shortened, width, wrap
from casecurves.howto import parts as examples
from casecurves.knowledge.drugs import all_drugs

WIDTHS = (90.0, 140.0, 190.0, 260.0)
DRUGS = [drug.en for drug in all_drugs()]
KINDS = ["symptom", "diagnosis", "biopsy", "imaging", "flare", "relapse", "complication", "infection"]


def _events(count: int, days: int) -> list[dict[str, object]]:
    pick = random.Random(count)
    return [
        event(f"ev-{i}", f"D{pick.randint(-50, days)}", KINDS[i % 8], label=f"event number {i} in words")
        for i in range(count)
    ]


def _order(places: str) -> list[dict[str, object]]:
    last = ["aa", *(f"o-{i}x" for i in range(10))]
    clause = {"before": "before:aa", "after": "after:aa.end"}[places]
    rows = [course(name, DRUGS[i], f"after:{last[i]} & {clause}" if i else clause) for i, name in enumerate(last[1:])]
    return [course("aa", "dupilumab", "D0", "aa"), *rows]


MADE = {
    "forty drugs": made(
        therapies=[
            course(f"d-{i}x", DRUGS[i % len(DRUGS)], f"D{i * 7}", f"D{i * 9 + 40}", dose=i, dose_unit="mg", doses=i % 4)
            for i in range(40)
        ]
    ),
    "four hundred events": made(events=_events(400, 900), therapies=[course("aa", "dupilumab", "D0", "ongoing")]),
    "no event": made(therapies=[course("aa", "dupilumab", "D0", "ongoing")]),
    "one event": made(events=[event("only", "D0")], day_zero="only"),
    "one day": made(
        therapies=[course(f"t-{i}x", name, "D0", "D0") for i, name in enumerate(DRUGS[:6])],
        doses=[dose(f"p-{i}x", "t-0x", 10.0 * i, "D0") for i in range(6)],
        measurements=[value(f"v-{i}x", str(30 + i), "D0") for i in range(9)],
        events=[event(f"e-{i}x", "D0", kind) for i, kind in enumerate(KINDS)],
    ),
    "eighty years": made(
        therapies=[course(f"t-{i}x", name, f"Y{i * 9}", f"Y{i * 9 + 5}") for i, name in enumerate(DRUGS[:9])],
        measurements=[value(f"v-{i}x", str(30 + i % 7), f"Y{i}", ref_low=35, ref_high=50) for i in range(80)],
        events=[event("last", "Y80", "last_follow_up"), *_events(30, 29_000)],
    ),
    "one after the other in one lane": made(
        therapies=[
            course(f"d-{i}x", "rituximab", f"D{i * 60}", f"D{i * 60 + 9 + 3 * i}", dose=375, dose_unit="mg/m2")
            for i in range(8)
        ]
    ),
    "many doses": made(
        therapies=[course("aa", "prednisone", "D0", "ongoing", course="tapering")],
        doses=[dose(f"p-{i}x", "aa", 60 - i, f"D{i * 4}", holds="from", frequency="a day") for i in range(40)],
    ),
    "many states": made(
        events=[
            event(f"b-{i}x", f"D{i}", KINDS[i % 8], end=f"D{i * 3 + 1}", label=f"state {i} " * 4) for i in range(25)
        ]
    ),
    "many words": made(
        measurements=[
            *(value(f"c-{i}x", ["positive", "weakly positive"][i % 2], f"D{i * 3}", "ANA") for i in range(14)),
            *(value(f"t-{i}x", "rises_then_falls", f"D{i * 3}..D{i * 3 + 20}", "CRP") for i in range(8)),
            *(value(f"s-{i}x", "normalises", f"soon:c-{i}x", "albumin") for i in range(4)),
        ]
    ),
    "two hundred values": made(
        measurements=[value(f"v-{i}x", str(3000 + 17 * i % 977), f"D{i * 3}", "uPCR", unit="mg/g") for i in range(200)]
    ),
    "order before": made(
        day_zero="aa", therapies=_order("before"), events=[event(f"q-{i}x", f"after:o-{i}x") for i in range(5)]
    ),
    "order after": made(
        day_zero="aa", therapies=_order("after"), events=[event(f"q-{i}x", f"after:o-{i}x") for i in range(5)]
    ),
    "long words": made(
        title="T" * 400,
        diagnosis="W" * 300,
        therapies=[
            course("aa", "x" * 120, "D0", "ongoing", dose=3, dose_unit="m" * 60, frequency="f" * 90),
            course("bb", "pneumonoultramicroscopicsilicovolcanoconiosis inhibitor"),
        ],
        doses=[dose("dd", "aa", 3, "D4", frequency="word " * 40)],
        events=[
            event("e-1", "D4", label="L" * 200),
            event("e-2", "D7", label="word " * 60),
            event("e-3", "D2", end="D9", label="state " * 50),
        ],
        measurements=[
            *(value(f"v-{i}", str(i), f"D{i}", "A" * 100, unit="u" * 70, assay="s" * 80) for i in range(3)),
            value("c-1", "K" * 150, "D4", "ANA"),
            value("c-2", "K" * 150, "D9", "ANA"),
        ],
    ),
    "letters the font lacks": made(
        title="患者",
        therapies=[course("aa", "患者薬" * 5, "D0", "ongoing", dose=3, dose_unit="錠", frequency="毎日毎日")],
        events=[event("e-1", "D4", label="発疹発疹 発疹"), event("e-2", "D7", label="مرحبا بالعالم")],
        measurements=[value(f"v-{i}x", str(i), f"D{i}", "検査値検査値", unit="単位") for i in range(3)],
    ),
    "signs": made(
        therapies=[course(f"t-{i}x", "rituximab", f"D{i * 30}", f"D{i * 30 + 9}", basis="derived") for i in range(6)],
        doses=[dose(f"d-{i}x", "t-0x", 500, f"D{i}", basis="derived", status="disputed") for i in range(6)],
        measurements=[value(f"v-{i}x", "positive", f"D{i * 9}", "ANA", basis="derived") for i in range(9)],
        events=[event(f"e-{i}x", f"D{i * 9}", end=f"D{i * 9 + 9}", basis="derived") for i in range(9)],
        discrepancies=[
            {"rows": [f"{table}-{i}x" for table in "tdve" for i in range(6)], "label": "x", "used": "y", "other": "z"}
        ]
        * 12,
    ),
}


def check(spec, width_mm, **options):
    options = PageOptions(width_mm=width_mm, **options)
    page = read(to_svg(spec, options))
    assert page.width * options.enlarged == pytest.approx(width_mm, abs=0.01)
    assert page.collisions() == []
    assert page.outside() == []
    smallest = options.type_pt * MM_PER_PT
    assert [word.text for word in page.words if word.size * options.enlarged < smallest - 1e-3] == []
    return page


PAGES = [
    {"letters": True}, {"words": "apart", "title": False}, {"words": "apart", "letters": True}, {"type_pt": 8.5},
    {"type_pt": 10, "letters": True},
]  # fmt: skip


@pytest.mark.parametrize("options", PAGES, ids=str)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_words_meet_on_other_pages(case_id, options):
    for lang in ("en", "fr"):
        for width_mm in (90.0, 190.0):
            check(compile(SHIPPED[case_id], Options(lang=lang)), width_mm, **options)


def test_larger_type_lays_the_figure_out_anew():
    spec = compile(SHIPPED["dm-mda5-ruxolitinib"])
    usual, large = (read(to_svg(spec, PageOptions(width_mm=120, type_pt=pt))) for pt in (7, 10.5))
    svg = to_svg(spec, PageOptions(width_mm=120, type_pt=10.5))
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="120mm"')
    assert large.width == pytest.approx(80)
    assert large.height > usual.height, "more lines, not smaller ones"


def test_letters_name_the_parts_from_top_to_bottom():
    for case_id, case in SHIPPED.items():
        spec = compile(case)
        page = lay_out(spec, 140.0, letters=True)
        assert [line.text for line in page.letters] == [letter(n) for n in range(len(parts(spec)))], case_id
        tops = [line.y for line in page.letters]
        assert tops == sorted(tops)
        assert lay_out(spec, 140.0).letters == ()
    assert [letter(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


@pytest.mark.parametrize("case_id", SHIPPED)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_a_page_leaves_out_is_in_the_caption(case_id, lang):
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    full = lay_out(spec)
    bare = lay_out(spec, title=False, words="apart")
    text = " ".join(caption(spec).replace("\u00a0", " ").split())
    for box in spec.boxes:
        assert all(entry.text.replace("\u00a0", " ") in text for entry in box.entries)
    for said in (spec.title, spec.subtitle, spec.source, *spec.notes, *(d.label for d in spec.discrepancies)):
        # Where it begins a sentence, it does so with a capital.
        assert " ".join(said.replace("\u00a0", " ").split())[1:] in text
    assert all(item.label.replace("\u00a0", " ") in text for item in spec.legend)
    assert bare.height < full.height
    # Wherever the caption goes, the picture says what is not reported, and what it is not for.
    told = {item.item.kind for item in bare.words.legend}
    signs = {"digitised", "derived", "converted", "illustrative", "illustrative_value", "disputed", "disputed_words"}
    assert told == {*signs, "flag"} & {item.kind for item in spec.legend}
    assert spec.disclaimer in " ".join(line.text for line in bare.words.below)
    assert bool(bare.words.banner) == bool(spec.banner)


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_words_meet_in_shipped_cases(case_id, width_mm):
    for lang in ("en", "fr"):
        check(compile(SHIPPED[case_id], Options(lang=lang)), width_mm)
        overlaid = compile(SHIPPED[case_id], Options(lang=lang, view="overlay"))
        if overlaid.overlay:
            check(overlaid, width_mm)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_range_and_threshold_is_named_on_the_page(case_id, lang):
    """Beside its line, under the name of its panel, or at the foot of a narrow page."""
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    labels = {found.label for panel in spec.panels for found in (*panel.bands, *panel.thresholds)}
    remarks = {remark for panel in spec.panels for remark in panel.remarks}
    for page in (PageOptions(width_mm=90), PageOptions(width_mm=190), PageOptions(width_mm=90, words="apart")):
        text = " ".join(word.text for word in read(to_svg(spec, page)).words)
        assert [label for label in labels | remarks if label not in text] == [], page


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("name", MADE)
def test_no_words_meet_in_made_cases(name, width_mm):
    check(compile(MADE[name]), width_mm)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.sampled_from(WIDTHS), st.sampled_from(["en", "fr"]))
def test_no_words_meet_in_any_case(case, width_mm, lang):
    check(compile(case, Options(lang=lang)), width_mm)


def disjoint(areas):
    ordered = sorted(areas)
    return not any(
        a[0] < b[2] - 1e-6 and b[0] < a[2] - 1e-6 and a[1] < b[3] - 1e-6 and b[1] < a[3] - 1e-6
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 :]
    )


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("name", [*SHIPPED, *MADE])
def test_no_block_covers_another(name, width_mm):
    page = lay_out(compile((SHIPPED | MADE)[name]), width_mm)
    blocks = [(c.block_x, c.block_y, c.block_x + c.block_w, c.block_y + c.block_h) for c in page.rail.clusters]
    assert disjoint(blocks)
    assert disjoint([(chip.x, chip.y, chip.x + chip.width, chip.y + chip.height) for chip in page.chips])
    stacked = sorted((box.y, box.y + box.height) for box in (*page.lanes, *page.panels))
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(stacked))
    lowest = max([box.y + box.height for box in (*page.lanes, page.rail, *page.panels)])
    assert lowest <= page.axis_y + 1e-6
    assert all(cluster.alone or cluster.block_y >= page.rail.line_y for cluster in page.rail.clusters)
    assert all(bottom <= page.rail.y + page.rail.height + 1e-6 for _, _, _, bottom in blocks)


@pytest.mark.parametrize("name", [*SHIPPED, "many words"])
@pytest.mark.parametrize("width_mm", WIDTHS)
def test_a_direction_keeps_its_distance_from_a_pill(name, width_mm):
    for panel in lay_out(compile((SHIPPED | MADE)[name]), width_mm).panels:
        spans = [
            (mark.y, min(mark.x - mark.glyph, mark.label.x), max(mark.x + mark.glyph, mark.label.x + w))
            for mark in panel.marks
            if mark.mark.y is None and (w := width(mark.label.text, theme.SMALL)) is not None
        ]
        for i, (y, first, last) in enumerate(spans):
            for other_y, start, end in spans[i + 1 :]:
                assert y != other_y or last + 0.8 <= start + 1e-6 or end + 0.8 <= first + 1e-6


@pytest.mark.parametrize("case_id", SHIPPED)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_name_at_left_is_cut_inside_a_word(case_id, lang):
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    page = lay_out(spec, 90.0)
    limit = page.frame.gutter - MARGIN
    whole = {word for lane in spec.lanes for word in lane.drug.split()}
    whole |= {word for panel in spec.panels for word in panel.label.split()}
    whole = {word for word in whole if width(word, theme.LABEL) <= 0.36 * 90}
    shown = {word for box in (*page.lanes, *page.panels) for line in box.label for word in line.split()}
    assert whole <= shown
    assert limit <= 0.36 * 90 + 1
    assert page.frame.plot1 - page.frame.plot0 >= 0.5 * 90, "most of the page is for the picture"


@pytest.mark.parametrize("width_mm", [140.0, 190.0])
def test_words_do_not_hide_where_a_first_administration_lies(width_mm):
    page = lay_out(compile(SHIPPED["dm-mda5-ruxolitinib"]), width_mm)
    (lane,) = [box for box in page.lanes if box.lane.drug == "cyclophosphamide"]
    (bar,) = lane.tracks[0].bars
    assert bar.bar.hatched
    assert bar.x0 < bar.begun < bar.label_x < bar.x1


def test_a_mark_stands_at_its_day():
    case = made(
        therapies=[course("aa", "dupilumab", "D0", "D99")],
        measurements=[value("v-1", "3", "D20"), value("v-2", "9", "D70")],
        events=[event("ev", "D50")],
    )
    page = lay_out(compile(case), 190.0)
    lo, hi, x0, x1 = page.frame.zones["main"]
    at = {mark.mark.row: mark.x for panel in page.panels for mark in panel.marks}
    assert at["v-1"] == pytest.approx(x0 + (x1 - x0) * (20.5 - lo) / (hi - lo))
    assert page.rail.clusters[0].x == pytest.approx(x0 + (x1 - x0) * (50.5 - lo) / (hi - lo))
    panel = page.panels[0]
    heights = [panel.at(y) for y in (3.0, 6.0, 9.0)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2])
    assert panel.y <= heights[2] < heights[0] <= panel.y + panel.height


@given(st.text(max_size=40), st.sampled_from([theme.SMALL, theme.LABEL, theme.SMALL_ITALIC]), st.floats(3, 80))
def test_lines_are_as_wide_as_they_are_drawn(text, style, limit):
    assert width(text, style) == pytest.approx(width(printable(text), style))
    lines = wrap(text, limit, style)
    assert all(width(line, style) <= limit for line in lines if len(line) > 1)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    cut = shortened(text, limit, style)
    assert cut == text or cut.endswith("…")


def test_width_is_that_of_the_font():
    ten, twenty = Style(10), Style(20)
    assert width("casecurves", twenty) == pytest.approx(2 * width("casecurves", ten))
    assert width("W", ten) > width("i", ten)
    assert width("ab", ten) < width("a", ten) + width("b", ten) + 0.2


def test_the_made_cases_are_what_they_are_called():
    zones = {name: [zone.name for zone in compile(MADE[f"order {name}"]).axis.zones] for name in ("before", "after")}
    assert zones == {"before": ["before", "main"], "after": ["main", "after"]}
    assert len(compile(MADE["forty drugs"]).lanes) >= 25
    assert len(lay_out(compile(MADE["four hundred events"]), 190.0).rail.clusters) > 200
    assert all(not case.chronology.contradictions for case in MADE.values())


@pytest.mark.parametrize("width_mm", WIDTHS)
def test_steps_and_days_are_numbered_side_by_side(width_mm):
    page = read(to_svg(compile(MADE["order before"]), PageOptions(width_mm=width_mm)))
    axis = [word for word in page.words if word.text == "0"]
    assert len(axis) == 1, "the scaled zone keeps its zero"
    steps = [
        word for word in page.words if word.text in {str(i) for i in range(1, 30)} and abs(word.top - axis[0].top) < 0.1
    ]
    assert steps
    assert all(not word.meets(axis[0]) for word in steps)


MANY = made(
    therapies=[course("aa", "dupilumab", "D0", "ongoing")],
    events=[
        *(event(f"event-number-{i}", f"D{i * 9}") for i in range(8)),
        event("here-and-now", "D0", "biopsy"),
        event("soon-after", "soon:aa", "admission"),
        event("found-then", "..D9", "complication"),
        event("between", "D10..D50", "relapse"),
        event("no-relapse", "D80", "relapse", end="D88", presence="absent", label="relapse of skin, lung, or muscle"),
        event("last", "D90", "last_follow_up"),
    ],
)


@pytest.mark.parametrize("width", [90, 140, 190])
@pytest.mark.parametrize("case", [MANY, *SHIPPED.values()], ids=lambda case: case.id)
def test_words_of_events_one_under_the_other_stand_in_the_order_of_time(case, width):
    clusters = lay_out(compile(case), width).rail.clusters
    for one in clusters:
        left, right = one.block_x, one.block_x + one.block_w
        assert right <= one.leader or one.leader <= left, "words stand on one side of their leader"
        for other in clusters:
            above = other.block_y + other.block_h <= one.block_y + 0.1
            assert above or not left - 0.2 < other.leader < right + 0.2, "no leader runs through words"
            abreast = one.block_x < other.block_x + other.block_w and other.block_x < one.block_x + one.block_w
            if one.leader + 0.1 < other.leader and abreast:
                assert one.block_y < other.block_y


@pytest.mark.parametrize(("width_mm", "highest"), [(90, 397), (190, 267)])
def test_the_longest_course_stays_on_a_page(width_mm, highest):
    assert lay_out(compile(SHIPPED["dm-mda5-ruxolitinib"]), width_mm).height <= highest


@pytest.mark.parametrize("case", [MANY, *SHIPPED.values()], ids=lambda case: case.id)
def test_no_symbol_of_the_rail_hides_another(case):
    clusters = [c for c in lay_out(compile(case), 140).rail.clusters if c.x is not None]
    places = [(c.x + (SOON if c.items[0].mark.certainty == "soon" else 0.0), c.lift) for c in clusters]
    for index, (x, lift) in enumerate(places):
        assert all(abs(x - at) >= 2.4 for at, level in places[index + 1 :] if level == lift)


@pytest.mark.parametrize("wide", [90, 140, 190])
def test_the_words_of_a_state_never_stand_on_its_end(wide):
    for case in (MANY, SHIPPED["dm-mda5-ruxolitinib"]):
        for lang in ("en", "fr"):
            for band in lay_out(compile(case, Options(lang=lang)), wide).rail.bands:
                size = max(width(line, theme.SMALL) for line in band.lines)
                inside = band.x0 <= band.label_x and band.label_x + size <= band.x1
                assert inside or band.label_x + size <= band.x0 or band.label_x >= band.x1


@pytest.mark.parametrize("width_mm", [90.0, 110.0, 170.0])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_label_of_a_range_is_not_drawn_over_its_own_bar(lang, width_mm):
    (example,) = (part.spec for part in examples(lang) if part.name == "values")
    ranges = [
        (panel, mark) for panel in lay_out(example, width_mm).panels for mark in panel.marks if mark.mark.y2 is not None
    ]
    assert ranges
    for panel, mark in ranges:
        upper, lower = panel.at(mark.mark.y2), panel.at(mark.mark.y)
        if mark.label is not None:
            beside = mark.label.x > mark.x or mark.label.x + width(mark.label.text, theme.SMALL) < mark.x
            assert beside or mark.label.top + LABEL_HEIGHT <= upper + 0.4 or mark.label.top >= lower, mark.label


@pytest.mark.parametrize("view", ["stacked", "overlay"])
@pytest.mark.parametrize("width_mm", [90, 190, 246])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_two_numbers_beside_each_other_are_never_read_as_one(case_id, width_mm, view):
    page = lay_out(compile(SHIPPED[case_id], Options(view=view)), width_mm)
    frames = [[box for box in page.panels if box.series is not None]] + [[box] for box in page.panels]
    for boxes in frames:
        labels = [
            mark.label for box in boxes for mark in box.marks if mark.label is not None and mark.mark.y is not None
        ]
        for n, one in enumerate(labels):
            for other in labels[n + 1 :]:
                left, right = sorted((one, other), key=lambda label: label.x)
                level = abs(left.top - right.top) < LABEL_HEIGHT / 2
                gap = right.x - left.x - width(left.text, theme.SMALL)
                assert not level or gap > 0.85, (left.text, right.text, gap)
