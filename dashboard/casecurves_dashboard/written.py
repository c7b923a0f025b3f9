"""A page as it is sent: its parts, or what they were written as."""

from __future__ import annotations

import orjson
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from casecurves_dashboard.light import light

# Colour scheme, head, page (written, or: as it is), foot, what the document is called, no problem, and what is told
# beside it.
Parts = list[Component]
Contents = tuple[str, Parts, object, Parts, dict[str, str], None, Parts]


def as_json(page: Parts) -> orjson.Fragment:
    """Return a page as Dash would send it, with few components, so that it need not be written again."""
    return orjson.Fragment(to_json_plotly(light(page), engine="orjson"))
