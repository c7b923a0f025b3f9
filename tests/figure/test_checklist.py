"""What a nephrologist asks of a course, answered from the exported picture alone: its words and where they stand."""

import pytest
from figure.build import SHIPPED
from figure.page import read

from casecurves.figure.compile import compile
from casecurves.figure.page import PageOptions
from casecurves.figure.svg import to_svg

DM = "dm-mda5-ruxolitinib"
# case, question, row, words that answer it
ASKED = [
    (DM, "first dose of glucocorticoid", "glucocorticoid-100", "100 mg/d (2 mg/kg)"),
    (DM, "dose at the flare", "glucocorticoid-30", "30 mg/d"),
    (DM, "dose at nine months", "glucocorticoid-4", "4 mg/d"),
    (DM, "how many pulses of cyclophosphamide", "cyclophosphamide", "6 × 700 mg/m2"),
    (DM, "are their days known", "cyclophosphamide", "days not given"),
    (DM, "dose of ruxolitinib", "ruxolitinib", "15 mg twice daily"),
    (DM, "interferon score at first, and at nine months", "ifn-first", "19"),
    (DM, "interferon score at nine months", "ifn-control", "0.9"),
    (DM, "antibody at first", "anti-mda5-first", "positive"),
    (DM, "is the end of etoposide known", "etoposide", "?"),
    (DM, "how it ended", "death", "death"),
]
# case, what must stand one under the other
IN_ORDER = [
    (DM, ["glucocorticoid", "intravenous immunoglobulin", "cyclophosphamide", "ruxolitinib", "etoposide"]),
    (DM, ["glucocorticoid dose", "anti-MDA5", "IFN score", "Measured once"]),
]
READABLE = [(DM, "CK 3000 U/L [29–168]"), (DM, "Hb 129 g/L [121–150]"), (DM, "normal <2.3"), (DM, "mg/d, as stated")]


def page_of(case_id):
    return read(to_svg(compile(SHIPPED[case_id]), PageOptions(width_mm=190)))


@pytest.mark.parametrize(("case_id", "question", "row", "answer"), ASKED, ids=lambda part: str(part)[:40])
def test_the_picture_answers(case_id, question, row, answer):
    words = [word.text for word in page_of(case_id).words if word.row == row]
    assert any(answer in word for word in words), question


@pytest.mark.parametrize(("case_id", "names"), IN_ORDER)
def test_names_stand_in_order(case_id, names):
    words = page_of(case_id).words
    tops = [next(word.top for word in words if word.text == name) for name in names]
    assert tops == sorted(tops)


@pytest.mark.parametrize(("case_id", "text"), READABLE)
def test_values_have_units_and_ranges(case_id, text):
    words = sorted(page_of(case_id).words, key=lambda word: (round(word.x0), word.top))
    assert text in " ".join(word.text for word in words)
