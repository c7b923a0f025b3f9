"""The typeface of the figures, given to the browser: one type on paper and on screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from casecurves.figure.text import FAMILY, font_directory


@dataclass(frozen=True)
class Face:
    """One font file.

    Attributes
    ----------
    name : str
        Name of the file.
    weight : int
        CSS weight.
    style : {"normal", "italic"}
        CSS style.
    """

    name: str
    weight: int
    style: Literal["normal", "italic"]

    @property
    def data(self) -> bytes:
        """The file."""
        return _read(self.name)

    @property
    def address(self) -> str:
        """Where the browser gets it; changes with its content."""
        return f"/fonts/{self.name}?v={sha256(self.data).hexdigest()[:12]}"

    def rule(self) -> str:
        """Return the CSS that makes the face known to a page."""
        return (
            f"@font-face{{font-family:'{FAMILY}';font-weight:{self.weight};font-style:{self.style};"
            f"font-display:swap;src:url({self.address}) format('truetype')}}"
        )


FACES: tuple[Face, ...] = (
    Face("CasecurvesSans-Regular.ttf", 400, "normal"),
    Face("CasecurvesSans-SemiBold.ttf", 600, "normal"),
    Face("CasecurvesSans-Italic.ttf", 400, "italic"),
)


def stylesheet() -> str:
    """Return the CSS that makes the family known to a page."""
    return "".join(face.rule() for face in FACES)


@cache
def _read(name: str) -> bytes:
    return (Path(font_directory()) / name).read_bytes()
