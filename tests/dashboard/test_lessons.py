"""A lesson: the class is sent what has been told and nothing else; one window presents; nothing remains."""

import re
from dataclasses import replace
from html import unescape

import pytest
from figure.build import unspanned
from reveals import difference, scrambled

from casecurves.analysis.reveal import Blind
from casecurves.io import read_library, shipped_cases
from casecurves.knowledge.fold import fold
from casecurves.model.teaching import Stop, Teaching
from casecurves.words import say
from casecurves_dashboard import lesson_routes, lessons
from casecurves_dashboard.app import create_app
from casecurves_dashboard.lessons import GONE_S, LIFETIME_S, MOST, Full, Lesson, Lessons
from casecurves_dashboard.markup import markup
from casecurves_dashboard.pages.lesson import presented, shown

PATIENTS = {
    case_id: case
    for case_id, (case, _) in read_library(shipped_cases()).items()
    if case is not None and case.header.kind == "patient"
}
TOLD = sorted(case_id for case_id, case in PATIENTS.items() if case.teaching is not None)


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def lesson_of(case_id="mn-dupilumab-1", lang="en", clock=None):
    kept = Lessons(clock or Clock())
    return kept, kept.start(PATIENTS[case_id], lang, "light")


def press(kept, lesson, *does, window="w1"):
    return [kept.act(lesson, window, lesson.now.version, each) for each in does]


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
    assert sides == ["Before: asthma", "After: anti-PLA2R positive"]
    assert "ciclosporin" in text and "asthma" not in text.partition("lesson-news")[2]


def test_what_lies_between_two_moments_is_named_as_far_as_the_pictures_leave_room_and_the_rest_counted():
    kept, lesson = lesson_of("dm-mda5-ruxolitinib")
    press(kept, lesson, "last", "back", "compare:7")
    new = markup(shown(lesson, lesson.now, "/class/x")).partition('"lesson-new"')[2].partition("</ul>")[0]
    assert new.count("<li>") == 12 and "ruxolitinib" in new
    assert re.search(r"<li>and \d+ more</li>", new)


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


# The addresses.


@pytest.fixture
def server():
    return create_app().server.test_client()


def begun(server, case_id="mn-dupilumab-1", **query):
    answer = server.post(f"/teach/{case_id}", query_string=query)
    assert answer.status_code == 303
    page = server.get(answer.location).get_data(as_text=True)
    return answer.location, re.search(r'href="(/class/[^"]+)"', page)[1]


def pressed(server, key, does, seen, who="abc"):
    return server.post(f"{key}/act", json={"who": who, "seen": seen, "does": does})


def test_a_lesson_from_beginning_to_end(server):
    key, following = begun(server, lang="fr")
    assert "Un homme de 53" in server.get(following).get_data(as_text=True)
    assert server.get(f"{following}/now?seen=1").status_code == 204
    moved = pressed(server, key, "next", 1)
    assert moved.json["version"] == 2 and moved.json["mine"] is True
    assert "ciclosporine" in server.get(f"{following}/now?seen=1").json["html"]
    assert server.get(f"{following}/now.svg").mimetype == "image/svg+xml"
    assert server.get(f"{following}/before.svg").status_code == 404
    assert server.post(f"{key}/end").status_code == 200
    assert [server.get(path).status_code for path in (following, key)] == [404, 404]
    for path in (f"{following}/now", f"{following}/now.svg", f"{key}/now"):
        assert server.get(path).status_code == 410  # nothing of it is kept on a screen


def test_what_a_class_is_sent_has_nothing_of_the_case_in_its_head_or_address(server):
    _, following = begun(server, "dm-mda5-ruxolitinib")
    answer = server.get(following)
    page = answer.get_data(as_text=True) + str(answer.headers) + following
    for word in ("mda5", "MDA5", "ruxolitinib", "dermatomyositis", "Jalles", "cancer", "death"):
        assert word not in page


def test_the_second_presenter_is_told_and_takes_over(server):
    key, _ = begun(server)
    assert server.get(f"{key}/now?who=one").json["mine"] is True
    assert server.get(f"{key}/now?who=two").json["mine"] is False
    assert pressed(server, key, "next", 1, who="two").json["version"] == 1
    assert pressed(server, key, "take", 1, who="two").json["mine"] is True
    assert pressed(server, key, "next", 1, who="two").json["version"] == 2
    assert server.get(f"{key}/now?who=one&seen=2").json["mine"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "next",
        {"who": "a", "seen": "1", "does": "next"},
        {"who": "", "seen": 1, "does": "next"},
        {"who": "a", "seen": 1, "does": "x" * 50},
        {"who": "a", "seen": 1, "does": "next", "more": 1},
    ],
)
def test_a_press_that_no_page_of_ours_sends_is_refused(server, body):
    key, _ = begun(server)
    assert server.post(f"{key}/act", json=body).status_code == 400


