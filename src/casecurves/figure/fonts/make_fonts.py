"""Make the Casecurves Sans files from the Inter fonts; run it again only to change what they contain.

Usage (needs fonttools; not part of the installed product)::

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

FAMILY = "Casecurves Sans"
BRACKET_WIDTH, BRACKET_MARGIN = 340, 150  # font units, of 2048 to the em

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
        rename(font, style)
        font.save(out / f"{FAMILY.replace(' ', '')}-{style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
