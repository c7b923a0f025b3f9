"""The temporal network on its own."""

from hypothesis import assume, given
from hypothesis import strategies as st

from casecurves.model.network import Solution, solve, weigh


def test_a_negative_cycle_is_returned_in_order():
    edges = [(0, 1, 5), (1, 2, -4), (2, 1, 3), (2, 0, 7)]
    assert sorted(solve(3, edges)) == [1, 2]
    assert solve(1, [(0, 0, -1)]) == (0,)
    assert isinstance(solve(3, [(0, 1, 5), (1, 2, -4), (2, 1, 4)]), Solution)
    assert isinstance(solve(0, []), Solution)


def test_a_strict_bound_falls_short_by_an_instant():
    assert weigh(3) > weigh(3, strict=True) > weigh(2)


NETWORKS = st.integers(3, 30).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(*[st.integers(0, count - 1)] * 2, st.integers(-5, 60)), min_size=count, max_size=6 * count),
    )
)


@given(NETWORKS)
def test_a_bound_looked_for_near_is_as_tight_as_one_of_all_distances(network):
    count, bounds = network
    whole = solve(count, bounds)
    assume(isinstance(whole, Solution))
    for source in range(count):
        for target in range(count):
            back, forth = whole.at_most(source, 0), whole.at_most(0, target)
            known = None if back is None or forth is None else back + forth
            # Nothing is kept of questions before: each is answered near its source.
            fresh = Solution(count, bounds, whole._labels)
            assert fresh.at_most(source, target, known) == whole.at_most(source, target)
