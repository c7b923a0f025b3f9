"""A page made wider as the live figure is: only its axis grows, and no words come to lie on each other."""

import pytest
from figure.build import SHIPPED
from figure.page import read

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.layout.widen import widened
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

USUAL = 970 / 4.8


@pytest.mark.parametrize("spread", [290.0, 500.0])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_words_meet_and_none_leave_the_page(case_id, spread):
    for lang in ("en", "fr"):
        spec = compile(SHIPPED[case_id], Options(lang=lang))
        narrow, wide = (
            read(to_svg(spec, PageOptions(width_mm=USUAL), bare=True, spread_mm=mm)) for mm in (None, spread)
        )
        assert wide.width == spread
        assert wide.height == narrow.height
        assert wide.collisions() == []
        assert wide.outside() == []


def test_words_keep_their_distance_and_marks_their_share_of_the_axis():
    page = lay_out(compile(SHIPPED["dm-mda5-ruxolitinib"]), USUAL, words="none")
    wide = widened(page, 400.0)
    assert wide.frame.plot0 == page.frame.plot0
    assert wide.frame.x("main", 0.0) in [pytest.approx(bar) for bar in wide.frame.bars], "the line of day zero"
    share = (wide.frame.plot1 - wide.frame.plot0) / (page.frame.plot1 - page.frame.plot0)
    clusters = list(zip(page.rail.clusters, wide.rail.clusters, strict=True))
    assert len(clusters) > 5
    for before, after in clusters:
        assert after.block_x - after.leader == pytest.approx(before.block_x - before.leader)
        # The symbol of what followed rapidly stands a little after its place, whatever the width.
        aside = 0.0 if before.x is None else before.leader - before.x
        place = before.leader - aside - page.frame.plot0
        assert after.leader - aside - wide.frame.plot0 == pytest.approx(share * place)
    assert any(before.x is not None and before.leader > before.x for before, _ in clusters)
    marks = [mark for box in wide.panels for mark in box.marks if mark.mark.certainty == "about" and mark.glyph == 0]
    assert marks
    for mark in marks:
        assert mark.x == pytest.approx(wide.frame.x(mark.mark.place[0].zone, mark.mark.x))
