"""What the command line prints as JSON."""

import json

import pytest
from badinput import DOSES, EVENTS, MEASUREMENTS, add, write

from casecurves.io import read_case, read_library, shipped_cases, summary, to_json, validation


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> dict:
    rows = [
        ("zero", "albumin", "", "20", "g/L", "D0"),
        ("censored", "anti-PLA2R", "ELISA", "<2", "RU/mL", "M2"),
        ("titre", "anti-PLA2R", "IIF", "1:320", "", "~M3"),
        ("grade", "MMT", "", "3/5", "", ".."),
        ("range", "uPCR", "", "30-40", "mg/mmol", "D-3"),
        ("trend", "CRP", "", "falls", "", "soon:dupilumab"),
    ]
    text = MEASUREMENTS + "".join(
        f"{i}-x,{a},{s},{v},{u},,,{t if t != '..' else ''},paper,T\n" for i, a, s, v, u, t in rows
    )
    changes = {
        "measurements.csv": text,
        "doses.csv": DOSES,
        "events.csv": EVENTS + "stay,admission,hospital,D3,D6,paper,T\nclot,complication,no clot,,,paper,T\n",
        "case.toml": lambda toml: (
            toml.replace('zero = "dupilumab"', 'zero = "dupilumab"\nday_zero_date = "2017-03-01"')
            + '[[discrepancies]]\nrows = ["skin"]\nlabel = "flare"\nused = "a"\nother = "b"\n'
        ),
    }
    case, report = read_case(write(tmp_path_factory.mktemp("show") / "a-case", changes))
    assert report.sound, report.to_text()
    found = to_json(case)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def by_id(rows: list[dict], row_id: str) -> dict:
    return next(row for row in rows if row["id"] == row_id)


def test_show_has_the_keys_it_promises(shown):
    assert list(shown) == [
        *("id", "kind", "title", "patient", "day_zero", "last_follow_up", "sources", "therapies", "doses"),
        *("measurements", "events", "outcomes", "discrepancies", "issues"),
    ]
    promised = {
        "therapies": "id drug dose dose_unit frequency route doses every regimen start end basis status source locator",
        "doses": "id therapy dose dose_unit time holds basis",
        "measurements": "id analyte assay value unit ucum ref_low ref_high time basis",
        "events": "id kind label presence time end basis",
    }
    for table, keys in promised.items():
        assert all(set(keys.split()) <= set(row) for row in shown[table])
        assert shown[table]
    assert {"written", "kind", "number", "comparator", "titre", "grade", "category", "trend"} <= set(
        shown["measurements"][0]["value"]
    )


def test_day_zero_is_a_day(shown):
    assert shown["day_zero"] == "dupilumab"
    assert by_id(shown["measurements"], "zero-x")["time"] == {
        "written": "D0",
        "earliest": 0,
        "latest": 1,
        "qualifier": "exact",
        "date_earliest": "2017-03-01",
        "date_latest": "2017-03-01",
    }


def test_days_are_rounded_outwards_and_unknown_is_null(shown):
    month = by_id(shown["measurements"], "censored-x")["time"]
    assert (month["earliest"], month["latest"]) == (45, 77)
    unknown = by_id(shown["measurements"], "grade-x")["time"]
    assert (unknown["written"], unknown["qualifier"], unknown["earliest"]) == ("", "unknown", None)


def test_the_three_ends_differ(shown):
    assert by_id(shown["therapies"], "dupilumab")["end"]["state"] == "ongoing"
    assert by_id(shown["therapies"], "dupilumab")["end"]["latest"] == shown["last_follow_up"]["latest"]
    steroids = by_id(shown["therapies"], "steroids")
    assert (steroids["start"]["earliest"], steroids["end"]["state"], steroids["end"]["latest"]) == (
        -30,
        "ended",
        61,
    )
    assert by_id(shown["events"], "stay")["end"]["state"] == "ended"
    assert by_id(shown["events"], "skin")["end"] is None


