"""Draws a diagram: a shape for each kind of node, a line and a head for each kind of relation."""

from __future__ import annotations

from itertools import pairwise

from casecurves.figure import theme as t
from casecurves.figure.diagrams.layout import ICON, DiagramLayout, PlacedBox, PlacedLine, Point, Sample, lay_out
from casecurves.figure.diagrams.spec import DiagramSpec
from casecurves.figure.diagrams.telling import diagram_alt
from casecurves.figure.page import PageOptions
from casecurves.figure.svg.pen import Pen, n
from casecurves.figure.text import MM_PER_PT
from casecurves.figure.theme import THEMES

# What a line looks like: its dash, its head, its width.
_LINES = {
    "activates": ("", "arrow", 0.32),
    "produces": ("", "open", 0.32),
    "becomes": ("1.8 0.8", "arrow", 0.32),
    "recruits": ("0.4 0.8", "open", 0.4),
    "binds": ("", "dot", 0.32),
    "includes": ("0.4 0.8", "none", 0.28),
    "accompanies": ("", "none", 0.32),
    "inhibits": ("", "bar", 0.32),
    "blocks": ("", "bar", 0.75),
    "kills": ("1.8 0.8", "cross", 0.32),
}
_QUIET = {"subtitle", "note", "source", "disclaimer"}


def placed(spec: DiagramSpec, page: PageOptions, *, bare: bool = False) -> DiagramLayout:
    """Return a diagram on a page, in millimetres of a page whose smallest type is of the usual size."""
    words = page.words == "below"
    return lay_out(spec, page.width_mm / page.enlarged, bare=bare, title=page.title, words=words)


def diagram_svg(spec: DiagramSpec, page: PageOptions | None = None, *, bare: bool = False, hover: bool = True) -> str:
    """Return a diagram as SVG.

    Parameters
    ----------
    spec : DiagramSpec
        What to draw.
    page : PageOptions, optional
        The page; of its options, those of panels and letters say nothing of a diagram.
    bare : bool
        True leaves out the words round the picture but for the legend, for one whose words stand beside it.
    hover : bool
        False leaves out the words that appear when the pointer rests on a line, and says the relations in its place.

    Returns
    -------
    str
        One SVG document, the same for the same input; its size is given in millimetres.

    Raises
    ------
    UsageError
        When the page is too narrow for a row of it.
    """
    page = page or PageOptions()
    layout = placed(spec, page, bare=bare)
    pen = Pen(THEMES[page.theme], hover=hover)
    if not page.transparent:
        pen.rect(0, 0, layout.width, layout.height, pen.theme.paper)
    _draw(pen, layout)
    told = spec.disclaimer if hover else f"{diagram_alt(spec)} {spec.disclaimer}"
    return pen.document(layout.width, layout.height, spec.title, told, scale=page.enlarged)


def _draw(pen: Pen, page: DiagramLayout) -> None:
    """Draw everything but the paper."""
    for line in page.lines:
        with pen.group(line.relation.id, "relation", (line.relation.text,)):
            _line(pen, line)
    for box in page.boxes:
        with pen.group(box.box.id, box.box.kind):
            _box(pen, box)
    for line in page.lines:
        _number(pen, line)
    drug = pen.theme.drug(next((box.box.drug_class for box in page.boxes if box.box.drug_class), ""))
    for sample in page.legend:
        _sample(pen, sample, drug)
    for words in page.words:
        pen.text(words.x, words.y, words.text, words.style, pen.theme.muted if words.role in _QUIET else pen.theme.ink)


def _line(pen: Pen, line: PlacedLine) -> None:
    points = list(line.points)
    dash, head, width = _LINES[line.relation.effect]
    width = max(width, 0.75) if line.relation.chosen else width
    ink = pen.theme.ink if line.relation.effect != "includes" else pen.theme.muted
    x, tip = points[-1]
    down = line.points[-1][1] >= line.points[0][1]
    # The line ends where its head begins.
    points[-1] = (x, tip + (-1 if down else 1) * _HEADS[head])
    d = f"M{n(points[0][0])},{n(points[0][1])}"
    for number, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        middle = n((y0 + y1) / 2)
        curve = f"C{n(x0)},{middle} {n(x1)},{middle} {n(x1)},{n(y1)}"
        d += curve if number % 2 else f"L{n(x1)},{n(y1)}"
    pen.path(d, stroke=ink, width=width, dash=dash)
    _head(pen, head, (x, tip), down=down, ink=ink, bold=line.relation.chosen or line.relation.effect == "blocks")


# How far before its tip a head begins.
_HEADS = {"arrow": 1.4, "open": 0.3, "dot": 1.3, "bar": 0.5, "cross": 1.1, "none": 0.0}


def _head(pen: Pen, head: str, tip: Point, *, down: bool, ink: str, bold: bool = False) -> None:
    x, y = tip
    s = 1 if down else -1
    width = 0.7 if bold else 0.4
    if head == "arrow":
        pen.path(f"M{n(x)},{n(y)}L{n(x - 0.95)},{n(y - 1.9 * s)}L{n(x + 0.95)},{n(y - 1.9 * s)}Z", ink)
    elif head == "open":
        pen.path(
            f"M{n(x - 1.0)},{n(y - 1.7 * s)}L{n(x)},{n(y - 0.2 * s)}L{n(x + 1.0)},{n(y - 1.7 * s)}",
            stroke=ink,
            width=width,
            join=True,
        )
    elif head == "dot":
        pen.symbol("M-1,0A1,1 0 1 1 1,0A1,1 0 1 1 -1,0Z", x, y - 0.95 * s, 0.85, pen.theme.paper, ink, width=width)
    elif head == "bar":
        pen.line(x - 1.6, y - 0.5 * s, x + 1.6, y - 0.5 * s, ink, width=0.9 if bold else 0.55)
    elif head == "cross":
        y -= 1.1 * s
        pen.path(
            f"M{n(x - 0.9)},{n(y - 0.9)}L{n(x + 0.9)},{n(y + 0.9)}M{n(x - 0.9)},{n(y + 0.9)}L{n(x + 0.9)},{n(y - 0.9)}",
            stroke=ink,
            width=0.5,
        )


