"""What is read in one language is said in it: no English sentence on a French page, and no French one on an English.

Every text is walked: pages, figures, hover, details, captions, tables, lessons, handouts, the timeline of CARE, the
page that works offline. A text is foreign where it has a word that only the other language has.
"""

import json
import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from figure.build import SHIPPED, unspanned
from figure.test_french import told
from figure.test_plotly import strings

from casecurves.analysis.consistency import RULES
from casecurves.figure.caption import caption
from casecurves.figure.caption.alt import alt
from casecurves.figure.care import care_text
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.compile.limits import limit
from casecurves.figure.handout import pages as handout
from casecurves.figure.options import Options, Unit
from casecurves.figure.plotly import to_plotly
from casecurves.figure.site import to_site
from casecurves.howto import explained
from casecurves.knowledge import all_analytes, all_documents, all_drugs
from casecurves.knowledge.loinc import codes
from casecurves.knowledge.rules import all_rules
from casecurves.model.schema import TABLES, columns
from casecurves_dashboard.app import create_app
from casecurves_dashboard.lessons import Lessons
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented

LANGS = ("en", "fr")


def _words(text):
    return frozenset(text.split())


# Words that the other language does not have: "on", "as", "second" and the like are words of both.
FOREIGN = {
    "fr": _words(
        "the of and with from by is are was were not this that which what when where then than to it its for at has"
        " have been first third fourth paragraph paragraphs patient's after before between without within until since"
        " each every abstract legend weeks week months month years year days day given quoted"
    ),
    "en": _words(
        "le la les des du de et avec pour sous dans une est sont où qui que pas aux ce cette sur après avant jours jour"
        " mois semaine semaines ans sans chez par elle deuxième premier troisième quatrième paragraphe légende résumé"
        " selon cité"
    ),
}
WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?:['’]s)?(?![\w-])")

# What is a name, or quoted as printed, and so the same in both languages; each with its reason.
SOURCES = [source for case in SHIPPED.values() for source in case.header.sources if not source.title_fr]
NAMES = [
    # titles, authors and journals of what was read
    *(
        text
        for source in SOURCES
        for text in (source.title, source.authors, source.journal, source.cited("fr"))
        if text
    ),
    *(document.title for document in all_documents()),
    # titles of guidelines, and what publishers and bodies call themselves
    "KDIGO Clinical Practice Guideline for Glomerulonephritis",
    "KDIGO 2021 Guideline for Glomerular Diseases",
    "The Lancet",
    "Le Moniteur des pharmacies",
    "Collège universitaire des enseignants de néphrologie",
    "Manuel de néphrologie",
    "Drug Des Devel Ther",
    # the names that LOINC gives, and every name by which a drug or an analyte is known: they are there to be compared
    *(code.name for known in all_analytes() for code in codes(known)),
    *(name for known in (*all_drugs(), *all_analytes()) for name in (known.en, known.fr, *known.also)),
    "et al.",
]
# What stands in the files of a case, in the one way in which it can be written there: ids, times, words of a column.
WRITTEN = [
    *(column.meaning(lang) for table in TABLES for column in columns(table) for lang in LANGS),
    *(f"« {row.id} »" for case in SHIPPED.values() for row in case.rows()),
]
GRAMMAR = re.compile(rf"\b(?:after|before|soon):[\w.-]+|\bCC BY-\S+|{'|'.join(map(re.escape, RULES))}")
# Longest first: a name may hold another. An abbreviation has its capitals: PAS is a pressure, "pas" is French.
LONG = 6


def _any(names):
    return "|".join(
        rf"(?<!\w){re.escape(name)}(?!\w)".replace("’", "'") for name in sorted(names, key=len, reverse=True)
    )


BOTH = (
    re.compile(_any({name for name in (*NAMES, *WRITTEN) if len(name) >= LONG}), re.IGNORECASE),
    re.compile(_any({name for name in NAMES if len(name) < LONG})),
)


def foreign(texts, lang):
    """Return the texts that say something in the other language, with the words that tell."""
    found = {}
    for text in dict.fromkeys(texts):
        plain = text.replace("\u00a0", " ").replace("\n", " ").replace("’", "'")
        # To look for all names takes long, and what says nothing foreign with them says nothing without.
        if _foreign(plain, lang):
            for known in (GRAMMAR, *BOTH):
                plain = known.sub(" ", plain)
            if words := _foreign(plain, lang):
                found[text[:300]] = sorted(words)
    return found


def _foreign(text, lang):
    return {word.replace("’", "'") for word in WORD.findall(text.lower())} & FOREIGN[lang]


class Read(HTMLParser):
    """What a page says in a language: its texts, and the attributes that are read out or shown."""

    VOID = frozenset({"br", "hr", "img", "input", "source", "wbr", "meta", "link", "rect", "path", "line", "circle"})
    SAID = ("aria-label", "title", "alt", "placeholder", "data-title", "label")

    def __init__(self, text, lang):
        super().__init__()
        self.lang, self.open, self.found = lang, [], []
        self.feed(unspanned(text))

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        # The way to another language, and what the foot says in all of them, name their own; a lesson's file is a file.
        other = said.get("lang", self.lang) != self.lang and (tag in {"li", "a", "p"} or "data-lang" in said)
        silent = other or tag in {"script", "style", "textarea"}
        if tag not in self.VOID:
            self.open.append((tag, silent or any(quiet for _, quiet in self.open)))
        if not silent and not any(quiet for _, quiet in self.open):
            self.found += [said[name] for name in self.SAID if said.get(name)]

    def handle_endtag(self, tag):
        while self.open and tag not in self.VOID:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if data.strip() and not any(quiet for _, quiet in self.open):
            self.found.append(data.strip())


# What a spec calls its parts and units: keys of the catalogue, which nobody reads.
CODES = frozenset({*get_args(Unit), "before", "after", "status.between", "status.spread"})


def of_a_figure(case, lang):
    spec = compile(case, Options(lang=lang, rules=tuple(all_rules()), dose="prednisone"))
    yield from (text for text in told(spec.to_json()) if text not in CODES)
    yield spec.source
    yield from strings(to_plotly(spec))
    yield from caption(spec).splitlines()
    yield from alt(spec).splitlines()
    options = Options(lang=lang)
    limits = [each.id for panel in spec.panels for each in (*panel.bands, *panel.thresholds)]
    rows = [row.id for row in case.rows()]
    for known in (*(details(case, row, options) for row in rows), *(limit(case, each, options) for each in limits)):
        yield from (known.heading, known.kind, *(f"{fact.heading}: {fact.text}" for fact in known.facts))
        yield from (part for item in known.disagreements for part in (item.label, item.text))
        yield from (
            f"{group.heading} {other.text} {other.distance}" for group in known.beside for other in group.others
        )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_figure_and_all_that_is_told_of_it(case_id, lang):
    case = SHIPPED[case_id]
    assert foreign(of_a_figure(case, lang), lang) == {}
    assert foreign(care_text(case, Options(lang=lang)).splitlines(), lang) == {}


@pytest.mark.parametrize("lang", LANGS)
def test_every_page(lang):
    client = create_app().server.test_client()
    paths = ["/", "/documents", "/knowledge", "/knowledge/classes", "/how-to-read", "/compare", "/nowhere"]
    paths += [f"/case/{case}?tab={tab}" for case in SHIPPED for tab in ("figure", "tables", "issues", "care", "export")]
    patients = [case for case, found in SHIPPED.items() if found.header.kind == "patient"]
    paths += [f"/teach/{case}{more}" for case in patients for more in ("", "/edit")]
    paths += [f"/case/{case}?at=0&row={SHIPPED[case].events[0].id}" for case in patients]

    def read(path):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer.status_code in (200, 404), path
        return answer.text

    linked = (
        re.findall(r'href="(/(?:knowledge|diagram)/[^"?#]+)', read(path)) for path in ("/knowledge", "/documents")
    )
    paths += sorted({path for found in linked for path in found})
    assert len(paths) > 150
    assert {path: found for path in paths if (found := foreign(Read(read(path), lang).found, lang))} == {}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case_id", [case_id for case_id, case in SHIPPED.items() if case.teaching])
def test_a_lesson_and_its_handout(case_id, lang):
    kept = Lessons(lambda: 0.0)
    lesson = kept.start(SHIPPED[case_id], lang, "light")
    texts = []
    for _ in lesson.beats:
        texts += Read(markup(presented(lesson, lesson.now, "", mine=True)), lang).found
        kept.act(lesson, "w", lesson.now.version, "next")
    # On paper a title goes on in the next line.
    texts += [" ".join(Read(page, lang).found) for page in handout(SHIPPED[case_id], lang=lang, answers=True)]
    assert len(texts) > 100
    assert foreign(texts, lang) == {}


def test_the_page_that_works_offline():
    page = to_site(list(SHIPPED.values()), {lang: explained(lang) for lang in LANGS})
    figures = re.findall(r'id="figure-\d+-(\w+)-\w+">(.*?)</script>', page, re.DOTALL)
    assert len(figures) > 20
    for lang in LANGS:
        assert foreign(Read(page, lang).found, lang) == {}
        assert (
            foreign((text for code, made in figures if code == lang for text in strings(json.loads(made))), lang) == {}
        )


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Observation, second paragraph", "fr"),
        ("KDIGO 2021, as quoted by a secondary source", "fr"),
        ("Observation, deuxième paragraphe", "en"),
        ("Légende de la figure 1", "en"),
    ],
)
def test_it_can_tell(text, lang):
    assert foreign([text], lang)
    assert not foreign([text], LANGS[LANGS.index(lang) - 1])
