"""Times things side by side: in turns, in a new order each round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from random import Random
from time import perf_counter

Job = Callable[[], object]


def race(
    jobs: Mapping[str, Job], rounds: int, seed: int = 1, *, own: bool = False, enough: float = inf
) -> dict[str, list[float]]:
    """Time jobs against each other.

    Parameters
    ----------
    jobs : mapping of str to callable
        What to time. Each runs once before, so that nobody pays for what is loaded only once.
    rounds : int
        How often each is timed. In every round all of them run, in an order of its own, so that a busy moment of the
        machine does not fall on one of them alone.
    seed : int
        Of the orders.
    own : bool
        True for jobs that return the seconds themselves, since not all that they do counts.
    enough : float
        Seconds after which no further round begins.

    Returns
    -------
    dict of str to list of float
        Seconds of each round, by name.
    """
    random = Random(seed)  # noqa: S311 - an order of turns
    for job in jobs.values():
        job()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    begun = perf_counter()
    for number in range(rounds):
        if number and perf_counter() - begun > enough:
            break
        order = list(jobs)
        random.shuffle(order)
        for name in order:
            start = perf_counter()
            said = jobs[name]()
            times[name].append(float(str(said)) if own else perf_counter() - start)
    return times