@pytest.mark.parametrize(
    ("row", "expected", "ucum"),
    [
        ("zero-x", {"kind": "number", "number": 20.0}, "g/L"),
        ("censored-x", {"kind": "censored", "number": 2.0, "comparator": "<"}, "{RU}/mL"),
        ("titre-x", {"kind": "titre", "titre": 320}, None),
        ("grade-x", {"kind": "grade", "grade": 3, "grade_of": 5}, None),
        ("range-x", {"kind": "range", "low": 30.0, "high": 40.0}, "mg/mmol{creat}"),
        ("trend-x", {"kind": "trend", "trend": "falls"}, None),
    ],
)
def test_a_value_says_what_it_is_and_nothing_else(shown, row, expected, ucum):
    found = by_id(shown["measurements"], row)
    assert {key: value for key, value in found["value"].items() if value is not None and key != "written"} == expected
    assert found["ucum"] == ucum


def test_the_language_is_followed(tmp_path):
    changes = {
        "events.csv": EVENTS.replace("label", "label,label_fr")
        .replace("skin flare", "skin flare,poussée cutanée")
        .replace("last visit", "last visit,")
    }
    case, _ = read_case(write(tmp_path / "a-case", changes))
    french = to_json(case, "fr")["events"]
    assert [row["label"] for row in french] == ["poussée cutanée", "last visit"]
    assert summary(case, "fr")["analytes"] == ["albumine sérique", "protéine C réactive"]
    assert summary(case)["drugs"] == ["dupilumab", "prednisone"]


def test_the_list_has_the_keys_it_promises():
    for case, _ in read_library(shipped_cases()).values():
        entry = summary(case)
        assert list(entry) == ["id", "kind", "title", "diagnosis", "drugs", "analytes", "illustrative"]
        assert len(set(entry["drugs"])) == len(entry["drugs"])
    assert json.dumps(entry)


def test_all_shipped_cases_can_be_shown():
    for case, _ in read_library(shipped_cases()).values():
        for lang in ("en", "fr"):
            found = to_json(case, lang)
            assert json.loads(json.dumps(found, allow_nan=False)) == found
            assert len(found["events"]) == len(case.events)


def test_a_trial_shows_its_arms(tmp_path):
    changes = {
        "case.toml": 'kind = "trial"\ntitle = "T"\n[[sources]]\nkey = "paper"\n',
        "arms.csv": "id,label,n,source,locator\nvehicle,vehicle,10,paper,T\n",
        "outcomes.csv": "id,arm,label,count,of,source,locator\nresponse,vehicle,response,0,10,paper,T\n",
        **dict.fromkeys(("therapies.csv", "measurements.csv", "events.csv")),
    }
    case, report = read_case(write(tmp_path / "a-trial", changes))
    assert report.to_text() == ""
    found = to_json(case)
    assert found["arms"][0]["n"] == 10
    assert (found["outcomes"][0]["count"], found["outcomes"][0]["time"]) == (0, None)


def test_validation_counts_over_all_cases(tmp_path):
    write(tmp_path / "good")
    write(tmp_path / "bad", {"therapies.csv": add("x-1,Zyx,-1,mg,D0,,paper,T"), "events.csv": None})
    found = validation(read_library(tmp_path), "fr")
    assert [(case["id"], case["drawn"], case["errors"]) for case in found["cases"]] == [
        ("bad", True, 2),
        ("good", True, 0),
    ]
    assert (found["errors"], found["warnings"]) == (2, 2)  # the drug that is not known is said with the dose
    negative = next(issue for issue in found["issues"] if issue["code"] == "number.negative")
    assert (negative["case"], negative["file"], negative["line"], negative["column"]) == (
        "bad",
        "therapies.csv",
        4,
        "dose",
    )
    assert negative["message"] == "-1 est inférieur à zéro"


def test_show_has_the_codes_of_drugs_and_values(shown):
    assert by_id(shown["measurements"], "zero-x")["loinc"] == "1751-7"
    assert by_id(shown["measurements"], "censored-x")["loinc"] == "73737-9"
    assert by_id(shown["measurements"], "titre-x")["loinc"] is None
    codes = {row["drug"]: row["atc"] for row in shown["therapies"]}
    assert codes["dupilumab"] == "D11AH05"
