"""A figure as one page that works offline: from a file, a memory stick, or an e-mail.

The printed picture stands in the page and is seen without any script; where scripts run, the interactive one takes
its place. The page asks for nothing from outside, and its own policy forbids it to.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

from casecurves.figure.caption import caption
from casecurves.figure.layout.signs import signed
from casecurves.figure.options import ThemeName
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import config, to_plotly
from casecurves.figure.spec import Bar, Box, Chip, Entry, LegendItem, Mark, NotDrawn, Spec
from casecurves.figure.stamp import stamp
from casecurves.figure.svg import to_svg
from casecurves.figure.svg.glyphs import font_faces
from casecurves.figure.svg.pen import Pen
from casecurves.figure.svg.words import draw_icon
from casecurves.figure.text import FAMILY
from casecurves.figure.theme import THEMES, Theme
from casecurves.words import say, unbroken

# What the interactive picture's own buttons and hover boxes may say.
ALPHABET = "".join(chr(code) for code in range(0x20, 0x17F))
_ICON_MM = (6.6, 3.8)

_STYLE = """
:root{{color-scheme:{scheme}}}
body{{margin:0;background:{paper};color:{ink};font:15px/1.45 '{family}',sans-serif}}
main,header,footer{{max-width:1200px;margin:0 auto;padding:0 20px}}
h1{{font-size:22px;font-weight:600;margin:20px 0 2px}}h2{{font-size:15px;font-weight:600;margin:18px 0 4px}}
p{{margin:4px 0}}ul{{margin:0;padding-left:18px}}
.quiet{{color:{muted}}}.whole{{white-space:nowrap}}
.banner{{background:{warning};color:{warning_ink};font-weight:600;padding:8px 12px;margin:12px 0}}
.frame{{overflow-x:auto}}#live{{min-width:970px}}
#printed svg{{display:block;width:100%;height:auto}}
.legend{{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:4px 18px}}
.legend li{{display:flex;align-items:center;gap:6px}}
.boxes{{columns:2 420px;column-gap:32px;margin-top:16px}}.boxes section{{break-inside:avoid;margin-bottom:14px}}
.boxes h2{{margin-top:0}}
summary{{font-weight:600;margin-top:14px;cursor:pointer}}table{{border-collapse:collapse;margin-top:6px}}
th,td{{text-align:left;vertical-align:top;padding:3px 10px;border-bottom:1px solid {grid};overflow-wrap:anywhere}}
footer{{border-top:1px solid {grid};margin-top:20px;padding-top:10px;padding-bottom:24px}}
@media print,(max-width:760px){{#live{{display:none!important}}#printed{{display:block!important}}}}
@media screen and (max-width:760px){{#printed svg{{min-width:700px}}}}
"""

# Labels are measured when they are drawn, so the fonts come first; where drawing fails, the printed picture stays.
_SCRIPT = """
const figure = JSON.parse(document.getElementById("figure").textContent);
const live = document.getElementById("live"), printed = document.getElementById("printed");
const draw = async () => {
  live.style.display = "block";
  try {
    await Plotly.newPlot(live, figure.data, figure.layout, figure.config);
    printed.style.display = "none";
  } catch (error) {
    live.style.display = "none";
    throw error;
  }
};
Promise.allSettled([...document.fonts].map((font) => font.load())).then(draw);
"""


def to_html(spec: Spec, theme: ThemeName = "light", below: str = "") -> str:
    """Return a figure as one self-contained HTML page.

    Parameters
    ----------
    spec : Spec
        The figure.
    theme : {"light", "dark", "grey"}
        Colours.
    below : str
        HTML that stands below the words of the figure, such as what the proof-reader finds.

    Returns
    -------
    str
        The page, about 5 MB, most of it the program that makes the picture interactive.
    """
    words = words_of(spec, {"sample": THEMES[theme]}) + below
    printed = to_svg(spec, PageOptions(theme=theme), bare=True)
    library, figure = plotly_script(), figure_json(spec, theme)
    body = (
        f"{header(spec)}<main>\n"
        f'<div class="frame"><div id="printed">{printed}</div>\n<div id="live" style="display:none"></div></div>\n'
        f"{words}{_apart(spec)}</main>\n{footer(spec.source, spec.disclaimer, stamp(spec))}"
        f'<script type="application/json" id="figure">{figure}</script>\n'
        f"<script>{library}</script>\n<script>{_SCRIPT}</script>\n"
    )
    letters = ALPHABET + words + printed + figure + _apart(spec)
    return whole_page(spec.lang, spec.title, theme, body, letters, library, _SCRIPT)


def whole_page(lang: str, title: str, theme: ThemeName, body: str, letters: str, *scripts: str) -> str:
    """Return a page that asks for nothing, with the fonts that these letters need; these scripts alone may run."""
    colours = THEMES[theme]
    style = font_faces(letters) + _STYLE.format(
        scheme="dark" if theme == "dark" else "light", family=FAMILY, **colours_of(colours)
    )
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(*scripts)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def footer(*lines: str) -> str:
    """Return what stands at the foot of a page, in small."""
    return f'<footer class="quiet">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</footer>\n'


def _apart(spec: Spec) -> str:
    """Return what stands folded below: every row in a table, for who does not see the picture; and the caption."""
    rows = "".join(
        f"<tr><td>{_text(first)}</td><td>{_text(' · '.join(rest))}</td></tr>" for first, *rest in _told(spec).values()
    )
    titles = [say(f"html.column.{name}", spec.lang) for name in ("what", "told")]
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    text = "".join(f"<p>{escape(part)}</p>" for part in caption(spec).strip().split("\n\n"))
    return (
        f"<details><summary>{escape(say('html.table', spec.lang))}</summary>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>\n"
        f"<details><summary>{escape(say('html.caption', spec.lang))}</summary>{text}</details>\n"
    )


def _told(spec: Spec) -> dict[str, tuple[str, ...]]:
    """Return what is told of every row: what the pointer finds, else its words."""
    items: tuple[Bar | Chip | Mark, ...] = (*spec.bars(), *spec.chips, *spec.marks())
    found = {item.row: item.hover for item in items if item.hover}
    entries = [entry for box in spec.boxes for entry in box.entries]
    for entry in (*entries, *spec.charts.entries()):
        found.setdefault(entry.row, entry.hover or (entry.text, entry.moment))
    return found


def _text(text: str) -> str:
    return unbroken(escape(text))


def plotly_script() -> str:
    """Return plotly.js, fit to stand in a script element."""
    from plotly.offline import get_plotlyjs  # slow to import, and only a page needs it

    library = str(get_plotlyjs())
    if "</script" in library.lower():
        raise ValueError("this plotly.js cannot stand in a page")
    return library


def figure_json(spec: Spec, theme: ThemeName) -> str:
    """Return the interactive figure as JSON, fit to stand in a script element."""
    # As it is read, so that the fonts of the page hold every character of it.
    drawn = {**to_plotly(spec, theme=theme), "config": config(spec.lang)}
    figure = json.dumps(drawn, allow_nan=False, ensure_ascii=False)
    return figure.replace("<", "\\u003c")


def policy(*scripts: str) -> str:
    """Return the policy of a page that runs these scripts and asks for nothing."""
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode('ascii')}'" for script in scripts]
    allowed = " ".join(hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def colours_of(theme: Theme) -> dict[str, str]:
    """Return the colours of the words round a picture."""
    names = ("paper", "ink", "muted", "grid", "warning", "warning_ink")
    return {name: getattr(theme, name) for name in names}


def header(spec: Spec) -> str:
    """Return what stands above the picture."""
    return heading(spec.title, spec.subtitle, spec.banner)


def heading(title: str, subtitle: str, banner: str = "") -> str:
    """Return a title and what stands round it."""
    above = f'<p class="banner">{escape(banner)}</p>' if banner else ""
    return f'<header>{above}<h1>{escape(title)}</h1><p class="quiet">{escape(subtitle)}</p></header>\n'


def words_of(spec: Spec, themes: Mapping[str, Theme]) -> str:
    """Return what stands below the picture; the samples of the legend once for each theme, by the class that has it."""
    icons = "".join(legend_item(item, themes) for item in spec.legend)
    boxes = "".join(_box(box, spec.lang) for box in spec.boxes)
    disagreements = [f"≠{found.n} {found.text}" for found in spec.discrepancies]
    left_out = [_because(reason, rows, spec.lang) for reason, rows in by_reason(spec).items()]
    return (
        f'<h2>{escape(say("html.legend", spec.lang))}</h2><ul class="legend">{icons}</ul>\n'
        f'<div class="boxes">{boxes}</div>\n'
        f'<p class="quiet">{escape(" ".join(spec.notes))}</p>\n'
        + listing(say("html.discrepancies", spec.lang), disagreements)
        + listing(say("html.not_drawn", spec.lang), left_out)
    )


def by_reason(spec: Spec) -> dict[str, list[NotDrawn]]:
    """Return the rows that are not drawn, by the reason: most share one."""
    found: dict[str, list[NotDrawn]] = {}
    for row in spec.not_drawn:
        found.setdefault(row.reason, []).append(row)
    return found


def _because(reason: str, rows: list[NotDrawn], lang: str) -> str:
    names = say("list.semicolon", lang).join(row.text for row in rows)
    return f"{say('not_drawn.because', lang, reason=reason, n=len(rows))} {names}"


def legend_item(item: LegendItem, themes: Mapping[str, Theme], sentence: str = "") -> str:
    """Return a kind of mark with its sample, once for each theme, and with what it says where that is told."""
    samples = "".join(_sample(item.kind, name, theme) for name, theme in themes.items())
    label = escape(item.label)
    words = f"<strong>{label}</strong> {escape(sentence)}" if sentence else label
    return f"<li>{samples}<span>{words}</span></li>"


def _sample(kind: str, name: str, theme: Theme) -> str:
    width, height = _ICON_MM
    pen = Pen(theme)
    draw_icon(pen, kind, 0.6, height / 2)
    size = f'width="{width * 4:g}" height="{height * 4:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg class="{name}" {size} aria-hidden="true">{"".join(pen.parts)}</svg>'


def _box(box: Box, lang: str) -> str:
    return f"<section>{listing(box.heading, [_entry(entry, lang) for entry in box.entries])}</section>"


def _entry(entry: Entry, lang: str) -> str:
    said = signed(entry, entry.text)
    return say("list.told", lang, name=entry.moment, text=said) if entry.moment else said


def listing(heading: str, items: list[str]) -> str:
    """Return a list under its heading; nothing where it is empty."""
    if not items:
        return ""
    return f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>\n"
