"""What a reader may arrange: the order of the lanes, supportive care, and what was looked for and not found."""

from itertools import pairwise

import pytest
from figure.build import SHIPPED, course, event, made
from figure.page import read
from figure.test_plotly import check_same

from casecurves.figure.compile import compile
from casecurves.figure.layout import lay_out
from casecurves.figure.options import Options
from casecurves.figure.page import PageOptions
from casecurves.figure.plotly import places
from casecurves.figure.svg import to_svg

DRUGS = made(
    therapies=[
        course("ritux", "rituximab", "D10", "D20"),
        course("eto", "étoposide", "D0", "D5"),
        course("aza", "azathioprine", "D10", "D30"),
        course("pred", "prednisone", "D30", "D40"),
        course("ram", "ramipril", "D2", "D3"),
    ],
    events=[event("last", "D90", "last_follow_up")],
)


def names(case, **options):
    return [lane.drug for lane in compile(case, Options(**options)).lanes]


def test_lanes_stand_in_the_order_of_their_start_and_ties_in_that_of_the_table():
    assert names(DRUGS) == ["etoposide", "ramipril", "rituximab", "azathioprine", "prednisone"]


def test_lanes_by_name_do_not_count_accents_or_capitals():
    assert names(DRUGS, order="name", lang="fr")[:2] == ["azathioprine", "étoposide"]
    case = made(therapies=[course("aa", "Zeta", "D0"), course("bb", "éclair", "D1"), course("cc", "eau", "D2")])
    assert names(case, order="name") == ["eau", "éclair", "Zeta"]


def test_lanes_by_class_keep_a_class_together_in_the_same_order_for_every_patient():
    lanes = compile(DRUGS, Options(order="class")).lanes
    classes = [lane.drug_class for lane in lanes]
    assert classes == ["glucocorticoid", "antimetabolite", "anti_cd20", "chemotherapy", "supportive"]


@pytest.mark.parametrize("order", ["start", "class", "name"])
@pytest.mark.parametrize("case_id", SHIPPED)
def test_an_order_changes_no_row_and_keeps_regimens_together(case_id, order):
    usual, spec = compile(SHIPPED[case_id]), compile(SHIPPED[case_id], Options(order=order))
    assert sorted(map(str, usual.lanes)) == sorted(map(str, spec.lanes))
    regimens = [lane.regimen for lane in spec.lanes if lane.regimen]
    for name in set(regimens):
        places = [index for index, lane in enumerate(spec.lanes) if lane.regimen == name]
        assert places == list(range(places[0], places[0] + len(places)))


ABSENT = made(
    therapies=[course("aa", "dupilumab", "D0", "ongoing")],
    events=[
        event("embolism", "D9", "complication", presence="absent"),
        event("relapse", "D10", "relapse", end="D40", presence="absent"),
        event("flare", "D20"),
        event("last", "D90", "last_follow_up"),
    ],
)


def test_what_was_looked_for_and_not_found_is_shown():
    spec = compile(ABSENT)
    assert {"embolism", "relapse"} <= spec.drawn()
    assert spec.not_drawn == ()


@pytest.mark.parametrize(("lang", "told"), [("en", "no embolism; no relapse"), ("fr", "absence d’embolism")])
def test_hidden_it_is_counted_and_named_in_the_notes(lang, told):
    spec = compile(ABSENT, Options(absent=False, lang=lang))
    assert {"embolism", "relapse"}.isdisjoint(spec.drawn())
    assert [item.row for item in spec.not_drawn] == ["embolism", "relapse"]
    (note,) = [note for note in spec.notes if told in note]
    assert "2" in note
    assert "absence" not in {item.kind for item in spec.legend}
    assert "flare" in spec.drawn()


