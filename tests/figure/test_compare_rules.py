"""A rule chosen for a comparison says of every patient a status, or why there is none."""

import pytest
from figure.build import SHIPPED, course, made, value

from casecurves.figure.compare import CompareOptions, Subject, compile_comparison, subjects_of
from casecurves.figure.plotly import places

RULE = "kdigo_2012_mn"
EVERYBODY = subjects_of([(case, key) for key, case in SHIPPED.items()], "en")


def notes(**options):
    spec = compile_comparison(EVERYBODY, CompareOptions(**{"align": "dupilumab", "rules": (RULE,), **options}))
    return spec, [note for note in spec.notes if ": " in note]


@pytest.mark.parametrize("view", ["swimmer", "multiples", "overlay"])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("invented", [False, True])
def test_each_patient_has_a_strip_or_a_reason(view, lang, invented):
    spec, said = notes(view=view, lang=lang, illustrative=invented, analytes=("albumin",))
    for one in EVERYBODY:
        left = {each.row for each in spec.not_drawn}
        drawn = any(ribbon.panel.split("|")[0] == one.case.id for ribbon in spec.ribbons)
        told = any(one.name in note and (note.endswith(").") or view == "overlay") for note in said)
        assert drawn or told or one.case.id in left, one.name
    if view == "overlay":
        assert any("strip" in note or "bande de statut" in note for note in spec.notes)


def test_why_there_is_none():
    _, said = notes()
    (without,) = [note for note in said if note.startswith("Patient 1 (IgG4 disease): ")]
    assert without.endswith("no status: no value that it assesses (uPCR, proteinuria, 24 h proteinuria).")


def patient(*values, drug="dupilumab"):
    return made(therapies=[course("dd", drug, "D0", "")], measurements=values, day_zero="dd")


def test_the_biomarker_of_the_rule_is_not_shown():
    rows = [value("up-1x", "4000", "D-1", "uPCR", unit="mg/g"), value("up-2x", "200", "D90", "uPCR", unit="mg/g")]
    rows += [value("al-1x", "20", "D1", unit="g/L"), value("al-2x", "40", "D91", unit="g/L")]
    options = CompareOptions(view="multiples", rules=(RULE,), analytes=("albumin",))
    spec = compile_comparison([Subject(patient(*rows), "Her")], options)
    assert spec.ribbons == ()
    assert any(note.startswith("Her: ") and "not shown" in note for note in spec.notes)


def test_relapses_are_counted_only_where_a_value_can_be_assessed():
    trends = [value("up-1x", "falls", "D30", "uPCR"), value("up-2x", "rises", "D90", "uPCR")]
    numbers = [value("up-1x", "4000", "D-1", "uPCR", unit="mg/g"), value("up-2x", "200", "D90", "uPCR", unit="mg/g")]
    for values, counted in ((trends, False), (numbers, True)):
        spec = compile_comparison([Subject(patient(*values), "Her")], CompareOptions(rules=("adult_ns_2020",)))
        (line,) = [note for note in spec.notes if note.startswith("Her: ")]
        assert ("relapses" in line) == counted
        assert ("no value can be assessed (directions without numbers)" in line) == (not counted)


@pytest.mark.parametrize("view", ["swimmer", "multiples"])
def test_each_status_can_be_chosen_on_the_screen_in_the_lane_or_curve_of_its_patient(view):
    spec, _ = notes(view=view, illustrative=True, analytes=("upcr",))
    stages = {stage.row for ribbon in spec.ribbons for stage in ribbon.stages}
    assert stages
    found = places(spec).marks
    assert stages <= {mark.row for mark in found}
    lanes = {mark.row: mark.lane for mark in found if not mark.words}
    if view == "swimmer":
        for patient in ("mn-dupilumab-1-illustrative", "mn-dupilumab-2-illustrative"):
            own = {lanes[row] for row in stages if row.startswith(f"{patient}/")}
            assert own == {lanes[f"{patient}/dupilumab"]}
