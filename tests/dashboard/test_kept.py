"""A view of a case is made once; who looks next is sent what was sent before."""

import pytest
from dashboard.build import body

from casecurves_dashboard.pages import case as case_page


@pytest.fixture
def made(monkeypatch):
    """The views of which a page was made."""
    found = []
    page = case_page.page

    def counted(shelf, case_id, state, *more):
        found.append(state.to_query())
        return page(shelf, case_id, state, *more)

    monkeypatch.setattr(case_page, "page", counted)
    return found


def answer(client, search, **headers):
    response = client.post("/_dash-update-component", json=body("/case/sound", search), headers=headers)
    assert response.status_code == 200
    return response.get_data()


def test_the_second_to_look_at_a_view_is_sent_the_same(client, made):
    assert answer(client, "?lang=en") == answer(client, "?lang=en")
    assert made == ["?lang=en"]
    assert answer(client, "?lang=fr") != answer(client, "?lang=en")
    assert made == ["?lang=en", "?lang=fr"]


def test_what_is_kept_is_what_would_be_made_anew(client, app, made):
    first = answer(client, "?lang=fr&unit=weeks")
    app.library.shelf()._kept.clear()
    assert answer(client, "?lang=fr&unit=weeks") == first
    assert len(made) == 2


def test_the_language_of_the_browser_is_part_of_the_view(client, made):
    spoken = [answer(client, "", **{"Accept-Language": lang}) for lang in ("fr", "en", "fr")]
    assert spoken[0] == spoken[2] != spoken[1]
    assert made == ["?lang=fr", "?lang=en"]


def test_the_page_before_the_scripts_is_kept_too(client, made):
    first, second = (client.get("/case/sound?lang=en").get_data(as_text=True) for _ in range(2))
    assert first.partition('class="first"')[2].partition("<script")[0] in second
    assert made == ["?lang=en"]


def test_words_that_mean_nothing_here_are_said_to_their_sender_alone(client, made):
    assert b"nonsense" in answer(client, "?lang=en&nonsense=1")
    assert b"nonsense" not in answer(client, "?lang=en")
    assert len(made) == 2


def test_a_case_that_changes_is_drawn_anew(client, cases, made):
    first = answer(client, "?lang=en")
    header = cases / "sound" / "case.toml"
    header.write_text(header.read_text(encoding="utf-8").replace('title = "', 'title = "Anew: '), encoding="utf-8")
    assert answer(client, "?lang=en") != first
    assert len(made) == 2
