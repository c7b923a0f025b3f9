"""The therapy lanes: bars with four edges, doses, administrations, chips."""

from __future__ import annotations

from casecurves.analysis.placing import unplaced
from casecurves.analysis.times import apart
from casecurves.figure.compile.arrange import arranged
from casecurves.figure.compile.axis import Placer
from casecurves.figure.compile.rows import is_found, is_found_on, is_pointed, is_soon, visit_of
from casecurves.figure.compile.sizes import comes_to
from casecurves.figure.compile.wording import Words
from casecurves.figure.options import Options
from casecurves.figure.spec import Bar, Certainty, Chip, Lane, Mark, Span, Track
from casecurves.knowledge import drug
from casecurves.model.case import Case
from casecurves.model.columns import Row
from casecurves.model.schema import DatedDose, Therapy
from casecurves.model.when import end_state

# A time counts as exact when its interval is at most this share of the scaled axis (or two days).
_EXACT_SHARE = 0.012
_EXACT_DAYS = 2.0
# A time known to about a month is drawn hollow with a whisker; wider ones are intervals without a middle.
_ABOUT_DAYS = 32.0
_ABOUT_SHARE = 0.25


def certainty_of(placer: Placer, row: Row) -> Certainty:
    """Tell how well the time of a row is known, for the axis at hand."""
    if is_soon(row):
        return "soon"
    how = certainty(placer, row.id, found=found_here(placer, row))
    # Where only an order is stated there is no middle to stand on, however short the interval turns out to be.
    return "interval" if how == "about" and not is_pointed(row) else how


def certainty(placer: Placer, key: str, *, found: bool = False) -> Certainty:
    """Tell how well the time of a point is known, for the axis at hand."""
    if found:
        return "found"
    if key in placer.ranks or key in placer.after_ranks:
        lo, hi = placer.ranks.get(key) or placer.after_ranks[key]
        return "ranked" if lo == hi else "interval"
    lo_day, hi_day = placer.bounds(key)
    if lo_day is None or hi_day is None or lo_day < placer.lo or hi_day > placer.hi:
        return "interval"
    width = hi_day - lo_day
    if width <= max(_EXACT_DAYS, placer.span * _EXACT_SHARE):
        return "exact"
    return "about" if width <= min(_ABOUT_DAYS, placer.span * _ABOUT_SHARE) else "interval"


def found_here(placer: Placer, row: Row) -> bool:
    """Tell whether a state was found at a moment that is itself known well enough to stand on."""
    if not is_found(row):
        return False
    visit = visit_of(row)
    return visit is None or certainty(placer, visit) in {"exact", "about", "ranked"}


def stand(placer: Placer, row: Row, place: tuple[Span, ...], how: Certainty) -> float | None:
    """Return where the symbol of a row may stand: like `middle`, a state found at a visit where that visit stands."""
    visit = visit_of(row) if how == "found" else None
    if visit is not None:
        there = placer.interval(visit)
        # A visit on the other side of a zone's border is no place in the coordinates of this one.
        if there and place and {span.zone for span in there} == {place[-1].zone}:
            return middle(there, "exact")
    return middle(place, how)


def middle(place: tuple[Span, ...], how: Certainty) -> float | None:
    """Return where a symbol may stand: in the middle of a narrow interval, at its known end for the others."""
    if not place:
        return None
    if how in {"exact", "about", "ranked"}:
        return (place[0].x0 + place[0].x1) / 2
    if how == "soon":
        return place[0].x0
    return place[-1].x1 if how == "found" else None


def build_lanes(
    case: Case, placer: Placer, words: Words, options: Options
) -> tuple[tuple[Lane, ...], tuple[Chip, ...]]:
    """Return the lanes, one per drug in the order asked for, and the chips of drugs without a place."""
    placed = [row for row in case.therapies if not unplaced(case, row.id)]
    chips = tuple(_chip(row, words) for row in case.therapies if unplaced(case, row.id))
    placed.sort(key=lambda row: _order(placer, row.id))
    by_drug: dict[str, list[Therapy]] = {}
    for row in placed:
        by_drug.setdefault(words.drug(row), []).append(row)
    lanes = tuple(_lane(case, placer, words, name, rows) for name, rows in by_drug.items())
    return arranged(lanes, words, options), chips


def _order(placer: Placer, key: str) -> tuple[int, float, float]:
    zone, low, _ = placer.lower(key)
    zone_hi, high, _ = placer.upper(key)
    rank = {"before": 0, "main": 1, "after": 2}
    # An unknown start sorts by the latest day on which the drug was begun.
    first = high if placer.bounds(key)[0] is None and key not in placer.ranks else low
    return (rank[zone_hi] if first == high else rank[zone], first, high)


def _lane(case: Case, placer: Placer, words: Words, name: str, rows: list[Therapy]) -> Lane:
    tracks: list[list[Therapy]] = []
    for row in rows:
        home = next((track for track in tracks if follows(placer, track[-1], row)), None)
        if home is None:
            tracks.append([row])
        else:
            home.append(row)
    known = drug(rows[0].drug)
    drug_class = known.drug_class if known else "other"
    return Lane(
        drug=name,
        sublabel=_class_label(words, rows[0]),
        drug_class=drug_class,
        tracks=tuple(_track(case, placer, words, track) for track in tracks),
        regimen=next(filter(None, map(words.regimen, rows)), ""),
    )


def _class_label(words: Words, row: Therapy) -> str:
    """Name the class of a drug, unless the drug's own name says it."""
    known = drug(row.drug)
    if known is None:
        return words.say("drug_class.unknown")
    label = words.say(f"drug_class.{known.drug_class}")
    return "" if f" {label} " in f" {words.drug(row)} " else label


