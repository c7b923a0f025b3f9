"""The same figure drawn as others would draw it: the same stretches, marks, lines and words.

*Naive* is what tutorials give: ``plotly.express.timeline`` once for each interval, ``make_subplots``, and ``add_vline``
with an annotation for each event and row. *Careful* is one ``timeline`` and all shapes in one list. Like ours, they get
the times ready resolved; hover words they get as ours has them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casecurves.bench.plain import Curve, Interval, Plain

WIDTH_PX = 718
# 190 mm at 300 dpi.
_SCALE = 2244 / WIDTH_PX
_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_BROWSERS = ("chrome", "google-chrome", "chromium", "chromium-browser", "msedge")


def naive(case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    """Return a plotly figure made as tutorials do."""
    express, subplots, graph = _plotly()
    figure = _rows(subplots, case)
    for interval in case.intervals:
        for trace in _timeline(express, [interval]).data:
            figure.add_trace(trace, row=1, col=1)
    _add_dots(figure, graph, case)
    for row, curve in enumerate(case.curves, 2):
        for y, name in curve.thresholds:
            figure.add_hline(y=y, row=row, col=1, line_dash="dash", annotation_text=name)
        for low, high, name in curve.bands:
            figure.add_hrect(y0=low, y1=high, row=row, col=1, opacity=0.2, annotation_text=name)
    for event in case.events:
        for row in range(1, len(case.curves) + 2):
            when = _date(event.x).timestamp() * 1000
            figure.add_vline(x=when, row=row, col=1, line_dash="dot", annotation_text=event.label)
    return figure


def careful(case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    """Return a plotly figure made by somebody who knows what is slow."""
    express, subplots, graph = _plotly()
    figure = _rows(subplots, case)
    if case.intervals:
        for trace in _timeline(express, case.intervals).data:
            figure.add_trace(trace, row=1, col=1)
    _add_dots(figure, graph, case)
    shapes: list[dict[str, object]] = []
    annotations: list[dict[str, object]] = []
    for event in case.events:
        x = _date(event.x)
        annotations.append({"x": x, "y": 1, "xref": "x", "yref": "paper", "text": event.label, "showarrow": False})
        for row in range(1, len(case.curves) + 2):
            axis = _axis(row)
            place = {"xref": f"x{axis}", "yref": f"y{axis} domain", "x0": x, "x1": x, "y0": 0, "y1": 1}
            shapes.append({"type": "line", "line": {"dash": "dot"}, **place})
    for row, curve in enumerate(case.curves, 2):
        more, words = _across(curve, _axis(row))
        shapes += more
        annotations += words
    figure.update_layout(shapes=shapes, annotations=annotations)
    return figure


def _across(curve: Curve, axis: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    shapes: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    wide = {"xref": f"x{axis} domain", "yref": f"y{axis}", "x0": 0, "x1": 1}
    levels = [(y, y, name) for y, name in curve.thresholds] + list(curve.bands)
    for low, high, name in levels:
        look: dict[str, object] = {"type": "line", "line": {"dash": "dash"}}
        shapes.append({**wide, **(look if low == high else {"type": "rect", "opacity": 0.2}), "y0": low, "y1": high})
        place = {"xref": f"x{axis} domain", "yref": f"y{axis}", "x": 1, "y": high}
        words.append({**place, "text": name, "showarrow": False})
    return shapes, words


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
    return lacks("kaleido") or browser_lacks()


def browser_lacks() -> str:
    """Return ``"chromium"`` where no browser of its kind is found, else ``""``."""
    return "" if browser() else "chromium"


def browser() -> str:
    """Return the path of a browser of Chromium's kind, ``""`` when there is none."""
    found = (environ.get("BROWSER_PATH"), *map(shutil.which, _BROWSERS))
    return next((path for path in found if path), "")


def lacks(module: str) -> str:
    """Return the name of a module that cannot be imported here, ``""`` for one that can."""
    try:
        import_module(module)
    except ImportError:
        return module
    return ""


def matplotlib_figure(case: Plain) -> Any:  # noqa: ANN401 - matplotlib may be missing
    """Return a matplotlib figure, 190 mm wide."""
    figure = import_module("matplotlib.figure").Figure(figsize=(190 / 25.4, 190 / 25.4 * case.height))
    axes = figure.subplots(len(case.curves) + 1, 1, sharex=True, squeeze=False)[:, 0]
    rows = case.rows
    for found in case.intervals:
        axes[0].barh(rows.index(found.row), found.x1 - found.x0, left=found.x0, height=0.6)
        axes[0].text(found.x0, rows.index(found.row), found.label, fontsize=7)
    for row, dot in case.dots:
        axes[0].plot([dot.x], [rows.index(row)], marker="v")
        axes[0].text(dot.x, rows.index(row), dot.label, fontsize=7)
    axes[0].set_yticks(range(len(rows)), rows)
    for ax, curve in zip(axes[1:], case.curves, strict=True):
        _draw_curve(ax, curve)
    for event in case.events:
        axes[0].text(event.x, 1.0, event.label, transform=axes[0].get_xaxis_transform(), rotation=45, fontsize=7)
        for ax in axes:
            ax.axvline(event.x, linestyle=":")
    return figure