def _number(pen: Pen, line: PlacedLine) -> None:
    x, y = line.number
    w, h = line.number_width, 2.9
    ink, paper = pen.theme.ink, pen.theme.paper
    if line.relation.feedback:
        ink, paper = paper, ink
    pen.rect(x - w / 2, y - h / 2, w, h, paper, radius=h / 2)
    pen.text(x, y + 7 * MM_PER_PT * 0.36, line.relation.sign, t.SMALL_BOLD, ink, "middle")


def _box(pen: Pen, placed: PlacedBox) -> None:
    box = placed.box
    if box.chosen:
        pen.rect(placed.x - 1.1, placed.y - 1.1, placed.w + 2.2, placed.h + 2.2, pen.theme.warning, pen.theme.ink,
                 width=0.7, radius=1.6)  # fmt: skip
    ink = _shape(pen, box.kind, placed.x, placed.y, placed.w, placed.h, pen.theme.drug(box.drug_class))
    height = t.SMALL.height
    y = placed.y + placed.h / 2 - len(placed.lines) * height / 2 + height * 0.74
    for number, line in enumerate(placed.lines):
        pen.text(placed.x + placed.w / 2, y + number * height, line, t.SMALL_BOLD, ink, "middle")


def _shape(pen: Pen, kind: str, x: float, y: float, w: float, h: float, drug: str) -> str:
    """Draw the outline of a kind of node; return the ink of the words in it."""
    theme = pen.theme
    right, bottom = x + w, y + h
    if kind == "drug":
        pen.rect(x, y, w, h, drug, radius=0.6)
        return theme.on_bar
    if kind == "cytokine":
        pen.rect(x, y, w, h, theme.band, theme.ink, width=0.25, radius=min(h / 2, 3.2))
    elif kind == "cell":
        pen.rect(x, y, w, h, theme.paper, theme.ink, width=0.25, radius=1.8)
        pen.rect(x + 0.6, y + 0.6, w - 1.2, h - 1.2, theme.zone, theme.ink, width=0.2, radius=1.3)
    elif kind == "factor":
        pen.rect(x, y, w, h, theme.paper, theme.ink, width=0.25, dash="1.1 0.7")
    elif kind == "effect":
        pen.rect(x, y, w, h, theme.paper, theme.muted, width=0.2)
        pen.line(x, bottom, right, bottom, theme.ink, width=0.7)
    else:
        corners = _corners(kind, x, y, w, h)
        d = "M" + "L".join(f"{n(cx)},{n(cy)}" for cx, cy in corners) + "Z"
        pen.path(d, theme.band if kind in {"receptor", "gene"} else theme.paper, theme.ink, width=0.25)
        for side in (x + 0.35, right - 0.35) if kind == "gene" else ():
            pen.line(side, y, side, bottom, theme.ink, width=0.7)
    return theme.ink


def _corners(kind: str, x: float, y: float, w: float, h: float) -> list[Point]:
    right, bottom, middle, centre, cut = x + w, y + h, y + h / 2, x + w / 2, min(1.5, h / 3)
    if kind == "receptor":
        notch = [(centre - 1.6, y), (centre, y + 1.0), (centre + 1.6, y)]
        return [(x, y), *notch, (right, y), (right, bottom), (x, bottom)]
    if kind == "protein":
        above, below = [(x + cut, y), (right - cut, y)], [(right - cut, bottom), (x + cut, bottom)]
        return [*above, (right, middle), *below, (x, middle)]
    if kind == "antibody":
        above, below = [(x + cut, y), (right - cut, y)], [(right - cut, bottom), (x + cut, bottom)]
        return [*above, (right, y + cut), (right, bottom - cut), *below, (x, bottom - cut), (x, y + cut)]
    return [(x, y), (right, y), (right, bottom), (x, bottom)]


def _sample(pen: Pen, sample: Sample, drug: str) -> None:
    group, _, name = sample.key.partition(".")
    x, y = sample.x - ICON, sample.y - 0.9
    if group == "kind":
        _shape(pen, name, x + 0.3, y - 1.6, 6.6, 3.2, drug)
    elif group == "effect":
        _line_sample(pen, name, x, y)
    elif group == "feedback":
        pen.rect(x + 1.6, y - 1.45, 4.0, 2.9, pen.theme.ink, radius=1.45)
        pen.text(x + 3.6, y + 0.9, "1", t.SMALL_BOLD, pen.theme.paper, "middle")
    else:
        pen.rect(x + 0.5, y - 1.5, 6.2, 3.0, pen.theme.warning, pen.theme.ink, width=0.7, radius=1.0)
    for number, line in enumerate(sample.lines):
        pen.text(sample.x, sample.y + number * 4.2, line, t.SMALL)


def _line_sample(pen: Pen, effect: str, x: float, y: float) -> None:
    """Draw a line that lies: its head turned as a whole."""
    dash, head, width = _LINES[effect]
    ink = pen.theme.muted if effect == "includes" else pen.theme.ink
    pen.add(f'<g transform="translate({n(x + 7.0)} {n(y)}) rotate(-90)">')
    pen.line(0, -6.6, 0, -_HEADS[head], ink, width=width, dash=dash)
    _head(pen, head, (0, 0), down=True, ink=ink, bold=effect == "blocks")
    pen.add("</g>")
