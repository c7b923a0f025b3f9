"""Make the Casecurves Sans files from the Inter fonts; run it again only to change what they contain.

Usage (needs fonttools, and casecurves for the shapes; not part of the installed product)::

    npm pack @expo-google-fonts/inter && tar xzf expo-google-fonts-inter-*.tgz
    python make_fonts.py package .

The first argument is the unpacked package, the second the folder to write to.
"""

import math
import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from casecurves.figure import symbols
from casecurves.figure.layout.blocks import ICON
from casecurves.figure.text import MM_PER_PT
from casecurves.figure.theme import SMALL

FAMILY = "Casecurves Sans"
BRACKET_WIDTH, BRACKET_MARGIN = 340, 150  # font units, of 2048 to the em

# The symbols of events beside their words, in millimetres: half their size, and their line.
SYMBOL_MM, STROKE_MM = 0.95, 0.25
CIRCLE_CORNERS = 32
# How far the tip of a sharp corner may stand out.
SHARPEST = 0.2

# Each entry: file in the package, style name, weight.
STYLES = (
    ("400Regular/Inter_400Regular.ttf", "Regular"),
    ("600SemiBold/Inter_600SemiBold.ttf", "SemiBold"),
    ("400Regular_Italic/Inter_400Regular_Italic.ttf", "Italic"),
)

# Latin, Latin-1, Extended-A, Romanian, combining accents, Greek, punctuation and spaces, super- and
# subscripts, currency, letter-like, fractions, arrows, operators, geometric shapes, check marks, U+FFFD.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x30C),
    (0x326, 0x328), (0x370, 0x3FF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x215F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
    (0x2605, 0x2606), (0x26A0, 0x26A0), (0x2713, 0x2718), (0xFFFD, 0xFFFD),
)  # fmt: skip

# No `calt`: Inter uses it to turn "->" into an arrow and "2x3" into a multiplication sign, and text that
# came from a case must be shown as it was written.
FEATURES = ["kern", "ccmp", "locl", "mark", "mkmk", "tnum"]

COPYRIGHT, FAMILY_ID, SUBFAMILY_ID, UNIQUE, FULL, VERSION, POSTSCRIPT = range(7)
LICENCE, LICENCE_URL, TYPO_FAMILY, TYPO_SUBFAMILY = 13, 14, 16, 17
KEPT_NAMES = (COPYRIGHT, VERSION, LICENCE, LICENCE_URL)


