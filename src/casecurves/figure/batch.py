"""Many files at once: this process draws the pages, others make the dots of them, one for each core.

Rasterising takes most of the time of a PNG and holds Python's lock, so that only further processes help.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from casecurves.figure.export import DOTTED, Format, drawn, finished, render
from casecurves.figure.page import PageOptions
from casecurves.figure.raster import dots
from casecurves.figure.spec import Spec


class Wanted(NamedTuple):
    """A file to make: which figure, as what, on which page."""

    spec: Spec
    fmt: Format
    page: PageOptions


def render_all(jobs: Iterable[Wanted], processes: int | None = None) -> Iterator[bytes]:
    """Make files, each the same bytes as `casecurves.figure.export.render` makes.

    Parameters
    ----------
    jobs : iterable of Wanted
        What to make; read as the files are made, so that what it tells meanwhile is true.
    processes : int, optional
        How many processes make dots; as many as there are cores when it is not given.

    Yields
    ------
    bytes
        The files, in the order of the jobs.

    Raises
    ------
    UsageError
        As `render`, for the first job that cannot be done.
    """
    count = processes or os.cpu_count() or 1
    waiting: deque[Callable[[], bytes]] = deque()
    # Started anew rather than forked: the rasteriser has threads of its own.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        for job in jobs:
            waiting.append(_begun(pool, job))
            if len(waiting) > 2 * count:  # pages are large: no more of them wait than keep every process busy
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _begun(pool: Executor, job: Wanted) -> Callable[[], bytes]:
    if job.fmt not in DOTTED:
        return partial(bytes, render(job.spec, job.fmt, job.page))
    made = pool.submit(dots, drawn(job.spec, job.fmt, job.page), job.page.dpi)
    return lambda: finished(made.result(), job.spec, job.fmt, job.page)
