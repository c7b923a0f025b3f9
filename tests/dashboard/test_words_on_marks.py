"""The live figure as it first appears: no curve, whisker or symbol runs through the letters of any word."""

from dashboard.test_explore import drawn, opened
from figure.build import SHIPPED

__all__ = ["opened"]
# A frame on a laptop; the phone has the still picture, which `figure.test_marks_apart` looks at.
LAPTOP = (1440, 1000)
# What runs through letters: their ink, from the height of capitals down to the line, against every curve and whisker a
# pixel at a time, and against the symbols that are seen. What words stand in or on by nature is left out: statuses with
# their "?", the slashes of folds; and words on a plate that hides what is under them.
STRUCK = r"""
const plot = document.querySelector('.js-plotly-plot');
const seen = paint => paint && paint !== 'none' && !/, 0\)$/.test(paint);
const letters = node => {
  const text = node.textContent, from = text.search(/[^\u00a0 ]/), to = text.search(/[\u00a0 ]*$/);
  if (from < 0) return [];
  const range = document.createRange(), size = parseFloat(getComputedStyle(node.parentElement).fontSize);
  range.setStart(node, from); range.setEnd(node, to);
  return [...range.getClientRects()].map(box => {
    const line = box.top + 0.8 * box.height;
    return [text.trim(), box.left + 0.5, line - 0.7 * size + 0.5, box.right - 0.5, line - 0.5];
  });
};
const words = [];
for (const element of plot.querySelectorAll('.annotation-text, .textpoint text')) {
  const plate = element.closest('.annotation')?.querySelector('.bg');
  if (plate && seen(getComputedStyle(plate).fill) && parseFloat(getComputedStyle(plate).fillOpacity) > 0.7) continue;
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) words.push(...letters(walk.currentNode));
}
const faults = [], told = words.filter(([text]) => !/^([?/\u2044]+|[↗↘→]+)$/.test(text));
let places = 0, symbols = 0;
for (const line of plot.querySelectorAll('.scatterlayer path.js-line')) {
  const matrix = line.getScreenCTM(), long = line.getTotalLength(), run = new Map();
  for (let at = 0; at <= long; at += 1, places += 1) {
    const { x, y } = line.getPointAtLength(at).matrixTransform(matrix);
    for (const [text, x0, y0, x1, y1] of told)
      if (x0 < x && x < x1 && y0 < y && y < y1) run.set(text, (run.get(text) || 0) + 1);
  }
  for (const [text, count] of run) if (count > 2) faults.push(`${text}: a curve`);
}
for (const point of plot.querySelectorAll('.scatterlayer path.point')) {
  const style = getComputedStyle(point);
  if (!seen(style.fill) && !seen(style.stroke)) continue;
  const box = point.getBoundingClientRect();
  symbols += 1;
  for (const [text, x0, y0, x1, y1] of told) {
    const wide = Math.min(x1, box.right) - Math.max(x0, box.left);
    const high = Math.min(y1, box.bottom) - Math.max(y0, box.top);
    if (wide > 1.5 && high > 1.5) faults.push(`${text}: a symbol`);
  }
}
return [faults, told.length, places, symbols];
"""


def test_nothing_runs_through_the_words_of_a_shipped_case(opened):
    faults, seen = {}, [0, 0, 0]
    for name in SHIPPED:
        page = opened(f"/case/{name}?lang=en", LAPTOP)
        drawn(page)
        found, *counted = page.driver.execute_script(STRUCK)
        seen = [a + b for a, b in zip(seen, counted, strict=True)]
        if found:
            faults[name] = found
    assert faults == {}
    words, places, symbols = seen
    assert words > 300
    assert places > 3000
    assert symbols > 150
