"""On a French page nothing breaks before ``:`` or inside quotation marks, and apostrophes are those of print.

Every page is walked, with its aria labels, options and alternative texts, whoever wrote a text: the catalogue, the
tables of knowledge, or a case.
"""

import re

import pytest
from dashboard.build import SOUND, write
from dashboard.test_one_language import Read
from figure.build import SHIPPED
from figure.test_plotly import strings

from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.compile import compile
from casecurves.figure.diagrams import compile_diagram, diagram_svg
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg
from casecurves.io.folder import read_case
from casecurves.knowledge import all_analytes, all_drugs
from casecurves.knowledge.relations import all_diagrams
from casecurves.words import catalogue, typeset
from casecurves_dashboard.app import create_app
from casecurves_dashboard.components.card import broken
from casecurves_dashboard.components.issues import issues
from casecurves_dashboard.markup import markup
from casecurves_dashboard.state import ViewState

SPACE = re.compile(r" [:;?!%»]|« |\d (?:mm|pt|Mo|mg|g|mL|UI|ans?|mois|jours?|heures?)\b|\d ×|× \d")
TYPED = re.compile(r"[^\W\d_]'[^\W_]")
GLUED = re.compile(r"[^\W\d_][;?!](?= |$)|[^\W\d_]:(?= )|«(?! )\S|[^\s\u00a0]»")
# As printed: titles of English articles, codes of UCUM, and what a source wrote where it names one thing in two ways.
QUOTED = ("therapy?", "anti-MAD5; DMA5", "arb'U")
PATHS = ["/", "/?q=rechute", "/?q=zzz", "/documents", "/knowledge", "/how-to-read", "/compare", "/nowhere", "/case/no"]
PATHS += ["/knowledge/immunotherapy-targets", "/knowledge/immune-adverse-events"]
PATHS += [f"/compare?align=dupilumab&view={view}" for view in ("swimmer", "multiples", "overlay")]
PATHS += [f"/case/{case}?tab={tab}" for case in SHIPPED for tab in ("figure", "tables", "issues", "care", "export")]
PATHS += [f"/teach/{case}{more}" for case in SHIPPED for more in ("", "/edit") if SHIPPED[case].teaching]
PATHS += [f"/diagram/{key}" for key in all_diagrams()]
PATHS += [f"/knowledge/drug/{known.id}" for known in all_drugs()]
PATHS += [f"/knowledge/analyte/{known.id}" for known in all_analytes()]


def wrong(texts):
    """Return the texts that break where French forbids it, or lack a space where it asks for one."""
    found = []
    for text in texts:
        plain = text
        for quoted in QUOTED:
            plain = plain.replace(quoted, "")
        if SPACE.search(plain) or GLUED.search(plain) or TYPED.search(plain):
            found.append(text)
    return found


def said(page):
    # A name as LOINC gives it is English, wherever it stands.
    names = set(re.findall(r'<td[^>]*lang="en"[^>]*>([^<]*)<', page))
    return [text for text in Read(page, "fr").found if text not in names]


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


@pytest.mark.parametrize("path", PATHS)
def test_a_page(client, path):
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang=fr")
    assert wrong(said(answer.text)) == []


@pytest.mark.parametrize("tab", ["tables", "issues"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_numbers_have_commas_and_categories_are_french(client, case_id, tab):
    texts = said(client.get(f"/case/{case_id}?tab={tab}&lang=fr").text)
    assert [text for text in texts if re.search(r"(?<![\d.+])[<>]?\d+\.\d+(?:$| %| mg| g)", text)] == []
    assert [text for text in texts if re.search(r" (?:elevated|low|negative|positive)$", text)] == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_what_is_told_of_a_figure(case_id):
    spec = compile(SHIPPED[case_id], Options(lang="fr"))
    assert wrong(strings(to_plotly(spec))) == []
    assert wrong(alt(spec).splitlines()) == []
    paper = re.findall(r"<(?:title|desc)[^>]*>([^<]*)<", to_svg(spec, PageOptions()))
    assert paper
    assert wrong(paper) == []
    assert wrong(caption(spec).replace(spec.source, "").splitlines()) == []


@pytest.mark.parametrize("key", all_diagrams())
def test_a_diagram_on_paper(key):
    svg = diagram_svg(compile_diagram(all_diagrams()[key], "fr", ""), PageOptions())
    assert wrong(re.findall(r">([^<>]*\S[^<>]*)<", svg)) == []


def test_what_is_wrong_with_a_case_of_ones_own(tmp_path):
    events = SOUND["events.csv"].replace("flare-1,flare", "flare-1,sneeze").replace("M2", "soonish")
    files = SOUND | {"events.csv": events}
    files["therapies.csv"] = files["therapies.csv"].replace("D0,M6", "M6,D0")
    _, report = read_case(write(tmp_path / "x", files))
    assert len(report) > 2
    texts = [*said(markup(issues(report, "fr"))), *said(markup(broken("x", report, ViewState(lang="fr"))))]
    assert wrong(texts) == []


def test_every_chapter_that_is_shown_on_a_page():
    # What a terminal prints is typed on a keyboard; where a page shows it, the page sets its spaces, as tested above.
    terminal = ("access", "bench", "chain", "cli", "consistency", "export", "html", "issue", "report", "template")
    terminal += ("terminal", "usage", "workbook")
    shown = {key: texts["fr"] for key, texts in catalogue().items() if key.partition(".")[0] not in terminal}
    assert len(shown) > 1000
    assert {key: text for key, text in shown.items() if wrong([text])} == {}
    # One that names a file stands in what is read aloud of it.
    assert wrong([catalogue()["export.title"]["fr"]]) == []


@pytest.mark.parametrize(
    "text", ["Dans : un cas", "aujourd'hui", "« oui »", "90 mm", "Choix A: juste", "au plus 2 Mo", "«oui»", "6 × 3"]
)
def test_it_can_tell(text):
    assert wrong([text])
    assert not wrong([typeset("Dans : « oui », 90 mm ; 6 × 3 Mo", "fr")])
