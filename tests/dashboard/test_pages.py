"""What the pages say, asked for as a browser asks, without a browser."""

import json
import re
import struct

import pytest
from dashboard.build import HOSTILE, SOUND, texts, write

from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import config
from casecurves.io import read_library
from casecurves.knowledge.presets import all_presets
from casecurves.model.issues import visible
from casecurves.words import say, typeset
from casecurves_dashboard import ids
from casecurves_dashboard.app import create_app
from casecurves_dashboard.components.export import chosen
from casecurves_dashboard.state import ViewState


def find(component, id_):
    """The properties of the component of an id; ``None`` when it is not there."""
    if isinstance(component, list):
        return next((found for item in component if (found := find(item, id_)) is not None), None)
    if isinstance(component, dict):
        shown = component.get("props", {})
        if shown.get("id") == id_:
            return shown
        return find(shown.get("children"), id_)
    return None


def components(component):
    """Every component of a tree."""
    if isinstance(component, list):
        for item in component:
            yield from components(item)
    elif isinstance(component, dict) and "namespace" in component:
        yield component
        yield from components(component["props"].get("children"))


def page(answer):
    return answer[ids.MAIN]["children"]


def links(answer):
    return [
        item["props"]["href"]
        for item in components([*page(answer), *answer[ids.HEADER]["children"]])
        if "href" in item["props"]
    ]


def test_every_case_has_a_card_and_a_broken_one_its_report(ask):
    shown = texts(page(ask("/", "?lang=en")))
    assert "A sound case" in shown
    assert "broken" in shown
    assert say("dashboard.card.broken", "en") in shown
    assert say("dashboard.count.error", "en", n=1) in shown


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_shipped_case_has_a_page(lang, shipped):
    answers = {case_id: shipped(f"/case/{case_id}", f"?lang={lang}") for case_id in shipped.cases}
    assert len(answers) >= 6
    for case_id, answer in answers.items():
        case, _ = shipped.cases[case_id]
        title = case.header.title_fr if lang == "fr" else case.header.title
        assert typeset(title, lang) in texts(page(answer))
        assert answer[ids.DOCUMENT]["data"]["title"].startswith(typeset(title, lang))
        assert answer[ids.PROBLEM]["children"] is None
        assert (say("banner.illustrative", lang) in texts(page(answer))) == case.illustrative


@pytest.fixture(scope="module")
def shipped():
    from dashboard.build import body

    from casecurves.io import shipped_cases

    client = create_app().server.test_client()

    def ask(path, search):
        response = client.post("/_dash-update-component", json=body(path, search))
        assert response.status_code == 200
        return response.json["response"]

    ask.cases = read_library(shipped_cases())
    return ask


def test_the_figure_is_the_one_of_the_library_with_the_sharing_button_off(ask):
    graph = find(page(ask("/case/sound")), ids.GRAPH)
    assert graph["figure"]["data"]
    assert graph["config"] == config("en")
    assert graph["config"]["showSendToCloud"] is False
    assert graph["style"]["height"] == f"{graph['figure']['layout']['height']}px"


def test_the_view_in_the_address_is_the_view_drawn(ask):
    plain = ask("/case/sound", "?lang=en")
    other = ask("/case/sound", "?lang=en&zero=flare-1&unit=days&show=albumin")
    figures = [find(page(answer), ids.GRAPH)["figure"] for answer in (plain, other)]
    assert figures[0] != figures[1]
    assert find(page(other), ids.ZERO)["value"] == "flare-1"
    assert find(page(other), ids.UNIT)["value"] == "days"
    assert find(page(other), ids.SHOW)["value"] == ["albumin"]
    assert any("flare" in text for text in texts(page(other)) if text.startswith("asthma"))


def test_dark_is_dark_everywhere(ask):
    answer = ask("/case/sound", "?theme=dark")
    assert answer[ids.PROVIDER]["forceColorScheme"] == "dark"
    assert answer[ids.DOCUMENT]["data"]["theme"] == "dark"
    assert find(page(answer), ids.GRAPH)["figure"]["layout"]["paper_bgcolor"] != "#ffffff"


