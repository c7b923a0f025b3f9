"""A case told from start to finish, its lesson included, by keyboard and by what a screen reader is told alone.

Nothing here looks for an element of the page: what there is, and where the keyboard stands, comes from the tree that
the browser gives to assistive technology.
"""

import re
import time

import pytest
from dash.testing.wait import until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from casecurves import load
from casecurves.analysis.reveal import beats, telling
from casecurves.figure.compile import compile
from casecurves.figure.compile.details import lines
from casecurves.figure.options import Options
from casecurves.words import say

CASE = "mn-dupilumab-1"
BACK = Keys.SHIFT + Keys.TAB
# Shown where the focus is: the element, what is around it, or what stands for it has an outline.
SEEN = """
let one = document.activeElement;
const outlined = node => node && getComputedStyle(node).outlineStyle !== 'none'
  && getComputedStyle(node).outlineWidth !== '0px';
for (let up = 0, node = one; node && up < 4; up += 1, node = node.parentElement)
  if (outlined(node) || outlined(node.nextElementSibling)) return '';
return one.outerHTML.slice(0, 160);
"""


class Reader:
    """Somebody at a keyboard who hears the page."""

    def __init__(self, driver):
        self.driver = driver
        driver.execute_cdp_cmd("Accessibility.enable", {})

    def nodes(self):
        found = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        return [node for node in found if not node["ignored"]]

    def text(self):
        """Everything that can be heard, from top to bottom."""
        parts = [node.get("name", {}).get("value", "") for node in self.nodes()]
        return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).replace("\u00a0", " ")

    def status(self):
        """What is announced: the words in live regions."""
        nodes = self.nodes()
        by_id = {node["nodeId"]: node for node in nodes}
        live = [node for node in nodes if node.get("role", {}).get("value") in ("status", "alert")]

        def inside(node):
            name = node.get("name", {}).get("value", "")
            below = (by_id[child] for child in node.get("childIds", ()) if child in by_id)
            return name or " ".join(filter(None, map(inside, below)))

        return re.sub(r"\s+", " ", " ".join(map(inside, live))).replace("\u00a0", " ")

    def at(self):
        """Role and name of what has the focus."""
        for node in self.nodes():
            told = {prop["name"]: prop["value"].get("value") for prop in node.get("properties", ())}
            if told.get("focused") and node["role"]["value"] != "RootWebArea":
                return node["role"]["value"], node.get("name", {}).get("value", "").replace("\u00a0", " ")
        return "", ""

    def press(self, *keys):
        for key in keys:
            chain = ActionChains(self.driver)
            held = chain.key_down(Keys.SHIFT) if key == BACK else chain
            held.send_keys(key[-1]).key_up(Keys.SHIFT).perform()

    def go_to(self, role, name, key=Keys.TAB, most=120):
        """Press the key until what has the focus is called so; on the way nothing has it unseen."""
        for _ in range(most):
            self.press(key)
            here = self.at()
            unseen = self.driver.execute_script(SEEN)
            assert not unseen, f"{here}: {unseen}"
            if here[0] == role and name in here[1]:
                return
        raise AssertionError(f"no {role} {name!r} within {most} steps; now at {self.at()}")

    def hears(self, words, timeout=60):
        until(lambda: words in self.text(), timeout=timeout, msg=words)


@pytest.fixture
def reader(dash_duo):
    dash_duo.start_server()
    dash_duo.driver.set_window_size(1400, 1000)
    dash_duo.driver.get(f"{dash_duo.server_url}/?lang=en")
    found = Reader(dash_duo.driver)
    found.hears("Cases shown: 10 of 10")
    return found


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


@pytest.mark.timeout(600)
def test_a_case_and_its_lesson_by_ear(reader):
    case = load(CASE)
    title = case.header.title
    spec = compile(case, Options())

    # From the library to the case; the first key leads past the head.
    reader.press(Keys.TAB)
    assert reader.at() == ("link", say("dashboard.skip", "en"))
    reader.press(Keys.ENTER)
    reader.go_to("link", title)
    reader.press(Keys.ENTER)
    reader.hears(say("dashboard.discrepancies.heading", "en"))
    assert title in reader.text()

    # All that the page says in words: boxes, notes, disagreements, sources.
    heard = reader.text()
    for box in spec.boxes:
        assert all(plain(entry.text) in heard for entry in box.entries), box.heading
    assert all(plain(note) in heard for note in spec.notes)
    assert all(plain(item.text) in heard for item in spec.discrepancies)

    # Through the figure, mark by mark: each is announced with its time, how well it is known, and its value.
    reader.go_to("application", say("dashboard.figure.explore", "en"))
    told = lines(case, Options())
    rows = {bar.row for bar in spec.bars()} | {mark.row for mark in spec.marks()} | {chip.row for chip in spec.chips}
    announced, last = set(), None
    reader.press(Keys.HOME)
    while last != (last := reader.status()):
        announced |= {row for row in rows if plain(told[row]) in last}
        reader.press(Keys.ARROW_RIGHT)
    assert announced == rows

    # A mark in full beside the figure, and back to where the keyboard was.
    reader.press(Keys.HOME, Keys.ENTER)
    reader.hears(say("dashboard.aside.beside", "en"))
    assert reader.at()[0] in ("complementary", "Section")
    reader.press(Keys.ESCAPE)
    assert reader.at()[0] == "application"

    # The lesson.
    reader.go_to("link", say("teach.link", "en"), key=BACK)
    reader.press(Keys.ENTER)
    reader.hears(say("teach.start", "en"))
    reader.go_to("button", say("teach.start", "en"))
    reader.press(Keys.ENTER)
    reader.hears(say("teach.jump", "en"))
    steps = len(beats(case, telling(case)))
    for at in range(2, steps + 1):
        reader.press(Keys.ARROW_RIGHT)
        place = say("teach.place", "en", at=at, of=steps)
        until(lambda place=place: place in reader.status(), timeout=60, msg=place)
        assert len(reader.status()) > len(place) + 10, f"step {at} says what is new"
    for stop in case.teaching.stops:
        assert plain(stop.question) in reader.text()


