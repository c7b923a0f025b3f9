"""The offline page: whole, harmless, and asking for nothing."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

import pytest
from figure.build import unspanned

from casecurves.figure.caption import caption
from casecurves.figure.compile import compile as compile_case
from casecurves.figure.html import to_html
from casecurves.figure.options import Options
from casecurves.figure.stamp import stamp
from casecurves.io import open_case, read_library, shipped_cases

CASES = sorted(read_library(shipped_cases()))
HOSTILE = '</script><script>alert(1)</script><img src="http://192.0.2.1/x" onerror="alert(2)">&<!--'


class Page(HTMLParser):
    """Takes a page apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.void = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.void = tag

    def handle_endtag(self, tag):
        self.void = ""

    def handle_data(self, data):
        if self.void == "script":
            self.scripts.append(data)
        elif self.void != "style":
            self.text.append(data)


def spec(case: str = "mn-dupilumab-1-illustrative", lang: str = "en"):
    found, _ = open_case(shipped_cases(), case)
    return compile_case(found, Options(lang=lang))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_words_of_the_figure_are_in_the_page(case, lang):
    figure = spec(case, lang)
    page = Page(to_html(figure))
    # A name such as IFN-γ has an element of its own within its text.
    text = " ".join(Page(unspanned(to_html(figure))).text)
    words = [figure.title, figure.subtitle, figure.banner, figure.source, figure.disclaimer, *figure.notes]
    words += [item.label for item in figure.legend] + [box.heading for box in figure.boxes]
    words += [entry.text for box in figure.boxes for entry in box.entries]
    words += [found.text for found in figure.discrepancies] + [row.reason for row in figure.not_drawn]
    assert [word for word in words if word not in text] == []
    assert page.tags[0] == ("html", {"lang": lang})
    assert sum(tag == "svg" for tag, _ in page.tags) == 1 + len(figure.legend)


@pytest.mark.parametrize("theme", ["light", "dark", "grey"])
def test_the_page_points_nowhere(theme):
    page = Page(to_html(spec(), theme))
    pointing = {"src", "href", "xlink:href", "action", "srcset", "data", "poster", "background"}
    assert [attributes for _, attributes in page.tags if pointing & set(attributes)] == []
    assert {tag for tag, _ in page.tags} & {"link", "base", "iframe", "object", "embed", "img", "form"} == set()


def test_its_policy_allows_its_own_scripts_and_nothing_else():
    page = Page(to_html(spec()))
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    _, *run = page.scripts
    hashes = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in run}
    assert set(rules["script-src"].split()) == hashes
    assert (len(run), rules["default-src"]) == (2, "'none'")
    assert not re.search(r"https?:|\*|unsafe-eval", policy)


def test_the_sharing_button_is_off():
    config = json.loads(Page(to_html(spec())).scripts[0])["config"]
    assert (config["showSendToCloud"], config["plotlyServerURL"], config["displaylogo"]) == (False, "", False)


def test_text_of_a_case_stays_text():
    figure = spec()
    first, *boxes = figure.boxes
    entry = replace(first.entries[0], text=HOSTILE, moment=HOSTILE)
    evil = replace(
        figure,
        title=HOSTILE, subtitle=HOSTILE, banner=HOSTILE, source=HOSTILE, disclaimer=HOSTILE, notes=(HOSTILE,),
        legend=tuple(replace(item, label=HOSTILE) for item in figure.legend),
        boxes=(replace(first, heading=HOSTILE, entries=(entry,)), *boxes),
        lanes=tuple(replace(lane, drug=HOSTILE) for lane in figure.lanes),
    )  # fmt: skip
    page, tame = Page(to_html(evil)), Page(to_html(figure))
    assert len(page.scripts) == len(tame.scripts) == 3
    assert [tag for tag, _ in page.tags if tag in ("script", "img")] == ["script"] * 3
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert HOSTILE in " ".join(page.text)


def test_it_works_from_a_file(dash_duo, tmp_path):
    file = tmp_path / "figure.html"
    file.write_text(to_html(spec("dm-mda5-ruxolitinib", "fr")), encoding="utf-8")
    driver = dash_duo.driver
    driver.get(file.as_uri())
    dash_duo.wait_for_element("#live .modebar-btn", timeout=60)
    titles = [b.get_attribute("data-title") for b in dash_duo.find_elements(".modebar-btn")]
    assert titles != []
    assert [title for title in titles if "hare" in title or "loud" in title] == []
    assert driver.find_element("id", "printed").value_of_css_property("display") == "none"
    assert driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []
    # A phone keeps the still picture, to be moved about in its frame, for the live one would crowd its words.
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    assert driver.find_element("id", "printed").is_displayed() and not driver.find_element("id", "live").is_displayed()
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_without_scripts_the_printed_picture_is_there(dash_duo, tmp_path):
    file = tmp_path / "figure.html"
    file.write_text(re.sub("<script>.*?</script>", "", to_html(spec()), flags=re.DOTALL), encoding="utf-8")
    dash_duo.driver.get(file.as_uri())
    picture = dash_duo.find_element("#printed svg")
    assert picture.is_displayed()
    assert picture.size["height"] > 300
    assert not dash_duo.find_element("#live").is_displayed()


@pytest.mark.parametrize("case_id", CASES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_tells_every_row_as_a_table_and_has_the_caption_and_its_revision(case_id, lang):
    case, _ = open_case(shipped_cases(), case_id)
    spec = compile_case(case, Options(lang=lang))
    page = to_html(spec)
    table = re.search(r"<table>(.*?)</table>", page, re.DOTALL)[1]
    assert table.count("<tr><td>") == len(spec.drawn())
    assert all(escape(mark.hover[0]) in table for mark in spec.marks())
    for paragraph in caption(spec).strip().split("\n\n"):
        assert f"<p>{escape(paragraph)}</p>" in page
    assert f"<p>{escape(stamp(spec))}</p></footer>" in page
