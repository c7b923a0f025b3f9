"""What is told beside a page: a row, a day, and nothing that the address does not ask for."""

import pytest
from dashboard.build import HOSTILE, SOUND, body, texts, write
from dashboard.test_pages import components, find

from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.marks import KEYS
from casecurves_dashboard.state import ViewState, from_query

CASE = "/case/dm-mda5-ruxolitinib"


def beside(answer):
    return answer[ids.ASIDE]["children"]


def gone(children, name):
    """Where the links of a kind lead."""
    shown = [item["props"] for item in components(children)]
    return [props["data-to"] for props in shown if props.get("data-go") == name and "href" in props]


@pytest.fixture
def cases(cases):
    """One more: its discrepancies concern two rows, and the patient."""
    doubt = """
[[discrepancies]]
label = "When"
rows = ["second-drug", "flare-1", "patient"]
used = "one"
other = "another"
why = "because"
"""
    header = SOUND["case.toml"].replace('"asthma"', '"nephrotic syndrome"')
    write(cases / "disagreeing", {**SOUND, "case.toml": header + doubt})
    return cases


@pytest.fixture
def told(client):
    """Ask for a page of a case as a browser does that shows something already."""

    def asked(search, path="/case/sound", seen=None):
        response = client.post("/_dash-update-component", json=body(path, search, seen))
        assert response.status_code == 200
        return response.json["response"]

    return asked


def test_a_row_of_the_address_is_told_beside_the_page(told):
    answer = told("?lang=en&row=albumin-1")
    words = texts(beside(answer))
    assert {"albumin 30.5 g/L", say("dashboard.aside.beside", "en"), say("fact.written", "en")} <= set(words)
    assert "30.5 g/L" in words
    assert beside(told("?lang=en")) == []
    elsewhere = texts(beside(told("?lang=en&row=albumin-1", "/")))
    assert elsewhere == [say(f"tour.{word}", "en") for word in ("invite", "start", "skip")]


def test_what_else_changed_leads_to_those_rows(told):
    children = beside(told("?lang=en&row=albumin-1"))
    assert {"second-drug", "flare-1"} <= set(gone(children, "row"))
    closing = [to for to in gone(children, "row") if not to]
    assert closing == [""]


def test_a_row_that_the_case_does_not_have_is_said(told):
    answer = told("?lang=en&row=nobody")
    assert beside(answer) == []
    assert say("dashboard.notice.unknown", "en", name="row", value="nobody") in texts(answer[ids.MAIN]["children"])


def test_to_choose_a_row_leaves_the_page_as_it_is(told):
    first = told("?lang=en")
    seen = first[ids.DOCUMENT]["data"]
    second = told("?lang=en&row=albumin-1&at=20", seen=seen)
    assert ids.MAIN not in second
    assert len(beside(second)) == 2
    assert second[ids.DOCUMENT]["data"]["view"] == seen["view"]
    for other in ("?lang=fr&row=albumin-1", "?lang=en&unit=weeks", "?lang=en&row=nobody2&tab=tables"):
        assert ids.MAIN in told(other, seen=seen)
    assert ids.MAIN in told("?lang=en", "/", seen=seen)
    for rubbish in ("view", [], 7, {"view": None}, {"view": {"a": "b"}}):
        assert ids.MAIN in told("?lang=en", seen=rubbish)


def test_a_change_of_the_files_is_seen_with_the_next_row(told, cases):
    seen = told("?lang=en")[ids.DOCUMENT]["data"]
    events = cases / "sound" / "events.csv"
    events.write_text(events.read_text() + "later,flare,later,tard,M3,paper\n")
    assert ids.MAIN in told("?lang=en&row=later", seen=seen)


def test_a_day_of_the_address_is_told_and_counted_from_the_day_zero_shown(told):
    words = texts(beside(told("?lang=en&at=40")))
    assert say("moment.heading", "en", day="40") in words
    assert {"dupilumab", "prednisone"} <= set(words)
    moved = texts(beside(told("?lang=en&at=40&zero=second-drug")))
    assert moved != words


@pytest.mark.parametrize("written", ["x", "1e9", "999999", "", "1.5", "--1"])
def test_a_day_that_is_none_is_said(written):
    state, unknown = from_query(f"?at={written}")
    assert state.moment is None
    assert [item.name for item in unknown] == ["at"]


def test_an_address_says_row_and_day_last_and_reads_back():
    state = ViewState(row="a-row", moment=-3, show=("x",), tab="tables")
    assert state.to_query().endswith("&row=a-row&at=-3")
    assert from_query(state.to_query()) == (state, ())
    assert state.drawn() == ViewState(show=("x",), tab="tables")
    assert state.drawn().options() == state.options()


