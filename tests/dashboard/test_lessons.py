"""A lesson: the class is sent what has been told and nothing else; one window presents; nothing remains."""

import re
from dataclasses import replace
from html import escape, unescape

import pytest
from dashboard.classroom import PATIENTS, TOLD, Clock, lesson_of, press
from figure.build import unspanned
from reveals import difference, scrambled

from casecurves.analysis.response.saying import cited
from casecurves.analysis.reveal import MOMENT, Blind
from casecurves.figure.compile.changes import changes
from casecurves.figure.compile.details import names
from casecurves.figure.options import Options
from casecurves.knowledge.fold import fold
from casecurves.knowledge.rules import all_rules
from casecurves.model.teaching import Stop, Teaching
from casecurves.words import say
from casecurves_dashboard import lesson_routes, lessons
from casecurves_dashboard.lesson_figure import ROOMS, fit
from casecurves_dashboard.lessons import GONE_S, LIFETIME_S, MOST, Full, Lesson, Lessons
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented, shown, spec_of, told

# Moving it.


def test_a_press_moves_and_the_class_is_told_that_there_is_more():
    kept, lesson = lesson_of()
    assert press(kept, lesson, "next", "next", "back") == [True, True, True]
    assert (lesson.now.at, lesson.now.version) == (1, 4)
    assert press(kept, lesson, "first", "back") == [True, False]


def test_two_presses_at_one_picture_are_one():
    kept, lesson = lesson_of()
    seen = lesson.now.version
    assert kept.act(lesson, "w1", seen, "next") is True
    assert kept.act(lesson, "w1", seen, "next") is False
    assert lesson.now.at == 1


def test_the_second_window_is_told_and_can_take_over():
    clock = Clock()
    kept, lesson = lesson_of(clock=clock)
    assert kept.holds(lesson, "first") and not kept.holds(lesson, "second")
    assert press(kept, lesson, "next", window="second") == [False]
    assert kept.holds(lesson, "second", take=True) and not kept.holds(lesson, "first")
    clock.now += GONE_S + 1
    assert kept.holds(lesson, "first")  # the other has closed its window


@pytest.mark.parametrize(
    "does", ["", "nextt", "next:1", "beat:", "beat:-1", "beat:999", "beat:²", "blind:all", "hint:1"]
)
def test_what_means_nothing_moves_nothing(does):
    kept, lesson = lesson_of()
    assert press(kept, lesson, does) == [False]
    assert lesson.now.version == 1


def test_only_what_has_been_told_can_be_compared():
    kept, lesson = lesson_of()
    press(kept, lesson, "next", "next")
    assert press(kept, lesson, "compare:2", "compare:9", "compare:1") == [False, False, True]
    assert press(kept, lesson, "compare:") == [True]
    press(kept, lesson, "compare:0", "next")
    assert lesson.now.compared is None


def test_names_can_be_hidden_and_shown_again():
    kept, lesson = lesson_of()
    press(kept, lesson, "blind:drugs", "blind:outcome", "blind:outcome")
    assert lesson.now.blind == Blind(drugs=True)


def test_a_lesson_is_forgotten_after_its_last_press_and_when_it_ends():
    clock = Clock()
    kept, lesson = lesson_of(clock=clock)
    clock.now += LIFETIME_S - 1
    press(kept, lesson, "next")
    clock.now += LIFETIME_S - 1
    assert kept.of_class(lesson.token) is lesson
    clock.now += 2
    assert kept.of_class(lesson.token) is None and kept.of_presenter(lesson.key) is None
    kept, lesson = lesson_of()
    kept.end(lesson.key)
    assert kept.of_class(lesson.token) is None


def test_there_are_only_so_many_lessons():
    kept, _ = lesson_of()
    for _ in range(MOST - 1):
        kept.start(PATIENTS["mn-dupilumab-1"], "en", "light")
    with pytest.raises(Full):
        kept.start(PATIENTS["mn-dupilumab-1"], "en", "light")


# What the class is sent.


def sent(case, at, lang, blind=lessons.SEEN):
    """Everything that a window of the class is sent where a lesson stands."""
    lesson = Lesson(case, lang, "light", 0, 0)
    lesson.now = lessons.Now(at=at, blind=blind)
    rooms = [(None, None), ("232", "60"), None]
    pictures = [lesson_routes.picture(lesson, before=False, room=room).get_data(as_text=True) for room in rooms]
    return lesson, "\n".join([markup(shown(lesson, lesson.now, "/class/x")), *pictures])


