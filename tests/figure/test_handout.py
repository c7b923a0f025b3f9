"""A lesson on paper: a page for each stop with what is known by then; the answers only where they are asked for."""

import io
import re
import shutil
from dataclasses import replace
from html import escape

import pytest
from pypdf import PdfReader
from reveals import difference, scrambled

from casecurves import load
from casecurves.analysis.response.saying import cited
from casecurves.analysis.reveal import step_of, telling
from casecurves.cli import main
from casecurves.errors import UsageError
from casecurves.figure.handout import handout, pages
from casecurves.figure.text import Style, width, wrap
from casecurves.io import shipped_cases
from casecurves.knowledge.rules import all_rules
from casecurves.words import say, typeset

TOLD = ("mn-dupilumab-1", "mn-dupilumab-2", "dm-mda5-ruxolitinib", "igg4-dupilumab-1")


def words(data):
    return [
        re.sub(r"\s+", " ", page.extract_text().replace("\u202f", " ").replace("\xa0", " ").replace("’", "'"))
        for page in PdfReader(io.BytesIO(data)).pages
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", TOLD)
def test_every_question_stands_on_paper_and_its_answer_where_it_is_asked_for(case_id, lang):
    case = load(case_id)
    end = "_fr" if lang == "fr" else ""
    asked, answered = (" ".join(words(handout(case, lang=lang, answers=with_them))) for with_them in (False, True))
    for stop in case.teaching.stops:
        question, answer = (getattr(stop, f"{name}{end}").replace("’", "'") for name in ("question", "answer"))
        assert question in asked and question in answered
        assert answer not in asked and answer in answered
        if stop.rule:
            rule = cited(all_rules()[stop.rule], lang).replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")
            assert rule not in asked and rule in answered
    assert "✓" not in asked
    title = getattr(case.header, f"title{end}").replace("’", "'")
    assert title not in asked


@pytest.mark.parametrize("case_id", TOLD)
def test_no_page_without_answers_depends_on_what_comes_after_its_stop(case_id):
    case = load(case_id)
    told = telling(case)
    stops = sorted(case.teaching.stops, key=lambda stop: step_of(case, told, stop))
    here = pages(case)
    for number, stop in enumerate(stops, 1):
        other = pages(scrambled(case, told, step_of(case, told, stop)))
        mark = f"question {number} of {len(stops)}"
        mine = [[page for page in each if mark in page] for each in (here, other)]
        assert mine[0] and difference("".join(mine[0]), "".join(mine[1])) == ""


def test_what_a_question_hides_is_on_paper_from_its_answer_on():
    case = load("mn-dupilumab-2")
    stops = tuple(
        stop.model_copy(update={"hidden": ("drugs",)}) if stop.id == "stopped-for" else stop
        for stop in case.teaching.stops
    )
    case = replace(case, teaching=case.teaching.model_copy(update={"stops": stops}))
    count = len(stops)
    for answers, shown_from in ((False, 4), (True, 3)):
        made = pages(case, answers=answers)
        for number in range(1, count + 1):
            text = "".join(page for page in made if f"question {number} of {count}" in page).lower()
            assert ("rituximab" in text or "dupilumab" in text) == (number >= shown_from), (answers, number)


def test_a_page_is_a4_its_type_readable_and_it_says_what_it_is_not():
    for page in pages(load("dm-mda5-ruxolitinib"), answers=False):
        assert re.match(r'<svg [^>]*width="210mm" height="297mm"', page)
        assert "Not a medical device" in page
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', page)]
        assert min(sizes) >= 7 * 25.4 / 72 - 0.001


def test_what_it_is_not_runs_past_no_margin_in_the_longer_language():
    for page in pages(load("dm-mda5-ruxolitinib"), lang="fr", answers=False):
        foot = re.findall(r'<text x="15" y="28[\d.]+"[^>]*>([^<]+)</text>', page)
        assert " ".join(foot) == escape(say("disclaimer", "fr"), quote=False), "all of it, a line below the other"
        assert max(width(line, Style(7, italic=True)) for line in foot) <= 180


def test_the_pdf_says_which_software_made_it_and_nothing_of_the_case():
    said = str(PdfReader(io.BytesIO(handout(load("igg4-dupilumab-1")))).metadata)
    assert "casecurves" in said and "igg4" not in said.lower()


def test_a_case_without_a_lesson_has_none_on_paper():
    with pytest.raises(UsageError, match=r"teaching\.toml"):
        handout(load("mn-dupilumab-1-illustrative"))


def test_the_command_writes_it_and_says_where(tmp_path, capsys):
    target = tmp_path / "lesson.pdf"
    assert main(["handout", "igg4-dupilumab-1", "-o", str(target), "--answers"]) == 0
    assert "lesson.pdf" in capsys.readouterr().out
    assert "The whole case" in " ".join(words(target.read_bytes()))
    assert main(["handout", "igg4-dupilumab-1", "-o", str(target)]) == 2
    assert main(["handout", "mn-dupilumab-1-illustrative", "-o", str(tmp_path / "none.pdf")]) == 2
    assert main(["handout", "igg4-dupilumab-1", "-o", str(tmp_path / "lesson.txt")]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lesson.pdf"]


@pytest.mark.parametrize("answers", [False, True])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", TOLD)
def test_a_question_stands_on_the_page_of_what_follows_it(case_id, lang, answers):
    case = load(case_id)
    made = pages(case, lang=lang, answers=answers)
    for page in made:
        found = re.findall(r"<text[^>]*>([^<]*)</text>|(<line )", page)
        last = [text or "a line to write on" for text, _ in found][-2]  # below it only what the page is not
        kinds = {say(f"teach.question.{stop.kind}", lang) for stop in case.teaching.stops}
        asked = {line for stop in case.teaching.stops for line in asked_in(stop, lang)}
        assert last not in kinds | asked, last
        # Of what can be chosen all stands on one page.
        letters = re.findall(r"<text[^>]*>([A-L])\. ", page)
        assert letters == [] or letters in [list("ABCDEFGHIJKL"[: len(stop.options)]) for stop in case.teaching.stops]


def asked_in(stop, lang):
    text = typeset(stop.said("question", lang), lang)
    return [escape(line, quote=False) for line in wrap(text, 180, Style(10, 600))]


def test_what_is_higher_than_a_page_begins_where_it_stands():
    # A reason that fills more than a page follows its answer at once; pages do not each hold one line.
    case = load("mn-dupilumab-1")
    long = " ".join(["Longer than a page."] * 500)
    stops = [stop.model_copy(update={"reason": long}) for stop in case.teaching.stops[:1]]
    told = replace(case, teaching=case.teaching.model_copy(update={"stops": stops}))
    usual = replace(case, teaching=case.teaching.model_copy(update={"stops": case.teaching.stops[:1]}))
    assert len(pages(told, lang="en", answers=True)) <= len(pages(usual, lang="en", answers=True)) + 2


@pytest.mark.parametrize(
    ("lesson", "told"),
    [
        ('[[stops]]\nid = "a"\nat = "\n', "teaching.toml, line 3"),
        ('[[stops]]\nid = "a\n', "teaching.toml, line 2"),
        ("", "at least one key"),
    ],
)
def test_a_lesson_that_cannot_be_read_is_told_with_its_fault(tmp_path, capsys, lesson, told):
    folder = shutil.copytree(shipped_cases() / "igg4-dupilumab-1", tmp_path / "own")
    (folder / "teaching.toml").write_text(lesson, encoding="utf-8")
    assert main(["handout", str(folder), "-o", str(tmp_path / "none.pdf"), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert told in said and "nothing of the lesson of" in said
    assert "has no lesson" not in said and "Write the header line" not in said
    assert not (tmp_path / "none.pdf").exists()
