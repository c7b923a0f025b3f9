"""Times things side by side: in turns, in a new order each round, medians."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from statistics import median
from time import perf_counter

Job = Callable[[], object]


def race(jobs: Mapping[str, Job], rounds: int, seed: int = 1) -> dict[str, float]:
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

    Returns
    -------
    dict of str to float
        Median seconds by name.
    """
    random = Random(seed)  # noqa: S311 - an order of turns
    for job in jobs.values():
        job()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        order = list(jobs)
        random.shuffle(order)
        for name in order:
            start = perf_counter()
            jobs[name]()
            times[name].append(perf_counter() - start)
    return {name: median(found) for name, found in times.items()}
