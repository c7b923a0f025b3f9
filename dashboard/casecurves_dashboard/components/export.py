"""The figure as a file: how it will look, how large it gets, and the links that save it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from casecurves.access import is_shipped
from casecurves.errors import UsageError
from casecurves.figure.caption import caption
from casecurves.figure.caption.edits import caption_file
from casecurves.figure.export import DOTTED, PICTURED, Format, most_pixels, pixels
from casecurves.figure.page import PageOptions, bounds, read_page
from casecurves.figure.pictures import height_mm
from casecurves.figure.spec import Spec
from casecurves.figure.svg import page_size
from casecurves.figure.vision import VISIONS
from casecurves.knowledge.presets import all_presets
from casecurves.words import LANGS, decimal, say
from casecurves_dashboard import ids
from casecurves_dashboard.components.checks import checks
from casecurves_dashboard.components.parts import aria, asks
from casecurves_dashboard.components.photos import photos
from casecurves_dashboard.photos import Added
from casecurves_dashboard.sheet import NAMES
from casecurves_dashboard.state import CHOICES, ViewState, from_query, path_of, spoken

WIDTHS_MM = (90, 140, 190)
_CHOICES = {"theme": ("light", "dark", "grey"), "words": ("below", "apart"), "panels": ("usual", "low")}
# What the page of a preset brings with it.
_FROM_PRESET = ("width_mm", "dpi", "type_pt")
# What a journal may not want to be told.
_PRIVATE = ("age", "dates")
# What an address calls what is set here, the preset apart: another one brings width, dots per inch and type.
_CALLED = {**{field: name for name, field in NAMES.items() if name != "preset"}, "lang": "in"}
_CALLED |= {"age": "age", "dates": "dates"}
# What the form of the page sets, and what that of the preset sets or makes void.
ASKED = tuple(_CALLED.values())
VOID = ("preset", *(_CALLED[name] for name in (*_FROM_PRESET, *_PRIVATE)))
_SWITCHES = ("title", "letters", "transparent")


def export(case_id: str, spec: Spec, state: ViewState, added: Added = Added()) -> list[Component]:  # noqa: B008
    """Return the panel for a figure, which is drawn in the language of the export, with the reader's own pictures."""
    page = state.sheet
    pictures = added.drawn(spec, page, small=False)
    wide, high = page_size(spec, page)
    size = (wide, high + height_mm(pictures, page))
    settings = [
        *_result(case_id, state, size),
        *checks(spec, case_id, state, pictures),
        *_controls(case_id, state),
        photos(case_id, state, added),
    ]
    return [
        html.Div(
            [html.Div(settings, className="export-settings"), _preview(case_id, state, size, added)],
            className="export",
        ),
        _caption(spec, case_id, state, [(one.letter, one.label) for one in pictures]),
    ]


def address(case_id: str, fmt: str, state: ViewState) -> str:
    """Return the address of the file of a view, in its own colours."""
    lang, sheet = state.export_lang or state.lang, state.sheet.model_copy(update={"seen": "usual"})
    file = state.changed(lang=lang, export_lang="", theme="light", tab="figure", sheet=sheet)
    return file.at(f"/export/{case_id}.{fmt}")


def chosen(given: Mapping[str, object], state: ViewState) -> tuple[ViewState, str]:
    """Return a view with the page options that a browser sent, and why not where there is no such page.

    Another preset brings its own width, dots per inch and type.
    """
    lang = given.get("lang")
    apart = {name: given[name] for name in _PRIVATE if given.get(name) in CHOICES[name]}
    fields = {
        name: value for name, value in given.items() if name not in ("lang", *_PRIVATE) and value not in (None, "")
    }
    if (given.get("preset") or "") != state.sheet.preset:
        fields = {name: value for name, value in fields.items() if name not in _FROM_PRESET}
    sheet, refused = state.sheet, ""
    try:
        sheet = read_page(fields, state.lang)
    except UsageError as error:
        refused = str(error)
    export_lang = lang if lang in LANGS and lang != state.lang else ""
    preset = sheet.made_for
    if sheet.preset != state.sheet.preset and preset is not None:
        apart |= {"age": preset.age, "dates": preset.dates}
    return state.changed(sheet=sheet, export_lang=export_lang, **apart), refused


