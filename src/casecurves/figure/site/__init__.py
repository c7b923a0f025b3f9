"""Many cases as one page that works offline: library, figures, tables, both languages, light and dark.

It is the page of one case, many times: the same header, words, printed picture and interactive figure. Without scripts
everything is there, one after the other; with them, one case is shown at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import quote

from casecurves.figure.compile import compile as compile_case
from casecurves.figure.findings import findings
from casecurves.figure.html import ALPHABET, colours_of, figure_json, header, plotly_script, policy, words_of
from casecurves.figure.options import Options, ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.site.reading import Explained, link, reading
from casecurves.figure.spec import Spec
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces
from casecurves.figure.tables import Cell, Heading, Shown, tables
from casecurves.figure.theme import THEMES
from casecurves.model.case import Case
from casecurves.words import LANGS, Lang, say, unbroken

# A cell with more letters than this is a remark.
_LONG = 80
_THEMES: tuple[ThemeName, ...] = ("light", "dark")


def to_site(cases: Sequence[Case], explained: Mapping[Lang, Sequence[Explained]] | None = None) -> str:
    """Return cases as one self-contained HTML page.

    Parameters
    ----------
    cases : sequence of Case
        The cases, in the order in which they are listed.
    explained : mapping of Lang to sequence of Explained, optional
        How to read a figure, in each language; without it, the page does not say.

    Returns
    -------
    str
        The page; 5 MB for the program that makes the figures interactive, and about 0.4 MB for each case. The same
        cases give the same page.
    """
    found = [(number, case, lang) for number, case in enumerate(cases) for lang in LANGS]
    specs = {(number, lang): compile_case(case, Options(lang=lang)) for number, case, lang in found}
    parts = [_bar(), '<main id="top">', *(_library(cases, specs, lang, explained) for lang in LANGS)]
    parts += [_article(number, case, specs[number, lang]) for number, case, lang in found]
    parts += [reading(told, lang, _THEMES) for lang, told in (explained or {}).items()]
    parts += ["</main>", _foot()]
    figures = "".join(
        f'<script type="application/json" id="figure-{number}-{lang}-{theme}">'
        f"{figure_json(specs[number, lang], theme)}</script>\n"
        for number, _, lang in found
        for theme in _THEMES
        if not specs[number, lang].empty
    )
    body = "\n".join(parts)
    library, script = plotly_script(), _asset("site.js")
    style = font_faces(ALPHABET + body + figures) + _colours() + _asset("site.css") + _one_language()
    return (
        f'<!doctype html>\n<html lang="{LANGS[0]}" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(library, script)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(say('dashboard.product', LANGS[0]))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{body}\n{figures}<script>{library}</script>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _one_language() -> str:
    """Return the style by which, where the scripts run, only what is in the language of the page is seen."""
    return "".join(
        f'.runs[lang="{lang}"] [data-lang]:not([data-lang="{lang}"]) {{ display: none; }}\n' for lang in LANGS
    )


def _bar() -> str:
    languages = "".join(f'<a href="#top" data-to-lang="{lang}" lang="{lang}">{lang.upper()}</a>' for lang in LANGS)
    themes = "".join(
        f'<a href="#top" data-to-theme="{theme}" data-lang="{lang}" class="only">{say(f"site.{theme}", lang)}</a>'
        for lang in LANGS
        for theme in _THEMES
    )
    hints = "".join(f'<p lang="{lang}">{escape(say("site.noscript", lang))}</p>' for lang in LANGS)
    product = escape(say("dashboard.product", LANGS[0]))
    names = " / ".join(LANGS).upper()
    return (
        f'<header class="bar"><a href="#top" data-to-case="">{product}</a><nav aria-label="{names}">{themes}{languages}'
        f"</nav></header>\n<noscript>{hints}</noscript>"
    )


def _library(
    cases: Sequence[Case],
    specs: dict[tuple[int, Lang], Spec],
    lang: Lang,
    explained: Mapping[Lang, Sequence[Explained]] | None,
) -> str:
    cards = "".join(_card(number, case, specs[number, lang]) for number, case in enumerate(cases))
    unknown = f'<p class="unknown" role="status" hidden>{escape(say("site.unknown", lang))}</p>'
    heading = escape(say("site.heading", lang))
    inside = f"{unknown}<h1>{heading}</h1>{link(lang) if explained else ''}<ul>{cards}</ul>"
    return f'<section class="library" data-lang="{lang}" lang="{lang}">{inside}</section>'


def _card(number: int, case: Case, spec: Spec) -> str:
    drugs = ", ".join(dict.fromkeys([*(lane.drug for lane in spec.lanes), *(chip.drug for chip in spec.chips)]))
    banner = f'<span class="mark">{escape(spec.banner)}</span>' if spec.banner else ""
    return (
        f'<li>{banner}<a href="#{_anchor(number, spec.lang)}" data-to-case="{escape(quote(case.id, safe=""))}">'
        f'{escape(spec.title)}</a><p>{escape(spec.subtitle)}</p><p class="quiet">{escape(drugs)}</p></li>'
    )


def _article(number: int, case: Case, spec: Spec) -> str:
    lang = spec.lang
    back = f'<p><a href="#top" data-to-case="">← {escape(say("site.back", lang))}</a></p>'
    shown = "".join(_table(table, lang) for table in tables(case, lang))
    return (
        f'<article id="{_anchor(number, lang)}" data-case="{escape(quote(case.id, safe=""))}" data-number="{number}" '
        f'data-lang="{lang}" lang="{lang}">\n{back}{header(spec)}{_pictures(spec)}'
        f"{words_of(spec, {f'on-{theme}': THEMES[theme] for theme in _THEMES})}"
        f'<p class="quiet">{escape(spec.source)}</p>{findings(case, lang)}'
        f"<h2>{escape(say('site.tables', lang))}</h2>{shown}</article>"
    )


def _pictures(spec: Spec) -> str:
    if spec.empty:
        return ""
    drawn = "".join(
        f'<div class="on-{theme}">{to_svg(spec, PageOptions(theme=theme), bare=True)}</div>' for theme in _THEMES
    )
    return f'<div class="printed">{drawn}</div><div class="frame"><div class="live" hidden></div></div>'


def _table(table: Shown, lang: str) -> str:
    head = "".join(
        f'<th scope="col"><button type="button" title="{escape(heading.meaning)}">{escape(heading.title)}</button></th>'
        for heading in table.headings
    )
    ranks = [_ranks([cells[at] for _, cells in table.rows]) for at in range(len(table.headings))]
    rows = "".join(
        f"<tr>{''.join(map(_cell, table.headings, cells, [rank[line] for rank in ranks]))}</tr>"
        for line, (_, cells) in enumerate(table.rows)
    )
    columns = ", ".join(table.left_out)
    left_out = f'<p class="quiet">{escape(say("table.left_out", lang, columns=columns))}</p>' if columns else ""
    title = escape(say("table.heading", lang, table=table.title, n=len(table.rows)))
    return (
        f'<h3>{title}</h3><div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{left_out}"
    )


def _ranks(cells: Sequence[Cell]) -> list[int]:
    """Return the place of each cell in its column's order; -1 where it is not known."""
    order = {key: place for place, key in enumerate(sorted({cell.key for cell in cells}))}
    return [-1 if cell.key[0] else order[cell.key] for cell in cells]


def _cell(heading: Heading, cell: Cell, rank: int) -> str:
    lang = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    beside = f'<span class="beside">{escape(cell.beside)}</span>' if cell.beside else ""
    # A remark is read in longer lines; the words of a time are a list, which breaks anywhere.
    long = len(cell.text) > _LONG and heading.name not in ("start", "end", "time")
    kind = ' class="number"' if heading.numeric else ' class="long"' if long else ""
    return f'<td data-rank="{rank}"{kind}><span{lang}>{unbroken(escape(cell.text))}</span>{beside}</td>'


def _anchor(number: int, lang: str) -> str:
    return f"case-{number}-{lang}"


def _foot() -> str:
    return f"<footer>{''.join(_disclaimers())}</footer>"


def _disclaimers() -> Iterator[str]:
    for lang in LANGS:
        yield f'<p lang="{lang}">{escape(say("disclaimer", lang))}</p>'


def _colours() -> str:
    rules = {
        theme: ";".join(f"--{name}:{colour}" for name, colour in colours_of(THEMES[theme]).items()) for theme in _THEMES
    }
    return f":root{{{rules['light']}}}\n:root[data-theme=dark]{{{rules['dark']}}}\n"


@cache
def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
