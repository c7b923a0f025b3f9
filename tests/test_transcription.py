"""A second transcription: every number of the documents typed from their texts, and compared with what is shown.

Nothing here was read from the cases. Numbers stand as the documents print them, French commas as points.
"""

import html
import json
import re

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile as compile_case
from casecurves.figure.options import Options
from casecurves.figure.svg import to_svg
from casecurves.io import to_json
from casecurves.knowledge.slides import SLIDE_TABLES, slide_table
from casecurves_dashboard.app import create_app

VITILIGO, IL21 = "vitiligo-ruxolitinib-trials", "il21-cancer-trials"
DM, MN1, MN2, IGG4 = "dm-mda5-ruxolitinib", "mn-dupilumab-1", "mn-dupilumab-2", "igg4-dupilumab-1"
G3, G4 = "igg4-dupilumab-group-3", "igg4-dupilumab-group-4"

# Figure 4: patients, per cent, interval; then the text on the trials. Endpoint, week or month, trial, arm.
SHARES = {
    ("50", "M6", "TRuE-V1", "ruxolitinib"): ("51.2", 44.4, 58.0),
    ("50", "M6", "TRuE-V1", "vehicle"): ("16.9", 9.3, 24.6),
    ("50", "M6", "TRuE-V2", "ruxolitinib"): ("51.4", 44.6, 58.3),
    ("50", "M6", "TRuE-V2", "vehicle"): ("20.9", 12.9, 28.9),
    ("75", "W24", "TRuE-V1 + TRuE-V2", "ruxolitinib"): ("~30", None, None),
    ("75", "W24", "TRuE-V1", "vehicle"): ("8", None, None),
    ("75", "W24", "TRuE-V2", "vehicle"): ("13", None, None),
    ("75", "W52", "TRuE-V1 + TRuE-V2", "ruxolitinib"): ("~50", None, None),
    ("noticeable", "W52", "TRuE-V1 + TRuE-V2", "ruxolitinib"): ("~30-40", None, None),
    ("75", "W52", "TRuE-V1", "vehicle, then ruxolitinib"): ("26.8", None, None),
    ("75", "W52", "TRuE-V2", "vehicle, then ruxolitinib"): ("29.6", None, None),
}
PATIENTS = {
    ("TRuE-V1", "ruxolitinib"): 221,
    ("TRuE-V1", "vehicle"): 109,
    ("TRuE-V2", "ruxolitinib"): 222,
    ("TRuE-V2", "vehicle"): 109,
}
RISKS = {"TRuE-V1": (3.0, 1.9, 4.8, "<0.001"), "TRuE-V2": (2.5, 1.6, 3.7, "<0.001")}

# Table I, line by line: the phase, the patients, and what became of how many.
ANSWERS = {
    ("I", "metastatic melanoma", 29): {"partial": 1, "stable": 9, "progression": 15, "not_evaluated": 4},
    ("I/II", "metastatic melanoma", 24): {"complete": 1, "partial": 4},
    ("I/II", "renal cell carcinoma", 19): {"stable": 24, "progression": 14},
    ("I/II", "B-cell lymphoma", 15): {"complete": 2, "partial": 3, "stable": 8},
}
ONGOING = [
    ("I", "metastatic melanoma and renal cell carcinoma"),
    ("I", "metastatic melanoma"),
    ("I", "melanoma"),
    ("I/II", "renal cell carcinoma"),
    ("I/II", "renal cell carcinoma"),
    ("I", "metastatic colon carcinoma"),
    ("I", "ovarian cancer"),
]

