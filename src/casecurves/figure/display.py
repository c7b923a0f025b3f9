"""A figure that shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casecurves.figure.export import save
from casecurves.figure.options import ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces


@dataclass(frozen=True)
class Figure:
    """A figure of a case.

    As the last line of a notebook cell it shows itself; the words as written, the source and the locator of each mark
    appear when the pointer rests on it.

    Attributes
    ----------
    spec : Spec
        What it shows.
    theme : {"light", "dark", "grey"}
        Colours.
    """

    spec: Spec
    theme: ThemeName = "light"

    def save(self, path: Path | str, page: PageOptions | None = None, *, force: bool = False) -> tuple[Path, ...]:
        """Write the figure to a file.

        Parameters
        ----------
        path : Path or str
            The file; its ending says the format: .png, .svg, .pdf, .html or .json.
        page : PageOptions, optional
            The page of a PNG, SVG or PDF; one in the colours of the figure when not given.
        force : bool
            True replaces a file that is already there.

        Returns
        -------
        tuple of Path
            The file, and its caption where the page leaves words out.

        Raises
        ------
        UsageError
            When it cannot be written so; the message says why.
        """
        return save(self.spec, path, page or PageOptions(theme=self.theme), force=force)

    def _repr_html_(self) -> str:
        svg = to_svg(self.spec, PageOptions(theme=self.theme))
        return f'<div style="max-width:960px"><style>{font_faces(svg)}</style>{_fitting(svg)}</div>'


def _fitting(svg: str) -> str:
    """Return an SVG that takes the width of the cell instead of its own in millimetres."""
    return svg.replace("<svg ", '<svg style="width:100%;height:auto" ', 1)
