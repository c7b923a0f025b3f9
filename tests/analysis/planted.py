"""For each rule of the proof-reader a case with its fault, and the same case mended."""

from figure.build import course, dose, event, made, value

from casecurves.analysis.consistency import proofread


def arm(row_id: str, n: int | None = 20, **more: object) -> dict[str, object]:
    return {"id": row_id, "label": row_id, "trial": "T", "n": n, **more}


def result(row_id: str, arm_id: str = "one", **more: object) -> dict[str, object]:
    return {"id": row_id, "arm": arm_id, "label": "better", **more}


def answers(arm_id: str, **counts: int) -> list[dict[str, object]]:
    return [
        result(f"{arm_id}-{name}", arm_id, label=name, response=name, count=n, source={"one": "a", "two": "b"}[arm_id])
        for name, n in counts.items()
    ]


def versus(estimate: float, low: float, high: float, **more: object) -> dict[str, object]:
    row = {"id": "ratio", "label": "better", "arm": "one", "versus": "two", "measure": "relative_risk"}
    return {**row, "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 95, **more}


def trial(outcomes=(), comparisons=(), arms=None, **header):
    arms = [arm("one"), arm("two")] if arms is None else arms
    return made(kind="trial", arms=arms, outcomes=outcomes, comparisons=comparisons, **header)


def group(*outcomes: dict[str, object]):
    return made(kind="group", patient={"n": 4}, outcomes=[{**row, "arm": ""} for row in outcomes])


def legend(first: str, second: str):
    rows = [course("a-drug", "dupilumab", locator=first), course("b-drug", "rituximab", locator=second)]
    return made(therapies=rows)


def sources(n: int):
    arms = [arm("one", source="a", phase="I"), arm("two", label="one", source="b", phase="I", trial="T, as published")]
    return trial([*answers("one", complete=3), *answers("two", complete=n)], arms=arms)


def weighed(kg: str, mg: float, frequency: str = "(2 mg/kg)"):
    weight = [value("weight", kg, "D0", "weight", unit="kg")] if kg else []
    doses = [dose("full", "pred", mg, "D0", frequency=frequency)]
    return made(therapies=[course("pred", "prednisone", "D0", "D9")], doses=doses, measurements=weight,
                patient={"age": 40}, day_zero="pred")  # fmt: skip


def disputing(time: str, other: str):
    """A flare that another statement dates; something else is known to come before it."""
    told = {"rows": ["flare-1"], "column": "time", "label": "When", "used": time, "other": other, "other_time": other}
    return made(events=[event("first", "D20"), event("flare-1", f"{time} & after:first")],
                discrepancies=[{**told, "other_time": f"{other} & after:first"}])  # fmt: skip


def measured(written: str, unit: str, analyte: str = "haemoglobin", **more: object):
    return made(measurements=[value("a-value", written, "D0", analyte, unit=unit, **more)])


def stated(kind: str, upcr: str):
    values = [value(f"upcr-{n}", v, f"dupilumab{n:+}".replace("+", "+D").replace("-", "-D"), "uPCR", unit="mg/g")
              for n, v in ((-10, "5000"), (90, upcr))]  # fmt: skip
    about = [value("alb", "40", "dupilumab+D90", "albumin", unit="g/L", ref_low=35, ref_high=50),
             value("creat", "80", "dupilumab+D90", "creatinine", unit="µmol/L", ref_low=45, ref_high=90)]  # fmt: skip
    events = [event("told", "dupilumab+D90", kind, label=kind)]
    therapies = [course("dupilumab", "dupilumab", "D0", "ongoing")]
    return made(therapies=therapies, measurements=[*values, *about], events=events, day_zero="dupilumab")


# For each rule: a case with the fault, how sure it is, what the sentence must hold, and the same case mended.
PLANTED = {
    "total.above_n": (
        group(result("res", count=3, of=5)), "certain", "5 patients are counted where there are 4",
        group(result("res", count=3, of=4)),
    ),
    "sum.above_n": (
        trial(answers("one", complete=8, stable=13)), "certain", "8 + 13 = 21, more than the 20",
        trial(answers("one", complete=8, stable=12)),
    ),
    "sum.pooled": (
        trial([*answers("one", partial=4), *answers("two", stable=24, progression=12)]), "likely",
        "4 + 24 + 12 = 40 = 20 + 20",
        trial([*answers("one", partial=4, stable=16), *answers("two", stable=10, progression=10)]),
    ),
    "sum.below_n": (
        trial(answers("one", complete=2, stable=15)), "check", "2 + 15 = 17 of 20 patients",
        trial(answers("one", complete=2, stable=18)),
    ),
    "arms.total": (
        trial(patient={"n": 41}), "check", "20 + 20 = 40, where 41 patients", trial(patient={"n": 40}),
    ),
    "percent.count": (
        trial([result("res", count=7, of=20, percent="53")]), "certain", "7 of 20 are 35 %, not 53 %",
        trial([result("res", count=7, of=20, percent="35")]),
    ),
    "percent.whole": (
        trial([result("res", percent="51.2")]), "check", "No whole number of 20 patients gives 51.2 %",
        trial([result("res", percent="55.0")]),
    ),
    "percent.sum": (
        trial([result("res", response="complete", percent="60"), result("res-2", response="partial", percent="45")]),
        "certain", "60 + 45 = 105 %",
        trial([result("res", response="complete", percent="60"), result("res-2", response="partial", percent="40")]),
    ),
    "dose.per_kg": (
        weighed("70", 100), "likely", "2 mg/kg at 70 kg is 140 mg, not 100 mg, which would be right at 50 kg",
        weighed("52", 100),
    ),
    "dose.weight": (
        weighed("", 1000), "likely", "1000 mg at 2 mg/kg implies a weight of 500 kg", weighed("", 100),
    ),
    "interval.excludes": (
        trial([result("res", percent="55.0", ci_low=60, ci_high=80)]), "certain", "55.0 is not between 60 and 80",
        trial([result("res", percent="55.0", ci_low=34.2, ci_high=74.2)]),
    ),
    "interval.beyond": (
        trial([result("res", percent="5.0", ci_low=-4.6, ci_high=14.6)]), "likely", "from -4.6 to 14.6",
        trial([result("res", percent="5.0", ci_low=0.9, ci_high=23.6)]),
    ),
    "interval.width": (
        trial([result("res", percent="55.0", ci_low=54.0, ci_high=56.0)]), "check",
        "From 54 to 56 is ± 1 points; 20 patients give about ± 20",
        trial([result("res", percent="55.0", ci_low=34.2, ci_high=74.2)]),
    ),
    "interval.middle": (
        trial(comparisons=[versus(4.6, 1.9, 4.8)]), "check", "the interval from 1.9 to 4.8 is 3.02, not 4.6",
        trial(comparisons=[versus(3.0, 1.9, 4.8)]),
    ),
    "ratio.percent": (
        trial([result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")], [versus(3.0, 1.9, 4.8)]),
        "likely", "50 % and 25 % give 2, not 3",
        trial([result("res-a", percent="50.0"), result("res-b", "two", percent="25.0")], [versus(2.0, 1.2, 3.3)]),
    ),
    "ratio.negative": (
        trial(comparisons=[versus(-1.0, -3.0, -0.5)]), "certain", "A ratio cannot be -1",
        trial(comparisons=[versus(0.5, 0.3, 0.9)]),
    ),
    "ratio.zero": (
        trial(comparisons=[versus(0.0, 0.0, 0.9)]), "check", "A ratio of 0 says that nobody",
        trial(comparisons=[versus(0.5, 0.3, 0.9)]),
    ),
    "ratio.p": (
        trial(comparisons=[versus(1.3, 0.9, 1.9, p="<0.001")]), "likely", "An interval from 0.9 to 1.9 gives p",
        trial(comparisons=[versus(1.3, 0.9, 1.9, p="0.17")]),
    ),
    "p.outside": (
        trial(comparisons=[versus(3.0, 1.9, 4.8, p="1.7")]), "certain", "P cannot be 1.7",
        trial(comparisons=[versus(3.0, 1.9, 4.8, p="<0.001")]),
    ),
    "unit.value": (
        measured("12.9", "g/L"), "likely",
        "12.9 g/L lies beyond the wide limits set here (15 to 250); it would fit in g/dL",
        measured("12.9", "g/dL"),
    ),
    "unit.range": (
        measured("129", "g/L", ref_low=12, ref_high=15.5 - 1), "likely", "A limit of normal of 14.5 g/L",
        measured("129", "g/L", ref_low=120, ref_high=150),
    ),
    "order.contradiction": (
        made(events=[event("aa", "after:bb"), event("bb", "after:aa")]), "certain", "cannot all be true",
        made(events=[event("aa", "D1"), event("bb", "after:aa")]),
    ),
    "order.other": (
        disputing("D40", "D5"), "certain", "at day 20 at the earliest and at day 5 at the latest",
        disputing("D40", "D25"),
    ),
    "event.absent": (
        made(events=[event("gone", "D0", "relapse", label="relapse", presence="absent", end="D90"),
                     event("there", "D30", "relapse", label="relapse")]), "certain", "absent over a time",
        made(events=[event("gone", "D0", "relapse", label="relapse", presence="absent", end="D90"),
                     event("there", "D120", "relapse", label="relapse")]),
    ),
    "legend.only": (
        legend("Text, page 2", "Legend of Figure 1"), "check", "Rituximab is named in a legend alone",
        legend("Text, page 2", "Text, page 3; Legend of Figure 1"),
    ),
    "source.counts": (sources(4), "certain", "3 by a, 4 by b", sources(3)),
    "value.twice": (
        made(measurements=[value("aa", "31", "D3"), value("bb", "13", "D3")]), "check", "31 and 13",
        made(measurements=[value("aa", "31", "M3"), value("bb", "13", "M3"), value("cc", "31", "D3")]),
    ),
    "dose.twice": (
        made(therapies=[course("pred", "prednisone", "D0", "D9")],
             doses=[dose("aa", "pred", 40, "D3"), dose("bb", "pred", 30, "D3")]), "check", "40 and 30 mg/d",
        made(therapies=[course("pred", "prednisone", "D0", "D9")],
             doses=[dose("aa", "pred", 40, "D3"), dose("bb", "pred", 30, "D5")]),
    ),
    "response.stated": (
        stated("remission", "6000"), "likely", "remission", stated("remission", "200"),
    ),
    "transcribed": (
        made(discrepancies=[{"rows": ["patient"], "label": "Age", "used": "62 years", "other": "60 years"}]), "certain",
        "Age.",
        made(),
    ),
}  # fmt: skip


def rules_of(case) -> list[str]:
    return [finding.rule for finding in proofread(case).findings]
