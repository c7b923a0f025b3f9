"""The same case drawn as others would draw it.

*Naive* is what tutorials give: ``plotly.express.timeline`` once for each interval, ``make_subplots``, and ``add_vline``
with an annotation for each event and row. *Careful* is one ``timeline`` and all shapes in one list. The peers get the
times ready resolved; ours resolves them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casecurves.figure.layout import lay_out
from casecurves.figure.spec import Spec

WIDTH_PX = 718
# 190 mm at 300 dpi.
_SCALE = 2244 / WIDTH_PX
_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_BROWSERS = ("chrome", "google-chrome", "chromium", "chromium-browser", "msedge")


@dataclass(frozen=True)
class Plain:
    """A case as bare numbers: what is left of it in most tools.

    Attributes
    ----------
    intervals : tuple of (drug, first day, last day)
        Courses.
    curves : tuple of (name, days, values)
        Biomarkers.
    events : tuple of (name, day)
        Events.
    height : float
        Height of our page over its width, so that all draw as many pixels.
    """

    intervals: tuple[tuple[str, float, float], ...]
    curves: tuple[tuple[str, tuple[float, ...], tuple[float, ...]], ...]
    events: tuple[tuple[str, float], ...]
    height: float


def plain(spec: Spec) -> Plain:
    """Return what a figure draws to scale, as bare numbers."""
    bars = [(lane.drug, bar) for lane in spec.lanes for track in lane.tracks for bar in track.bars]
    spans = [(drug, span) for drug, bar in bars for span in (*bar.certain, *bar.possible)]
    marks = [(panel.label, [m for m in panel.marks if m.x is not None and m.y is not None]) for panel in spec.panels]
    return Plain(
        tuple((drug, span.x0, span.x1) for drug, span in spans if span.zone == "main"),
        tuple(
            (name, tuple(m.x for m in found if m.x is not None), tuple(m.y for m in found if m.y is not None))
            for name, found in marks
        ),
        tuple((mark.label, mark.x) for mark in spec.rail.marks if mark.x is not None and mark.place[0].zone == "main"),
        lay_out(spec, 190.0).height / 190.0,
    )


def naive(case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    """Return a plotly figure made as tutorials do."""
    express, subplots, graph = _plotly()
    figure = _rows(subplots, case)
    for interval in case.intervals:
        for trace in express.timeline([_record(*interval)], x_start="start", x_end="end", y="drug").data:
            figure.add_trace(trace, row=1, col=1)
    _add_curves(figure, graph, case)
    for name, day in case.events:
        for row in range(1, len(case.curves) + 2):
            when = _date(day).timestamp() * 1000
            figure.add_vline(x=when, row=row, col=1, line_dash="dot", annotation_text=name)
    return figure


def careful(case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    """Return a plotly figure made by somebody who knows what is slow."""
    express, subplots, graph = _plotly()
    figure = _rows(subplots, case)
    records = [_record(*interval) for interval in case.intervals]
    for trace in express.timeline(records, x_start="start", x_end="end", y="drug", color="drug").data:
        figure.add_trace(trace, row=1, col=1)
    _add_curves(figure, graph, case)
    shapes = []
    annotations = []
    for name, day in case.events:
        x = _date(day)
        annotations.append({"x": x, "y": 1, "xref": "x", "yref": "paper", "text": name, "showarrow": False})
        for row in range(1, len(case.curves) + 2):
            axis = "" if row == 1 else str(row)
            place = {"xref": f"x{axis}", "yref": f"y{axis} domain", "x0": x, "x1": x, "y0": 0, "y1": 1}
            shapes.append({"type": "line", "line": {"dash": "dot"}, **place})
    figure.update_layout(shapes=shapes, annotations=annotations)
    return figure


def write_image(case: Plain) -> Callable[[], bytes]:
    """Return what draws a PNG with plotly's ``write_image``, which starts a browser each time."""
    figure = careful(case)
    figure.update_layout(width=WIDTH_PX, height=round(WIDTH_PX * case.height))
    _keep_mathjax_here()

    def job() -> bytes:
        file = BytesIO()
        figure.write_image(file, format="png", scale=_SCALE)
        return file.getvalue()

    return job


def _keep_mathjax_here() -> None:
    # Left alone, it fetches MathJax from another machine for every figure. The file need not exist for long: it is
    # read when the browser starts, and an empty one does.
    defaults = import_module("plotly.io").defaults
    if not defaults.mathjax:
        folder = TemporaryDirectory(prefix="casecurves-bench-")
        _kept.append(folder)
        empty = Path(folder.name) / "none.js"
        empty.write_text("", encoding="utf-8")
        defaults.mathjax = str(empty)


_kept: list[TemporaryDirectory[str]] = []


def write_image_lacks() -> str:
    """Return what is missing for `write_image`: a module or a browser; ``""`` when nothing is."""
    if lacks("kaleido"):
        return "kaleido"
    return "" if environ.get("BROWSER_PATH") or any(map(shutil.which, _BROWSERS)) else "chromium"


def lacks(module: str) -> str:
    """Return the name of a module that cannot be imported here, ``""`` for one that can."""
    try:
        import_module(module)
    except ImportError:
        return module
    return ""


def matplotlib_png(case: Plain) -> bytes:
    """Return a PNG drawn by matplotlib, 190 mm wide at 300 dpi."""
    figure = import_module("matplotlib.figure").Figure(figsize=(190 / 25.4, 190 / 25.4 * case.height))
    axes = figure.subplots(len(case.curves) + 1, 1, sharex=True, squeeze=False)[:, 0]
    drugs = list(dict.fromkeys(drug for drug, _, _ in case.intervals))
    for drug, start, end in case.intervals:
        axes[0].barh(drugs.index(drug), end - start, left=start, height=0.6)
    axes[0].set_yticks(range(len(drugs)), drugs)
    for ax, (name, days, values) in zip(axes[1:], case.curves, strict=True):
        ax.plot(days, values, marker="o")
        ax.set_ylabel(name)
    for name, day in case.events:
        axes[0].text(day, 1.0, name, transform=axes[0].get_xaxis_transform(), rotation=45, fontsize=7)
        for ax in axes:
            ax.axvline(day, linestyle=":")
    file = BytesIO()
    figure.savefig(file, format="png", dpi=300)
    return file.getvalue()


def _plotly() -> tuple[Any, Any, Any]:
    names = ("plotly.express", "plotly.subplots", "plotly.graph_objects")
    express, subplots, graph = (import_module(name) for name in names)
    return express, subplots, graph


def _rows(subplots: Any, case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    return subplots.make_subplots(rows=1 + len(case.curves), cols=1, shared_xaxes=True)


def _add_curves(figure: Any, graph: Any, case: Plain) -> None:  # noqa: ANN401 - plotly has no types
    for row, (name, days, values) in enumerate(case.curves, 2):
        trace = graph.Scatter(x=[_date(day) for day in days], y=values, name=name, mode="lines+markers")
        figure.add_trace(trace, row=row, col=1)


def _record(drug: str, start: float, end: float) -> dict[str, object]:
    return {"drug": drug, "start": _date(start), "end": _date(end)}


def _date(day: float) -> datetime:
    return _ZERO + timedelta(days=day)
