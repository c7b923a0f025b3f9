"""Trials: each number of the documents' trials is on the figure as the documents print it."""

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile
from casecurves.figure.options import Options
from casecurves.io import read_case


def said(case_id: str, lang: str) -> list[str]:
    spec = compile(SHIPPED[case_id], Options(lang=lang))
    told = [*spec.charts.told(), *((box.heading, box.entries) for box in spec.boxes)]
    lines = [f"{heading}: {entry.text}" for heading, entries in told for entry in entries]
    lines += [f"Arms: {entry.text}" for entry in spec.charts.arms()]
    return [line.replace("\u00a0", " ") for line in lines]


@pytest.mark.parametrize(
    "words",
    [
        ("F-VASI50", "M6", "TRuE-V1", "ruxolitinib cream", "51.2 %", "[95 % CI 44.4–58.0]"),
        ("F-VASI50", "M6", "TRuE-V1", "vehicle", "16.9 %", "[95 % CI 9.3–24.6]"),
        ("F-VASI50", "M6", "TRuE-V2", "ruxolitinib cream", "51.4 %", "[95 % CI 44.6–58.3]"),
        ("F-VASI50", "M6", "TRuE-V2", "vehicle", "20.9 %", "[95 % CI 12.9–28.9]"),
        ("F-VASI50", "M6", "TRuE-V1", "relative risk 3.0 [95 % CI 1.9–4.8] p < 0.001"),
        ("F-VASI50", "M6", "TRuE-V2", "relative risk 2.5 [95 % CI 1.6–3.7] p < 0.001"),
        ("Arms", "TRuE-V1, ruxolitinib cream: 221"),
        ("Arms", "TRuE-V1, vehicle: 109"),
        ("Arms", "TRuE-V2, ruxolitinib cream: 222"),
        ("Arms", "TRuE-V2, vehicle: 109"),
        ("F-VASI75", "W24", "both trials", "≈30 %"),
        ("F-VASI75", "W24", "TRuE-V1", "vehicle: 8 %"),
        ("F-VASI75", "W24", "TRuE-V2", "vehicle: 13 %"),
        ("F-VASI75", "W52", "both trials", "≈50 %"),
        ("F-VASI75", "W52", "TRuE-V1", "26.8 %"),
        ("F-VASI75", "W52", "TRuE-V2", "29.6 %"),
        ("noticeable", "W52", "both trials", "30–40 %"),
    ],
)
def test_each_number_of_the_vitiligo_trials_is_printed(words):
    lines = said("vitiligo-ruxolitinib-trials", "en")
    assert [line for line in lines if all(word in line for word in words)], "\n".join(lines)


def test_endpoints_are_never_mixed():
    spec = compile(SHIPPED["vitiligo-ruxolitinib-trials"], Options())
    labels = {row.id: (row.label, row.time.written) for row in SHIPPED["vitiligo-ruxolitinib-trials"].outcomes}
    told = [*spec.charts.told(), *((box.heading, box.entries) for box in spec.boxes)]
    assert sum(entry.row in labels for _, entries in told for entry in entries) == len(labels)
    for _, entries in told:
        assert len({labels[entry.row] for entry in entries if entry.row in labels}) <= 1


def test_responses_are_counted_as_printed_and_what_does_not_add_up_is_disputed():
    case = SHIPPED["il21-cancer-trials"]
    printed = {(row.arm, row.response): (row.count, row.status) for row in case.outcomes if row.source == "il21"}
    assert printed == {
        ("alone-1-melanoma", "partial"): (1, "used"),
        ("alone-1-melanoma", "stable"): (9, "used"),
        ("alone-1-melanoma", "progression"): (15, "used"),
        ("alone-1-melanoma", "not_evaluated"): (4, "used"),
        ("alone-2-melanoma", "complete"): (1, "used"),
        ("alone-2-melanoma", "partial"): (4, "disputed"),
        ("alone-2-renal", "stable"): (24, "disputed"),
        ("alone-2-renal", "progression"): (14, "disputed"),
        ("rituximab-lymphoma", "complete"): (2, "used"),
        ("rituximab-lymphoma", "partial"): (3, "used"),
        ("rituximab-lymphoma", "stable"): (8, "used"),
    }
    assert "IL-21 + rituximab (phase I/II), lymphome B, maladie stable : 8" in "\n".join(said(case.id, "fr"))
    assert all(row.percent is None for row in case.outcomes)


def test_a_row_that_is_drawn_in_spite_of_an_error_is_not_counted_as_left_out(tmp_path):
    arms = "id,label,trial,n\narm-1,drug,T,50\narm-2,drug,T,50\narm-3,vehicle,T,0\n"
    outcomes = "id,arm,label,percent\nout-1,arm-1,better,20\nout-2,arm-2,better,40\n"
    (tmp_path / "case.toml").write_text('kind = "trial"\ntitle = "Two arms of one name, one of nobody"\n', "utf-8")
    for name, text in (("arms", arms), ("outcomes", outcomes)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    case, report = read_case(tmp_path)
    assert {"arm.same_name", "arm.nobody"} <= {one.code for one in report}
    assert "Rows left out because they hold errors: 1." in compile(case, Options()).notes


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "The interval from 50 to 60 does not contain its own estimate, 40."),
        ("fr", "L’intervalle de 50 à 60 ne contient pas sa propre estimation, 40."),
    ],
)
def test_an_estimate_outside_its_own_interval_is_drawn_as_printed_and_said(lang, told, tmp_path):
    (tmp_path / "case.toml").write_text('kind = "trial"\ntitle = "An interval beside its estimate"\n', "utf-8")
    (tmp_path / "arms.csv").write_text("id,label,n\narm-1,drug,50\n", "utf-8")
    counted = {}
    for low in (50, 30):
        (tmp_path / "outcomes.csv").write_text(
            f"id,arm,label,percent,ci_low,ci_high\nout-1,arm-1,better,40,{low},60\n", "utf-8"
        )
        spec = compile(read_case(tmp_path)[0], Options(lang=lang))
        counted[low] = [note for note in spec.notes if note == told]
        assert spec.charts.percents[0].groups[0].bars[0].ci == (low, 60)
    assert counted == {50: [told], 30: []}