def _draw_curve(ax: Any, curve: Curve) -> None:  # noqa: ANN401 - matplotlib may be missing
    for days, values in curve.runs:
        ax.plot(days, values)
    heights = [curve.height_of(dot) for dot in curve.dots]
    ax.plot([dot.x for dot in curve.dots], heights, marker="o", linestyle="")
    for dot, y in zip(curve.dots, heights, strict=True):
        ax.text(dot.x, y, dot.label, fontsize=7)
    for y, name in curve.thresholds:
        ax.axhline(y, linestyle="--")
        ax.text(1.0, y, name, transform=ax.get_yaxis_transform(), fontsize=7)
    for low, high, name in curve.bands:
        ax.axhspan(low, high, alpha=0.2)
        ax.text(1.0, high, name, transform=ax.get_yaxis_transform(), fontsize=7)
    ax.set_ylabel(curve.name)


def matplotlib_png(case: Plain) -> bytes:
    """Return a PNG drawn by matplotlib, 190 mm wide at 300 dpi."""
    file = BytesIO()
    matplotlib_figure(case).savefig(file, format="png", dpi=300)
    return file.getvalue()


def _plotly() -> tuple[Any, Any, Any]:
    names = ("plotly.express", "plotly.subplots", "plotly.graph_objects")
    express, subplots, graph = (import_module(name) for name in names)
    return express, subplots, graph


def _rows(subplots: Any, case: Plain) -> Any:  # noqa: ANN401 - plotly has no types
    return subplots.make_subplots(rows=1 + len(case.curves), cols=1, shared_xaxes=True)


def _axis(row: int) -> str:
    return "" if row == 1 else str(row)


def _timeline(express: Any, intervals: Any) -> Any:  # noqa: ANN401 - plotly has no types
    records = [_record(interval) for interval in intervals]
    places = {"x_start": "start", "x_end": "end", "y": "row"}
    return express.timeline(records, **places, color="row", text="label", hover_data=["hover"])


def _add_dots(figure: Any, graph: Any, case: Plain) -> None:  # noqa: ANN401 - plotly has no types
    for row in dict.fromkeys(name for name, _ in case.dots):
        dots = [dot for name, dot in case.dots if name == row]
        figure.add_trace(_marks(graph, row, [(dot.x, row) for dot in dots], dots), row=1, col=1)
    if case.events:
        # A line across has no hover: who wants one puts a marker at its foot.
        foot = [(event.x, case.rows[-1] if case.rows else "") for event in case.events]
        figure.add_trace(_marks(graph, "events", foot, case.events, mode="markers"), row=1, col=1)
    for number, curve in enumerate(case.curves, 2):
        figure.add_trace(_values(graph, curve), row=number, col=1)


def _values(graph: Any, curve: Curve) -> Any:  # noqa: ANN401 - plotly has no types
    """Return one trace for a panel, as any author would: what no line joins stands between gaps."""
    dots = [dot for stroke in curve.strokes() for dot in (*stroke, None)][:-1]
    return graph.Scatter(
        x=[None if dot is None else _date(dot.x) for dot in dots],
        y=[None if dot is None else curve.height_of(dot) for dot in dots],
        name=curve.name,
        mode="lines+markers+text",
        text=[None if dot is None else dot.label for dot in dots],
        textposition="top center",
        hovertext=[None if dot is None else dot.hover for dot in dots],
    )


def _marks(graph: Any, name: str, places: Any, dots: Any, mode: str = "markers+text") -> Any:  # noqa: ANN401 - plotly has no types
    return graph.Scatter(
        x=[_date(x) for x, _ in places],
        y=[y for _, y in places],
        name=name,
        mode=mode,
        text=[dot.label for dot in dots] if "text" in mode else None,
        textposition="top center",
        hovertext=[dot.hover for dot in dots],
    )


def _record(found: Interval) -> dict[str, object]:
    return {
        "row": found.row,
        "start": _date(found.x0),
        "end": _date(found.x1),
        "label": found.label,
        "hover": found.hover,
    }


def _date(day: float) -> datetime:
    return _ZERO + timedelta(days=day)
