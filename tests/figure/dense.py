"""Cases with more on them than a page was made for, and cases with next to nothing."""

import random

from figure.build import course, event, made, value

from casecurves.knowledge.drugs import all_drugs

DRUGS = [drug.en for drug in all_drugs()]
KINDS = ["biopsy", "imaging", "flare", "relapse", "complication", "infection", "adverse_event", "procedure"]
ANALYTES = ["albumin", "creatinine", "CRP", "uPCR", "Hb", "WBC", "platelets", "CK", "LDH", "IgE", "sodium", "ferritin"]


def long_drugs(count: int) -> list[dict[str, object]]:
    return [
        course(
            f"drug-{i}x",
            f"{DRUGS[i % len(DRUGS)]} modified-release formulation {i}",
            f"D{i * 17}",
            "ongoing" if i % 5 == 0 else f"D{i * 17 + 90}",
            dose=12.5 + i,
            dose_unit="mg",
            frequency="every second morning",
            frequency_fr="un matin sur deux",
        )
        for i in range(count)
    ]


def many_events(count: int, days: int) -> list[dict[str, object]]:
    """Return events of every kind, exact or known to an interval, some with labels of many words."""
    pick = random.Random(count)
    found = []
    for i in range(count):
        day = pick.randint(0, days)
        when = f"D{day}..D{day + pick.randint(3, 60)}" if i % 4 == 0 else f"D{day}"
        label = f"finding {i} " + "of the second examination in another hospital " * (i % 3)
        found.append(event(f"ev-{i}x", when, KINDS[i % len(KINDS)], label=label.strip()))
    return found


def many_values(analytes: int, count: int) -> list[dict[str, object]]:
    pick = random.Random(analytes)
    return [
        value(
            f"v-{n}-{i}x", str(pick.randint(100, 9999)), f"D{i * 12}", ANALYTES[n], unit="U/L", ref_low=0, ref_high=40
        )
        for n in range(analytes)
        for i in range(count)
    ]


CROWDED = made(
    title="A course with more statements than any page was made for, from several hospitals",
    diagnosis="membranous nephropathy",
    therapies=long_drugs(40),
    events=many_events(400, 720),
    measurements=many_values(12, 60),
)
ODD = {
    "no event": made(therapies=[course("aa", "dupilumab", "D0", "ongoing")]),
    "one event": made(events=[event("only", "D0")], day_zero="only"),
    "four hundred events": made(events=many_events(400, 900)),
    "no therapy": made(events=many_events(3, 90), measurements=many_values(2, 5)),
    "no measurement": made(therapies=long_drugs(3), events=many_events(3, 90)),
    "one day": made(
        therapies=[course(f"t-{i}x", name, "D0", "D0") for i, name in enumerate(DRUGS[:6])],
        measurements=[value(f"v-{i}x", str(30 + i), "D0") for i in range(9)],
        events=[event(f"e-{i}x", "D0", kind) for i, kind in enumerate(KINDS)],
    ),
    "eighty years": made(
        therapies=[course(f"t-{i}x", name, f"Y{i * 9}", f"Y{i * 9 + 5}") for i, name in enumerate(DRUGS[:9])],
        measurements=[value(f"v-{i}x", str(30 + i % 7), f"Y{i}", ref_low=35, ref_high=50) for i in range(80)],
        events=many_events(30, 29_000),
    ),
    "nothing at all": made(),
}