def follows(placer: Placer, last: Therapy, row: Therapy) -> bool:
    """Tell whether a course may follow another on one track: the two cannot touch, not even in what is possible."""
    end = placer.upper(f"{last.id}.end")
    start = placer.lower(row.id)
    rank = {"before": 0, "main": 1, "after": 2}
    return (rank[end[0]], end[1]) <= (rank[start[0]], start[1])


def _track(case: Case, placer: Placer, words: Words, rows: list[Therapy]) -> Track:
    doses = [dose for dose in case.doses if any(dose.therapy == row.id for row in rows)]
    marks = [_dose_mark(placer, words, dose) for dose in doses]
    given = {row.id for row in rows if row.by_administration}
    known_days = [m for m, d in zip(marks, doses, strict=True) if d.therapy in given and m.certainty == "exact"]
    return Track(
        bars=tuple(build_bar(placer, words, row, dated=any(d.therapy == row.id for d in doses)) for row in rows),
        doses=tuple(mark for mark in marks if mark not in known_days),
        ticks=tuple(_tick(mark) for mark in known_days),
    )


def _dose_mark(placer: Placer, words: Words, dose: DatedDose) -> Mark:
    how = certainty_of(placer, dose)
    place = placer.interval(dose.id)
    label = words.dose(dose)
    return Mark(
        row=dose.id,
        shape="dose",
        certainty=how,
        place=place,
        x=middle(place, how),
        y=dose.dose,
        label=label,
        basis=dose.basis,
        disputed=dose.status == "disputed",
        flags=words.flags(dose),
        hover=words.hover(dose, label, (comes_to(words, dose),)),
    )


def _tick(mark: Mark) -> Mark:
    return Mark(**{**{name: getattr(mark, name) for name in mark.__dataclass_fields__}, "shape": "tick"})


def build_bar(placer: Placer, words: Words, row: Therapy, *, dated: bool) -> Bar:
    """Return a course; ``dated``: it has doses of its own, which stand apart from it."""
    start, end = row.id, f"{row.id}.end"
    outer = placer.between(placer.lower(start), placer.upper(end))
    certain = placer.certain(start, end)
    hatched = row.by_administration
    label, remark = _bar_label(words, row, hatched=hatched, dated=dated)
    return Bar(
        row=row.id,
        certain=certain,
        possible=outer,
        soon=is_soon(row),
        end=end_state(row.end),
        begins=placer.begins(start, end),
        hatched=hatched,
        found=is_found_on(row),
        label=label,
        remark=remark,
        basis=row.basis,
        disputed=row.status == "disputed",
        flags=words.flags(row),
        hover=words.hover(row, f"{words.drug(row)} {words.dose(row)}".strip(), _therapy_detail(words, row)),
    )


def _bar_label(words: Words, row: Therapy, *, hatched: bool, dated: bool) -> tuple[str, str]:
    """Return what stands on a bar: its dose where it is known to hold, and a smaller remark."""
    doubtful = words.doubtful(row, "frequency") or words.doubtful(row, "dose")
    if doubtful:
        # The printed schedule must not be the most legible word of the picture.
        dose = words.amount(row)
        return dose, words.say("bar.schedule_doubtful")
    apart = dated and not hatched
    # Beside dated doses, a dose of the whole course holds on no day in particular: it is said, not written on the bar.
    whole = words.say("bar.course_dose", dose=words.dose(row)) if apart and row.dose is not None else ""
    dose = ("" if whole else words.frequency(row)) if apart else words.dose(row)
    parts = _given(words, row, dose) if hatched else [dose]
    remarks = [whole, words.say("bar.taper") if row.course == "tapering" and dated else ""]
    if hatched and not dated:
        remarks = [words.say("bar.days_not_given")]
    return ", ".join(filter(None, parts)), " · ".join(filter(None, remarks))


def _given(words: Words, row: Therapy, dose: str) -> list[str]:
    """Say what was given how often: ``2 × 1 g`` where both numbers are stated and no rhythm is."""
    if row.doses is not None and row.doses > 1 and row.dose is not None and not row.every:
        return [words.say("bar.count.times", n=row.doses, dose=dose)]
    return [_count(words, row), dose]


def _count(words: Words, row: Therapy) -> str:
    """Say how many administrations there were and at which interval, as far as either is stated."""
    parts = []
    if row.doses is not None:
        parts.append(words.say("bar.count.one") if row.doses == 1 else words.say("bar.count.many", n=row.doses))
    if row.every:
        parts.append(apart(row.every, words.lang))
    return ", ".join(parts)


def _therapy_detail(words: Words, row: Therapy) -> tuple[str, ...]:
    detail = []
    if row.route:
        detail.append(words.say(f"route.{row.route}"))
    if _count(words, row):
        detail.append(_count(words, row))
    detail.append(comes_to(words, row))
    for name in ("reason_started", "reason_stopped", "response"):
        text = words.text(row, name)
        if text:
            detail.append(words.say(f"hover.{name}", text=text))
    return tuple(detail)


def _chip(row: Therapy, words: Words) -> Chip:
    known = drug(row.drug)
    return Chip(
        row=row.id,
        drug=words.drug(row),
        drug_class=known.drug_class if known else "other",
        label=words.say("chip.place_unknown" if words.case.header.kind == "patient" else "chip.group"),
        flags=words.flags(row),
        basis=row.basis,
        hover=words.hover(row, f"{words.drug(row)} {words.dose(row)}".strip(), _therapy_detail(words, row)),
    )