def subset(font: TTFont) -> None:
    """Keep the wanted characters and features, drop the hinting and the tables of the variable font."""
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = list(KEPT_NAMES)
    options.drop_tables += ["STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    subsetter.subset(font)


def add_angle_brackets(font: TTFont) -> None:
    """Draw U+27E8 and U+27E9, which Inter lacks and in which hidden characters are shown."""
    paren = font["glyf"][font.getBestCmap()[ord("(")]]
    slant = math.tan(math.radians(-font["post"].italicAngle))
    stroke = 230 if font["OS/2"].usWeightClass > 500 else 160
    low, high = paren.yMin, paren.yMax
    middle, right = (low + high) / 2, BRACKET_WIDTH + stroke
    opening = [(0, middle), (BRACKET_WIDTH, high), (right, high), (stroke, middle), (right, low)]
    opening.append((BRACKET_WIDTH, low))
    closing = [(right - x, y) for x, y in reversed(opening)]
    for name, code, outline in (("uni27E8", 0x27E8, opening), ("uni27E9", 0x27E9, closing)):
        pen = TTGlyphPen(None)
        corners = [(round(BRACKET_MARGIN + x + slant * (y - middle / 2)), round(y)) for x, y in outline]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
        font["glyf"][name] = pen.glyph()
        font["glyf"][name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (right + 2 * BRACKET_MARGIN, font["glyf"][name].xMin)
        for table in font["cmap"].tables:
            table.cmap[code] = name


def add_symbols(font: TTFont) -> None:
    """Draw the symbol of each kind of event, filled and hollow: as large and as far from its words as on paper."""
    per_mm = font["head"].unitsPerEm / (SMALL.size * MM_PER_PT)
    advance = round(ICON * per_mm)
    for kind in symbols.EVENTS:
        for hollow in (False, True):
            code = ord(symbols.sign(kind, hollow=hollow))
            pen = TTGlyphPen(None)
            for contour in contours(kind, hollow):
                corners = [(round((1.2 + x) * per_mm), round((0.9 - y) * per_mm)) for x, y in contour]
                pen.moveTo(corners[0])
                for corner in corners[1:]:
                    pen.lineTo(corner)
                pen.closePath()
            name = f"uni{code:04X}"
            font["glyf"][name] = pen.glyph()
            font["glyf"][name].recalcBounds(font["glyf"])
            font["hmtx"][name] = (advance, font["glyf"][name].xMin)
            for table in font["cmap"].tables:
                table.cmap[code] = name


def contours(kind: str, hollow: bool) -> list[list[tuple[float, float]]]:
    """Return the outline of a symbol in millimetres, and inside it that of its hole."""
    found = []
    for corners in polygons(kind):
        sized = [(x * SYMBOL_MM, y * SYMBOL_MM) for x, y in corners]
        found.append(grown(sized, STROKE_MM / 2))
        if hollow:
            found.append(grown(sized, -STROKE_MM / 2)[::-1])
    return found


def polygons(kind: str) -> list[list[tuple[float, float]]]:
    """Return the corners of a symbol, clockwise as it is seen; what crosses itself in its middle is two."""
    path = symbols.EVENTS[kind][0]
    if "A" in path:
        radius = abs(float(path[1:].split(",")[0]))
        turns = [2 * math.pi * step / CIRCLE_CORNERS for step in range(CIRCLE_CORNERS)]
        return [[(radius * math.sin(turn), -radius * math.cos(turn)) for turn in turns]]
    corners = [tuple(map(float, corner.split(","))) for corner in path[1:-1].split("L")]
    parts = [corners]
    if kind == "dialysis":
        parts = [[corners[0], corners[1], (0.0, 0.0)], [corners[2], corners[3], (0.0, 0.0)]]
    return [part if area(part) > 0 else part[::-1] for part in parts]


def area(corners: list[tuple[float, float]]) -> float:
    """Return twice the area, positive when the corners go round clockwise with y downwards."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True))


def grown(corners: list[tuple[float, float]], by: float) -> list[tuple[float, float]]:
    """Return a polygon whose sides stand so much further out."""
    result = []
    for before, here, after in zip(corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True):
        (ax, ay), (bx, by_) = outward(before, here), outward(here, after)
        share = by / max(1 + ax * bx + ay * by_, SHARPEST)
        result.append((here[0] + (ax + bx) * share, here[1] + (ay + by_) * share))
    return result


def outward(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Return the unit vector that points out of the side between two corners."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    return dy / length, -dx / length


def rename(font: TTFont, style: str) -> None:
    """Give the derived font its own name, keeping the copyright and licence entries."""
    names = font["name"]
    linked = style in ("Regular", "Italic")
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    entries = {
        FAMILY_ID: FAMILY if linked else f"{FAMILY} {style}",
        SUBFAMILY_ID: style if linked else "Regular",
        UNIQUE: f"4.001;{postscript}",
        FULL: f"{FAMILY} {style}",
        VERSION: "Version 4.001; subset of Inter",
        POSTSCRIPT: postscript,
        TYPO_FAMILY: FAMILY,
        TYPO_SUBFAMILY: style,
    }
    for name_id, text in entries.items():
        names.setName(text, name_id, 3, 1, 0x409)


def main(package: Path, out: Path) -> None:
    """Write one TTF per style."""
    for source, style in STYLES:
        font = TTFont(package / source, recalcTimestamp=False)
        subset(font)
        add_angle_brackets(font)
        add_symbols(font)
        rename(font, style)
        font.save(out / f"{FAMILY.replace(' ', '')}-{style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