def test_nothing_from_data_is_more_than_text(told):
    for row in ("first-drug", "upcr-0", "flare-1"):
        answer = told(f"?lang=en&row={row}&at=30", "/case/hostile")
        kinds = {item["type"] for item in components(beside(answer))}
        assert kinds <= {
            "A", "Dd", "Details", "Div", "Dl", "Dt", "H2", "H3", "Li", "Link", "P", "Section", "Span", "Strong",
            "Summary", "Ul",
        }  # fmt: skip
        assert not any("\u202e" in text for text in texts(beside(answer)))
    assert any(HOSTILE[0] in text for text in texts(beside(told("?lang=en&row=first-drug", "/case/hostile"))))


def test_the_marks_of_a_figure_stand_below_it_in_the_order_of_time(told):
    main = told("?lang=en")[ids.MAIN]["children"]
    entries = [item["props"] for item in components(main) if item["type"] == "Li" and "data-lane" in item["props"]]
    assert {entry["data-row"] for entry in entries} >= {"first-drug", "second-drug", "albumin-0", "flare-1"}
    timed = [entry for entry in entries if "data-ground" not in entry]
    starts = [entry["data-x0"] for entry in timed if entry["data-axis"] == "x"]
    assert starts == sorted(starts)
    assert entries[: len(timed)] == timed, "ranges and thresholds, which have no time, come after"
    assert all(texts(entry["children"]) for entry in entries)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_key_is_named(told, lang):
    words = texts(told(f"?lang={lang}")[ids.MAIN]["children"])
    assert all(say(f"dashboard.keys.{key}.does", lang) in words for key in KEYS)


def test_what_is_told_stands_on_the_page_before_any_script(client):
    page = client.get("/case/sound?lang=en&row=albumin-1").text
    assert say("fact.written", "en") in page
    assert 'href="?lang=en&amp;row=flare-1"' in page


def test_an_entry_of_a_box_can_be_chosen(told):
    main = told("?lang=en", CASE.replace("dm-mda5-ruxolitinib", "sound"))[ids.MAIN]["children"]
    assert find(main, ids.GRAPH) is not None
    assert "albumin-1" in gone(main, "row")


def ways(children, kind):
    """Where the links of a class lead."""
    shown = [item["props"] for item in components(children)]
    return [props["href"] for props in shown if props.get("className") == kind]


def test_a_course_can_fill_the_axis_and_leave_it_again(told):
    (zoom,) = ways(beside(told("?lang=en&row=second-drug&tab=tables")), "zoom")
    assert "tab=" not in zoom
    assert zoom.endswith("&row=second-drug")
    answer = told("?" + zoom.partition("?")[2])
    assert ways(beside(answer), "zoom") == []
    assert ways(beside(answer), "whole") == ["/case/sound?lang=en&row=second-drug"]
    assert ways(beside(told("?lang=en&row=albumin-0")), "zoom") == []


def test_what_a_window_leaves_out_is_listed_with_the_window_that_shows_it(told):
    main = told("?lang=en&from=50&to=80")[ids.MAIN]["children"]
    left_out = {item["props"]["data-row"]: item["props"] for item in components(main) if "data-window" in item["props"]}
    assert left_out.keys() >= {"albumin-0", "closing"}
    first, last = left_out["albumin-0"]["data-window"].split()
    assert f"from={first}&to={last}&row=albumin-0" in str(left_out["albumin-0"])


def test_what_is_said_in_words_can_be_chosen_too(told):
    main = told("?lang=en&show=albumin")[ids.MAIN]["children"]
    assert {"upcr-0", "upcr-1"} <= set(gone(main, "row")), "what is not drawn"
    for search in ("?lang=fr", "?lang=fr&tab=issues"):
        found = gone(told(search, "/case/disagreeing")[ids.MAIN]["children"], "row")
        assert "second-drug" in found
        assert "patient" not in found
    others = gone(beside(told("?lang=fr&row=flare-1", "/case/disagreeing")), "row")
    assert others.count("second-drug") >= 1


def test_a_range_and_a_threshold_are_told_beside_the_figure_and_listed_for_the_keyboard(told):
    at = "/case/disagreeing"  # of a condition that remissions are published for
    main = told("?lang=en", at)[ids.MAIN]["children"]
    listed = [item["props"]["data-row"] for item in components(main) if "data-ground" in item["props"]]
    assert len(listed) > 2
    for row in listed:
        shown = texts(beside(told(f"?lang=en&row={row}", at)))
        assert say("fact.limit_of", "en") in shown
        assert {"threshold", "reference range"} & set(shown)
        assert gone(beside(told(f"?lang=en&row={row}", at)), "row") == [""], "it leads nowhere but away"
    assert beside(told(f"?lang=en&row={listed[0].split('.')[0]}.limit-99", at)) == []
    answer = told("?lang=en&row=nobody.limit-1", at)
    unknown = say("dashboard.notice.unknown", "en", name="row", value="nobody.limit-1")
    assert unknown in texts(answer[ids.MAIN]["children"])