@pytest.mark.parametrize("path", ["/", "/case/sound", "/case/broken", "/case/nowhere", "/elsewhere"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_page_ends_with_the_disclaimer_in_both_languages(ask, path, lang):
    foot = texts(ask(path, f"?lang={lang}")[ids.FOOTER]["children"])
    assert foot[0] == say("tour.link", lang)
    assert sorted(foot[1:]) == sorted(say("disclaimer", code) for code in ("en", "fr"))
    assert foot[1] == say("disclaimer", lang)


def test_links_keep_language_and_theme(ask):
    for path in ("/", "/case/sound", "/case/nowhere"):
        own = [
            link for link in links(ask(path, "?lang=fr&theme=dark")) if link.startswith("/") and "/export/" not in link
        ]
        assert own
        kept = [link for link in own if "lang=fr" in link and "theme=dark" in link]
        # All but the two that change the language and the theme.
        assert len(own) - len(kept) == 2


def test_the_browser_chooses_the_language_of_a_first_visit(ask):
    assert say("dashboard.library.lead", "fr") in texts(page(ask("/", "", **{"Accept-Language": "fr-CH,fr;q=0.9"})))
    assert say("dashboard.library.lead", "en") in texts(page(ask("/", "", **{"Accept-Language": "de"})))


def test_what_is_not_understood_is_told(ask):
    shown = texts(page(ask("/case/sound", "?lang=en&zero=nope&flavour=%3Cb%3E")))
    assert say("dashboard.notice.unknown", "en", name="unit", value="x") in texts(page(ask("/", "?unit=x&lang=en")))
    assert {say("dashboard.notice.several", "en"), "zero = nope", "flavour = <b>"} <= set(shown)
    assert not any("nope" in text for text in texts(page(ask("/case/sound", "?lang=en"))))


def test_an_unknown_case_and_an_unknown_page_say_so(ask):
    assert say("dashboard.missing.case.heading", "en", case="nowhere") in texts(page(ask("/case/nowhere", "?lang=en")))
    assert say("dashboard.missing.page.heading", "en") in texts(page(ask("/elsewhere", "?lang=en")))


def test_a_case_that_cannot_be_read_shows_what_to_mend(ask, library):
    report = library.shelf().cases["broken"][1]
    shown = texts(page(ask("/case/broken", "?lang=fr")))
    assert all(visible(issue.message("fr")) in shown for issue in report)
    assert find(page(ask("/case/broken")), ids.GRAPH) is None


def test_an_empty_library_says_how_to_add_a_case(tmp_path):
    from dashboard.build import body

    client = create_app(tmp_path).server.test_client()
    answer = client.post("/_dash-update-component", json=body("/", "?lang=en")).json["response"]
    assert say("dashboard.empty.folder", "en") in texts(page(answer))


def rows(answer, table):
    """The rows of a table as a reader sees them: what stands under each title."""
    body = find(page(answer), ids.grid(table))["children"][1]
    return [
        {cell["props"]["data-title"]: texts(cell["props"]["children"]) for cell in row["props"]["children"]}
        for row in body["props"]["children"]
    ]


def test_the_tables_hold_every_value_and_the_days(ask, library):
    case, _ = library.shelf().cases["sound"]
    values = rows(ask("/case/sound", "?tab=tables&lang=en&zero=flare-1"), "measurements")
    assert len(values) == len(case.measurements)
    row = next(row for row in values if row["row id"] == ["upcr-1"])
    assert (row["value"], row["unit"], row["time"]) == (["<200"], ["mg/g"], ["5 months after start of dupilumab"])
    first, last = case.chronology.rezero("flare-1").days("upcr-1")
    assert row["time: possible days"] == [f"{first} to {last}"]
    assert row["time: as written"] == ["M5"]


def test_the_tables_say_how_much_glucocorticoid_was_given(shipped):
    address = ("/case/dm-mda5-ruxolitinib", "?tab=tables&lang=en")
    assert "cumulative dose not computable: agent not named" in texts(page(shipped(*address)))
    assumed = texts(page(shipped(address[0], address[1] + "&assume=prednisone")))
    assert "assumed: the unnamed agent is prednisone" in assumed
    assert "Glucocorticoids in all" not in texts(page(shipped("/case/mn-dupilumab-2", "?tab=tables&lang=en")))


def test_the_tables_say_the_status_by_each_rule(shipped):
    answer = shipped("/case/dm-mda5-ruxolitinib", "?tab=tables&lang=en")
    first, second = rows(answer, "status-interferon_signature")
    assert (first["status"], first["what it rests on"]) == (["positive"], ["not met, for a better status: IFN score"])
    assert second["status"] == ["negative"]
    assert any("Rule: type I interferon signature" in text for text in texts(page(answer)))
    assert "Status by rule: " not in " ".join(
        texts(page(shipped("/case/vitiligo-ruxolitinib-trials", "?tab=tables&lang=en")))
    )


def test_where_nothing_is_counted_from_a_day_zero_none_is_named(shipped):
    def leads(case_id):
        found = texts(page(shipped(f"/case/{case_id}", "?tab=tables&lang=en")))
        return [text for text in found if text.startswith("Days are counted")]

    assert leads("dm-mda5-ruxolitinib") == [say("table.counted", "en", zero="admission")]
    assert leads("il21-cancer-trials") == []


def test_cases_are_looked_for_before_one_is_brought_along(ask):
    shown = texts(page(ask("/", "?lang=en")))
    asked = [say(key, "en") for key in ("library.search.label", "upload.heading", "library.facet.disease")]
    places = [shown.index(text) for text in asked]
    assert places == sorted(places)


def test_the_control_lists_the_rules_that_apply(shipped):
    def chips(query):
        found = find(page(shipped("/case/mn-dupilumab-1-illustrative", f"?lang=en{query}")), ids.RULES)
        return {chip["props"]["value"]: chip["props"]["disabled"] for chip in found["children"]}

    assert set(chips("").values()) == {True}, "invented values enter no rule unless asked"
    assert set(chips("&invented=assessed").values()) == {False}
    drawn = texts(page(shipped("/case/mn-dupilumab-1-illustrative", "?lang=en&invented=assessed&rules=adult_ns_2020")))
    assert any("Rule: nephrotic syndrome in adults (2020)" in text for text in drawn)
    assert any("first value in complete remission" in text for text in drawn)


def test_a_moment_has_no_days_of_an_end(ask):
    for row in rows(ask("/case/sound", "?tab=tables&lang=en"), "events"):
        assert row["time: possible days"] != [""]
        assert "end: possible days" not in row


def test_a_table_is_sorted_by_the_address(ask):
    plain = ask("/case/sound", "?tab=tables&lang=en")
    addresses = [link for link in links(plain) if "sort=measurements.value" in link]
    assert addresses == ["/case/sound?lang=en&tab=tables&sort=measurements.value"]
    up = ask("/case/sound", addresses[0].partition("/case/sound")[2])
    assert [row["value"] for row in rows(up, "measurements")] == [["20"], ["30.5"], ["<200"], ["3000"]]
    down = next(link for link in links(up) if "sort=measurements.-value" in link)
    assert [row["value"] for row in rows(ask("/case/sound", down.partition("/case/sound")[2]), "measurements")] == [
        ["3000"], ["<200"], ["30.5"], ["20"],
    ]  # fmt: skip
    odd = texts(page(ask("/case/sound", "?tab=tables&lang=en&sort=measurements.colour")))
    assert say("dashboard.notice.unknown", "en", name="sort", value="measurements.colour") in odd


def test_findings_of_a_case_are_listed(cases, ask):
    write(cases / "faulty", {**SOUND, "measurements.csv": SOUND["measurements.csv"].replace("30.5", "1.5 mg")})
    shown = texts(page(ask("/case/faulty", "?lang=en&tab=issues")))
    case, report = read_library(cases)["faulty"]
    assert case is not None
    assert report.count("error") == 1
    assert visible(report.issues[0].message("en")) in shown
    titles = [say(f"dashboard.issues.{name}", "en") for name in ("level", "where", "message", "remedy")]
    cells = [part["props"] for part in components(page(ask("/case/faulty", "?lang=en&tab=issues")))]
    assert [cell["data-title"] for cell in cells if "data-title" in cell][:4] == titles  # for a phone
    told = texts(page(ask("/case/faulty", "?lang=en")))
    assert say("dashboard.unsound.text", "en", n=1) in told


def test_hostile_text_is_shown_exactly_and_is_never_a_component(ask):
    answer = ask("/case/hostile", "?lang=en")
    shown = texts(page(answer))
    assert HOSTILE[0] in shown
    assert any(HOSTILE[2] in text for text in shown)
    assert any(HOSTILE[1] in text for text in shown)
    allowed = {"dash_html_components", "dash_core_components", "dash_mantine_components"}
    everything = list(components(page(answer)))
    assert {item["namespace"] for item in everything} <= allowed
    assert {item["type"] for item in everything} & {"Iframe", "Script", "Markdown", "ObjectEl", "Embed"} == set()
    figure = json.dumps(find(page(answer), ids.GRAPH)["figure"], ensure_ascii=False)
    # Plotly reads these as markup, and they are ours; everything that came from the data is escaped.
    assert set(re.findall(r"</?(\w+)", figure)) <= {"b", "br", "i", "span", "extra"}
    assert ("&lt;b&gt;bold" in figure, "<b>bold" in figure) == (True, False)
    assert ("\u202e" in json.dumps(answer, ensure_ascii=False)) is False


def test_hostile_text_stands_in_the_tables_as_written(ask):
    shown = ask("/case/hostile", "?tab=tables&lang=en")
    assert rows(shown, "therapies")[0]["drug"] == [HOSTILE[0]]
    assert rows(shown, "measurements")[2]["biomarker"] == [HOSTILE[1]]
    assert rows(shown, "events")[0]["what"] == [visible(HOSTILE[3])]


def test_a_hidden_character_in_a_title_is_shown_everywhere(cases, ask, client):
    write(cases / "bidi", {**SOUND, "case.toml": SOUND["case.toml"].replace("A sound", "A \\u202esound")})
    answer = ask("/case/bidi", "?lang=en")
    assert "A ⟨U+202E⟩sound case" in texts(page(answer))
    assert answer[ids.DOCUMENT]["data"]["title"].startswith("A ⟨U+202E⟩sound case")
    assert "<title>A ⟨U+202E⟩sound case" in client.get("/case/bidi?lang=en").text
    assert "\u202e" not in json.dumps(ask("/", "?lang=en"), ensure_ascii=False)


def test_the_links_that_save_hold_the_view_and_all_work(ask, client):
    view = "theme=dark&zero=flare-1&unit=days&tab=export&show=albumin&in=en&width=90&dpi=600&words=apart"
    answer = ask("/case/sound", f"?lang=fr&{view}")
    saving = [link for link in links(answer) if link.startswith("/export/")]
    assert [re.search(r"\.(\w+)\?", link)[1] for link in saving] == ["png", "tiff", "svg", "pdf", "pptx", "txt"]
    for link in saving:
        assert link.endswith("?lang=en&zero=flare-1&unit=days&show=albumin&width=90&dpi=600&words=apart")
        assert client.get(link).status_code == 200
    preview = next(item for item in components(page(answer)) if item["type"] == "Img")
    assert preview["props"]["src"] == saving[2]
    assert preview["props"]["style"]["width"] == "90mm"


def test_the_export_panel_says_the_size_and_warns_of_what_no_journal_page_holds(cases, ask, client):
    shown = texts(page(ask("/case/sound", "?lang=en&tab=export&width=120&dpi=600")))
    size = next(text for text in shown if "pixels" in text)
    wide, high = struct.unpack(">II", client.get("/export/sound.png?lang=en&width=120&dpi=600").data[16:24])
    assert size.startswith("120 × ")
    assert f"{wide} × {high} pixels" in size
    assert not any("mm high" in text for text in shown)
    events = "".join(f"e-{n}x,flare,flare number {n},,M{n},paper\n" for n in range(90))
    write(cases / "tall", {**SOUND, "events.csv": SOUND["events.csv"].replace("M6", "M99") + events})
    told = texts(page(ask("/case/tall", "?lang=en&tab=export&width=90&type=8")))
    tall = next(text for text in told if "mm high" in text)
    assert all(say(f"check.advice.{name}", "en") in tall for name in ("words", "wider", "type", "fewer"))


def test_a_preset_sets_the_page_and_says_what_is_wrong_and_mends_it(ask, client):
    answer = ask("/case/sound", "?lang=fr&tab=export&preset=slide&seen=grey")
    shown = texts(page(answer))
    assert any(text.startswith("338,6\u00a0×") for text in shown)
    assert all_presets()["slide"].cited("fr") in shown
    saving = [link for link in links(answer) if link.startswith("/export/")]
    assert all(link.endswith("?lang=fr&preset=slide") for link in saving)
    preview = next(item for item in components(page(answer)) if item["type"] == "Img")["props"]["src"]
    assert preview.endswith("&preset=slide&seen=grey")
    assert client.get(preview).data != client.get(preview.removesuffix("&seen=grey")).data
    mending = next(link for link in links(answer) if link.startswith("/case/sound") and "words=apart" in link)
    assert not any("words=apart" in link for link in links(ask("/case/sound", "?lang=fr&tab=export")))
    assert any("words=apart" in link for link in links(ask(*mending.split("?", 1))) if link.startswith("/export/"))


def test_words_left_out_of_the_picture_stand_on_the_screen(ask):
    for view, out in (("&words=apart&letters=true", True), ("&title=false", True), ("&letters=true", False)):
        answer = ask("/case/sound", f"?lang=en&tab=export{view}")
        folded = next(item for item in components(page(answer)) if item["props"].get("className") == "caption")
        assert folded["props"]["open"] is out
        assert any("B, events" in text for text in texts(folded)) == ("letters" in view)
        assert (say("dashboard.export.caption.needed", "en") in texts(folded)) is out


def test_what_is_set_in_the_panel_becomes_the_address():
    view = ViewState(lang="fr", tab="export")
    given = {"lang": "en", **PageOptions().model_dump(), "width_mm": 85, "words": "apart"}
    after, _ = chosen(given, view)
    assert after.to_query() == "?lang=fr&tab=export&in=en&width=85&words=apart"
    made, _ = chosen({**given, "preset": "plos"}, view)
    assert made.to_query() == "?lang=fr&tab=export&in=en&preset=plos&words=apart"
    private, _ = chosen({**given, "preset": "bmj-case-reports"}, view)
    assert (private.age, private.dates) == ("band", "hidden")
    assert private.options().age == "band"
    assert "age=band&dates=hidden" in private.to_query()
    assert chosen({**private.sheet.model_dump(), "age": "exact", "dates": "x"}, private)[0].age == "exact"
    assert chosen({"lang": "fr", **made.sheet.model_dump(), "preset": None}, made)[0].sheet == PageOptions(
        words="apart"
    )
    for wrong in ({"width_mm": 9}, {"dpi": "x"}, {"theme": ["light"]}, {"type_pt": 16, "width_mm": 90}):
        assert chosen({**given, **wrong}, view)[0].sheet == view.sheet


def test_a_fault_of_ours_is_told_without_its_words(ask, client, monkeypatch, caplog):
    from dashboard.build import body

    from casecurves_dashboard.shelf import Shelf

    def fail(*_):
        raise ValueError("Mrs Secret")

    monkeypatch.setattr(Shelf, "spec", fail)
    response = client.post("/_dash-update-component", json=body("/case/sound", "?lang=en"))
    assert response.status_code == 200
    assert say("dashboard.problem", "en") in response.text
    assert "Secret" not in response.text
    assert "Secret" not in caplog.text
    assert "ValueError at test_pages.py" in caplog.text