WHOLE = "dm-mda5-ruxolitinib"
# What is heard, word for word, of marks of each kind: what, when, how well that is known, what is normal, who says so.
HEARD = {
    "en": (
        "IFN score 0.9, M9 (between day 258 and day 289), known to within a month – normal <2.3, reported,"
        " ≠10 sources disagree: Score of 6 “interferons”",
        "diaphragm involvement (possible), no later than rapid respiratory decline (by day 152 at the latest),"
        " somewhere in this interval – reported",
        "ruxolitinib 15 mg twice daily, start: between day 121 and day 152, end: between day 350 and day 397"
        " – reported, ≠4 sources disagree: Ruxolitinib: added or chosen at first",
        "etoposide, start: between day 350 and day 397, end: day 350 at the earliest, end not known – reported",
        "muscle biopsy, 6 days after start of glucocorticoid"
        " (between day 6 and day 152), somewhere in this interval – reported",
        "glucocorticoid 4 mg/d, M9 (between day 258 and day 289), known to within a month – reported",
    ),
    "fr": (
        "score IFN 0,9, M9 (entre J258 et J289), connu à un mois près – normale <2,3, rapporté,"
        " ≠10 désaccord des sources : Score de 6 « interférons »",
        "atteinte diaphragmatique (possible), au plus tard dégradation respiratoire (au plus tard J152),"
        " quelque part dans cet intervalle – rapporté",
        "ruxolitinib 15 mg matin et soir, début : entre J121 et J152, fin : entre J350 et J397 – rapporté,"
        " ≠4 désaccord des sources : Ruxolitinib : ajouté ou initial",
        "étoposide, début : entre J350 et J397, fin : au plus tôt J350, fin inconnue – rapporté",
        "biopsie musculaire, 6 jours après début du traitement par corticoïde"
        " (entre J6 et J152), quelque part dans cet intervalle – rapporté",
        "corticoïde 4 mg/j, M9 (entre J258 et J289), connu à un mois près – rapporté",
    ),
}
# A day, or how it lies to another row.
_TIME = {"en": r"\b[DWM][−\d]|\bday \d|rapidly after", "fr": r"\b[JSM][−\d]|rapidement après"}


def settled(reader):
    """Whether the figure is there and nothing of the page has been replaced for a second."""
    before = [(node["role"]["value"], node.get("backendDOMNodeId")) for node in reader.nodes()]
    time.sleep(1)
    now = [(node["role"]["value"], node.get("backendDOMNodeId")) for node in reader.nodes()]
    return before == now and any(role == "application" for role, _ in now)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_row_of_a_case_is_heard_with_its_time_its_value_and_who_states_it(dash_duo, lang):
    case, options = load(WHOLE), Options(lang=lang)
    dash_duo.start_server()
    dash_duo.driver.set_window_size(1400, 1000)
    dash_duo.driver.get(f"{dash_duo.server_url}/case/{WHOLE}?lang={lang}")
    reader = Reader(dash_duo.driver)
    # The page that stood there before any script had run is replaced: no focus is to be lost with it.
    until(lambda: settled(reader), timeout=60)
    reader.go_to("application", plain(say("dashboard.figure.explore", lang)))
    heard = []
    reader.press(Keys.HOME)
    # A dose is heard twice, at its course and on the curve of doses: the end is where nothing else comes.
    while len(heard) < 3 or len(set(heard[-3:])) > 1:
        heard.append(reader.status())
        reader.press(Keys.ARROW_RIGHT)
    assert [words for words in HEARD[lang] if not any(words in one for one in heard)] == []

    spec, told = compile(case, options), lines(case, options)
    marked = {bar.row for bar in spec.bars()} | {mark.row for mark in spec.marks()} | {chip.row for chip in spec.chips}
    written = {entry.row: entry.text for box in spec.boxes for entry in box.entries}
    text = reader.text()
    for row in case.rows():
        said = [one for one in heard if plain(told[row.id]) in one]
        if row.id not in marked:  # it is written beside the figure
            assert not said and plain(written[row.id]) in text, row.id
            continue
        assert said, row.id
        assert re.search(_TIME[lang], said[0]) and plain(say(f"basis.{row.basis}", lang)) in said[0], said[0]
