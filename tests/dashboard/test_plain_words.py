"""What a physician reads is a sentence: no code, file, id or key where something has a name, and nothing said twice."""

import re
from html import unescape

import pytest
from dashboard.test_documents import shipped  # noqa: F401 - a fixture
from figure.build import SHIPPED

from casecurves.analysis.consistency import RULES, proofread
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import details
from casecurves.figure.options import Options
from casecurves.figure.plotly import to_plotly
from casecurves.knowledge import all_documents
from casecurves.words import LANGS, catalogue, say, unbroken
from casecurves_dashboard.components.words import not_drawn, notices
from casecurves_dashboard.markup import markup
from casecurves_dashboard.state import Unknown, ViewState

# Two keys are words of their own.
KEYS = {source.key for case in SHIPPED.values() for source in case.header.sources} - {"casecurves", "vitiligo"}
TAG = re.compile(r"<[^>]+>")
SMALL = re.compile(r'<span class="filed">[^<]*</span>')


def said(page):
    """Return what a page says, without its attributes, scripts and styles."""
    body = re.sub(r"<(script|style|textarea)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return unescape(TAG.sub("\n", body))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_key_of_a_source_is_read(shipped, case_id, lang):  # noqa: F811
    for tab in ("figure", "tables", "issues", "care"):
        found = said(shipped.get(f"/case/{case_id}?lang={lang}&tab={tab}").text)
        assert [key for key in KEYS if re.search(rf"(?<![\w-]){key}(?![\w-])", found)] == [], tab
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    hovers = str(to_plotly(spec))
    assert [key for key in KEYS if f"· {key}" in hovers] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case_id", SHIPPED)
def test_what_is_told_of_a_row_is_not_written_as_the_file_writes_it(case_id, lang):
    case = SHIPPED[case_id]
    facts = [fact.text for row in case.rows() for fact in details(case, row.id, Options(lang=lang)).facts]
    assert len(facts) > 10
    assert [text for text in facts if re.search(r"\b(?:soon|after|before|birth):|\w\.\.\w|\w & \w", text)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case_id", [case_id for case_id, case in SHIPPED.items() if proofread(case).findings])
def test_a_finding_has_its_rule_and_files_last_and_small(shipped, case_id, lang):  # noqa: F811
    page = shipped.get(f"/case/{case_id}?lang={lang}&tab=issues").text
    assert SMALL.search(page) or '<ul class="findings">' not in page
    words = said(SMALL.sub("", page))
    assert [rule for rule in RULES if "." in rule and rule in words] == []
    assert not re.search(r"\b\w+\.csv\b", words)


def test_one_thing_that_is_not_understood_is_a_sentence_and_several_are_a_list():
    one, other = Unknown("unit", "x"), Unknown("zero", "nope")
    (alone,) = notices([one, one], "en")
    assert said(markup(alone)).split("\n")[3] == say("dashboard.notice.unknown", "en", name="unit", value="x")
    (both,) = notices([one, other], "en")
    words = said(markup(both))
    assert words.count("Not understood") == 1
    assert "unit = x" in words and "zero = nope" in words


@pytest.mark.parametrize("lang", LANGS)
def test_a_reason_for_not_drawing_is_said_once_with_how_many_rows_it_is_that_of(lang):
    spec = compile(SHIPPED["mn-dupilumab-1-illustrative"], Options(lang=lang, window=(0, 30)))
    reasons = {item.reason for item in spec.not_drawn}
    assert len(spec.not_drawn) > 15
    words = said(markup(not_drawn(spec, ViewState(lang=lang))))
    for reason in reasons:
        rows = [item for item in spec.not_drawn if item.reason == reason]
        assert words.count(reason) == 1
        assert say("not_drawn.because", lang, reason=reason, n=len(rows)) in words
    assert [item.text for item in spec.not_drawn if item.text not in words] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_figure_that_is_not_reproduced_has_no_link_to_its_reproduction(shipped, lang):  # noqa: F811
    words = said(shipped.get(f"/documents?lang={lang}").text)
    figures = [figure for document in all_documents() for figure in document.figures if figure.view]
    missing = [figure for figure in figures if figure.fidelity == "missing"]
    assert 0 < len(missing) < len(figures)
    opening = say("documents.open", lang, figure="§").split("§")[0]
    assert words.count(opening) == len(figures) - len(missing)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "path", ["/case/vitiligo-ruxolitinib-trials?tab=tables", "/diagram/il21-effects?", "/documents?", "/?"]
)
def test_a_name_with_a_hyphen_stays_on_one_line(shipped, path, lang):  # noqa: F811
    page = shipped.get(f"{path}&lang={lang}").text
    whole = re.sub(r'<span class="whole">[^<]*</span>', "", re.sub(r"<(title|option|script|style)\b.*?</\1>", "", page))
    broken = [text for text in TAG.split(whole) if unbroken(text) != text]
    assert broken == []
    assert '<span class="whole">' in page


def test_names_with_a_hyphen_are_told_from_other_words():
    for name in ("IFN-γ", "IL-21", "F-VASI75", "CTLA-4", "PD-L1", "TGF-β", "IL-4Rα", "TRuE-V2"):
        assert unbroken(name) == f'<span class="whole">{name}</span>'
        assert unbroken(f"le {name}, puis").count("whole") == 1
    for text in ("extra-membraneuse", "anti-PLA2R", "Sous-type", "D-dimères", "2020-06", "a-b"):
        assert unbroken(text) == text


def test_apostrophes_are_those_of_print_in_every_chapter_that_a_page_shows():
    plain = ("access", "bench", "chain", "cli", "consistency", "export", "html", "issue", "report", "template")
    plain += ("terminal", "usage", "workbook")
    typed = {
        key
        for key, texts in catalogue().items()
        for lang in LANGS
        if key.partition(".")[0] not in plain and re.search(r"[^\W\d_]'[^\W_]", texts.get(lang, ""))
    }
    assert typed == set()


def test_rows_of_one_name_are_named_once_and_each_can_still_be_chosen():
    case = SHIPPED["mn-dupilumab-1-illustrative"]
    state = ViewState(lang="en", show=("upcr",))
    (box,) = not_drawn(compile(case, state.options()), state)
    shown = str(box)
    assert shown.count("children='anti-PLA2R'") == 1
    left = [row.id for row in case.measurements if row.analyte == "anti-PLA2R"]
    assert len(left) > 5 and all(f"row={row}" in shown for row in left)
