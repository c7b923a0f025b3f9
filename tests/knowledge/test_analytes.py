"""Analytes and units are recognised, told apart by assay, and their thresholds have sources."""

from collections import Counter

import pytest

from casecurves.errors import KnowledgeError
from casecurves.knowledge import all_analytes, all_drugs, analyte, ucum
from casecurves.knowledge import units as unit_module
from casecurves.knowledge.analytes import named
from casecurves.knowledge.fold import indexed
from casecurves.knowledge.units import printed


def test_no_name_and_assay_means_two_analytes():
    times = Counter(
        (name, assay) for known in all_analytes() for name in known.names for assay in (known.assays or ("",))
    )
    assert [name for name, count in times.items() if count > 1] == []
    assert not any(name == "" for name, _ in times)


def test_there_are_enough_and_each_is_complete():
    assert len(all_analytes()) >= 40
    for known in all_analytes():
        assert all((known.en, known.fr, known.short, known.units))
        assert known.scale in ("linear", "log")
        assert known.better in ("up", "down", "none")


@pytest.mark.parametrize("known", [k for k in all_analytes() if k.thresholds], ids=lambda known: known.id)
def test_a_threshold_has_a_source_and_a_unit_that_fits(known):
    for limit in known.thresholds:
        assert all((limit.en, limit.fr, limit.source))
        assert isinstance(limit.verified, bool)
        assert known.unitless if not limit.unit else known.ucum(limit.unit) in known.units


def test_the_assay_tells_two_analytes_of_one_name_apart():
    found = {assay: analyte("anti-PLA2R", assay).id for assay in ("", "ELISA", "IIF", "IFI", "ELISA Euroimmun", "blot")}
    assert found == {
        "": "anti_pla2r",
        "ELISA": "anti_pla2r_elisa",
        "IIF": "anti_pla2r_iif",
        "IFI": "anti_pla2r_iif",
        "ELISA Euroimmun": "anti_pla2r_elisa",
        "blot": "anti_pla2r",
    }
    assert analyte("Albuminémie", "BCG").id == "albumin"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("uPCR", "upcr"),
        ("rapport proteine/creatinine urinaire", "upcr"),
        ("CK", "ck"),
        ("hémoglobine", "haemoglobin"),
        ("hemoglobin", "haemoglobin"),
        ("PaO2", "po2"),
        ("signature interféron", "ifn_score"),
        ("IgG4", "igg4"),
        ("plaquettes", "platelets"),
    ],
)
def test_names_in_both_languages(written, key):
    assert analyte(written).id == key


def test_what_is_not_known_is_none():
    assert analyte("") is None
    assert analyte("zyxin") is None


def test_thresholds_are_given_in_the_unit_asked_for():
    known = analyte("uPCR")
    assert [limit.value for limit in known.thresholds_in("mg/g")] == [300, 3500]
    assert [limit.value for limit in known.thresholds_in("mg / mmol")] == [30, 350]
    assert known.thresholds_in("g/24 h") == ()
    assert [limit.value for limit in analyte("protéinurie").thresholds_in("g/24 h")] == [0.3, 3.5]
    assert analyte("CK").thresholds_in("U/L") == ()
    assert analyte("uPCR").thresholds_in("furlongs") == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mg/j", "mg/d"),
        ("mg/jour", "mg/d"),
        ("mg/kg/j", "mg/kg/d"),
        ("mg/m2", "mg/m2"),
        ("mg/m²", "mg/m2"),
        ("G/L", "10*9/L"),
        ("10⁹/L", "10*9/L"),
        ("/mm3", "/mm3"),
        ("mmHg", "mm[Hg]"),
        ("mm Hg", "mm[Hg]"),
        ("\u00b5g/L", "ug/L"),
        ("\u03bcg/L", "ug/L"),
        ("µmol/l", "umol/L"),
        ("UI/L", "[IU]/L"),
        ("RU/mL", "{RU}/mL"),
        ("g/24 h", "g/(24.h)"),
        ("mL/min/1,73 m²", "mL/min/{1.73_m2}"),
        ("%", "%"),
        ("", None),
        ("furlongs", None),
        ("1.5 mg", None),
        ("mg/", None),
    ],
)
def test_units_as_written(written, code):
    assert ucum(written) == code


def test_a_unit_may_mean_something_of_its_own_beside_an_analyte():
    assert ucum("UI/L", analyte("CK")) == "U/L"
    assert ucum("mg/g", analyte("uPCR")) == "mg/g{creat}"
    assert ucum("mg/g") == "mg/g"


def test_every_unit_can_be_written_as_laboratories_do():
    for known in all_analytes():
        for code in known.units:
            assert known.ucum(known.spelt(code)) == code
    upcr, ck = analyte("uPCR"), analyte("CK")
    assert [upcr.spelt(code) for code in upcr.units[:4]] == ["mg/g", "g/g", "mg/mg", "mg/mmol"]
    assert [ck.spelt(code) for code in ck.units] == ["U/L", "µkat/L"]
    assert analyte("pO2").spelt("mm[Hg]") == "mmHg"


def test_no_unit_is_written_twice_with_two_meanings():
    from casecurves.knowledge.fold import table

    for part in ("whole", "parts"):
        normal = [(unit_module.normal(unit), code) for unit, code in table("units.toml")[part].items()]
        assert len(dict(normal)) == len(set(normal))


def test_a_doubled_synonym_is_said_but_an_assay_tells_two_analytes_apart():
    elisa, iif, upcr = (analyte("anti-PLA2R", assay) for assay in ("ELISA", "IIF", "ELISA"))
    assert len(indexed("analytes.toml", named([elisa, iif]))) > 2
    with pytest.raises(
        KnowledgeError, match=r"analytes\.toml: .*anti pla2r / elisa: anti_pla2r_elisa, anti_pla2r_elisa"
    ):
        indexed("analytes.toml", named([elisa, upcr]))


def test_what_was_read_only_in_a_quotation_is_not_verified():
    quoted = [limit for known in all_analytes() for limit in known.thresholds if "as quoted" in limit.source]
    assert len(quoted) == 1
    assert not any(limit.verified for limit in quoted)


def test_a_level_is_that_of_a_drug_known_here():
    levels = {known.id: known.level_of for known in all_analytes() if known.level_of}
    assert levels["ciclosporin_level"] == "ciclosporin"
    assert set(levels.values()) <= {known.id for known in all_drugs()}
    assert set(levels) == {known.id for known in all_analytes() if known.id.endswith("_level")}


@pytest.mark.parametrize(
    ("name", "assay", "kind"),
    [
        ("albumin", "", "quantity"), ("anti-PLA2R", "ELISA", "arbitrary"), ("anti-PLA2R", "IIF", "titre"),
        ("facial VASI", "", "score"), ("oxygen saturation", "", "ratio"), ("uPCR", "", "quantity"),
    ],
)  # fmt: skip
def test_the_kind_of_value_follows_from_the_usual_unit(name, assay, kind):
    assert analyte(name, assay).kind == kind


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("mg/m2", "mg/m²"), ("/mm3", "/mm³"), ("cells/µm2", "cells/µm²"), ("mg/m²", "mg/m²")]
    + [(same, same) for same in ("10*9/L", "IgM2", "m20", "2 mg")],
)
def test_powers_are_raised_in_print(unit, shown):
    assert printed(unit) == shown


def test_a_threshold_says_on_which_side_its_name_holds():
    signs = {(limit.en, limit.sign) for limit in (*analyte("uPCR").thresholds, *analyte("albumin").thresholds)}
    assert {("complete remission", "<"), ("complete remission", ">"), ("nephrotic syndrome", "<")} <= signs