def typed(html):
    """What a page says as its texts are typed in a file: no leak is missed for an apostrophe or an element."""
    return unspanned(html).replace("&#x27;", "'").replace("’", "'").replace("\xa0", " ")


@pytest.mark.parametrize("case_id", TOLD)
def test_nothing_that_the_class_is_sent_depends_on_what_comes_later(case_id):
    case = PATIENTS[case_id]
    lesson = Lesson(case, "en", "light", 0, 0)
    for at, beat in enumerate(lesson.beats):
        step = lesson.told[beat.step]
        if not step.last:
            lang = ("en", "fr")[at % 2]
            _, here = sent(case, at, lang)
            _, other = sent(scrambled(case, lesson.told, beat.step), at, lang)
            assert difference(here, other) == "", (case_id, at)


@pytest.mark.parametrize("case_id", TOLD)
def test_no_answer_is_sent_before_it_is_given(case_id):
    case = PATIENTS[case_id]
    for lang, end in (("en", ""), ("fr", "_fr")):
        lesson = Lesson(case, lang, "light", 0, 0)
        for at, beat in enumerate(lesson.beats):
            lesson.now = lessons.Now(at=at)
            text = typed(markup(shown(lesson, lesson.now, "/class/x")))
            for stop in case.teaching.stops:
                given = beat.stop is stop and beat.shown == "answer"
                assert (typed(getattr(stop, f"answer{end}")) in text) == given
                assert (typed(getattr(stop, f"question{end}")) in text) == (beat.stop is stop)
                assert (
                    not stop.rule or (typed(escape(cited(all_rules()[stop.rule], lang), quote=False)) in text) == given
                )
                if not given:
                    assert not stop.note or typed(getattr(stop, f"note{end}")) not in text
                    assert "✓" not in text or beat.shown == "answer"


def test_a_hint_is_sent_when_it_is_asked_for():
    kept, lesson = lesson_of()
    press(kept, lesson, "stop")
    hint = lesson.beats[lesson.now.at].stop.hint.partition("'")[0]
    assert hint not in markup(shown(lesson, lesson.now, ""))
    press(kept, lesson, "hint")
    assert hint in markup(shown(lesson, lesson.now, ""))


def test_hidden_names_are_in_no_question_either():
    case = PATIENTS["mn-dupilumab-2"]
    lesson = Lesson(case, "fr", "light", 0, 0)
    for at in range(len(lesson.beats)):
        _, text = sent(case, at, "fr", Blind(drugs=True))
        for name in ("tacrolimus", "rituximab", "dupilumab", "mycophénol", "cyclophosphamide", "ciclosporine"):
            assert name not in text.lower(), (at, name)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_question_names_a_hidden_outcome_nor_what_comes_of_it_later(lang):
    case = PATIENTS["dm-mda5-ruxolitinib"]
    lesson = Lesson(case, lang, "light", 0, 0)
    cancer = next(step.number for step in lesson.told if "lung-carcinoma" in step.points)
    for at, beat in enumerate(lesson.beats):
        _, text = sent(case, at, lang, Blind(outcome=True))
        words = set(fold(re.sub("<[^>]*>", " ", text)).split())
        assert words.isdisjoint({"remission", "relapse", "rechute", "death", "deces"}), at
        assert beat.step >= cancer or "cancer" not in words, at
    asked = next(at for at, beat in enumerate(lesson.beats) if beat.stop and beat.stop.id == "month-twelve")
    seen, hidden = (
        unescape(unspanned(sent(case, asked, lang, blind)[1])) for blind in (lessons.SEEN, Blind(outcome=True))
    )
    assert "cancer" in seen and hidden.count(say("reveal.hidden", lang)) == 2
    assert ("anti-JAK" if lang == "fr" else "JAK inhibitor") in hidden  # the question itself gives nothing away


