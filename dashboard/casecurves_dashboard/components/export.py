"""The figure as a file: how it will look, how large it gets, and the links that save it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.export import MOST_PIXELS, pixels
from casecurves.figure.page import PageOptions, bounds, read_page
from casecurves.figure.spec import Spec
from casecurves.figure.svg import page_size
from casecurves.words import LANGS, say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.state import ViewState, from_query, path_of, spoken

WIDTHS_MM = (90, 140, 190)
FORMATS = ("png", "svg", "pdf")
# What a journal page leaves for a figure and its caption, on A4 and letter paper.
TALLEST_MM = 240.0
_CHOICES = {"theme": ("light", "dark", "grey"), "words": ("below", "apart")}
_SWITCHES = ("title", "letters", "transparent")


def export(case_id: str, spec: Spec, state: ViewState) -> list[Component]:
    """Return the panel for a figure, which is drawn in the language of the export."""
    page = state.sheet
    size = page_size(spec, page)
    return [
        html.Div(
            [
                html.Div(
                    [*_result(spec, case_id, state, size), *_controls(case_id, state)], className="export-settings"
                ),
                _preview(case_id, state, size),
            ],
            className="export",
        ),
        _caption(spec, case_id, state),
    ]


def address(case_id: str, fmt: str, state: ViewState) -> str:
    """Return the address of the file of a view."""
    lang = state.export_lang or state.lang
    return state.changed(lang=lang, export_lang="", theme="light", tab="figure").at(f"/export/{case_id}.{fmt}")


def chosen(given: Mapping[str, object], state: ViewState) -> ViewState:
    """Return a view with the page options that a browser sent; what is not one changes nothing."""
    lang = given.get("lang")
    fields = {name: value for name, value in given.items() if name != "lang" and value not in (None, "")}
    try:
        sheet = read_page(fields, state.lang)
    except UsageError:
        sheet = state.sheet
    export_lang = lang if lang in LANGS and lang != state.lang else ""
    return state.changed(sheet=sheet, export_lang=export_lang)


def register(app: Dash) -> None:
    """Let the controls of the panel change the address."""
    names = ("lang", *PageOptions.model_fields)

    @app.callback(
        Output(ids.LOCATION, "search", allow_duplicate=True),
        *(Input(ids.page_option(name), "checked" if name in _SWITCHES else "value") for name in names),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def _choose(*given: object) -> object:
        *values, search = given
        state, _ = from_query(search, spoken())
        after = chosen(dict(zip(names, values, strict=True)), state)
        return no_update if after == state else after.to_query()


def _controls(case_id: str, state: ViewState) -> list[Component]:
    lang, page = state.lang, state.sheet
    widths = [html.Li(dcc.Link(f"{width} mm", href=state.resized(width).at(path_of(case_id)))) for width in WIDTHS_MM]
    languages = [(code, say("language.name", code)) for code in LANGS]
    named = {
        name: [(key, say(f"dashboard.export.choice.{name}.{key}", lang)) for key in keys]
        for name, keys in _CHOICES.items()
    }
    return [
        html.Div([_number("width_mm", page.width_mm, lang), html.Ul(widths, className="presets")]),
        _number("type_pt", page.type_pt, lang, step=0.5),
        _number("dpi", page.dpi, lang, step=50),
        _segments("lang", languages, state.export_lang or lang, lang),
        *(_segments(name, pairs, getattr(page, name), lang) for name, pairs in named.items()),
        *(
            dmc.Switch(
                id=ids.page_option(name),
                label=say(f"dashboard.export.{name}", lang),
                checked=getattr(page, name),
                size="sm",
            )
            for name in _SWITCHES
        ),
    ]


def _number(name: str, value: float, lang: str, *, step: float = 1) -> Component:
    low, high = bounds(name)
    control: Component = dmc.NumberInput(
        id=ids.page_option(name),
        label=say(f"dashboard.export.{name}", lang),
        description=say("dashboard.export.between", lang, low=f"{low:g}", high=f"{high:g}"),
        value=value,
        min=low,
        max=high,
        step=step,
        decimalSeparator=say("number.decimal", lang),
        allowDecimal=name != "dpi",
        debounce=400,
        size="xs",
    )
    return control


def _segments(name: str, pairs: Sequence[tuple[str, str]], value: str, lang: str) -> Component:
    data = [{"value": key, "label": text} for key, text in pairs]
    inner = dmc.SegmentedControl(id=ids.page_option(name), data=data, value=value, size="xs")
    head = html.Span(say(f"dashboard.export.{name}", lang), id=ids.label(ids.page_option(name)), className="label")
    return html.Div(
        [head, inner], role="group", className="control", **aria(labelledby=ids.label(ids.page_option(name)))
    )


def _result(spec: Spec, case_id: str, state: ViewState, size: tuple[float, float]) -> list[Component]:
    """Say how large the picture gets, what to do where that is too large, and give the files."""
    lang, page = state.lang, state.sheet
    wide, high = pixels(size, page.dpi)
    said = say("dashboard.export.size", lang, width=f"{size[0]:g}", height=f"{size[1]:.0f}", wide=wide, high=high)
    formats = [fmt for fmt in FORMATS if fmt != "png" or wide * high <= MOST_PIXELS]
    links = [html.A(fmt.upper(), href=address(case_id, fmt, state), download="", className="file") for fmt in formats]
    told = (
        [] if "png" in formats else [say("export.too_large", lang, width=wide, height=high, most=MOST_PIXELS // 10**6)]
    )
    if size[1] > TALLEST_MM:
        told.append(say("dashboard.export.tall", lang, height=f"{size[1]:.0f}", most=f"{TALLEST_MM:g}"))
    advice = _advice(spec, page, lang) if size[1] > TALLEST_MM else []
    notice = [html.Div([*map(html.P, told), *advice], className="notice", role="status")] if told else []
    heading = html.H2(say("dashboard.export.heading", lang))
    return [heading, html.P(links, className="files"), html.P(said, className="size", role="status"), *notice]


def _advice(spec: Spec, page: PageOptions, lang: str) -> list[Component]:
    """Name what would make a picture lower, where it applies."""
    apart = page.words == "below"
    which = {
        "words": apart,
        "wider": page.width_mm < WIDTHS_MM[-1],
        "type": page.enlarged > 1,
        "fewer": sum(not panel.dose for panel in spec.panels) > 1,
    }
    return [
        html.Ul([html.Li(say(f"dashboard.export.advice.{name}", lang)) for name, applies in which.items() if applies])
    ]


def _preview(case_id: str, state: ViewState, size: tuple[float, float]) -> Component:
    style = {"width": f"{size[0]:g}mm", "aspectRatio": f"{size[0]:.3f} / {size[1]:.3f}"}
    kind = "preview see-through" if state.sheet.transparent else "preview"
    alt = say("dashboard.export.preview", state.lang)
    return html.Div(html.Img(src=address(case_id, "svg", state), alt=alt, style=style), className=kind)


def _caption(spec: Spec, case_id: str, state: ViewState) -> Component:
    """Show the words of the figure to copy; open where the picture leaves some of them out."""
    lang, text = state.lang, caption(spec, letters=state.sheet.letters)
    out = state.sheet.leaves_out
    head = say("dashboard.export.caption.needed" if out else "dashboard.export.caption.heading", lang)
    tools = [
        dcc.Clipboard(content=text, title=say("dashboard.export.caption.copy", lang), className="copy"),
        html.A(say("dashboard.export.caption.file", lang), href=address(case_id, "txt", state), download=""),
    ]
    paragraphs = [html.P(part) for part in text.strip().split("\n\n")]
    return html.Details(
        [html.Summary(head), html.Div(tools, className="copying"), html.Div(paragraphs, lang=spec.lang)],
        open=out,
        className="caption",
    )


def placeholder() -> Component:
    """Return the controls without a figure, for Dash to check callbacks against."""
    return html.Div(_controls("", ViewState()))
