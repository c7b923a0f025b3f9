"""The addresses of a lesson: who may begin it, move it, follow it and end it, and what is refused."""

import re
import shutil

import pytest
from dashboard.classroom import begun, pressed

from casecurves.io import shipped_cases
from casecurves_dashboard.app import create_app
from casecurves_dashboard.lessons import MOST


@pytest.fixture
def server():
    return create_app().server.test_client()


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


def test_a_picture_is_of_the_version_asked_for_or_there_is_none(server):
    key, following = begun(server)
    pressed(server, key, "next", 1)
    pressed(server, key, "compare:0", 2)
    for name in ("now", "before"):
        for asked, status in (("3", 200), ("2", 409), ("4", 409), ("", 409), ("x", 409)):
            answer = server.get(f"{following}/{name}.svg?v={asked}")
            assert (answer.status_code, b"<svg" in answer.data) == (status, status == 200), (name, asked)


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


def test_a_window_that_leaves_makes_room_for_the_next_only_if_it_presented(server):
    key, _ = begun(server)
    assert server.get(f"{key}/now?who=one").json["mine"] is True
    assert pressed(server, key, "leave", 1, who="two").status_code == 204
    assert server.get(f"{key}/now?who=two").json["mine"] is False
    assert pressed(server, key, "leave", 1, who="one").status_code == 204
    assert server.get(f"{key}/now?who=two").json["mine"] is True


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
    refused = server.get("/handout/mn-dupilumab-1.pdf?lang=de&answers=1")
    assert (refused.status_code, refused.mimetype) == (400, "text/plain") and "lang = de" in refused.text
    for wrong in ("answers=2", "answers=", "answers=yes", "lang=fr&answers=1&answers=x", "foo=1", "theme=pink"):
        refused = server.get(f"/handout/mn-dupilumab-1.pdf?{wrong}")
        assert refused.status_code == 400 and wrong.rpartition("&")[2].replace("=", " = ") in refused.text, wrong
        assert "answers = 1" in refused.text and "lang = fr" in refused.text, "and what is allowed is said"
    assert "/handout/" not in server.get("/teach/mn-dupilumab-1-illustrative").text


@pytest.mark.parametrize(("lang", "told"), [("en", "nothing of the lesson"), ("fr", "rien de la leçon")])
def test_the_paper_of_a_lesson_that_cannot_be_read_says_what_is_wrong_and_where(tmp_path, lang, told):
    folder = shutil.copytree(shipped_cases() / "igg4-dupilumab-1", tmp_path / "igg4-dupilumab-1")
    (folder / "teaching.toml").write_text('[[stops]]\nid = "a"\nat = "\n', encoding="utf-8")
    answer = create_app(tmp_path).server.test_client().get(f"/handout/igg4-dupilumab-1.pdf?lang={lang}")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert told in answer.text and re.search(r"teaching\.toml, (line|ligne) 3", answer.text.replace("\xa0", " "))
