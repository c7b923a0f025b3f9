"""Values in another unit: by the factors that a chemist gets by hand, and not where there is no factor."""

import re
import subprocess
import sys
from itertools import permutations

import pytest

from casecurves.knowledge import all_analytes, analyte
from casecurves.knowledge.conversion import Conversion, Refusal, convert, molar_mass
from casecurves.knowledge.fold import table
from casecurves.words import LANGS

# Standard atomic weights, abridged (CIAAW).
WEIGHTS = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999}


@pytest.mark.parametrize(
    ("name", "assay", "number", "unit", "to", "expected"),
    [
        ("uPCR", "", 350, "mg/mmol", "g/g", 3.094),
        ("uPCR", "", 3.5, "g/g", "mg/mmol", 395.9),
        ("uPCR", "", 30, "mg/mmol", "g/g", 0.265),
        ("uPCR", "", 0.28, "g/g", "mg/g", 280),
        ("uPCR", "", 5, "g/mmol", "mg/mmol", 5000),
        ("CK", "", 3000, "UI/L", "µkat/L", 50.0),
        ("creatinine", "", 1, "mg/dL", "µmol/L", 88.40),
        ("creatinine", "", 10, "mg/L", "µmol/L", 88.40),
        ("albumin", "", 25, "g/L", "g/dL", 2.5),
        ("IgG4", "", 135, "mg/dL", "g/L", 1.35),
        ("PaO2", "", 58, "mmHg", "kPa", 7.73),
        ("PaCO2", "", 23, "mmHg", "kPa", 3.07),
        ("leucocytes", "", 8.2, "G/L", "/mm3", 8200),
        ("hémoglobine", "", 128, "g/L", "g/dL", 12.8),
        ("24-hour proteinuria", "", 3.5, "g/24h", "g/d", 3.5),
        ("24-hour proteinuria", "", 3500, "mg/j", "g/24 h", 3.5),
        ("glycémie", "", 1.0, "g/L", "mmol/L", 5.551),
        ("cholesterol", "", 200, "mg/dL", "mmol/L", 5.172),
        ("bilirubin", "", 1, "mg/dL", "µmol/L", 17.10),
        ("IgE", "", 100, "UI/mL", "kUI/L", 100),
    ],
)
def test_hand_computed_conversions(name, assay, number, unit, to, expected):
    found = convert(analyte(name, assay), unit, to)
    assert isinstance(found, Conversion)
    assert number * found.factor == pytest.approx(expected, rel=2e-3 if expected < 100 else 5e-4)
    back = convert(analyte(name, assay), to, unit)
    assert found.factor * back.factor == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "assay", "unit", "to", "reason"),
    [
        ("24-hour proteinuria", "", "g/24h", "mg/g", "to_creatinine"),
        ("24-hour proteinuria", "", "g/24h", "mg/mmol", "to_creatinine"),
        ("proteinuria", "", "g/L", "g/g", "to_creatinine"),
        ("uPCR", "", "mg/g", "g/24h", "to_creatinine"),
        ("uPCR", "", "mg/g", "g/L", "to_creatinine"),
        ("proteinuria", "", "g/L", "g/24h", "dimension"),
        ("anti-PLA2R", "ELISA", "RU/mL", "titre", "titre"),
        ("anti-PLA2R", "ELISA", "RU/mL", "UI/mL", "arbitrary"),
        ("anti-MDA5", "", "U/mL", "AU/mL", "arbitrary"),
        ("anti-dsDNA", "", "UI/mL", "U/mL", "arbitrary"),
        ("F-VASI", "", "score", "%", "score"),
        ("interferon score", "", "ratio", "score", "score"),
        ("FVC", "", "L", "%", "per_cent"),
        ("CD19", "", "/mm3", "%", "per_cent"),
        ("DFG", "", "mL/min", "mL/min/1.73m2", "body_surface"),
        ("HbA1c", "", "%", "mmol/mol", "own"),
        ("urea", "", "mmol/L", "g/L", "own"),
        ("potassium", "", "mmol/L", "g/L", "no_molar_mass"),
        ("albumin", "", "g/L", "mmHg", "dimension"),
        ("albumin", "", "g/L", "furlongs", "unknown_unit"),
        ("albumin", "", "furlongs", "g/L", "unknown_unit"),
        ("interferon score", "", "", "g/L", "no_unit"),
    ],
)
def test_what_no_factor_can_do_is_refused_with_a_reason(name, assay, unit, to, reason):
    found = convert(analyte(name, assay), unit, to)
    assert isinstance(found, Refusal)
    assert found.reason == reason
    said = {lang: found.why(lang) for lang in LANGS}
    assert all(said.values()) and said["en"] != said["fr"]
    assert "{" not in "".join(said.values())
    if reason == "unknown_unit":
        assert "furlongs" in said["en"]


def test_a_converted_threshold_would_misjudge_a_patient():
    # Which is why none is converted: 0.28 g/g is complete remission by 300 mg/g, and not by 30 mg/mmol.
    known = analyte("uPCR")
    native, other = (known.thresholds_in(unit)[0].value for unit in ("mg/g", "mg/mmol"))
    assert 0.28 * convert(known, "g/g", "mg/g").factor < native == 300
    assert 0.28 * convert(known, "g/g", "mg/mmol").factor > other == 30


def test_every_molar_mass_is_that_of_its_formula():
    for key, entry in table("conversions.toml")["molar_mass"].items():
        atoms = re.findall(r"([A-Z])(\d*)", entry["formula"])
        assert entry["g_per_mol"] == pytest.approx(sum(WEIGHTS[a] * int(n or 1) for a, n in atoms), abs=0.01), key
        assert entry["source"] and isinstance(entry["verified"], bool)
    assert molar_mass("upcr") == molar_mass("creatinine")
    assert molar_mass("albumin") is None


@pytest.mark.parametrize("known", all_analytes(), ids=lambda known: known.id)
def test_any_two_units_of_an_analyte_convert_both_ways_or_neither(known):
    for one, other in permutations(known.units, 2):
        there, back = convert(known, one, other), convert(known, other, one)
        assert isinstance(there, Conversion) == isinstance(back, Conversion), (one, other)
        if isinstance(there, Conversion) and isinstance(back, Conversion):
            assert there.factor > 0
            assert there.factor * back.factor == pytest.approx(1)
        else:
            assert there.reason in ("own", "titre", "score", "arbitrary", "per_cent", "body_surface", "dimension")


def test_the_library_of_units_is_loaded_only_when_a_value_is_converted():
    code = (
        "import sys, casecurves\n"
        "spec = casecurves.compile(casecurves.load('dm-mda5-ruxolitinib'))\n"
        "assert 'pint' not in sys.modules and 'ucumvert' not in sys.modules\n"
        "from casecurves.knowledge import analyte\n"
        "from casecurves.knowledge.conversion import convert\n"
        "assert convert(analyte('CK'), 'UI/L', 'U/L').factor == 1.0 and 'pint' not in sys.modules\n"
        "convert(analyte('CK'), 'U/L', 'µkat/L'); assert 'pint' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
