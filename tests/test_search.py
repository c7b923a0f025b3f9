"""Finding a case: every word, any key of a facet, counts that come true."""

from dataclasses import replace

import pytest
from dashboard.build import SOUND, write
from figure.build import made
from hypothesis import given
from hypothesis import strategies as st

from casecurves.io import read_library, shipped_cases
from casecurves.knowledge import fold
from casecurves.knowledge.diseases import all_diseases
from casecurves.search import FACETS, SORTS, Query, describe, search

ENTRIES = [describe(case) for case, _ in read_library(shipped_cases()).values() if case is not None]
KEYS = {facet: sorted({key for entry in ENTRIES for key in entry.facets[facet]}) for facet in FACETS}
QUERIES = st.builds(
    Query,
    text=st.sampled_from(["", "", "dupilumab", "Rechute", "néphrotique", "nothing at all"]),
    chosen=st.fixed_dictionaries({facet: st.lists(st.sampled_from(KEYS[facet]), max_size=2, unique=True).map(tuple)
                                  for facet in FACETS}),
    sort=st.sampled_from(SORTS),
)  # fmt: skip


def ids(**asked):
    return set(search(ENTRIES, Query(**asked), "en").ids)


@pytest.mark.parametrize(
    ("text", "case_id"),
    [
        ("ruxolitinib", "dm-mda5-ruxolitinib"),
        ("RUXOLITINIB  anti mda5", "dm-mda5-ruxolitinib"),
        ("dermatomyosite poussee", "dm-mda5-ruxolitinib"),
        ("POUSSÉE cutanée", "dm-mda5-ruxolitinib"),
        ("skin flare", "dm-mda5-ruxolitinib"),
        ("MPR", "mn-dupilumab-1"),
        ("protéinurie", "mn-dupilumab-1"),
        ("extra-membraneuse", "mn-dupilumab-2"),
        ("mn-dupilumab-2", "mn-dupilumab-2"),
        ("néphropathie", "mn-dupilumab-1"),
        ("NEPHROPATHIES", "mn-dupilumab-2"),
        ("nephropathy", "mn-dupilumab-1"),
        ("GEM", "mn-dupilumab-1"),
        ("extramembraneuse", "mn-dupilumab-2"),
        ("MAG4", "igg4-dupilumab-1"),
        ("MG4", "igg4-dupilumab-group-3"),
        ("maladie associée aux IgG4", "igg4-dupilumab-group-4"),
        ("maladies liées aux IgG4", "igg4-dupilumab-1"),
        ("DM", "dm-mda5-ruxolitinib"),
        ("dermatomyosites", "dm-mda5-ruxolitinib"),
        ("myopathie inflammatoire", "dm-mda5-ruxolitinib"),
        ("vitiligo", "vitiligo-ruxolitinib-trials"),
        ("dépigmentation", "vitiligo-ruxolitinib-trials"),
        ("cancer du rein", "il21-cancer-trials"),
        ("sorafenib", "il21-cancer-trials"),
        ("RPCU", "mn-dupilumab-1"),
        ("UPCR", "mn-dupilumab-1"),
        ("Dupixent", "igg4-dupilumab-1"),
        ("Jakavi", "dm-mda5-ruxolitinib"),
        ("inhibiteurs de JAK", "dm-mda5-ruxolitinib"),
        ("corticothérapie", "dm-mda5-ruxolitinib"),
        ("étoposide-carboplatine", "dm-mda5-ruxolitinib"),
    ],
)
def test_words_are_found_in_both_languages_whatever_their_accents(text, case_id):
    assert case_id in ids(text=text)
    assert ids(text=text) != set(ids())


def test_few_letters_are_looked_for_where_a_word_begins():
    kidneys = {case_id for case_id in ids() if case_id.startswith("mn-")}
    assert ids(text="GEM") == ids(text="néphropathie") == ids(text="membranous nephropathy") == kidneys
    assert ids(text="DM") == {"dm-mda5-ruxolitinib"}
    assert ids(text="ADM") < ids()  # of "admission"
    assert ids(text="dupi") == ids(text="dupilumab")


def test_a_disease_has_names_of_its_own():
    known = all_diseases().values()
    assert all(disease.named_in(f" {fold(disease.en)} ") for disease in known)
    assert all(disease.named_in(f" {fold(disease.fr)} ") for disease in known)
    named = [(one.en, other.en) for one in known for other in known if one != other and one.named_in(fold(other.en))]
    assert named == []
    # An abbreviation is a word of its own.
    assert not any(disease.named_in(f"x{word}x") for disease in known for word in disease.letters)
    assert all(disease.named_in(f"x {word} x") for disease in known for word in disease.letters)