def register(app: Dash) -> None:
    """Let the controls of the panel change the address."""
    names = ("lang", *_PRIVATE, *PageOptions.model_fields)

    @app.callback(
        Output(ids.LOCATION, "search", allow_duplicate=True),
        Output(ids.EXPORT_SAID, "children"),
        *(Input(ids.page_option(name), "checked" if name in _SWITCHES else "value") for name in names),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def _choose(*given: object) -> tuple[object, object]:
        *values, search = given
        state, _ = from_query(search, spoken())
        after, refused = chosen(dict(zip(names, values, strict=True)), state)
        said = [html.P(refused, className="notice")] if refused else []
        return no_update if after == state else after.to_query(), said


def _controls(case_id: str, state: ViewState) -> list[Component]:
    lang, page = state.lang, state.sheet
    widths = [
        html.Li(dcc.Link(f"{width}\u00a0mm", href=state.resized(width).at(path_of(case_id)))) for width in WIDTHS_MM
    ]
    languages = [(code, say("language.name", code)) for code in LANGS]
    named = {
        name: [(key, say(f"dashboard.export.choice.{name}.{key}", lang)) for key in keys]
        for name, keys in _CHOICES.items()
    }
    return [
        html.Div(id=ids.EXPORT_SAID, role="alert"),
        _preset(page.preset, lang),
        html.Div([_number("width_mm", page.width_mm, lang), html.Ul(widths, className="presets")]),
        _number("type_pt", page.type_pt, lang, step=0.5),
        _number("dpi", page.dpi, lang, step=50),
        _segments("lang", languages, state.export_lang or lang, lang),
        *(_segments(name, pairs, getattr(page, name), lang) for name, pairs in named.items()),
        *(_private(name, getattr(state, name), lang) for name in _PRIVATE),
        _seen(page.seen, lang),
        *(
            dmc.Switch(
                id=ids.page_option(name),
                label=say(f"dashboard.export.{name}", lang),
                checked=getattr(page, name),
                size="sm",
                **_asks(name),
            )
            for name in _SWITCHES
        ),
        _apply(lang, ids.SETTINGS),
    ]


def _asks(name: str) -> dict[str, Any]:
    return asks(_CALLED[name], ids.SETTINGS)


def _preset(chosen: str, lang: str) -> Component:
    data = [{"value": key, "label": preset.name(lang)} for key, preset in all_presets().items()]
    control: Component = dmc.Select(
        id=ids.page_option("preset"),
        label=say("dashboard.export.preset", lang),
        placeholder=say("dashboard.export.no_preset", lang),
        data=data,
        value=chosen or None,
        clearable=True,
        size="xs",
        **asks("preset", ids.PRESET_SETTINGS),
    )
    return html.Div([control, _apply(lang, ids.PRESET_SETTINGS)])


def _apply(lang: str, form: str) -> Component:
    """Return the button of who has no scripts; the others need none."""
    return html.Button(say("dashboard.controls.apply", lang), type="submit", form=form, className="apply")


def _private(name: str, chosen: str, lang: str) -> Component:
    pairs = [(key, say(f"dashboard.export.choice.{name}.{key}", lang)) for key in CHOICES[name]]
    return _segments(name, pairs, chosen, lang)


def _seen(chosen: str, lang: str) -> Component:
    data = [{"value": vision, "label": say(f"dashboard.export.choice.seen.{vision}", lang)} for vision in VISIONS]
    label = say("dashboard.export.seen", lang)
    control: Component = dmc.Select(
        id=ids.page_option("seen"),
        label=label,
        data=data,
        value=chosen,
        allowDeselect=False,
        size="xs",
        **_asks("seen"),
    )
    return control


def _number(name: str, value: float, lang: str, *, step: float = 1) -> Component:
    low, high = bounds(name)
    control: Component = dmc.NumberInput(
        id=ids.page_option(name),
        label=say(f"dashboard.export.{name}", lang),
        description=say(
            "dashboard.export.between", lang, low=decimal(f"{low:g}", lang), high=decimal(f"{high:g}", lang)
        ),
        value=value,
        min=low,
        max=high,
        step=step,
        decimalSeparator=say("number.decimal", lang),
        allowDecimal=name != "dpi",
        debounce=400,
        size="xs",
        **_asks(name),
    )
    return control


def _segments(name: str, pairs: Sequence[tuple[str, str]], value: str, lang: str) -> Component:
    data = [{"value": key, "label": text} for key, text in pairs]
    inner = dmc.SegmentedControl(id=ids.page_option(name), data=data, value=value, size="xs", **_asks(name))
    head = html.Span(say(f"dashboard.export.{name}", lang), id=ids.label(ids.page_option(name)), className="label")
    return html.Div(
        [head, inner], role="group", className="control", **aria(labelledby=ids.label(ids.page_option(name)))
    )


def _result(case_id: str, state: ViewState, size: tuple[float, float]) -> list[Component]:
    """Say how large the picture gets, and give the files; of those made of dots, none that is too large."""
    lang, page = state.lang, state.sheet
    wide, high = pixels(size, page.dpi)
    said = say(
        "dashboard.export.size",
        lang,
        width=decimal(f"{size[0]:g}", lang),
        height=f"{size[1]:.0f}",
        wide=wide,
        high=high,
    )
    links = [
        html.A(fmt.upper(), href=address(case_id, fmt, state), download="", className="file")
        for fmt in offered(wide * high)
    ]
    heading = html.H2(say("dashboard.export.heading", lang))
    return [heading, html.P(links, className="files"), html.P(said, className="size", role="status")]


def offered(dots: int) -> tuple[Format, ...]:
    """Return the kinds of file that are offered of a page of so many dots."""
    return tuple(fmt for fmt in PICTURED if fmt not in DOTTED or dots <= most_pixels(fmt))


def _preview(case_id: str, state: ViewState, size: tuple[float, float], added: Added) -> Component:
    style = {"width": f"{size[0]:g}mm", "aspectRatio": f"{size[0]:.3f} / {size[1]:.3f}"}
    kind = "preview see-through" if state.sheet.transparent else "preview"
    alt = say("dashboard.export.preview", state.lang)
    seen = "" if state.sheet.seen == "usual" else f"&seen={state.sheet.seen}"
    where = address(case_id, "svg", state) + seen
    # Own pictures are large: a screen is sent small ones.
    where = where.replace("/export/", "/preview/", 1) if added.photos else where
    return html.Div(html.Img(src=where, alt=alt, style=style), className=kind)


def _caption(spec: Spec, case_id: str, state: ViewState, pictures: Sequence[tuple[str, str]]) -> Component:
    """Show the words of the figure to copy; open where the picture leaves some of them out."""
    spec = spec if is_shipped(case_id) else replace(spec, case="")
    lang, text = state.lang, caption(spec, letters=state.sheet.letters, pictures=pictures)
    out = state.sheet.leaves_out
    head = say("dashboard.export.caption.needed" if out else "dashboard.export.caption.heading", lang)
    tools = [
        dcc.Clipboard(content=text, title=say("dashboard.export.caption.copy", lang), className="copy"),
        html.A(say("dashboard.export.caption.file", lang), href=address(case_id, "txt", state), download=""),
    ]
    paragraphs = [html.P(part) for part in text.strip().split("\n\n")]
    return html.Details(
        [
            html.Summary(head),
            html.Div(tools, className="copying"),
            html.Div(paragraphs, lang=spec.lang),
            _editor(text, case_id, spec.lang, state),
        ],
        open=out,
        className="caption",
    )


def _editor(text: str, case_id: str, written: str, state: ViewState) -> Component:
    """Let the caption be edited, or one edited before be brought up to date: a form that answers with a file."""
    lang = state.lang
    area = html.Textarea(caption_file(text), name="text", rows="14", lang=written, id=ids.CAPTION)
    label = html.Label(say("dashboard.export.caption.edit", lang), htmlFor=ids.CAPTION)
    button = html.Button(say("dashboard.export.caption.save", lang), type="submit", className="button")
    where = address(case_id, "txt", state).replace("/export/", "/caption/", 1)
    return html.Form([label, area, button], action=where, method="POST", className="editor")


def placeholder() -> Component:
    """Return the controls without a figure, for Dash to check callbacks against."""
    return html.Div(_controls("", ViewState()))
