"""A lesson as tests begin it and move it."""

import re

from casecurves.io import read_library, shipped_cases
from casecurves_dashboard.lessons import Lessons

PATIENTS = {
    case_id: case
    for case_id, (case, _) in read_library(shipped_cases()).items()
    if case is not None and case.header.kind == "patient"
}
TOLD = sorted(case_id for case_id, case in PATIENTS.items() if case.teaching is not None)


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def lesson_of(case_id="mn-dupilumab-1", lang="en", clock=None):
    kept = Lessons(clock or Clock())
    return kept, kept.start(PATIENTS[case_id], lang, "light")


def press(kept, lesson, *does, window="w1"):
    return [kept.act(lesson, window, lesson.now.version, each) for each in does]


def begun(server, case_id="mn-dupilumab-1", **query):
    answer = server.post(f"/teach/{case_id}", query_string=query)
    assert answer.status_code == 303
    page = server.get(answer.location).get_data(as_text=True)
    return answer.location, re.search(r'href="(/class/[^"]+)"', page)[1]


def pressed(server, key, does, seen, who="abc"):
    return server.post(f"{key}/act", json={"who": who, "seen": seen, "does": does})
