"""The symbols of events as characters of the shipped font: each there, each its own, each as paper has it."""

import re
from pathlib import Path

import pytest
import uharfbuzz as hb
from figure.build import event, made
from figure.test_html import Page

from casecurves.figure import symbols
from casecurves.figure.compile import compile
from casecurves.figure.html import to_html
from casecurves.figure.layout.blocks import ICON
from casecurves.figure.plotly import to_plotly
from casecurves.figure.text import MM_PER_PT, font_directory
from casecurves.figure.theme import SMALL

FILES = sorted(Path(font_directory()).glob("*.ttf"))
SIGNS = {(kind, hollow): symbols.sign(kind, hollow=hollow) for kind in symbols.EVENTS for hollow in (False, True)}
# As paper draws them beside words, in millimetres: half their size, and half their line.
RADIUS, HALF_LINE = 0.95, 0.125


def outline(font, sign):
    """Return the corners of the contours of a character in millimetres round the middle of its symbol, y downwards."""
    per_mm = font.face.upem / (SMALL.size * MM_PER_PT)
    contours = []
    draw = hb.DrawFuncs()
    draw.set_move_to_func(lambda x, y, _: contours.append([(x / per_mm - 1.2, 0.9 - y / per_mm)]))
    draw.set_line_to_func(lambda x, y, _: contours[-1].append((x / per_mm - 1.2, 0.9 - y / per_mm)))
    font.draw_glyph(font.get_nominal_glyph(ord(sign)), draw, None)
    return contours


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_kind_of_event_has_a_character_of_its_own_with_the_shape_of_paper(file):
    font = hb.Font(hb.Face(file.read_bytes()))
    drawn = {key: outline(font, sign) for key, sign in SIGNS.items()}
    assert len({str(contours) for contours in drawn.values()}) == len(drawn) == 2 * len(symbols.EVENTS)
    for (kind, hollow), contours in drawn.items():
        path = symbols.EVENTS[kind][0]
        advance = font.get_glyph_h_advance(font.get_nominal_glyph(ord(SIGNS[kind, hollow])))
        assert advance * SMALL.size * MM_PER_PT / font.face.upem == pytest.approx(ICON, abs=0.01)
        assert len(contours) % 2 == 0 or not hollow, "a hole in each"
        if "A" in path:
            continue
        corners = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]
        for axis in (0, 1):
            inked = [corner[axis] for contour in contours for corner in contour]
            wanted = [corner[axis] * RADIUS for corner in corners]
            # A sharp corner reaches further out than the line is wide.
            assert min(wanted) - 0.35 < min(inked) <= min(wanted) - HALF_LINE + 0.02, kind
            assert max(wanted) + HALF_LINE - 0.02 <= max(inked) < max(wanted) + 0.35, kind


def test_the_sign_of_a_relapse_is_not_taken_for_that_of_a_flare():
    """Both were triangles: at the size of print, and hollow, one looked like the other."""
    flare, relapse, down = (
        [tuple(map(float, corner.split(","))) for corner in symbols.EVENTS[kind][0][1:-1].split("L")]
        for kind in ("flare", "relapse", "complication")
    )
    assert common(flare, flare) == 1
    assert max(common(relapse, flare), common(relapse, down)) < 0.55


def common(one, other):
    """Return which part of the ground that two shapes cover is covered by both."""
    steps = [step / 20.5 for step in range(-22, 23)]
    covered = [{(x, y) for x in steps for y in steps if inside(shape, x, y)} for shape in (one, other)]
    return len(covered[0] & covered[1]) / len(covered[0] | covered[1])


def inside(corners, x, y):
    sides = zip(corners, corners[1:] + corners[:1], strict=True)
    return sum((ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax for (ax, ay), (bx, by) in sides) % 2


def test_no_two_kinds_of_event_have_the_same_marker_on_the_screen():
    kinds = [kind for kind in symbols.EVENTS if kind != "other"]  # told in a box
    # Nothing is later than either of these two, and what stands at one place has one sign.
    looks = {}
    for last in ("last_follow_up", "death"):
        shown = [kind for kind in kinds if kind == last or kind not in ("last_follow_up", "death")]
        events = [
            event(f"it-{kind.replace('_', '-')}", "D400" if kind == last else f"D{20 * n}", kind)
            for n, kind in enumerate(shown)
        ]
        for trace in to_plotly(compile(made(events=events)))["data"]:
            if trace.get("mode") == "markers":
                looks |= each(trace)
    assert len(set(looks.values())) == len(looks) == len(kinds)


def each(trace):
    """Return the symbol of each event of a trace."""
    given = trace["marker"]["symbol"]
    looks = given if isinstance(given, list) else [given] * len(trace["ids"])
    return {row: look for row, look in zip(trace["ids"], looks, strict=True) if row.startswith("it-")}


def test_words_of_an_event_stand_behind_the_symbol_of_paper_filled_only_where_the_day_is_known():
    rows = [event("exact", "D10", "biopsy"), event("wide", "D20..D90", "decision"), event("last", "D99")]
    texts = [note["text"] for note in to_plotly(compile(made(events=rows)))["layout"]["annotations"]]
    assert f"{SIGNS['biopsy', False]}exact" in texts
    assert any(text.startswith(SIGNS["decision", True]) for text in texts)


def test_the_offline_page_carries_the_symbols_it_uses():
    page = to_html(compile(made(events=[event("exact", "D10", "biopsy"), event("last", "D99")])))
    assert SIGNS["biopsy", False] in "".join(Page(page).scripts)


def test_a_character_of_the_symbols_in_a_case_is_written_out():
    sign = SIGNS["biopsy", False]
    case = made(events=[event("exact", "D10", "decision", label=f"a{sign}b"), event("last", "D99")])
    said = str(to_plotly(compile(case)))
    assert sign not in said.replace("\\ue104", sign)
    assert f"⟨U+{ord(sign):04X}⟩" in said
