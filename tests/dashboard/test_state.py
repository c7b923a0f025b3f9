"""The address is the state: read tolerantly, written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecurves.figure.page import PageOptions, read_page
from casecurves.figure.vision import VISIONS
from casecurves.knowledge.presets import all_presets
from casecurves.knowledge.rules import all_rules
from casecurves_dashboard.state import (
    ABSENCES,
    ASSUMED,
    DOSES,
    INVENTED,
    LONGEST_QUERY,
    ORDERS,
    OWN_ZERO,
    SUPPORTS,
    TABS,
    UNITS,
    VIEWS,
    Unknown,
    ViewState,
    case_of,
    from_query,
    path_of,
)

days = st.integers(-9_999_999, 9_999_999).map(lambda n: n / 100)
names = st.text(min_size=1, max_size=12)
views = st.builds(
    ViewState,
    lang=st.sampled_from(["en", "fr"]),
    theme=st.sampled_from(["light", "dark"]),
    zero=st.text(max_size=12).filter(lambda zero: zero != OWN_ZERO),
    unit=st.sampled_from(UNITS),
    order=st.sampled_from(ORDERS),
    support=st.sampled_from(SUPPORTS),
    absent=st.sampled_from(ABSENCES),
    dose=st.sampled_from(DOSES),
    assume=st.sampled_from(ASSUMED),
    view=st.sampled_from(VIEWS),
    axis=st.sampled_from(["folded", "whole"]),
    open=st.lists(st.integers(1, 99), max_size=3, unique=True).map(sorted).map(tuple),
    window=st.none() | st.lists(days, min_size=2, max_size=2, unique=True).map(sorted).map(tuple),
    units=st.lists(names, max_size=3, unique=True).map(tuple),
    rules=st.lists(st.sampled_from(sorted(all_rules())), max_size=3, unique=True).map(tuple),
    invented=st.sampled_from(INVENTED),
    show=st.none() | st.lists(names, max_size=4, unique=True).map(tuple),
    tab=st.sampled_from(TABS),
    export_lang=st.sampled_from(["", "en", "fr"]),
    age=st.sampled_from(["exact", "band"]),
    dates=st.sampled_from(["shown", "hidden"]),
    sheet=st.builds(
        PageOptions,
        width_mm=st.floats(140, 400).map(lambda width: round(width, 2)),
        dpi=st.integers(50, 1200),
        type_pt=st.sampled_from([7.0, 8.5, 16.0]),
        theme=st.sampled_from(["light", "dark", "grey"]),
        transparent=st.booleans(),
        title=st.booleans(),
        words=st.sampled_from(["below", "apart"]),
        letters=st.booleans(),
        seen=st.sampled_from(VISIONS),
    )
    | st.sampled_from(sorted(all_presets())).map(lambda key: read_page({"preset": key, "words": "apart"})),
)


@given(views)
def test_reading_what_was_written_gives_the_same_view(view):
    assert from_query(view.to_query()) == (view, ())


def test_an_address_is_readable_and_says_only_what_differs():
    assert ViewState().to_query() == "?lang=en"
    view = ViewState(lang="fr", theme="dark", zero="dupilumab", unit="months", show=("upcr", "albumin"), tab="tables")
    assert view.to_query() == "?lang=fr&theme=dark&zero=dupilumab&unit=months&tab=tables&show=upcr,albumin"
    assert ViewState(order="class", support="folded", absent="hidden").to_query() == (
        "?lang=en&order=class&support=folded&absent=hidden"
    )
    assert ViewState(dose="prednisone", assume="prednisone").to_query() == "?lang=en&dose=prednisone&assume=prednisone"
    assert ViewState(view="overlay").to_query() == "?lang=en&view=overlay"
    ruled = ViewState(rules=("mentor", "pla2r_elisa"), invented="assessed")
    assert ruled.to_query() == "?lang=en&invented=assessed&rules=mentor,pla2r_elisa"


def test_showing_nothing_is_not_showing_all():
    assert from_query("?show=")[0].show == ()
    assert from_query("")[0].show is None


def test_a_comma_in_a_name_is_not_a_separator():
    view = ViewState(show=("a,b", "c"))
    assert view.to_query().endswith("show=a%2Cb,c")
    assert from_query(view.to_query())[0].show == ("a,b", "c")


@pytest.mark.parametrize("search", [None, 5, [], {"a": 1}, True])
def test_what_is_not_text_is_no_view(search):
    assert from_query(search) == (ViewState(), ())


def test_what_is_not_understood_falls_back_and_is_told():
    view, unknown = from_query("?lang=de&unit=fortnights&theme=dark&tab=&x=%3Cb%3E&zero=a")
    assert view == ViewState(theme="dark", zero="a")
    assert from_query("?width=3&words=none&in=de")[0] == ViewState()
    assert [item.name for item in from_query("?width=3&words=none&type=16&width=90")[1]] == ["width", "words", "width"]
    assert unknown == (Unknown("lang", "de"), Unknown("unit", "fortnights"), Unknown("tab", ""), Unknown("x", "<b>"))


@given(st.text(max_size=300))
def test_any_text_is_some_view(search):
    view, _ = from_query(search)
    assert from_query(view.to_query())[0] == view


def test_a_very_long_address_is_cut():
    view, unknown = from_query("?zero=" + "a" * 10 * LONGEST_QUERY)
    assert len(view.zero) == LONGEST_QUERY - len("zero=")
    assert unknown == ()


def test_the_browser_chooses_the_language_until_the_reader_does():
    assert from_query("", "fr")[0].lang == "fr"
    assert from_query("?lang=en", "fr")[0].lang == "en"
    assert from_query("", "de")[0].lang == "en"


def test_another_page_keeps_language_and_theme_and_nothing_else():
    view = ViewState(lang="fr", theme="dark", zero="dupilumab", unit="days", show=(), tab="tables")
    assert view.elsewhere("/") == "/?lang=fr&theme=dark"


@given(names)
def test_the_path_of_a_case_leads_to_it(case_id):
    assert case_of(path_of(case_id)) == case_id


@pytest.mark.parametrize("path", ["/", "/case/", "/cases/x", "", None, 3, ["/case/x"]])
def test_other_paths_name_no_case(path):
    assert case_of(path) is None


@pytest.mark.parametrize(
    "search",
    ["?from=3", "?to=3", "?from=9&to=3", "?from=3&to=3", "?from=nan&to=3", "?from=1e3&to=inf", "?from=-1&to=1234567"],
)
def test_a_window_needs_two_days_in_order(search):
    view, unknown = from_query(search)
    assert view.window is None
    assert unknown


@pytest.mark.parametrize("value", ["", "0", "1,", "x", "-1", "1,1000", "\u0661"])
def test_what_is_no_number_of_a_fold_opens_none(value):
    view, unknown = from_query(f"?open={value}")
    assert (view.open, unknown) == ((), (Unknown("open", value),))


def test_an_address_says_what_of_the_axis_is_shown():
    view = ViewState(axis="whole", open=(1, 3), window=(-12.5, 340.0))
    assert view.to_query() == "?lang=en&axis=whole&open=1,3&from=-12.5&to=340"
    options = view.options()
    assert (options.fold, options.opened, options.window) == (False, (1, 3), (-12.5, 340.0))
