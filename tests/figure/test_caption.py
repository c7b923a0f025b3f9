"""The caption says what the picture shows; what somebody wrote into it is kept when it is made anew."""

import re
from dataclasses import replace

import pytest
from figure.build import SHIPPED
from hypothesis import given
from hypothesis import strategies as st

from casecurves.figure.caption import caption, course
from casecurves.figure.caption.alt import alt
from casecurves.figure.caption.edits import caption_file, digests, merge, read_edited
from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.figure.stamp import stamp

DM, RICH, ORDER = "dm-mda5-ruxolitinib", "mn-dupilumab-1-illustrative", "mn-dupilumab-2"


def spec_of(case_id=DM, **options):
    return compile(SHIPPED[case_id], Options(**options))


# ---------------------------------------------------------------------------------------- what it says

SAID = [
    (DM, {}, "woman, 62 ≠1 · day zero: admission"),
    (DM, {"age": "band"}, "woman in her 60s ≠1"),
    (DM, {"age": "band", "lang": "fr"}, "femme de 60 à 69 ans"),
    (DM, {}, "100 mg/d (2 mg/kg); 30 mg/d; 4 mg/d"),
    (DM, {}, "cyclophosphamide (6 × 700 mg/m²; days not given; end not known)"),
    (DM, {}, "IFN score (interferon score; 6-gene blood expression, log scale; normal <2.3)"),
    (DM, {}, "logarithmic scale: IFN score"),
    (DM, {}, "Not known exactly, of 35 marks"),
    (DM, {}, "known to within a month: 11"),
    (DM, {}, "Abbreviations: CK, creatine kinase; CT, computed tomography"),
    (DM, {}, "doi:10.1016/j.revmed.2020.02.015. CC BY-NC 4.0"),
    (RICH, {}, "complete remission <300 (Nat Rev Dis Primers 2020;6:68"),
    (RICH, {}, "(not verified) (KDIGO 2021"),
    (RICH, {}, "below this limit: 3"),
    (RICH, {"rules": ("adult_ns_2020",), "illustrative": True}, "Status by rule: "),
    (RICH, {"lang": "fr"}, "RPCU, rapport protéine/créatinine urinaire"),
    (ORDER, {"lang": "fr"}, "hors échelle"),
    (ORDER, {"lang": "fr"}, "Déduits ici (*) : 3"),
]


@pytest.mark.parametrize(("case_id", "options", "words"), SAID, ids=[words[:30] for _, _, words in SAID])
def test_the_caption_says(case_id, options, words):
    assert words in caption(spec_of(case_id, **options)).replace("\u00a0", " ")


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_caption_of_every_case_names_every_drug_dose_panel_and_its_revision(case_id, lang):
    spec = spec_of(case_id, lang=lang)
    text = caption(spec)
    labels = [mark.label for lane in spec.lanes for track in lane.tracks for mark in track.doses]
    for words in (*(lane.drug for lane in spec.lanes), *labels, *(panel.label for panel in spec.panels)):
        assert words in text
    assert text.endswith(stamp(spec) + "\n")
    assert spec.revision in text
    assert not re.search(r"\(\)|: \.|;;|\bNone\b", text)


def test_a_case_of_ones_own_is_not_named():
    spec = replace(spec_of(), case="")
    assert DM not in caption(spec)
    assert spec.revision in caption(spec)


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_text_in_place_of_the_picture_is_short_and_has_no_signs(case_id, lang):
    spec = spec_of(case_id, lang=lang)
    text = alt(spec)
    assert "\n" not in text
    assert "≠" not in text
    assert 60 < len(text) < 2000
    assert all(panel.label in text for panel in spec.panels)
    assert spec.banner in text


def test_the_text_in_place_of_the_picture_tells_how_the_course_ended():
    text = alt(spec_of("dm-mda5-ruxolitinib"))
    assert text.index("rash begins") < text.index("…") < text.index("small-cell lung cancer") < text.index("death")


@pytest.mark.parametrize(
    ("case_id", "first"),
    [("mn-dupilumab-2-illustrative", "nephrotic syndrome"), ("dm-mda5-ruxolitinib", "rash begins, admission")],
)
def test_the_text_in_place_of_the_picture_tells_events_where_they_are_drawn(case_id, first):
    """What began long before it was found is told where it was found."""
    (said,) = re.findall(r"Events from left to right \(\d+\): ([^.]+)", alt(compile(SHIPPED[case_id])))
    assert said.startswith(first)


def test_dates_that_are_hidden_stand_nowhere():
    shown, hidden = (spec_of(ORDER, dates=dates) for dates in ("shown", "hidden"))
    assert "2017" in str(shown.to_json())
    assert "2017" not in str(hidden.to_json())
    assert "[date not shown]" in caption(hidden)
    assert [zone.ticks for zone in hidden.axis.zones] == [zone.ticks for zone in shown.axis.zones]


AGES = [(0, "under 10"), (9, "under 10"), (10, "in her teens"), (19, "teens"), (20, "20s"), (89, "80s"), (90, "90 or")]


