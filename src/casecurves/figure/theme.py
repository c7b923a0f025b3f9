"""Colours and sizes. Colour belongs to the drug class and stays with it across patients.

The class colours are dark enough for white text (contrast at least 4.5:1). Any two differ; those of drugs that stand in
one of the shipped cases differ without red-green vision, too, others do with the names that always accompany them. Most
come from Paul Tol's muted scheme and from Okabe and Ito's.
"""

from __future__ import annotations

from dataclasses import dataclass

from casecurves.figure.options import ThemeName
from casecurves.figure.text import Style

TITLE = Style(11, 600)
SUBTITLE = Style(8)
LABEL = Style(8, 600)
SMALL = Style(7)
SMALL_BOLD = Style(7, 600)
SMALL_ITALIC = Style(7, 400, italic=True)
BANNER = Style(8, 600)

# drug class -> (on light, on dark)
_CLASS_COLOURS: dict[str, tuple[str, str]] = {
    "glucocorticoid": ("#454e63", "#a5adca"),
    "calcineurin_inhibitor": ("#77660a", "#d8c55a"),
    "alkylating_agent": ("#831a4e", "#c275a8"),
    "antimetabolite": ("#8f3c87", "#f1afef"),
    "anti_cd20": ("#332288", "#a09ef6"),
    "anti_il4r": ("#0063a3", "#5eaada"),
    "immunoglobulin": ("#117733", "#6fcf8f"),
    "jak_inhibitor": ("#00756b", "#5cd0c4"),
    "chemotherapy": ("#b0450f", "#f0a070"),
    "checkpoint_inhibitor": ("#6a3d9a", "#c3a1ea"),
    "cytokine": ("#8a5a1e", "#dfb27a"),
    "biologic": ("#2c6284", "#98c6eb"),
    "supportive": ("#6b7280", "#a0acb0"),
}
# Tiles of charts on light, on dark, in grey: neither red nor green, and never told apart by colour alone.
_TILES: dict[str, tuple[str, str, str]] = {
    "full": ("#1f4e79", "#8cc4f2", "#2b2b2b"),
    "mid": ("#8fb3d1", "#3f6c93", "#9a9a9a"),
    "pale": ("#e3ecf4", "#26364a", "#e6e6e6"),
    "warm": ("#e3b45c", "#80601c", "#c4c4c4"),
}
_OTHER = ("#5a6472", "#b3bcc9")


@dataclass(frozen=True)
class Theme:
    """The colours of a figure."""

    name: ThemeName
    paper: str
    ink: str
    muted: str
    grid: str
    frame: str
    band: str
    zone: str
    zone_line: str
    curve: str
    tint: str
    warning: str
    warning_ink: str
    on_bar: str
    curves: tuple[str, str, str, str, str]

    def drug(self, drug_class: str) -> str:
        """Return the colour of a drug class; grey levels in the grey theme, one neutral for an unknown class."""
        if self.name == "grey":
            return (
                _GREYS[sorted(_CLASS_COLOURS).index(drug_class) % len(_GREYS)]
                if drug_class in _CLASS_COLOURS
                else "#555555"
            )
        return _CLASS_COLOURS.get(drug_class, _OTHER)[1 if self.name == "dark" else 0]

    def chart(self, ink: str) -> str:
        """Return the colour of a chart's ink: its tiles by name, else the colour of that name."""
        if ink in _TILES:
            return _TILES[ink][("light", "dark", "grey").index(self.name)]
        return ink if ink == "none" else str(getattr(self, ink))

    def series(self, index: int) -> str:
        """Return the colour of a series of an overlay, unlike that of any drug."""
        return self.curves[index % len(self.curves)]

    def pale(self, index: int) -> str:
        """Return the colour of a series half way to paper: what is not reported, and its reference range."""
        ink, paper = (bytes.fromhex(colour[1:]) for colour in (self.series(index), self.paper))
        return "#" + "".join(f"{(a + b) // 2:02x}" for a, b in zip(ink, paper, strict=True))


_GREYS = ("#1f1f1f", "#4d4d4d", "#333333", "#666666")
_LIGHT = Theme(
    name="light",
    paper="#ffffff",
    ink="#1a2230",
    muted="#556070",
    grid="#e3e7ed",
    frame="#c3cad4",
    band="#e6edf3",
    zone="#f3f5f8",
    zone_line="#dde2e9",
    curve="#1a2230",
    tint="#8d97a6",
    warning="#fff1c2",
    warning_ink="#5c3d00",
    on_bar="#ffffff",
    curves=("#2626f0", "#d6004a", "#101010", "#c000b8", "#0070f0"),
)
_DARK = Theme(
    name="dark",
    paper="#14181f",
    ink="#e8ecf2",
    muted="#a4aebc",
    grid="#2a313c",
    frame="#465061",
    band="#2a3a4f",
    zone="#1b212a",
    zone_line="#2a323e",
    curve="#e8ecf2",
    tint="#77828f",
    warning="#4a3a10",
    warning_ink="#ffe2a0",
    on_bar="#0d1117",
    curves=("#5c8cff", "#ff5c7a", "#ffffff", "#ff70ff", "#b8f000"),
)
_GREY = Theme(
    name="grey",
    paper="#ffffff",
    ink="#000000",
    muted="#444444",
    grid="#e2e2e2",
    frame="#bbbbbb",
    band="#e9e9e9",
    zone="#f4f4f4",
    zone_line="#dddddd",
    curve="#000000",
    tint="#8c8c8c",
    warning="#eeeeee",
    warning_ink="#000000",
    on_bar="#ffffff",
    curves=("#000000", "#3a3a3a", "#1c1c1c", "#555555", "#2c2c2c"),
)
THEMES: dict[ThemeName, Theme] = {"light": _LIGHT, "dark": _DARK, "grey": _GREY}