@pytest.mark.parametrize(
    ("diagnosis", "looked_for"),
    [
        ("pelade décalvante", "alopecia areata"),
        ("chronic lymphocytic leukemia", "LLC"),
        ("glomérulopathies à C3", "dense deposit disease"),
        ("type 1 auto-immune pancreatitis", "pancréatite auto-immune"),
        ("Gougerot-Sjögren", "sicca"),
        ("anti-synthetase syndrome", "myosite"),
        ("SSc", "sclérodermie"),
        ("polypose nasosinusienne", "nasal polyps"),
        ("metastatic colon carcinoma", "cancer du côlon"),
        ("polyarthrite rhumatoïde", "RA"),
    ],
)
def test_a_neighbouring_disease_is_found_in_the_other_language_too(diagnosis, looked_for):
    own = describe(made(diagnosis=diagnosis, title="A course"))
    assert own.id in search([*ENTRIES, own], Query(text=looked_for), "en").ids
    assert own.id not in search([*ENTRIES, own], Query(text="mélanome"), "en").ids


def test_all_words_must_be_there_and_none_is_no_question():
    assert ids(text="ruxolitinib rituximab") == set()
    assert ids(text=" ,. ") == ids() == {entry.id for entry in ENTRIES}


def test_keys_of_a_facet_widen_and_facets_narrow():
    first, second = ids(chosen={"drug": ("rituximab",)}), ids(chosen={"drug": ("ruxolitinib",)})
    assert ids(chosen={"drug": ("rituximab", "ruxolitinib")}) == first | second
    assert ids(chosen={"drug": ("rituximab",), "basis": ("illustrative",)}) == {"mn-dupilumab-2-illustrative"}
    assert ids(chosen={"class": ("jak_inhibitor",)}) == second == {"dm-mda5-ruxolitinib", "vitiligo-ruxolitinib-trials"}
    assert ids(chosen={"kind": ("group",)}) == {"igg4-dupilumab-group-3", "igg4-dupilumab-group-4"}


@given(QUERIES, st.sampled_from(FACETS))
def test_a_count_is_what_choosing_it_alone_under_its_facet_finds(query, facet):
    for option in search(ENTRIES, query, "fr").options[facet]:
        alone = replace(query, chosen={**query.chosen, facet: (option.key,)})
        assert len(search(ENTRIES, alone, "fr").ids) == option.count
        assert option.count or option.chosen
        assert option.chosen == (option.key in query.chosen[facet])


@given(QUERIES)
def test_what_is_offered_instead_of_nothing_finds_something(query):
    found = search(ENTRIES, query, "en")
    assert not (found.ids and found.wider)
    for wider, count in found.wider:
        assert len(search(ENTRIES, wider, "en").ids) == count > 0


@given(QUERIES)
def test_the_order_changes_nothing_else_and_goes_down(query):
    found = search(ENTRIES, query, "en").ids
    assert len(set(found)) == len(found)
    by_id = {entry.id: entry for entry in ENTRIES}
    for sort in SORTS:
        ordered = search(ENTRIES, replace(query, sort=sort), "en").ids
        assert set(ordered) == set(found)
        measures = {"values": lambda entry: -entry.values, "follow_up": lambda entry: -(entry.followed or -1)}
        if sort in measures:
            placed = [measures[sort](by_id[case_id]) for case_id in ordered]
            assert placed == sorted(placed)


def test_titles_are_ordered_in_the_language_asked_for_and_what_is_invented_comes_last():
    french = [entry.title("fr") for case_id in search(ENTRIES, Query(), "fr").ids for entry in ENTRIES
              if entry.id == case_id]  # fmt: skip
    assert french[0].startswith("Dermatomyosite")
    assert [title.startswith("Compagnon") for title in french] == [False] * 8 + [True] * 2
    assert search(ENTRIES, Query(), "en").ids != search(ENTRIES, Query(), "fr").ids


def test_a_key_that_no_case_has_is_named_and_left_aside():
    asked = Query(chosen={"drug": ("rituximab", "gold", "gold"), "kind": ("essay",)})
    kept, unknown = asked.within(ENTRIES)
    assert kept.chosen["drug"] == ("rituximab",)
    assert unknown == (("drug", "gold"), ("kind", "essay"))


def test_what_is_not_known_here_is_found_by_its_written_name(tmp_path):
    write(tmp_path / "odd", {**SOUND, "therapies.csv": SOUND["therapies.csv"].replace("dupilumab", "Élixir d'or")})
    ((case, _),) = read_library(tmp_path).values()
    entry = describe(case)
    assert entry.facets["drug"]["elixir d or"] == ("Élixir d'or", "Élixir d'or")
    assert "unknown" in entry.facets["class"]
    assert search([entry], Query("elixir"), "en").ids == ("odd",)
    assert entry.followed is not None
    assert entry.values == 4
