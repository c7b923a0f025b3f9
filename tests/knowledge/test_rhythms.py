"""How often a drug is given: the usual ways of writing it in both languages, one meaning each, and nothing guessed."""

from collections import defaultdict

import pytest
from figure.build import course, made

from casecurves.analysis.courses import Given
from casecurves.analysis.milligrams import daily
from casecurves.figure.compile.wording import words_of
from casecurves.figure.options import Options
from casecurves.knowledge import check
from casecurves.knowledge.rhythms import Rhythm, _spelt, rhythm
from casecurves.words import has

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ((1, 1, "day"), "/j|/jour|/d|/day|par jour|1/j|1x/j|1 x / j|once daily|daily|une fois par jour|1 fois/jour"
                        "|tous les jours|chaque jour|quotidien|QD|le matin"),
        ((2, 1, "day"), "2x/j|2×/jour|2 fois par jour|2/d|x2/j|2x/d|twice daily|bid|matin et soir|2 prises/j"),
        ((3, 1, "day"), "3x/j|3 fois/j|trois fois par jour|tid|three times a day|3 times per day"),
        ((1, 1, "week"), "/sem|/semaine|/wk|/week|1x/sem|once weekly|weekly|par semaine|hebdomadaire|1 fois/semaine"),
        ((3, 1, "week"), "x3/sem|3x/sem|3 fois par semaine|3/wk|3 times a week|3x/week|X 3 / sem"),
        ((1, 2, "week"), "q2w|Q2W|every 2 weeks|toutes les 2 semaines|toutes les deux semaines|1 semaine sur 2"),
        ((1, 2, "day"), "every other day|un jour sur deux|1 jour sur 2|tous les 2 jours|q2d"),
        ((1, 12, "hour"), "q12h|every 12 hours|toutes les 12 heures|toutes les 12 h"),
        ((1, 1, "month"), "/mois|monthly|par mois|mensuel|once a month"),
    ],
)  # fmt: skip
def test_the_usual_ways_of_writing_are_understood(meant, written):
    assert {text: rhythm(text) for text in written.split("|")} == dict.fromkeys(written.split("|"), Rhythm(*meant))


@pytest.mark.parametrize("text", ["", "(2 mg/kg)", "for 6 months", "pendant 6 mois", "2 weeks", "3 jours", "si besoin"])
def test_nothing_else_is(text):
    assert rhythm(text) is None


def test_no_way_of_writing_means_two_things_and_all_can_be_said():
    found = defaultdict(set)
    for which in ("forms", "intervals"):
        for text, meant in _spelt(which):
            # Once in one is once.
            found[text].add(meant)
    assert {text: meant for text, meant in found.items() if len(meant) > 1} == {}
    assert all(has(f"rhythm.every.{one.period}") and one.said("fr") for meant in found.values() for one in meant)


@pytest.mark.parametrize(
    ("frequency", "given"),
    [
        ("/j", (20, 20, 20, 20, 0)),
        ("2x/j", (40, 40, 40, 40, 0)),
        ("q12h", (40, 40, 40, 40, 0)),
        ("toutes les 8 heures", (60, 60, 60, 60, 0)),
        ("un jour sur deux", (0, 20, 10, 10, 20)),
        ("/sem", (0, 20, 20 / 7, 20 / 7, 20)),
        ("2x/sem", (0, 20, 40 / 7, 40 / 7, 40)),
        ("/mois", (0, 20, 20 / 31, 20 / 28, 20)),
    ],
)
def test_a_rhythm_says_what_is_given_on_a_day_and_over_many(frequency, given):
    case = made(therapies=[course("row-p", "prednisone", dose="20", dose_unit="mg", frequency_fr=frequency)])
    assert daily(case, case.chronology, case.therapies[0]) == pytest.approx(Given(*given))


def test_what_is_said_in_one_language_is_said_in_the_other_where_it_is_understood():
    rows = [
        course("row-a", "prednisone", dose="20", dose_unit="mg", frequency_fr="2x/j"),
        course("row-b", "dupilumab", dose="300", dose_unit="mg", frequency="q2w"),
        course("row-c", "ramipril", dose="5", dose_unit="mg", frequency="with food"),
    ]
    case = made(therapies=rows)
    said = {lang: [words_of(case, Options(lang=lang)).dose(row) for row in case.therapies] for lang in ("en", "fr")}
    assert said["en"] == ["20 mg twice daily", "300 mg q2w", "5 mg with food"]
    assert said["fr"] == [f"20{NBSP}mg 2x/j", f"300{NBSP}mg toutes les 2{NBSP}semaines", f"5{NBSP}mg with food"]
    (issue,) = [issue for issue in check(case) if issue.code == "frequency.free"]
    assert (issue.level, issue.column, issue.value) == ("notice", "frequency", "with food")
