"""The limits hold whatever of the possible happened, and knowing less never narrows them."""

import math
import random
from dataclasses import dataclass
from itertools import pairwise

from figure.build import course, dose, event, made
from hypothesis import given, settings
from hypothesis import strategies as st

from casecurves.analysis import exposure

LAST = 130
HOLDS = ("at", "from", "over")


@dataclass(frozen=True)
class Told:
    """A course with up to four dated doses; each moment as the first and last of its possible days."""

    moments: tuple[tuple[int, int], ...]
    doses: tuple[int, ...]
    holds: tuple[str, ...]
    tapering: bool

    def case(self):
        said = [f"D{first}..D{last}" for first, last in self.moments]
        rows = []
        for i, (amount, holds) in enumerate(zip(self.doses, self.holds, strict=True)):
            rows.append(dose(f"dose-{i}x", "pred", amount, said[i + 1], holds=holds))
        how = "tapering" if self.tapering else ""
        return made(
            therapies=[course("pred", "prednisone", said[0], said[-1], course=how)],
            doses=rows,
            events=[event("last-visit", f"D{LAST}", "last_follow_up")],
        )


@st.composite
def tellings(draw):
    count = draw(st.integers(1, 4))
    days = sorted(draw(st.lists(st.integers(0, 100), min_size=count + 2, max_size=count + 2)))
    holds = tuple(draw(st.sampled_from(HOLDS)) for _ in range(count))
    moments = []
    for i, day in enumerate(days):
        # A dose over a stretch has that stretch as its time.
        over = 0 < i <= count and holds[i - 1] == "over"
        before, after = (0, min(5, days[i + 1] - day)) if over else (draw(st.integers(0, 9)), draw(st.integers(0, 9)))
        moments.append((day - before, day + after))
    amounts = tuple(draw(st.lists(st.integers(1, 60), min_size=count, max_size=count)))
    return Told(tuple(moments), amounts, holds, draw(st.booleans()))


def lived(told, rng):
    """Return the dose of each day in one way in which it can have been, or None if this draw does not hang together."""
    days = [rng.randint(*moment) for moment in told.moments]
    start, end = days[0], days[-1]
    turns = []
    for i, holds in enumerate(told.holds):
        first, last = told.moments[i + 1]
        turns.append((first, last + 1) if holds == "over" else (days[i + 1], days[i + 1]))
    if any(a[1] > b[0] for a, b in pairwise(turns)) or end < start:
        return None
    if turns[0][0] < start or days[-2] > end:
        return None
    end = max(end, turns[-1][1])
    doses = {}
    for day in range(start, end):
        doses[day] = rng.choice([0.0, 3.0, 80.0])
    for i, (holds, amount) in enumerate(zip(told.holds, told.doses, strict=True)):
        begins, stops = turns[i]
        following = turns[i + 1][0] if i + 1 < len(turns) else end
        for day in range(begins, stops):
            doses[day] = amount
        falls = told.tapering and i + 1 < len(turns) and told.doses[i + 1] <= amount
        drop = rng.randint(stops, max(stops, following))
        for day in range(stops, following):
            if holds == "from":
                doses[day] = amount
            elif falls:
                doses[day] = amount if day < drop else told.doses[i + 1]
    return doses


@settings(max_examples=150, deadline=None)
@given(tellings(), st.integers(0, 2**20))
def test_whatever_of_the_possible_happened_lies_within(told, seed):
    case = told.case()
    if case.chronology.contradictions:
        return
    found = exposure(case)
    rng = random.Random(seed)
    for _ in range(60):
        doses = lived(told, rng)
        if doses is None:
            continue
        grams = sum(doses.values()) / 1000
        assert found.total.low <= grams + 1e-9
        assert found.total.high is None or grams <= found.total.high + 1e-9
        above = sum(amount > 7.5 for amount in doses.values()) / 30.4375
        assert found.months_above_low.low <= above + 1e-9
        assert found.months_above_low.high is None or above <= found.months_above_low.high + 1e-9
        for day in range(-10, LAST):
            here = [piece for piece in found.profile if piece.start <= day < piece.end]
            low, high = (here[0].low, here[0].high) if here else (0.0, 0.0)
            assert low <= doses.get(day, 0.0) <= high, (day, doses.get(day, 0.0), here)


def limits(extent):
    return extent.low, math.inf if extent.high is None else extent.high


def test_a_dose_on_the_last_day_outlasts_an_end_on_that_day():
    moments = ((0, 0), (0, 0), (1, 6), (7, 7), (8, 8), (8, 8))
    told = Told(moments, (1, 8, 1, 8), ("at", "over", "at", "over"), tapering=False)
    vague = Told((moments[0], (0, 1), *moments[2:]), told.doses, told.holds, tapering=False)
    assert exposure(told.case()).profile[-1].end == exposure(vague.case()).profile[-1].end == 9


@settings(max_examples=150, deadline=None)
@given(tellings(), st.data())
def test_knowing_less_never_narrows_the_limits(told, data):
    which = data.draw(st.integers(0, len(told.moments) - 1))
    if 0 < which <= len(told.holds) and told.holds[which - 1] == "over":
        return  # a longer stretch is another statement, not a vaguer one
    first, last = told.moments[which]
    wider = (first - data.draw(st.integers(0, 20)), last + data.draw(st.integers(0, 20)))
    moments = (*told.moments[:which], wider, *told.moments[which + 1 :])
    less = Told(moments, told.doses, told.holds, told.tapering)
    if told.case().chronology.contradictions or less.case().chronology.contradictions:
        return
    known, vague = exposure(told.case()), exposure(less.case())
    for a, b in ((known.total, vague.total), (known.months_above_low, vague.months_above_low)):
        assert limits(b)[0] <= limits(a)[0] + 1e-9
        assert limits(b)[1] >= limits(a)[1] - 1e-9
