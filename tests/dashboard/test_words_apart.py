"""The live figure as it first appears: no two words lie on each other, and none is too small to read."""

import pytest
from dashboard.test_explore import drawn, opened
from figure.build import SHIPPED
from figure.dense import CROWDED

from casecurves.io.files import written_files
from casecurves_dashboard.app import create_app

__all__ = ["opened"]
# Pixels of a CSS inch: 7 pt are 9.3 px; the figure promises 12 px, and 11 for ticks that plotly writes itself.
LEAST_PX = 11
# The words of every text of the figure where their ink is: spaces that part a word from its symbol are none of it.
WORDS = """
const inked = node => {
  const text = node.textContent, from = text.search(/[^\\u00a0 ]/), to = text.search(/[\\u00a0 ]*$/);
  if (from < 0) return [];
  const range = document.createRange();
  range.setStart(node, from); range.setEnd(node, to);
  return [...range.getClientRects()].map(r => [text.trim(), r.left, r.top, r.right, r.bottom]);
};
const found = [];
const kinds = ['.annotation-text', '.textpoint text', '.xtick text', '.ytick text', '.xtitle'];
const all = document.querySelectorAll(kinds.map(kind => `.js-plotly-plot ${kind}`).join());
all.forEach((element, index) => {
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const size = parseFloat(getComputedStyle(walk.currentNode.parentElement).fontSize);
    for (const box of inked(walk.currentNode)) found.push([index, size, ...box]);
  }
});
return found;
"""


def words(page):
    """Return each piece of words of the figure: of which text, font size, itself, and its box in pixels."""
    drawn(page)
    return page.driver.execute_script(WORDS)


def meeting(pieces):
    """Return the pairs of words of two texts that lie on each other by more than the air above and below letters."""
    found = []
    for n, (text, _, one, left, top, right, bottom) in enumerate(pieces):
        for other, _, two, x0, y0, x1, y1 in pieces[n + 1 :]:
            wide, high = min(right, x1) - max(left, x0), min(bottom, y1) - max(top, y0)
            if other != text and wide > 1.5 and high > 4:
                found.append(f"{one} / {two}")
    return found


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_two_words_of_a_shipped_case_lie_on_each_other(opened, lang):
    faults, seen = {}, 0
    for name in SHIPPED:
        pieces = words(opened(f"/case/{name}?lang={lang}"))
        seen += len(pieces)
        if bad := meeting(pieces) + [text for _, size, text, *_ in pieces if size < LEAST_PX]:
            faults[name] = bad
    assert faults == {}
    assert seen > 300


def test_no_two_words_of_a_case_with_far_too_much_on_it_lie_on_each_other(dash_duo, tmp_path):
    folder = tmp_path / "crowded"
    folder.mkdir()
    for name, content in written_files(CROWDED).items():
        (folder / name).write_bytes(content)
    dash_duo.start_server(create_app(tmp_path))
    dash_duo.driver.set_window_size(1400, 1000)
    dash_duo.driver.get(f"{dash_duo.server_url}/case/crowded?lang=en")
    pieces = words(dash_duo)
    assert len(pieces) > 200
    assert meeting(pieces) == []
