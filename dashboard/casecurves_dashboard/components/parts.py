"""The smallest parts of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component


def section(heading: str, content: Sequence[Component], kind: str = "") -> html.Section:
    """Return a headed part of a page."""
    return html.Section([html.H2(heading), *content], className=f"part {kind}".strip())


def aria(**named: str) -> dict[str, Any]:
    """Return attributes that tell a screen reader what something is: ``aria(label="x")`` is ``aria-label``."""
    return {f"aria-{name}": value for name, value in named.items()}
