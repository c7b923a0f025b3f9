"""Many patients made by a seeded rule: courses, responses and values as precise or as vague as reports are."""

import random
from dataclasses import replace

from figure.build import course, event, made, value

from casecurves.figure.compare import Subject
from casecurves.model.case import Case

DRUGS = ["dupilumab", "rituximab", "cyclophosphamide", "tacrolimus", "prednisone", "ruxolitinib"]


def patient(number: int) -> Case:
    """Return a patient who was given dupilumab once or twice, or (one in ten) never."""
    pick = random.Random(number)
    first = pick.randint(-900, -60)
    rows = [
        course("earlier", pick.choice(DRUGS[1:]), f"D{first}", f"D{first + pick.randint(30, 300)}"),
        course("later", pick.choice(DRUGS[1:]), "after:earlier", ""),
    ]
    last = pick.randint(200, 1500)
    if number % 10:
        twice = number % 7 == 0
        rows.append(course("dupi", "dupilumab", "D0", "D90" if twice else pick.choice(["ongoing", "M3..M6", ""])))
        rows += [course("dupi-again", "dupilumab", "after:dupi.end", "ongoing" if number % 2 else "")] if twice else []
    events = [event("last-visit", f"D{last}", "last_follow_up")]
    for n in range(pick.randint(0, 4)):
        day = pick.randint(-50, last - 60)
        written = pick.choice([f"D{day}", f"M{day // 30}", f"D{day}..D{day + 50}", f"..D{day}", "after:earlier"])
        events.append(event(f"ev-{n}x", written, pick.choice(["remission", "relapse", "flare", "infection"])))
    values = [
        value(f"v-{n}x", str(pick.randint(100, 9000)), f"D{n * pick.randint(20, 60)}", "uPCR", unit="mg/g")
        for n in range(pick.randint(0, 9))
    ]
    values += [value("trend-1x", "falls", "dupi+M1", "uPCR")] if number % 10 and number % 4 == 0 else []
    case = made(therapies=rows, events=events, measurements=values, day_zero="dupi" if number % 10 else "")
    return replace(case, id=f"patient-{number:03}x")


def cohort(count: int) -> list[Subject]:
    cases = [patient(number) for number in range(count)]
    return [Subject(case, case.id) for case in cases]