@pytest.mark.parametrize(("age", "words"), AGES)
def test_a_band_holds_ten_years(age, words):
    case = SHIPPED[DM]
    patient = case.header.patient.model_copy(update={"age": age})
    case = replace(case, header=case.header.model_copy(update={"patient": patient}))
    assert words in compile(case, Options(age="band")).subtitle


# ---------------------------------------------------------------------------------------- edits

MADE = "Who and what.\n\nDrugs: a; b; c.\n\nValues: 1; 2.\n\nSource.\n"


def again(edited, fresh, made=MADE):
    return merge(digests(made), edited, fresh, "en")


def test_what_was_not_touched_follows_the_figure():
    fresh = MADE.replace("b;", "b at 5 mg;").replace("Source.", "Source 2.")
    assert again(MADE, fresh).text == fresh
    assert (again(MADE, fresh).kept, again(MADE, fresh).outdated) == (0, 0)


def test_what_was_written_stays_and_the_rest_follows():
    edited = MADE.replace("Who and what.", "My own words. And more.")
    found = again(edited, MADE.replace("2.", "3."))
    assert found.text == edited.replace("2.", "3.")
    assert (found.kept, found.outdated) == (1, 0)


def test_what_was_written_and_has_changed_is_marked():
    found = again(MADE.replace("Drugs: a;", "Medicines: a;"), MADE.replace("Drugs: a;", "Drugs: z;"))
    assert "Medicines: a; [The figure now says: Drugs: z;] b; c." in found.text
    assert (found.kept, found.outdated) == (1, 1)
    assert "Who and what.\n\n" in found.text


def test_what_was_added_and_taken_out_stays_so():
    edited = MADE.replace("Source.", "Source.\n\nI thank nobody.").replace(" b;", "")
    assert again(edited, MADE).text == edited
    assert again(edited, MADE.replace("1;", "9;")).text == edited.replace("1;", "9;")


def test_a_caption_file_is_read_back_and_any_other_file_is_none():
    file = caption_file(MADE)
    assert read_edited(file) == (MADE, digests(MADE))
    assert read_edited(file.replace("\n", "\r\n")) == (MADE, digests(MADE))
    assert read_edited(MADE) is None
    assert read_edited("") is None


SENTENCES = st.lists(st.sampled_from(["A.", "B b.", "C;", "D!", "\n\n"]), max_size=9).map(" ".join)


@pytest.mark.parametrize("mine", ["Source. By hand, at the end.", "By hand, before it. Source."])
def test_what_was_written_beside_a_sentence_does_not_keep_it_from_following(mine):
    found = again(MADE.replace("Source.", mine), MADE.replace("Source.", "Source 2."))
    assert found.text == MADE.replace("Source.", mine.replace("Source.", "Source 2."))
    assert (found.kept, found.outdated) == (1, 0)


def test_a_caption_begins_each_sentence_as_one():
    assert ". Membranous nephropathy" in caption(spec_of("mn-dupilumab-1")).split("\n")[0]


@given(SENTENCES, SENTENCES, SENTENCES)
def test_nothing_that_somebody_wrote_is_lost(made, mine, fresh):
    edited = f"{mine} Mine alone.".strip()
    found = merge(digests(made), edited, fresh, "en")
    assert "Mine alone." in found.text
    assert merge(digests(made), edited, made, "en").text.split() == edited.split()
    assert merge(digests(made), made, fresh, "en").text.split() == fresh.split()


@pytest.mark.parametrize("case_id", sorted(SHIPPED))
def test_a_real_caption_follows_another_day_zero_but_for_what_was_written(case_id):
    before = caption(spec_of(case_id))
    after = caption(spec_of(case_id, lang="en", unit="weeks", age="band", absent=False))
    edited = before.replace(" Succession in time does not establish cause.", " Nothing follows from order.")
    found = merge(digests(before), edited, after, "en")
    assert "Nothing follows from order." in found.text
    assert found.text == after.replace(" Succession in time does not establish cause.", " Nothing follows from order.")


@pytest.mark.parametrize(("lang", "scaled"), [("en", "to scale"), ("fr", "à l’échelle")])
def test_what_is_to_scale_is_told_with_what_the_axis_counts(lang, scaled):
    """After the part without scale it stood alone, and spoke of nothing."""
    told = course.axis(spec_of("mn-dupilumab-1", lang=lang))
    assert re.search(rf"dupilumab, {scaled}\s?;", told)
    assert told.count(scaled) == told.count(f", {scaled}") + told.count(f"not {scaled}")
    assert scaled not in course.axis(spec_of(lang=lang)), "where all is, nothing is said"


@pytest.mark.parametrize("case_id", SHIPPED)
def test_an_english_caption_has_the_apostrophes_of_print(case_id):
    spec = spec_of(case_id)
    typed = re.findall(r"\w+'\w+", caption(spec).replace(spec.source, ""))
    assert typed == []
