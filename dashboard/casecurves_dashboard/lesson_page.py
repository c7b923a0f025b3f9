"""The document of the pages of a lesson, which are no pages of the app: no script but one, and nothing of a case."""

from __future__ import annotations

from html import escape

from dash import html
from dash.development.base_component import Component
from flask import Response

from casecurves.words import LANGS, say
from casecurves_dashboard.components.frame import footer, header
from casecurves_dashboard.fonts import FACES
from casecurves_dashboard.markup import markup
from casecurves_dashboard.state import ViewState

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{theme}">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
{fonts}<link rel="stylesheet" href="/assets/style.css">{styles}
</head>
<body class="{kind}">
{body}
<script src="/assets/{script}.js" defer></script>
</body>
</html>
"""


def document(body: str, title: str, lang: str, theme: str, kind: str = "beginning", script: str = "teach") -> Response:
    """Return a page of HTML."""
    fonts = "".join(f'<link rel="preload" as="font" crossorigin href="{face.address}">' for face in FACES[:2])
    sheets = dict.fromkeys(("teach", script, "print"))
    styles = "".join(f'<link rel="stylesheet" href="/assets/{name}.css">' for name in sheets)
    page = _PAGE.format(
        lang=lang, theme=theme, title=escape(title), fonts=fonts, body=body, kind=kind, script=script, styles=styles
    )
    return Response(page, mimetype="text/html")


def framed(parts: list[Component], path: str, heading: str, state: ViewState, script: str = "teach") -> Response:
    """Return a page with the head and foot of all others."""
    body = (
        f'<header class="head">{markup(header(path, state)[1:])}</header>'
        f'<main class="page teach">{markup(parts, ids=True)}</main>'
        f'<footer class="foot">{markup(footer(state))}</footer>'
    )
    return document(body, say(heading, state.lang), state.lang, state.theme, script=script)


def told(key: str, state: ViewState, status: int) -> Response:
    """Return a page that says one thing, in both languages."""
    text = "".join(f'<p lang="{lang}">{escape(say(key, lang))}</p>' for lang in sorted(LANGS, key=state.lang.__ne__))
    home = markup(html.P(html.A(say("dashboard.product", state.lang), href=state.elsewhere("/"))))
    page = document(
        f'<main class="page lesson-over">{text}{home}</main>', say("teach.over.title", state.lang), state.lang, "light"
    )
    page.status_code = status
    return page
