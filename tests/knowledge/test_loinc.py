"""Codes of what is measured: one for each unit and assay, and none with a mistyped digit."""

import pytest

from casecurves.knowledge import all_analytes, analyte
from casecurves.knowledge.fold import table
from casecurves.knowledge.loinc import codes, loinc, well_formed


def test_a_mistyped_digit_is_found():
    assert well_formed("2469-5")
    assert not well_formed("2469-9")
    assert not any(well_formed(f"2469-{digit}") for digit in "012346789")
    for code in ("", "2469", "2469-", "-5", "2469-55", "24a9-5", "2469\u20115", "²469-5"):
        assert not well_formed(code), code


@pytest.mark.parametrize("known", [one for one in all_analytes() if codes(one)], ids=lambda known: known.id)
def test_every_code_is_well_formed_and_fits_its_analyte(known):
    for one in codes(known):
        assert well_formed(one.code), one.code
        assert one.name
        assert set(one.units) <= set(known.units)


def test_every_entry_is_of_an_analyte():
    assert set(table("loinc.toml")) <= {known.id for known in all_analytes()}
    every = [one.code for known in all_analytes() for one in codes(known)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("name", "unit", "assay", "code"),
    [
        ("uPCR", "mg/g", "", "2890-2"),
        ("uPCR", "mg/mmol", "", "34366-5"),
        ("24-hour proteinuria", "g/24 h", "", "2889-4"),
        ("albumin", "g/L", "", "1751-7"),
        ("albumin", "g/L", "BCG", "61151-7"),
        ("albumin", "g/L", "bcp", "61152-5"),
        ("albumin", "g/L", "nephelometry", "1751-7"),
        ("creatinine", "µmol/L", "", "14682-9"),
        ("creatinine", "mg/dL", "", "2160-0"),
        ("anti-PLA2R", "RU/mL", "ELISA", "73737-9"),
        ("anti-PLA2R", "", "IIF", None),
        ("CK", "UI/L", "", "2157-6"),
        ("IgG4", "mg/dL", "", "2469-5"),
        ("creatinine", "furlongs", "", None),
        ("F-VASI", "", "", None),
    ],
)
def test_a_value_has_the_code_of_its_unit_and_assay(name, unit, assay, code):
    found = loinc(analyte(name, assay), unit, assay)
    assert (found.code if found else None) == code
