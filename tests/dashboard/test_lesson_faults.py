"""A lesson with faults is told all the same: what is missing is said, and what has no place comes at the end."""

from dataclasses import replace

import pytest
from dashboard.classroom import PATIENTS, press

from casecurves.analysis.reveal import step_of, telling
from casecurves.figure.handout import pages
from casecurves.model.teaching import Stop, Teaching
from casecurves_dashboard.lessons import Lessons
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented, shown

UNANSWERED = {"en": "No answer to this question has been written.", "fr": "Aucune réponse n’a été écrite"}
UNPLACED = {"en": "cannot say when this stop is", "fr": "ne permet pas de situer cet arrêt"}
STOPS = (
    Stop(id="bare", at="ciclosporin", question="Bare?"),
    Stop(id="chosen", at="ciclosporin", kind="single", question="Which?", options=[{"text": "this", "right": True}]),
    Stop(id="never", at="after:last-visit & before:asthma", question="Never?", answer="Never."),
    Stop(id="no-row", at="nowhere", question="Nowhere?", answer="Nowhere."),
    Stop(id="no-time", question="No time?", answer="None."),
)


def faulty():
    case = PATIENTS["mn-dupilumab-1"]
    return replace(case, teaching=Teaching(stops=STOPS))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_from_first_to_last_press_each_question_comes_and_what_is_missing_is_said(lang):
    kept = Lessons()
    lesson = kept.start(faulty(), lang, "light")
    seen = {}
    for _ in lesson.beats:
        beat = lesson.beats[lesson.now.at]
        if beat.stop is not None:
            asked, notes = markup(shown(lesson, lesson.now, "")), markup(presented(lesson, lesson.now, "", mine=True))
            assert beat.stop.question in asked and "<p></p>" not in asked
            seen[beat.stop.id, beat.shown] = (UNANSWERED[lang] in asked, UNPLACED[lang] in notes)
        press(kept, lesson, "next")
    unplaced = {"never", "no-row", "no-time"}
    assert seen == {
        (stop.id, which): (stop.id == "bare" and which == "answer", stop.id in unplaced)
        for stop in STOPS
        for which in ("question", "answer")
    }


def test_what_has_no_place_comes_at_the_end_of_the_telling():
    case = faulty()
    told = telling(case)
    late = [stop.id for stop in STOPS if step_of(case, told, stop) == len(told) - 1]
    assert late == ["never", "no-row", "no-time"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_on_paper_a_question_without_an_answer_says_so(lang):
    case = faulty()
    for answers in (False, True):
        text = "".join(pages(case, lang=lang, answers=answers))
        assert (UNANSWERED[lang][:20] in text.replace("\xa0", " ")) == answers
        assert all(stop.question.rstrip("?") in text for stop in STOPS)


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "later than all that the case tells"), ("fr", "plus tardif que tout")]
)
def test_the_presenter_is_told_of_a_stop_later_than_the_last_follow_up(lang, told):
    case = PATIENTS["mn-dupilumab-1"]
    late = Stop(id="late", at="D99999", question="?", answer="!")
    lesson = Lessons().start(replace(case, teaching=replace_stops(case.teaching, late)), lang, "light")
    lesson.now = replace(lesson.now, at=[beat.stop is not None for beat in lesson.beats].index(True))
    assert told in markup(presented(lesson, lesson.now, "/class/x", mine=True))


def replace_stops(teaching, *stops):
    return teaching.model_copy(update={"stops": stops})