def test_a_press_is_short(server):
    key, _ = begun(server)
    assert server.post(f"{key}/act", json={"who": "a" * 100_000, "seen": 1, "does": "next"}).status_code == 413


def test_another_site_begins_and_ends_no_lesson(server):
    key, _ = begun(server)
    for path in ("/teach/mn-dupilumab-1", f"{key}/end"):
        assert server.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert server.get(key).status_code == 200


@pytest.mark.parametrize("case_id", ["nobody", "vitiligo-ruxolitinib-trials", "igg4-dupilumab-group-3"])
def test_only_the_course_of_a_patient_can_be_told(server, case_id):
    answer = server.get(f"/teach/{case_id}?lang=fr")
    assert answer.status_code == 404
    assert "seule l’évolution d’un patient" in answer.text and "only the course of a patient" in answer.text
    assert server.post(f"/teach/{case_id}").status_code == 404


def test_a_lesson_that_is_not_there_is_told_in_both_languages(server):
    answer = server.get("/class/nothing")
    assert answer.status_code == 404
    assert "There is no lesson" in answer.text and "Il n’y a pas de leçon" in answer.text


def test_its_pages_are_closed_and_hold_no_script_of_their_own(server):
    key, following = begun(server)
    scripts = {"/teach/mn-dupilumab-1/edit": "write"}
    for path in ("/teach/mn-dupilumab-1", *scripts, key, following):
        answer = server.get(path)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        name = scripts.get(path, "teach")
        assert re.findall(r"<script[^>]*>", answer.text) == [f'<script src="/assets/{name}.js" defer>']
        assert not re.search(r'(src|href)="https?://(?!localhost)', answer.text)


def test_too_many_lessons_are_refused_in_words(server):
    for _ in range(MOST):
        begun(server, "igg4-dupilumab-1")
    answer = server.post("/teach/igg4-dupilumab-1?lang=fr")
    assert answer.status_code == 503 and "Trop de leçons" in answer.text


def test_the_page_of_a_patient_leads_to_a_lesson(server):
    assert 'href="/teach/mn-dupilumab-1?lang=fr"' in server.get("/case/mn-dupilumab-1?lang=fr").text
    assert "/teach/" not in server.get("/case/vitiligo-ruxolitinib-trials").text


BUTTONS = {
    "en": {
        "begin": ["Begin a lesson"],
        "present": [
            "End the lesson",
            "Go on at step 1",
            "back",
            "next",
            "next event",
            "next value",
            "next change of treatment",
            "next stop",
            "names of drugs",
            "diagnosis",
            "outcome",
        ],
        "class": ["Full screen"],
    },
    "fr": {
        "begin": ["Commencer une leçon"],
        "present": [
            "Terminer la leçon",
            "Reprendre à l’étape 1",
            "retour",
            "suivant",
            "événement suivant",
            "valeur suivante",
            "changement de traitement suivant",
            "prochain arrêt",
            "noms des médicaments",
            "diagnostic",
            "issue",
        ],
        "class": ["Plein écran"],
    },
}


@pytest.mark.parametrize("lang", sorted(BUTTONS))
def test_what_is_pressed_in_a_lesson_is_called_what_it_does(server, lang):
    def buttons(path):
        found = re.findall(r"<button[^>]*>([^<]*)</button>", server.get(path).get_data(as_text=True))
        return [text for text in found if not re.match(r"\d+\.", text)]  # the list of steps has words of the case

    key, following = begun(server, lang=lang)
    told = {"begin": f"/teach/mn-dupilumab-1?lang={lang}", "present": key, "class": following}
    for name, path in told.items():
        assert [text for text in buttons(path) if text in BUTTONS[lang][name]] == BUTTONS[lang][name], name


def test_the_lesson_can_be_had_on_paper(server):
    page = server.get("/teach/mn-dupilumab-1?lang=fr").text
    for path in ("/handout/mn-dupilumab-1.pdf?lang=fr", "/handout/mn-dupilumab-1.pdf?lang=fr&amp;answers=1"):
        assert f'href="{path}"' in page
        answer = server.get(path.replace("&amp;", "&"))
        assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert server.get("/handout/mn-dupilumab-1-illustrative.pdf").status_code == 404
    assert "/handout/" not in server.get("/teach/mn-dupilumab-1-illustrative").text
