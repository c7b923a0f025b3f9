"""Times in words: what is counted from another row says so as people do."""

import pytest
from figure.build import course, event, made

from casecurves.analysis.times import describe

ROWS = [event("aa", "D0"), event("biopsy", "D3"), event("hospital", "D4", end="D9")]


@pytest.mark.parametrize(
    ("time", "en", "fr"),
    [
        ("pred+D6", "6 days after start of prednisone", "6 jours après début du traitement par prednisone"),
        ("pred.end+W1", "1 week after end of prednisone", "1 semaine après fin du traitement par prednisone"),
        ("biopsy-M2", "2 months before biopsy", "2 mois avant biopsy"),
        ("~biopsy+Y1", "about 1 year after biopsy", "environ 1 an après biopsy"),
        ("biopsy+D0", "day of biopsy", "jour de biopsy"),
        ("hospital+D0", "day of hospital", "jour d’hospital"),
        ("pred", "start of prednisone", "début du traitement par prednisone"),
        ("..pred", "no later than start of prednisone", "au plus tard au début du traitement par prednisone"),
        ("biopsy+M4..biopsy+M5", "4 to 5 months after biopsy", "4 à 5 mois après biopsy"),
        ("biopsy-M5..biopsy-M4", "4 to 5 months before biopsy", "4 à 5 mois avant biopsy"),
        (
            "biopsy+W2..biopsy+M1",
            "between 2 weeks after biopsy and 1 month after biopsy",
            "entre 2 semaines après biopsy et 1 mois après biopsy",
        ),
        ("biopsy+D1..hospital+D1", "between 1 day after biopsy and 1 day after hospital", None),
        ("M4..M5", "between M4 and M5", "entre M4 et M5"),
        ("birth+Y40..birth+Y50", "between the age of 40 and the age of 50", None),
    ],
)
def test_a_time_is_said_in_words(time, en, fr):
    case = made(events=[*ROWS, event("last", time)], therapies=[course("pred", "prednisone", "D1", "D30")])
    statement = case.events[-1].time
    assert statement is not None
    assert describe(case, statement, "en") == en
    assert fr is None or describe(case, statement, "fr").replace("\u00a0", " ") == fr


def test_what_a_course_bounds_has_its_article_in_french():
    case = made(
        therapies=[course("steroid", "prednisone", "D0", "D30")],
        events=[event("one", "..steroid", "flare"), event("two", "steroid.end..", "relapse")],
    )
    told = [describe(case, row.time, "fr") for row in case.events]
    assert told == [
        "au plus tard au début du traitement par prednisone",
        "au plus tôt à la fin du traitement par prednisone",
    ]


def test_days_counted_from_another_day_zero_name_theirs():
    case = made(events=ROWS, day_zero="aa")
    said = [describe(case, row.time, "en", moved=True) for row in case.events if row.time is not None]
    assert said == ["day of aa", "3 days after aa", "4 days after aa"]
