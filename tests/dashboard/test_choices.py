"""What can be chosen for a case."""

import pytest
from dashboard.build import SOUND, write
from figure.build import SHIPPED

from casecurves.io import read_library
from casecurves_dashboard.choices import choices
from casecurves_dashboard.components.controls import chosen
from casecurves_dashboard.state import OWN_ZERO, Unknown, ViewState


@pytest.fixture
def offered(library):
    return choices(library.shelf().cases["sound"][0], "fr")


def test_day_zero_can_be_any_therapy_or_event_but_its_own(offered):
    assert (offered.own_id, offered.own_zero) == ("first-drug", "dupilumab")
    assert [key for key, _ in offered.therapies] == ["second-drug"]
    assert [key for key, _ in offered.events] == ["flare-1", "closing"]
    assert offered.events[0][1].startswith("poussée · ")


def test_what_is_disputed_absent_or_nowhere_in_time_is_no_day_zero(cases):
    rows = """not-there,flare,no flare,,M3,paper,absent,used
doubted,flare,doubted,,M3,paper,present,disputed
nowhere,flare,nowhere,,,paper,present,used
"""
    events = SOUND["events.csv"].replace("source\n", "source,presence,status\n").replace("paper\n", "paper,,\n") + rows
    write(cases / "more", {**SOUND, "events.csv": events})
    case, report = read_library(cases)["more"]
    assert report.sound
    assert len(case.events) == 5
    assert [key for key, _ in choices(case, "en").events] == ["flare-1", "closing"]


def test_biomarkers_are_named_in_the_language(offered, library):
    assert dict(offered.analytes)["albumin"] == "albumine sérique"
    assert dict(choices(library.shelf().cases["sound"][0], "en").analytes)["albumin"] == "serum albumin"


def test_a_view_is_narrowed_to_what_the_case_has(offered):
    view, unknown = offered.narrow(ViewState(zero="nope", show=("albumin", "gold")))
    assert view == ViewState(show=("albumin",))
    assert unknown == (Unknown("zero", "nope"), Unknown("show", "gold"))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (ViewState(zero="first-drug"), ViewState()),  # the case's own day zero has one address
        (ViewState(zero="flare-1"), ViewState(zero="flare-1")),
        (ViewState(show=("upcr", "albumin")), ViewState()),  # all of them
        (ViewState(show=("upcr",)), ViewState(show=("upcr",))),
        (ViewState(show=()), ViewState(show=())),
    ],
)
def test_a_view_of_the_case_is_kept(offered, asked, given):
    assert offered.narrow(asked) == (given, ())


def test_asking_only_for_what_is_not_there_shows_all(offered):
    view, unknown = offered.narrow(ViewState(show=("gold",)))
    assert view.show is None
    assert unknown == (Unknown("show", "gold"),)


def set_to(state, every, **values):
    """Return the view after the controls have been set; what is not named is as it was."""
    shown = {"zero": OWN_ZERO, "unit": "auto", "order": "start", "support": "shown", "absent": "shown"}
    shown |= {"dose": "stated", "assume": "none", "view": "stacked", "show": every}
    shown |= {"rules": list(state.rules), "invented": state.invented}
    return chosen({**shown, **values}, state, every)


def test_a_choice_changes_its_part_of_the_view():
    view, every = ViewState(lang="fr", tab="tables"), ["albumin", "upcr"]
    assert set_to(view, every, zero="flare-1") == view.changed(zero="flare-1")
    assert set_to(view, every, unit="weeks") == view.changed(unit="weeks")
    assert set_to(view, every, order="name") == view.changed(order="name")
    assert set_to(view, every, support="folded") == view.changed(support="folded")
    assert set_to(view, every, absent="hidden") == view.changed(absent="hidden")
    assert set_to(view, every, dose="prednisone") == view.changed(dose="prednisone")
    assert set_to(view, every, assume="prednisolone") == view.changed(assume="prednisolone")
    assert set_to(view, every, view="overlay") == view.changed(view="overlay")
    assert set_to(view, every, invented="assessed") == view.changed(invented="assessed")
    ruled = set_to(view, every, rules=["mentor", "guess", "adult_ns_2020"])
    assert ruled == view.changed(rules=("adult_ns_2020", "mentor"))
    assert set_to(ruled, every, rules=[]) == view
    assert set_to(view, every, show=["upcr"]) == view.changed(show=("upcr",))
    assert set_to(view, every, show=[]) == view.changed(show=())
    assert set_to(view.changed(show=()), every, show=["upcr", "albumin"]) == view


@pytest.mark.parametrize("junk", [None, 7, {"a": 1}, [["x"]], "fortnights", True])
def test_what_is_not_a_choice_changes_nothing(junk):
    view = ViewState(unit="days", show=("upcr",))
    values = dict.fromkeys(
        ("unit", "order", "support", "absent", "dose", "assume", "view", "invented", "rules"),
        "x" if junk == [["x"]] else junk,
    )
    after = chosen({"zero": 7 if isinstance(junk, str) else junk, "show": "upcr", **values}, view, ["albumin", "upcr"])
    assert after == view


def test_the_rules_offered_are_those_that_apply():
    companion = choices(SHIPPED["mn-dupilumab-1-illustrative"], "en")
    assert {key for key, _ in companion.rules} == {
        "adult_ns_2020", "kdigo_2012_mn", "kdigo_2021_ns", "nephrotic_syndrome", "pla2r_elisa", "pla2r_immunological",
    }  # fmt: skip
    assert companion.proven == frozenset()
    patient = choices(SHIPPED["dm-mda5-ruxolitinib"], "fr")
    assert patient.rules == (("interferon_signature", "signature interféron de type I"),)
    assert patient.proven == {"interferon_signature"}
    assert choices(SHIPPED["vitiligo-ruxolitinib-trials"], "en").rules == ()
    state, unknown = patient.narrow(ViewState(rules=("mentor", "interferon_signature", "guess")))
    assert state.rules == ("interferon_signature",)
    assert {item.value for item in unknown} == {"mentor", "guess"}


def test_a_unit_that_the_case_cannot_be_shown_in_is_no_part_of_the_view():
    offered = choices(SHIPPED["dm-mda5-ruxolitinib"], "en")
    asked = ViewState(units=("po2:kPa", "po2:g/L", "albumin:g/dL", "nonsense", ":"))
    state, unknown = offered.narrow(asked)
    assert state.units == ("po2:kPa",)
    assert unknown == tuple(Unknown("units", text) for text in asked.units[1:])
    assert state.options().units == (("po2", "kPa"),)
    assert "units=po2%3AkPa" in state.to_query()