SUPPORT = made(
    therapies=[
        course("dupi", "dupilumab", "D20", "ongoing"),
        course("ram", "ramipril", "D0", "ongoing", dose=5, dose_unit="mg"),
        course("furo", "furosémide", "D5", "D30"),
        course("furo-2", "furosemide", "D50..D60", ""),
        course("apix", "apixaban", "M1", "", basis="derived"),
        course("lost", "atorvastatin"),
    ],
    doses=[{"id": "furo-dose", "therapy": "furo", "dose": 40, "dose_unit": "mg/d", "time": "D9"}],
    events=[event("last", "D90", "last_follow_up")],
)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_supportive_care_folds_into_one_lane_that_names_and_keeps_every_course(lang):
    usual, spec = compile(SUPPORT, Options(lang=lang)), compile(SUPPORT, Options(support="folded", lang=lang))
    assert spec.drawn() == usual.drawn() == {row.id for row in SUPPORT.rows()}
    dupilumab, support = spec.lanes
    assert (dupilumab.drug, dupilumab.folded, support.folded) == ("dupilumab", False, True)
    assert "3" in support.sublabel
    furosemide = "furosémide" if lang == "fr" else "furosemide"
    assert [track.name for track in support.tracks] == ["ramipril", furosemide, "apixaban"]
    assert [bar.row for track in support.tracks for bar in track.bars] == ["ram", "furo", "furo-2", "apix"]
    hovers = {bar.row: bar.hover for bar in usual.bars()}
    assert all(bar.hover == hovers[bar.row] for bar in spec.bars())
    assert [chip.row for chip in spec.chips] == ["lost"]


@pytest.mark.parametrize("width", [90, 140, 190])
def test_a_folded_lane_is_thinner_than_its_drugs_apart_and_names_each_beside_its_bars(width):
    apart, folded = (lay_out(compile(SUPPORT, Options(support=how)), width).lanes for how in ("shown", "folded"))
    assert sum(lane.height for lane in folded) < sum(lane.height for lane in apart)
    (lane,) = [lane for lane in folded if lane.lane.folded]
    assert [track.names[0] for track in lane.tracks] == ["ramipril", "furosemide", "apixaban *"]
    page = read(to_svg(compile(SUPPORT, Options(support="folded")), PageOptions(width_mm=width)))
    assert page.collisions() == []
    assert {"ram", "furo", "furo-2", "apix", "furo-dose"} <= page.rows


def test_both_pictures_fold_alike():
    check_same(SUPPORT, support="folded")


def test_a_regimen_is_never_folded():
    case = made(
        therapies=[
            course("meth", "methylprednisolone", "D0", "D9", regimen="MPR"),
            course("ram", "ramipril", "D0", "D9", regimen="MPR"),
        ]
    )
    assert len(compile(case, Options(support="folded")).lanes) == 2


LONG = made(
    therapies=[
        course("dup", "dupilumab", "D0", "D30"),
        *(
            course(drug[:4], drug, f"D{day}", "D2500")
            for day, drug in enumerate(("amlodipine", "ramipril", "apixaban"))
        ),
    ],
    events=[
        *(event(f"ev-{day}x", f"D{day}", "imaging") for day in (12, 40, 75, 110, 150)),
        event("visit", "D2600", "last_follow_up"),
    ],
    day_zero="dup",
)


def test_thin_bars_are_cut_and_pointed_at_where_they_stand():
    spec = compile(LONG, Options(support="folded"))
    page = lay_out(spec)
    (lane,) = (lane for lane in page.lanes if lane.lane.folded)
    thin = [(track.bar_y, track.bar_y + track.height) for track in lane.tracks]
    cuts = [(cut.y - cut.height / 2, cut.y + cut.height / 2) for cut in page.cuts if lane.y < cut.y < page.rail.y]
    assert page.frame.folds
    assert cuts == [pytest.approx(stretch) for stretch in thin]
    found = {mark.row: (mark.y0, mark.y1) for mark in places(spec).marks}
    heights = [found[name] for name in ("amlo", "rami", "apix")]
    assert [end - top for top, end in heights] == pytest.approx([1.5] * 3, abs=0.02)
    assert all(above[1] < below[0] for above, below in pairwise(heights)), "one click, one drug"