# The patients. A value: what is measured, the number, its unit, its range.
VALUES = {
    DM: [
        ("creatine kinase", "3000", "U/L", 29, 168),
        ("respiratory rate", "22", "/min", None, None),
        ("oxygen saturation", "88", "%", None, None),
        ("blood pH", "7.52", None, None, None),
        ("pO2", "58", "mmHg", None, None),
        ("pCO2", "23", "mmHg", None, None),
        ("haemoglobin", "129", "g/L", 121, 150),
        ("leukocytes", "8", "G/L", 3.8, 9.4),
        ("platelets", "253", "G/L", 187, 420),
        ("muscle strength", "3/5", None, None, None),
        ("muscle strength", "3/5", None, None, None),
        ("interferon signature score", "19", None, None, 2.3),
        ("interferon signature score", "0.9", None, None, 2.3),
    ],
    MN1: [],
    MN2: [],
    IGG4: [("body surface affected", "50", "%", None, None)],
}
# A drug, its dose, its unit, how often, how many; a dated dose.
DOSES = {
    DM: [
        ("glucocorticoid", 100, "mg/d", None),
        ("glucocorticoid", 30, "mg/d", None),
        ("glucocorticoid", 4, "mg/d", None),
        ("cyclophosphamide", 700, "mg/m2", 6),
        ("ruxolitinib", 15, "mg", None),
    ],
    MN1: [("dupilumab", 300, "mg", None)],
    MN2: [],
    IGG4: [],
}
AGES = {DM: 62, MN1: 53, MN2: 21, IGG4: 67}
# Words that hold the other numbers, wherever they stand in what is shown of the case.
TOLD = {
    DM: ["40 pack-years", "2 mg/kg", "twice daily", "W-6", "glucocorticoid+D6", "M4..M5", "M9", "M12",
         "readmission+W2", "immunoglobulins+M6", "60 years", "6-gene", "18 malignant", "14 liver metastases"],
    MN1: ["ciclosporin+M4..ciclosporin+M5", "twice a week", "M30"],
    MN2: ["2017", "dupilumab+M1", "Y4"],
    IGG4: ["M12", "1 year", "50 %"],
}  # fmt: skip
GROUPS = {
    G3: (3, [(3, 3), (3, 3), (3, 3), (2, 3)]),
    G4: (4, [(4, 4), (None, 4), (None, 4), (4, 4), (2, 4), (2, 2)]),
}
SLIDES = ["1997", "15 to 20 %", "2014", "early 2010s", "< 1 %"]


def shown(case_id: str) -> dict:
    return json.loads(json.dumps(to_json(SHIPPED[case_id])))


def arms(case: dict) -> dict[str, tuple[str, str]]:
    def named(arm: dict) -> str:
        label = arm["label"].split(" from")[0]
        return "vehicle, then ruxolitinib" if label.startswith("vehicle, then") else label.split()[0]

    return {arm["id"]: (arm["trial"], named(arm)) for arm in case["arms"]}


def by_name(rows: list[tuple]) -> list[tuple]:
    return sorted(rows, key=lambda row: (row[0], str(row[1]).removesuffix(".0")))


def endpoint(label: str) -> str:
    return next(word for word in ("noticeable", "50", "75") if word in label)


def test_the_vitiligo_trials():
    case = shown(VITILIGO)
    where = arms(case)
    found = {
        (endpoint(row["label"]), row["time"]["written"], *where[row["arm"]]): (
            row["percent"]["written"], row["ci_low"], row["ci_high"],
        )
        for row in case["outcomes"]
    }  # fmt: skip
    assert found == SHARES
    assert len(case["outcomes"]) == len(SHARES)
    assert {row["ci_level"] for row in case["outcomes"] if row["ci_low"]} == {95}
    assert {where[arm["id"]]: arm["n"] for arm in case["arms"] if arm["n"]} == PATIENTS
    risks = {where[row["arm"]][0]: tuple(row[key] for key in ("estimate", "ci_low", "ci_high", "p"))
             for row in case["comparisons"]}  # fmt: skip
    assert risks == RISKS
    assert case["patient"]["n"] == 674
    assert (case["therapies"][0]["dose"], case["therapies"][0]["dose_unit"]) == (1.5, "%")
    assert all(row["count"] is None for row in case["outcomes"])


def test_the_trials_of_interleukin_21():
    case = shown(IL21)
    own = [arm for arm in case["arms"] if arm["source"] == "il21"]
    found = {
        (arm["phase"], arm["label"], arm["n"]): {
            row["response"]: row["count"] for row in case["outcomes"] if row["arm"] == arm["id"]
        }
        for arm in own
        if arm["progress"] == "completed"
    }
    assert found == ANSWERS
    assert [(arm["phase"], arm["label"]) for arm in own if arm["progress"] == "ongoing"] == ONGOING
    assert all(row["percent"] is None for row in case["outcomes"])


@pytest.mark.parametrize("case_id", AGES)
def test_the_patients(case_id):
    case = shown(case_id)
    assert case["patient"]["age"] == AGES[case_id]
    values = [
        (row["analyte"], row["value"]["written"], row["unit"], row["ref_low"], row["ref_high"])
        for row in case["measurements"]
        if re.search(r"\d", row["value"]["written"])
    ]
    assert by_name(values) == by_name(VALUES[case_id])
    doses = [(row["drug"], row["dose"], row["dose_unit"], row["doses"]) for row in case["therapies"] if row["dose"]]
    doses += [(row["therapy"], row["dose"], row["dose_unit"], None) for row in case["doses"]]
    assert by_name(doses) == by_name(DOSES[case_id])
    text = json.dumps(case, ensure_ascii=False)
    assert [words for words in TOLD[case_id] if words not in text] == []