# Words that tell how it ended, and the row with which they may be read after all; ``""``: never.
ENDS = {
    "mn-dupilumab-1": {
        "en": {"escaped": "", "response lost": "", "loss of response": "", "remission": ""},
        "fr": {"echappe": "", "echappement": "", "perte de reponse": "", "remission": ""},
    },
    "mn-dupilumab-2": {
        "en": {"remission": "", "relapse": "", "neutropenia": "neutropenia"},
        "fr": {"remission": "", "rechute": "", "neutropenie": "neutropenia"},
    },
    "dm-mda5-ruxolitinib": {
        "en": {
            "remission": "",
            "relapse": "",
            "death": "",
            "hilar": "ct-chest-second",
            "opacity": "ct-chest-second",
            "cancer": "lung-carcinoma",
            "carcinoma": "lung-carcinoma",
            "metastases": "liver-metastases",
        },
        "fr": {
            "remission": "",
            "rechute": "",
            "deces": "",
            "hilaire": "ct-chest-second",
            "opacite": "ct-chest-second",
            "cancer": "lung-carcinoma",
            "metastases": "liver-metastases",
        },
    },
    "igg4-dupilumab-1": {"en": {"gone": "", "remission": ""}, "fr": {"disparu": "", "disparue": "", "remission": ""}},
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", TOLD)
def test_no_word_of_a_hidden_outcome_reaches_the_class(case_id, lang):
    case = PATIENTS[case_id]
    lesson = Lesson(case, lang, "light", 0, 0)
    comes = {row: step.number for step in lesson.told for row in step.points}
    for at, beat in enumerate(lesson.beats):
        lesson.now = lessons.Now(at=at, blind=Blind(outcome=True))
        text = f" {plain(markup(shown(lesson, lesson.now, '')))} "
        for word, row in ENDS[case_id][lang].items():
            assert (row and beat.step >= comes[row]) or f" {word} " not in text, (word, at, beat.shown)


def plain(text):
    return fold(unescape(re.sub("<[^>]*>", " ", text)))


def test_a_lesson_hides_what_its_questions_ask_for_until_the_presenter_decides_otherwise():
    case = PATIENTS["mn-dupilumab-2"]
    first, *rest = case.teaching.stops
    stops = (first.model_copy(update={"hidden": ("drugs",)}), *rest)
    kept = Lessons(Clock())
    lesson = kept.start(replace(case, teaching=case.teaching.model_copy(update={"stops": stops})), "en", "light")
    answer = next(at for at, beat in enumerate(lesson.beats) if beat.stop is stops[0] and beat.shown == "answer")
    for at in range(len(lesson.beats)):
        assert lesson.now.blind == Blind(drugs=at < answer)
        assert ("tacrolimus" in markup(shown(lesson, lesson.now, ""))) <= (at >= answer)
        press(kept, lesson, "next")
    press(kept, lesson, "first", "blind:drugs", "blind:outcome", "next")
    assert lesson.now.blind == Blind(outcome=True)  # shown before its time, and something else hidden
    press(kept, lesson, f"beat:{answer}")
    assert lesson.now.blind == Blind(outcome=True)


def test_the_presenter_has_notes_what_comes_next_and_every_place_to_jump_to():
    kept, lesson = lesson_of()
    press(kept, lesson, "stop")
    text = markup(presented(lesson, lesson.now, "/class/x", mine=True))
    stop = lesson.beats[lesson.now.at].stop
    assert stop.note in text and stop.answer in text
    assert text.count('data-does="beat:') == sum(beat.shown != "answer" for beat in lesson.beats)
    assert "Another window" not in text
    assert "Another window" in markup(presented(lesson, lesson.now, "/class/x", mine=False))


def test_two_moments_stand_side_by_side_with_what_is_new():
    kept, lesson = lesson_of()
    press(kept, lesson, "next", "next", "compare:0")
    text = markup(shown(lesson, lesson.now, "/class/x"))
    assert text.count("<picture") == 2 and "/before.svg" in text
    sides = re.findall(r'<h2 class="lesson-moment">([^<]*)</h2>', text)
    assert sides == ["Before: asthma", "After: membranous nephropathy"]
    assert "ciclosporin" in text and "asthma" not in text.partition("lesson-news")[2]


def test_what_lies_between_two_moments_is_named_as_far_as_the_pictures_leave_room_and_the_rest_counted():
    kept, lesson = lesson_of("dm-mda5-ruxolitinib")
    press(kept, lesson, "last", "back", "compare:7")
    new = markup(shown(lesson, lesson.now, "/class/x")).partition('"lesson-new"')[2].partition("</ul>")[0]
    lines = re.findall(r"<li>([^<]*)</li>", new)
    between = changes(told(lesson, lesson.now, 7), told(lesson, lesson.now), without=MOMENT, weighed=True)
    assert lines[:-1] == list(between.new[: between.firsts]) and between.firsts > 12
    assert "ruxolitinib" in new and "no relapse" in new, "all that happened, and all that was begun"
    assert re.search(r"<li>and \d+ more</li>", new)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_of_two_moments_all_that_happened_is_named_and_what_they_differ_in_drawn(lang):
    kept, lesson = lesson_of("mn-dupilumab-1", lang)
    press(kept, lesson, "last", "compare:2")
    new = markup(shown(lesson, lesson.now, "/class/x")).partition('"lesson-new"')[2].partition("</ul>")[0]
    lines = [unescape(line) for line in re.findall(r"<li>([^<]*)</li>", new)]
    before = {row.id for row in told(lesson, lesson.now, 2, whole=False).events}
    after = told(lesson, lesson.now, whole=False)
    named = names(after, Options(lang=lang))
    happened = [named[row.id] for row in after.events if row.id not in before | {MOMENT}]
    assert {"en": "complete remission", "fr": "rémission complète"}[lang] in happened
    assert lines[: len(happened)] == happened, "all of it, and first"
    assert len(lines) == 12, "values go first"
    sides = [spec_of(lesson, lesson.now, step) for step in (2, None)]
    assert [bool(spec.wanted) for spec in sides] == [True, True]
    curves = [panel for panel in fit(sides[1], (128.0, 88.0), "light").spec.panels if not panel.dose]
    assert curves, "the side after has what differs"


@pytest.mark.parametrize(
    ("lang", "sides"), [("en", ("Before: D273", "After: D289")), ("fr", ("Avant\xa0: J273", "Après\xa0: J289"))]
)
def test_each_of_two_moments_says_which_it_is(lang, sides):
    kept, lesson = lesson_of("dm-mda5-ruxolitinib", lang)
    last = max(at for at, beat in enumerate(lesson.beats) if beat.step == 10)
    press(kept, lesson, f"beat:{last}", "compare:9")
    headings = re.findall(r'<h2 class="lesson-moment">([^<]*)</h2>', markup(shown(lesson, lesson.now, "/class/x")))
    assert [heading.startswith(side) for heading, side in zip(headings, sides, strict=True)] == [True, True]
    assert "this moment" not in "".join(headings)


def test_words_of_a_lesson_are_text():
    case = PATIENTS["mn-dupilumab-1"]
    hostile = Stop(
        id="a", at="ciclosporin", question="<img src=x onerror=alert(1)>", answer="<script>alert(1)</script>"
    )
    lesson = Lesson(replace(case, teaching=Teaching(stops=[hostile])), "en", "light", 0, 0)
    for at in range(len(lesson.beats)):
        lesson.now = lessons.Now(at=at)
        for text in (markup(shown(lesson, lesson.now, "")), markup(presented(lesson, lesson.now, "", mine=True))):
            assert "<img src=x" not in text and "<script" not in text


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", ["mn-dupilumab-1", "mn-dupilumab-2"])
def test_a_class_asked_whether_this_is_a_remission_sees_the_curves_that_it_is_judged_by(case_id, lang):
    _, lesson = lesson_of(case_id, lang)
    asked = [number for number, beat in enumerate(lesson.beats) if beat.stop is not None and beat.stop.rule]
    assert len(asked) == 2, "a question and its answer"
    for number in asked:
        whole = spec_of(lesson, replace(lesson.now, at=number, blind=lesson.planned[number]))
        wanted = [panel.key for panel in whole.panels if {mark.row for mark in panel.marks} & set(whole.wanted)]
        assert {key.partition("|")[0] for key in wanted} == {"upcr", "albumin"}
        drawn = {panel.key for panel in fit(whole, ROOMS["beside"], "light").spec.panels}
        assert set(wanted) <= drawn
    step = lesson.beats[asked[0]].step
    before = [number for number, beat in enumerate(lesson.beats) if beat.step < step or beat.shown == "figure"]
    assert not any(spec_of(lesson, replace(lesson.now, at=number)).wanted for number in before)
