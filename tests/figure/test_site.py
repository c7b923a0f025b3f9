"""The offline page of many cases: whole, harmless, asking for nothing, the same every time."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from figure.build import SHIPPED, unspanned
from figure.test_html import HOSTILE, Page

from casecurves.analysis.consistency import proofread
from casecurves.analysis.consistency.saying import sentence, side
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.site import to_site
from casecurves.figure.site.reading import READING
from casecurves.figure.tables import tables
from casecurves.howto import explained, parts
from casecurves.words import LANGS, say, typeset

CASES = list(SHIPPED.values())


@pytest.fixture(scope="module")
def site():
    return to_site(CASES)


@pytest.fixture(scope="module")
def page(site):
    return Page(unspanned(site))


def test_every_case_is_there_in_both_languages_with_figure_words_and_tables(page):
    text = " ".join(page.text)
    articles = [attributes for tag, attributes in page.tags if tag == "article"]
    assert [(each["data-case"], each["lang"]) for each in articles] == [
        (case, lang) for case in SHIPPED for lang in LANGS
    ]
    for case in CASES:
        for lang in LANGS:
            spec = compile(case, Options(lang=lang))
            words = [spec.title, spec.subtitle, spec.banner, spec.source, *spec.notes]
            words += [entry.text for box in spec.boxes for entry in box.entries]
            read = [one for one in proofread(case).findings if one.rule != "transcribed"]
            words += [typeset(sentence(one, lang), lang) for one in read] or [
                typeset(say("consistency.none", lang), lang)
            ]
            words += [typeset(side(place, case, lang), lang) for one in read for place in one.places]
            words += [cell.text for table in tables(case, lang) for _, row in table.rows for cell in row]
            assert [word for word in words if word not in text] == []
    assert all(say("disclaimer", lang) in text for lang in LANGS)


def test_figures_are_there_in_both_themes(page):
    kinds = [attributes for tag, attributes in page.tags if tag == "script"]
    drawn = [each["id"] for each in kinds if "id" in each]
    figures = sum(not compile(case).empty for case in CASES)
    assert len(drawn) == len(set(drawn)) == figures * 4
    config = json.loads(page.scripts[0])["config"]
    assert (config["showSendToCloud"], config["plotlyServerURL"]) == (False, "")


def test_it_points_only_into_itself_and_runs_only_its_own_scripts(page):
    pointing = [attributes["href"] for _, attributes in page.tags if "href" in attributes]
    assert pointing
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {address.removeprefix("#") for address in pointing} <= ids
    assert not [a for _, a in page.tags if {"src", "xlink:href", "action", "srcset", "data", "poster"} & set(a)]
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    run = [a for tag, a in page.tags if tag == "script" and "type" not in a]
    assert len(run) == policy.count("'sha256-") == 2


def test_it_says_how_to_read_a_figure_where_that_is_given():
    case = SHIPPED["igg4-dupilumab-1"]
    page = Page(to_site([case], {lang: explained(lang) for lang in LANGS}))
    text = " ".join(page.text)
    articles = {(each["data-case"], each["lang"]) for tag, each in page.tags if tag == "article"}
    assert {(READING, lang) for lang in LANGS} <= articles
    for lang in LANGS:
        sentences = [mark.sentence for part in parts(lang) for mark in part.marks]
        assert len(sentences) > 40
        assert [sentence for sentence in sentences if sentence not in text] == []
    assert sum(each.get("data-to-case") == READING for _, each in page.tags) == len(LANGS)
    assert READING not in to_site([case])


def test_a_remark_has_longer_lines_and_a_table_that_goes_on_a_shadow(site):
    cells = re.findall(r'<td data-rank="[-\d]+"( class="long")?><span[^>]*>(.*?)</td>', site)
    assert sum(bool(long) for long, _ in cells) > 20
    assert min(len(unescape(re.sub("<[^>]*>", "", text))) for long, text in cells if long) > 80
    assert re.search(r"\.scroll \{[^}]*linear-gradient[^}]* local[^}]* scroll;", site)


def test_it_is_the_same_every_time_and_not_large(site):
    assert to_site(CASES) == site
    assert len(site.encode()) < 12_000_000


def test_text_of_a_case_stays_text():
    case = SHIPPED["mn-dupilumab-1"]
    row = case.measurements[0].model_copy(update={"note": HOSTILE, "locator": HOSTILE, "unit": HOSTILE})
    drug = case.therapies[0].model_copy(update={"drug": HOSTILE})
    header = case.header.model_copy(update={"title": HOSTILE, "diagnosis": HOSTILE})
    evil = replace(
        case, header=header, measurements=(row, *case.measurements[1:]), therapies=(drug, *case.therapies[1:])
    )
    page = Page(to_site([evil]))
    assert [tag for tag, _ in page.tags if tag in ("img", "iframe", "b")] == []
    assert len(page.scripts) == 6
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert HOSTILE in " ".join(page.text)


def test_from_a_file_one_case_at_a_time_with_back(dash_duo, tmp_path, site):
    file = tmp_path / "site.html"
    file.write_text(site, encoding="utf-8")
    driver = dash_duo.driver
    driver.get(f"{file.as_uri()}#/fr/light/")
    link = "section[data-lang=fr] li:first-child a"
    dash_duo.wait_for_element(f"html.runs[lang=fr] {link}", timeout=60)
    wide = driver.get_window_size()
    driver.set_window_size(700, 900)
    dash_duo.find_element(link).click()
    dash_duo.wait_for_element("article.shown .live[hidden]")
    # In a window that grows the figure comes to life.
    driver.set_window_size(wide["width"], wide["height"])
    dash_duo.wait_for_element("article.shown .live .modebar-btn", timeout=60)
    assert len([article for article in dash_duo.find_elements("article") if article.is_displayed()]) == 1
    titles = {button.get_attribute("data-title") for button in dash_duo.find_elements("article.shown .modebar-btn")}
    assert titles == {say(f"modebar.{key}", "fr") for key in ("zoom", "pan", "in", "out", "reset")}
    first = "return document.querySelector('article.shown tbody td').textContent"
    before = driver.execute_script(first)
    button = dash_duo.find_element("article.shown th button")
    button.click()
    button.click()
    assert driver.execute_script(first) != before
    dash_duo.find_element("[data-to-theme=dark][data-lang=fr]").click()
    dash_duo.wait_for_element("html[data-theme=dark] article.shown .live .main-svg", timeout=60)
    dash_duo.find_element("[data-to-lang=en]").click()
    dash_duo.wait_for_element("html[lang=en] article.shown[lang=en] .live .main-svg", timeout=60)
    driver.back()
    driver.back()
    dash_duo.wait_for_element("html[lang=fr][data-theme=light] article.shown", timeout=60)
    driver.get(f"{file.as_uri()}#/fr/light/nowhere")
    dash_duo.wait_for_text_to_equal("section[data-lang=fr] .unknown", say("site.unknown", "fr"))
    assert driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []
    assert driver.execute_script("return [localStorage.length, document.cookie]") == [0, ""]
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_without_scripts_everything_is_there(dash_duo, tmp_path, site):
    file = tmp_path / "still.html"
    file.write_text(re.sub("<script>.*?</script>", "", site, flags=re.DOTALL), encoding="utf-8")
    dash_duo.driver.get(file.as_uri())
    assert all(article.is_displayed() for article in dash_duo.find_elements("article"))
    assert dash_duo.find_element("article .printed .on-light svg").size["height"] > 300