@pytest.mark.parametrize("case_id", GROUPS)
def test_the_series(case_id):
    case = shown(case_id)
    n, counts = GROUPS[case_id]
    assert (case["patient"]["n"], [(row["count"], row["of"]) for row in case["outcomes"]]) == (n, counts)


def test_the_slides():
    text = json.dumps([slide_table(name, "en") for name in SLIDE_TABLES], ensure_ascii=False)
    assert [number for number in SLIDES if number not in text] == []


# --------------------------------------------------------------------------------------------------- on the screen


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


def page(client, case_id: str, lang: str) -> str:
    """What is drawn of a case, what its page says before any script has run, and its tables."""
    drawn = to_svg(compile_case(SHIPPED[case_id], Options(lang=lang)))
    pages = [" ".join(re.findall(r">([^<]*)</text>", drawn))]
    pages += [client.get(f"/case/{case_id}?lang={lang}&tab={tab}").text for tab in ("figure", "tables")]
    return html.unescape(" ".join(pages)).replace("\u00a0", " ").replace("\u202f", " ")


def marked(number: object, lang: str) -> str:
    return str(number).replace(".", ",") if lang == "fr" else str(number)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_number_of_the_trials_is_on_screen(client, lang):
    text = page(client, VITILIGO, lang)
    wanted = [marked(f"{percent.replace('~', '≈').replace('-', '–')} %", lang) for percent, *_ in SHARES.values()]
    wanted += [marked(f"{low:.1f}–{high:.1f}", lang) for _, low, high in SHARES.values() if low is not None]
    wanted += [marked(f"{ratio:.1f} [", lang) for ratio, *_ in RISKS.values()]
    wanted += [marked(f"{low:.1f}–{high:.1f}", lang) for _, low, high, _ in RISKS.values()]
    wanted += [f"p < {marked('0.001', lang)}", "674"]
    wanted += [f"n = {n}" for n in PATIENTS.values()]
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_other_number_is_drawn_of_the_trials_and_no_count_is_reckoned_from_a_per_cent(lang):
    """Of 51.2 % of 221, nobody knows whether 113 patients improved."""
    printed = {number for percent, *limits in SHARES.values() for number in (*re.findall(r"[\d.]+", percent), *limits)}
    printed |= {number for risk in RISKS.values() for number in risk[:3]} | {0.001, 95, *PATIENTS.values(), 674, 661}
    names = {1, 2, 50, 75, 6, 24, 52, 12, 4}  # TRuE-V1 and 2, F-VASI50 and 75, months, weeks, age, Figure 4
    axes = {0, 15, 30, 45, 60, 75, 1, 2, 5}
    statements = {21, 3}  # how many there are in all; the third disagreement
    drawn = to_svg(compile_case(SHIPPED[VITILIGO], Options(lang=lang)))
    texts = " ".join(re.findall(r">([^<]*)</text>", drawn)).replace(",", ".")
    found = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", texts)}
    known = {float(number) for number in printed | names | axes | statements if number is not None}
    assert found - known == set()
    assert not {113.0, 114.0} & found


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_count_of_the_table_is_on_screen(client, lang):
    text = page(client, IL21, lang)
    colon = {"en": ": ", "fr": " : "}[lang]
    names = {
        "en": {"complete": "complete response", "partial": "partial response", "stable": "stable disease",
               "progression": "progression", "not_evaluated": "not evaluated"},
        "fr": {"complete": "réponse complète", "partial": "réponse partielle", "stable": "maladie stable",
               "progression": "progression", "not_evaluated": "non évalué"},
    }[lang]  # fmt: skip
    wanted = [f"n = {n}" for _, _, n in ANSWERS]
    wanted += [f"{names[answer]}{colon}{n}" for counts in ANSWERS.values() for answer, n in counts.items()]
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case_id", AGES)
def test_each_number_of_the_patients_is_on_screen(client, case_id, lang):
    text = page(client, case_id, lang)
    wanted = [str(AGES[case_id])]
    wanted += [marked(written, lang) for _, written, *_ in VALUES[case_id]]
    limits = [limit for *_, low, high in VALUES[case_id] for limit in (low, high) if limit is not None]
    wanted += [marked(limit, lang) for limit in limits]
    wanted += [str(amount) for _, amount, *_ in DOSES[case_id]]
    assert [words for words in wanted if words not in text] == []
