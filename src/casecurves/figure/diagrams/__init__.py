"""Diagrams of relations: who acts on whom, drawn, checked and saved like every other figure."""

from __future__ import annotations

from casecurves.figure.diagrams.draw import diagram_svg
from casecurves.figure.diagrams.files import check_diagram, fitted_diagram, render_diagram
from casecurves.figure.diagrams.spec import DiagramSpec, compile_diagram
from casecurves.figure.diagrams.telling import diagram_alt, diagram_caption

__all__ = [
    "DiagramSpec",
    "check_diagram",
    "compile_diagram",
    "diagram_alt",
    "diagram_caption",
    "diagram_svg",
    "fitted_diagram",
    "render_diagram",
]
