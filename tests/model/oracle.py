"""Generated cases, and an independent judge of them.

The generator writes each statement twice: as the text a person would write, and as the bounds in
days that the text means. The judge reads only the bounds, as exact fractions, and takes the closure
of all differences by Floyd and Warshall's method. Neither uses the product's grammar or network.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

DAYS = {"D": Fraction(1), "W": Fraction(7), "M": Fraction("30.4375"), "Y": Fraction("365.25")}
STEP = 32 * 1000  # parts of a day: 1/32 day is exact, and 1000 strict bounds stay below it
NEVER = 1 << 60

# One bound on a point: base, "lower" or "upper", days from the base, whether the bound is excluded.
Bound = tuple[str, str, Fraction, bool]


@dataclass
class Said:
    """One generated row: texts for the product, bounds for the judge."""

    id: str
    time: str = ""
    time_bounds: list[Bound] = field(default_factory=list)
    end: str = ""
    end_bounds: list[Bound] = field(default_factory=list)
    lasts: bool = False
    kind: str = ""
    parent: str | None = None
    used: bool = True
    post_mortem: bool = False
    doses: int = 0
    every: str = ""
    over: list[Bound] = field(default_factory=list)  # on the start and the end of its course


@dataclass
class Course:
    """One generated case."""

    rows: list[Said]
    day_zero: str | None
    zero_date: str
    zero_bounds: list[Bound]
    age: int | None
    age_at: str | None


class Judge:
    """All pairs of points of a case, and the tightest bound between each."""

    def __init__(self, course: Course, without: Iterable[str] = (), claimed: Said | None = None) -> None:
        self.course = course
        without = set(without)
        self.names = ["zero", "calendar", "birth", "follow-up"]
        for row in course.rows:
            self.names += [row.id, f"{row.id}.end"]
        self.at = {name: i for i, name in enumerate(self.names)}
        self.at["last_follow_up"] = self.at["follow-up"]
        size = len(self.names)
        self.most = np.full((size, size), NEVER, dtype=np.int64)  # [i, j]: j - i is at most
        np.fill_diagonal(self.most, 0)
        self._rows([row for row in course.rows if row.used and row.id not in without])
        if claimed:
            self._statements(claimed)
        for k in range(size):
            through = self.most[:, k, None] + self.most[None, k, :]
            # A sum that meets "never" stays never.
            through[(self.most[:, k, None] >= NEVER // 2) | (self.most[None, k, :] >= NEVER // 2)] = NEVER
            np.minimum(self.most, through, out=self.most)
            if self.most.diagonal().min() < 0:
                break  # a negative cycle: longer sums would only overflow
        self.sound = bool(self.most.diagonal().min() >= 0)

    def _rows(self, rows: list[Said]) -> None:
        for row in self.course.rows:  # the shape of the case holds whoever is believed
            if not row.lasts:
                self._same(row.id, f"{row.id}.end")
            if row.id == self.course.day_zero:
                self._same("zero", row.id)
        closing = [row for row in rows if row.kind in ("death", "last_follow_up")]
        for row in rows:
            self._statements(row)
            if row.parent:
                self._most(row.id, row.parent, 0)
                self._most(f"{row.parent}.end", row.id, 0)
                for point, bound in zip((row.parent, f"{row.parent}.end"), row.over, strict=False):
                    self._bound(point, bound)
            if row in closing:
                self._same(row.id, "follow-up")
            if not row.post_mortem:
                for last in [other.id for other in closing] or ["follow-up"]:
                    self._most(last, row.id, 0)
                    self._most(last, f"{row.id}.end", 0)
        for base, side, days, strict in self.course.zero_bounds:
            upper = side == "upper"
            self._bound("zero", (base, side, days - 1 if upper else days, strict and not upper))
        if self.course.age is not None and self.course.age_at:
            at, year = self.course.age_at, DAYS["Y"]
            self._bound("birth", (at, "lower", -(self.course.age + 1) * year, True))
            self._bound("birth", (at, "upper", -self.course.age * year, False))

    def _statements(self, row: Said) -> None:
        for bound in row.time_bounds:
            day_zero = row.id == self.course.day_zero and bound[0] == "calendar" and bound[1] == "upper"
            self._bound(row.id, (*bound[:2], bound[2] - 1, False) if day_zero else bound)
        for bound in row.end_bounds:
            self._bound(f"{row.id}.end", bound)
        if row.end == "ongoing":
            self._same(f"{row.id}.end", "follow-up")
        self._most(f"{row.id}.end", row.id, 0)
        if row.doses > 1:  # the first to the last administration, give or take half a unit
            unit, count = DAYS[row.every[0]], int(row.every[1:])
            self._bound(row.id, (f"{row.id}.end", "upper", -((row.doses - 1) * count * unit - unit / 2), False))

    def _most(self, source: str, target: str, weight: int) -> None:
        i, j = self.at[source], self.at[target]
        self.most[i, j] = min(self.most[i, j], weight)

    def _same(self, a: str, b: str) -> None:
        self._most(a, b, 0)
        self._most(b, a, 0)

    def _bound(self, point: str, bound: Bound) -> None:
        base, side, days, strict = bound
        parts = days * STEP
        assert parts.denominator == 1
        if side == "upper":
            self._most(base, point, int(parts) - strict)
        else:
            self._most(point, base, -int(parts) - strict)

    def earliest(self, point: str, zero: str = "zero") -> int | None:
        """First whole day of a point, counted from another."""
        most = int(self.most[self.at[point], self.at[zero]])
        return None if most >= NEVER // 2 else math.floor(Fraction(-most, STEP))

    def latest(self, point: str, zero: str = "zero") -> int | None:
        """Last whole day of a point, counted from another."""
        most = int(self.most[self.at[zero], self.at[point]])
        return None if most >= NEVER // 2 else math.ceil(Fraction(most, STEP))

    def at_or_before(self, a: str, b: str) -> bool:
        """Whether a is proven not to be after b."""
        return bool(self.most[self.at[b], self.at[a]] <= 0)

    def strictly_before(self, a: str, b: str) -> bool:
        """Whether a is proven to be before b."""
        return bool(self.most[self.at[b], self.at[a]] < 0)


class Generator:
    """Cases that are mostly true of one imagined course, so that many are sound and many are not."""

    def __init__(self, seed: int, slips: float = 0.06) -> None:
        self.rng = random.Random(seed)
        self.slips = slips

    def course(self, most_rows: int = 9) -> Course:
        """Return one case."""
        rng = self.rng
        count = rng.randint(1, most_rows)
        self.ids = [f"row-{i}" for i in range(count)]
        self.truth = {"zero": Fraction(0), "birth": Fraction(rng.randint(-30000 * 32, -9000 * 32), 32)}
        self.lasting = {name: rng.random() < 0.4 for name in self.ids}
        day_zero = rng.choice([*self.ids, None])
        for name in self.ids:
            spread = rng.choice([20, 200, 2000])
            start = Fraction(0) if name == day_zero else Fraction(rng.randint(-spread * 32, spread * 32), 32)
            more = Fraction(rng.randint(0, 300 * 32), 32) if self.lasting[name] else 0
            self.truth |= {name: start, f"{name}.end": start + more}
        self.zero_day = date(rng.randint(1990, 2024), rng.randint(1, 12), rng.randint(1, 28))
        rows = [self._row(name) for name in self.ids]
        if rng.random() < 0.3:
            self._close(rows)
        zero_date, zero_bounds = "", []
        if rng.random() < 0.4:
            zero_date, zero_bounds = self._date(Fraction(0))
        age = None
        age_at = rng.choice([None, *self.ids])
        if rng.random() < 0.3 and age_at:
            age = int((self.truth[age_at] - self.truth["birth"]) / DAYS["Y"])
        return Course(rows, day_zero, zero_date, zero_bounds, age, age_at)

    def _row(self, name: str) -> Said:
        rng = self.rng
        row = Said(name, lasts=self.lasting[name], used=rng.random() < 0.93, post_mortem=rng.random() < 0.1)
        row.time, row.time_bounds = self._statement(name)
        if row.lasts and rng.random() < 0.7:
            row.end, row.end_bounds = self._statement(f"{name}.end")
            if rng.random() < 0.15:
                row.end, row.end_bounds = "ongoing", []
        if row.lasts and rng.random() < 0.25:
            row.doses, row.every = self._administrations(self.truth[f"{name}.end"] - self.truth[name])
        earlier = [other for other in self.ids if self.lasting[other] and other != name]
        if earlier and not row.lasts and rng.random() < 0.2:
            inside = [o for o in earlier if self.truth[o] <= self.truth[name] <= self.truth[f"{o}.end"]]
            row.parent = rng.choice(inside or (earlier if rng.random() < self.slips * 4 else [None]))
        if row.parent and rng.random() < 0.5:
            self._throughout(row)
        return row

    def _throughout(self, row: Said) -> None:
        """Let a dose hold over a stretch of its course, which then covers the stretch."""
        rng = self.rng
        letter = rng.choice("DDDW")
        unit, first = DAYS[letter], self.truth[row.id]
        left = max(self.truth[f"{row.parent}.end"] - first, Fraction(0))
        last = first + Fraction(rng.randint(0, int(left * 32)), 32)
        if rng.random() < self.slips:
            last += rng.randint(1, 60)
        base = rng.choice(["zero", "zero", row.parent])
        counted = self.truth[base]
        low, high = math.floor((first - counted) / unit), math.floor((last - counted) / unit) + (letter != "D")
        row.time = f"{self._text(base, letter, low)}..{self._text(base, letter, high)}"
        whole = letter == "D"
        row.time_bounds = [(base, "lower", low * unit, False), (base, "upper", high * unit + whole, whole)]
        row.over = [(base, "upper", low * unit + whole, whole), (base, "lower", high * unit, False)]

    def _administrations(self, length: Fraction) -> tuple[int, str]:
        letter, count = self.rng.choice("DDWM"), self.rng.randint(1, 3)
        unit = DAYS[letter]
        most = math.floor((length + unit / 2) / (count * unit)) + 1
        slip = self.rng.randint(1, 40) if self.rng.random() < self.slips else 0
        return self.rng.randint(1, most) + slip, f"{letter}{count}"

    def _close(self, rows: list[Said]) -> None:
        last = max((row for row in rows if not row.lasts), key=lambda row: self.truth[row.id], default=None)
        if last:
            last.kind = self.rng.choice(["death", "last_follow_up"])

    def _statement(self, point: str) -> tuple[str, list[Bound]]:
        count = self.rng.choices([0, 1, 2], [1, 6, 2])[0]
        clauses = [self._clause(point) for _ in range(count)]
        return " & ".join(text for text, _ in clauses if text), [bound for _, bounds in clauses for bound in bounds]

    def _clause(self, point: str) -> tuple[str, list[Bound]]:
        rng = self.rng
        truth = self.truth[point]
        if rng.random() < self.slips:
            truth += Fraction(rng.randint(-400 * 32, 400 * 32), 32)
        kind = rng.choice(
            ["offset", "offset", "about", "range", "open", "anchored", "anchored", "same", "order", "date"]
        )
        if kind == "date":
            return self._date(truth)
        if kind == "order":
            return self._order(point, truth)
        if kind == "same":
            return self._same(truth)
        base = rng.choice([*self.ids, "birth"]) if kind == "anchored" else "zero"
        if base in self.ids and rng.random() < 0.4:
            base = f"{base}.end"
        return self._counted(kind, base, truth - self.truth[base])

    def _counted(self, kind: str, base: str, distance: Fraction) -> tuple[str, list[Bound]]:
        rng = self.rng
        letter = rng.choice("DDWMY")
        unit = DAYS[letter]
        if kind in ("range", "open") or (kind == "anchored" and rng.random() < 0.3):
            low = math.floor(distance / unit) - rng.randint(0, 2)
            high = math.floor(distance / unit) + (letter != "D") + rng.randint(0, 2)
            bounds: list[Bound] = [
                (base, "lower", low * unit, False),
                (base, "upper", high * unit + (letter == "D"), letter == "D"),
            ]
            texts = [self._text(base, letter, low), self._text(base, letter, high)]
            side = rng.choice([0, 1]) if kind == "open" else None
            if side is not None:
                texts[1 - side] = ""
                bounds = [bounds[side]]
            return "..".join(texts), bounds
        if letter == "D":
            count = math.floor(distance)
            centre, half = count + Fraction(1, 2), Fraction(1, 2)
        else:
            count = math.floor(distance / unit + Fraction(1, 2))
            centre, half = count * unit, unit / 2
        about = kind == "about" or rng.random() < 0.1
        half *= 1 + about
        text = ("~" if about else "") + self._text(base, letter, count)
        return text, [(base, "lower", centre - half, False), (base, "upper", centre + half, letter == "D")]

    def _text(self, base: str, letter: str, count: int) -> str:
        if base == "zero":
            iso = f"{'-' if count < 0 else ''}P{abs(count)}{letter}"
            french = f"{dict(zip('DWMY', 'JSMA', strict=True))[letter]}{count}"
            return self.rng.choice([f"{letter}{count}", f"{letter}{count}", iso, french])
        return f"{base}{'-' if count < 0 else '+'}{letter}{abs(count)}"

    def _order(self, point: str, truth: Fraction) -> tuple[str, list[Bound]]:
        other = self.rng.choice(self.ids)
        if other == point.removesuffix(".end") and self.rng.random() > self.slips:
            return "", []
        if truth == self.truth[other]:
            return "", []
        after = truth > self.truth[other]
        word = self.rng.choice(["after", "soon"]) if after else "before"
        return f"{word}:{other}", [(other, "lower" if after else "upper", Fraction(0), True)]

    def _same(self, truth: Fraction) -> tuple[str, list[Bound]]:
        names = [name for name in self.truth if name not in ("zero", "birth") and self.truth[name] == truth]
        if not names:
            return "", []
        name = self.rng.choice(names)
        return name, [(name, "lower", Fraction(0), False), (name, "upper", Fraction(0), False)]

    def _date(self, truth: Fraction) -> tuple[str, list[Bound]]:
        day = self.zero_day + timedelta(days=math.floor(truth))
        form = self.rng.choice(["day", "day", "french", "month", "year"])
        if form == "year":
            first, after, text = date(day.year, 1, 1), date(day.year + 1, 1, 1), f"{day:%Y}"
        elif form == "month":
            first = day.replace(day=1)
            after, text = (first + timedelta(days=31)).replace(day=1), f"{day:%Y-%m}"
        else:
            first, after = day, day + timedelta(days=1)
            text = f"{day:%d/%m/%Y}" if form == "french" else f"{day:%Y-%m-%d}"
        return text, [
            ("calendar", "lower", Fraction(first.toordinal()), False),
            ("calendar", "upper", Fraction(after.toordinal()), True),
        ]
