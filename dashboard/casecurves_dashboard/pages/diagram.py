"""A diagram of relations: its picture, and each relation with where it stands in the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dash import dcc, html
from dash.development.base_component import Component

from casecurves.errors import UsageError
from casecurves.figure.diagrams import DiagramSpec, check_diagram, compile_diagram, fitted_diagram
from casecurves.figure.diagrams.draw import placed
from casecurves.figure.export import pixels
from casecurves.figure.page import read_page
from casecurves.knowledge.presets import all_presets
from casecurves.knowledge.relations import Diagram, Edge
from casecurves.words import printed, say
from casecurves_dashboard.components.checks import told, wanted
from casecurves_dashboard.components.export import offered
from casecurves_dashboard.components.figure import NARROW_PX
from casecurves_dashboard.components.issues import issues
from casecurves_dashboard.components.parts import aria, section
from casecurves_dashboard.components.words import notices
from casecurves_dashboard.diagrams import proportions
from casecurves_dashboard.state import DIAGRAM_PATH, KNOWLEDGE_PATH, Unknown, ViewState

_COLUMNS = ("number", "from", "effect", "to", "text", "locator")


def page(diagram: Diagram, state: ViewState, unknown: tuple[Unknown, ...] = ()) -> list[Component]:
    """Return the page of a diagram; the node that the address names stands out in it."""
    lang = state.lang
    back = html.P(
        dcc.Link(f"← {say('knowledge_page.heading', lang)}", href=state.elsewhere(KNOWLEDGE_PATH)), className="back"
    )
    if not diagram.report.sound:
        return [back, *notices(unknown, lang), html.H1(printed(diagram.title, lang)), issues(diagram.report, lang)]
    spec = compile_diagram(diagram, lang, state.node)
    nowhere = state.node and not any(box.chosen for box in spec.boxes)
    return [
        back,
        *notices((*unknown, *([Unknown("node", state.node)] if nowhere else [])), lang),
        html.H1(spec.title),
        html.P(spec.subtitle, className="lead"),
        _picture(spec, state),
        html.P(
            [text for line in (*spec.notes, *spec.signs) for text in (html.Span(line), html.Br())], className="beside"
        ),
        *_files(spec, state),
        section(say("knowledge_page.relations", lang), [_table(diagram, spec, state)], "wide"),
        html.P(spec.source, className="beside under"),
    ]


def _picture(spec: DiagramSpec, state: ViewState) -> Component:
    address = state.at(f"{DIAGRAM_PATH}{spec.id}.svg")
    alt = say("knowledge_page.alt", state.lang, title=spec.title, boxes=", ".join(box.label for box in spec.boxes))
    return html.Picture(
        [
            html.Source(srcSet=f"{address}&narrow=1", media=f"screen and (max-width: {NARROW_PX}px)"),
            html.Img(src=address, alt=alt),
        ],
        className="diagram",
        style=proportions(spec),
    )


def _files(spec: DiagramSpec, state: ViewState) -> list[Component]:
    """Return the files of a diagram, what pages they can be made for, and what is wrong with the one that is chosen."""
    page, path = state.sheet, f"{DIAGRAM_PATH}{spec.id}"
    try:
        high = placed(spec, page).height * page.enlarged
        found = check_diagram(spec, page, wanted(page)) if page.preset else ()
        checked = told(found, fitted_diagram(spec, page), spec.lang, state, path) if page.preset else []
    except UsageError as error:  # too narrow for its names
        return [html.P(str(error), className="notice"), _made_for(path, state, [])]
    wide, tall = pixels((page.width_mm, high), page.dpi)
    names: dict[str, str] = {fmt: fmt.upper() for fmt in offered(wide * tall)}
    names |= {"txt": say("dashboard.export.caption.file", state.lang)} if page.leaves_out else {}
    links = [html.Li(html.A(name, href=state.at(f"/export{path}.{fmt}"), download="")) for fmt, name in names.items()]
    return [html.Ul(links, className="ways"), _made_for(path, state, checked)]


def _made_for(path: str, state: ViewState, checked: list[Component]) -> Component:
    lang, chosen = state.lang, state.sheet.made_for
    names = {"": say("dashboard.export.no_preset", lang)} | {key: one.name(lang) for key, one in all_presets().items()}
    items = [
        html.Li(dcc.Link(name, href=state.changed(sheet=read_page({"preset": key}, lang)).at(path)),
                **aria(current="true" if key == state.sheet.preset else "false"))
        for key, name in names.items()
    ]  # fmt: skip
    head = say("list.told", lang, name=say("dashboard.export.preset", lang), text=names[chosen.id if chosen else ""])
    return html.Details(
        [html.Summary(head), html.Ul(items, className="fidelities"), *checked], open=bool(chosen), className="made-for"
    )


def _table(diagram: Diagram, spec: DiagramSpec, state: ViewState) -> Component:
    lang = state.lang
    path = f"{DIAGRAM_PATH}{spec.id}"
    names = {box.id: box.label for box in spec.boxes}
    several = {node.id for node in diagram.nodes if node.plural}
    head = [html.Th(say(f"knowledge_page.column.{name}", lang), scope="col") for name in _COLUMNS]
    rows = [
        html.Tr(
            [
                html.Td(relation.sign),
                html.Th(_node(edge.source, names, path, state), scope="row"),
                html.Td(_verb(edge, several, lang)),
                html.Td(_node(edge.target, names, path, state)),
                html.Td([printed(edge.label, lang), *_note(edge, lang)]),
                html.Td(printed(edge.locator, lang)),
            ],
            className="sought" if relation.chosen else None,
        )
        for edge, relation in zip(diagram.edges, spec.relations, strict=True)
    ]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="relations"), className="scroll"
    )


def _verb(edge: Edge, several: Collection[str], lang: str) -> str:
    if edge.source in several:
        return say(f"relation_effect_plural.{edge.effect}", lang)
    return say(f"relation_effect.{edge.effect}", lang)


def _node(node: str, names: Mapping[str, str], path: str, state: ViewState) -> Component:
    """Return the name of a node, as a link that makes it stand out, or no longer."""
    wanted = "" if node == state.node else node
    return dcc.Link(names[node], href=state.changed(node=wanted).at(path))


def _note(edge: Edge, lang: str) -> list[Component]:
    said = [say("knowledge_page.feedback", lang)] if edge.feedback else []
    said += [say("basis.derived", lang)] if edge.basis == "derived" else []
    said += [printed(edge.note, lang)] if printed(edge.note, lang) else []
    return [html.Span(" · ".join(said), className="beside")] if said else []
