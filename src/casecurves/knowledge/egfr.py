"""Glomerular filtration rate estimated from serum creatinine, by named equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Equation = Literal["ckd_epi_2021", "ckd_epi_2009", "ekfc_2021"]
# Molar mass of creatinine, 113.12 g/mol: mg/dL to µmol/L.
UMOL_PER_MG_DL = 88.4


@dataclass(frozen=True)
class EquationSource:
    """An equation: its name, where it is published, from which age it holds, and whether its source was read."""

    name: str
    source: str
    from_age: int
    verified: bool


EQUATIONS: Mapping[Equation, EquationSource] = {
    "ckd_epi_2021": EquationSource("CKD-EPI 2021", "doi:10.1056/NEJMoa2102953", 18, verified=True),
    "ckd_epi_2009": EquationSource(
        "CKD-EPI 2009", "doi:10.7326/0003-4819-150-9-200905050-00006; kidney.org", 18, verified=True
    ),
    # Published in the first, read as the table of equations of the second repeats it.
    "ekfc_2021": EquationSource("EKFC", "doi:10.7326/M20-4366; doi:10.1186/s12877-021-02428-y", 25, verified=True),
}


def egfr(creatinine: float, age: float, sex: str, equation: Equation) -> float | None:
    """Estimate the glomerular filtration rate of an adult.

    Parameters
    ----------
    creatinine : float
        Serum creatinine, mg/dL, above zero, by a method traceable to isotope dilution mass spectrometry.
    age : float
        Years.
    sex : {"female", "male"}
        Any other has no estimate.
    equation : {"ckd_epi_2021", "ckd_epi_2009", "ekfc_2021"}
        Which equation; see `EQUATIONS` for their sources. That of 2009 is used without its term for race.

    Returns
    -------
    float or None
        mL/min/1.73 m²; ``None`` where the equation does not hold: younger, another sex, no creatinine. No equation
        holds in acute kidney injury or on dialysis.
    """
    if sex not in ("female", "male") or creatinine <= 0 or age < EQUATIONS[equation].from_age:
        return None
    female = sex == "female"
    scaled = creatinine / (0.7 if female else 0.9)
    low, high = min(scaled, 1.0), max(scaled, 1.0)
    if equation == "ckd_epi_2021":
        alpha, factor = (-0.241, 1.012) if female else (-0.302, 1.0)
        return float(142 * low**alpha * high**-1.2 * 0.9938**age * factor)
    if equation == "ckd_epi_2009":
        alpha, factor = (-0.329, 1.018) if female else (-0.411, 1.0)
        return float(141 * low**alpha * high**-1.209 * 0.993**age * factor)
    return float(107.3 * low**-0.322 * high**-1.132 * 0.990 ** max(age - 40, 0))
