"""The temporal network on its own."""

from casecurves.model.network import Solution, solve, weigh


def test_a_negative_cycle_is_returned_in_order():
    edges = [(0, 1, 5), (1, 2, -4), (2, 1, 3), (2, 0, 7)]
    assert sorted(solve(3, edges)) == [1, 2]
    assert solve(1, [(0, 0, -1)]) == (0,)
    assert isinstance(solve(3, [(0, 1, 5), (1, 2, -4), (2, 1, 4)]), Solution)
    assert isinstance(solve(0, []), Solution)


def test_a_strict_bound_falls_short_by_an_instant():
    assert weigh(3) > weigh(3, strict=True) > weigh(2)
