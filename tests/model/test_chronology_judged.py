"""The chronology against an independent judge, on many generated cases."""

import pytest
from model.oracle import Course, Generator, Judge
from model.rows import bounds, row

from casecurves.model.chronology import Frame, Row, resolve
from casecurves.model.when import parse

MANY = 10_000


def as_rows(course: Course) -> list[Row]:
    return [
        row(
            said.id,
            said.time,
            said.end,
            has_end=said.lasts,
            kind=said.kind,
            parent=said.parent,
            used=said.used,
            post_mortem=said.post_mortem,
            doses=said.doses,
            every=said.every,
            over=bool(said.over),
        )
        for said in course.rows
    ]


def as_frame(course: Course) -> Frame:
    zero_date = parse(course.zero_date) if course.zero_date else None
    return Frame(course.day_zero, zero_date, course.age, course.age_at)


def counted(course: Course, chronology) -> list[str]:
    """Return the points of rows that count, and those that every case has."""
    rows = [said for said in course.rows if said.used and said.id not in chronology.set_aside]
    return [point for said in rows for point in (said.id, f"{said.id}.end")] + ["birth", "last_follow_up"]


def agrees(course: Course, judge: Judge, chronology, zero: str = "zero") -> None:
    for point in counted(course, chronology):
        expected = judge.earliest(point, zero), judge.latest(point, zero)
        assert bounds(chronology, point) == expected, (point, course)


@pytest.mark.parametrize("part", range(10))
def test_agrees_with_the_judge_on_generated_cases(part):
    generator = Generator(seed=part, slips=0.25)
    sound = 0
    for _ in range(MANY // 10):
        course = generator.course()
        chronology = resolve(as_rows(course), as_frame(course))
        judge = Judge(course)
        assert judge.sound == (not chronology.contradictions), course
        assert chronology.missing_anchors == ()
        if judge.sound:
            sound += 1
            agrees(course, judge, chronology)
        else:
            rest = Judge(course, without=chronology.set_aside)
            assert rest.sound, course
            agrees(course, rest, chronology)
    # A generator that made only one kind would prove little.
    assert MANY // 40 < sound < MANY // 10 - MANY // 40


def test_rezeroing_orders_and_dates_agree_with_the_judge():
    generator = Generator(seed=99, slips=0.01)
    for _ in range(400):
        course = generator.course()
        judge = Judge(course)
        if not judge.sound:
            continue
        chronology = resolve(as_rows(course), as_frame(course))
        points = counted(course, chronology)
        for zero in points[:2]:
            agrees(course, judge, chronology.rezero(zero), zero)
            for point in points:
                least, most = chronology.distance(zero, point)
                assert (least, most) == (judge.earliest(point, zero), judge.latest(point, zero))
                assert chronology.at_or_before(zero, point) == judge.at_or_before(zero, point)
                assert chronology.strictly_before(zero, point) == judge.strictly_before(zero, point)
        for point in points:
            first, last = chronology.dates(point)
            earliest, latest = judge.earliest(point, "calendar"), judge.latest(point, "calendar")
            assert (first is None) == (earliest is None)
            assert first is None or first.toordinal() == earliest
            assert (last is None) == (latest is None)
            # A day ends at the midnight at which the next begins.
            assert last is None or last.toordinal() in (latest - 1, latest)


def test_dropping_any_row_of_a_contradiction_leaves_the_rest_sound():
    generator = Generator(seed=7, slips=0.2)
    found = 0
    for _ in range(600):
        course = generator.course()
        chronology = resolve(as_rows(course), as_frame(course))
        for contradiction in chronology.contradictions:
            found += 1
            ends = [(link.source, link.target) for link in contradiction.constraints]
            assert [target for _, target in ends] == [source for source, _ in ends[1:] + ends[:1]]
            assert sum(link.weight for link in contradiction.constraints) < 0
            others = {said.id for said in course.rows} - set(contradiction.rows)
            assert not Judge(course, without=others).sound
            for spared in contradiction.rows:
                assert Judge(course, without=others | {spared}).sound, (contradiction.rows, spared, course)
    assert found > 200


def test_a_disputed_row_lies_where_its_own_words_and_the_others_put_it():
    generator = Generator(seed=21, slips=0.02)
    placed = 0
    for _ in range(1500):
        course = generator.course()
        disputed = [said for said in course.rows if not said.used]
        if len(disputed) != 1:
            continue
        chronology = resolve(as_rows(course), as_frame(course))
        judge = Judge(course, claimed=disputed[0])
        if not judge.sound or chronology.contradictions:
            continue
        placed += 1
        for point in (disputed[0].id, f"{disputed[0].id}.end"):
            assert bounds(chronology, point) == (judge.earliest(point), judge.latest(point)), course
    assert placed > 200
