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
from typing import NamedTuple, TypeVar

from casecurves.figure.export import DOTTED, Format, drawn, finished, render
from casecurves.figure.page import PageOptions
from casecurves.figure.raster import dots, keep_memory
from casecurves.figure.spec import Spec

T = TypeVar("T")


class Wanted(NamedTuple):
    """A file to make: which figure, as what, on which page."""

    spec: Spec
    fmt: Format
    page: PageOptions


def render_all(jobs: Iterable[Wanted], processes: int | None = None) -> Iterator[bytes | Exception]:
    """Make files, each the same bytes as `casecurves.figure.export.render` makes.

    What goes wrong with one file stops no other: it stands in the place of the file.

    Parameters
    ----------
    jobs : iterable of Wanted
        What to make; read as the files are made, so that what it tells meanwhile is true.
    processes : int, optional
        How many processes make dots; as many as there are cores when it is not given.

    Yields
    ------
    bytes or Exception
        The files, in the order of the jobs; a `UsageError` where `render` would have raised one.
    """
    count = processes or os.cpu_count() or 1
    waiting: deque[Callable[[], bytes | Exception]] = deque()
    # Started anew rather than forked: the rasteriser has threads of its own.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=keep_memory) as pool:
        for job in jobs:
            waiting.append(_begun(pool, job))
            if len(waiting) > 2 * count:  # pages are large: no more of them wait than keep every process busy
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _begun(pool: Executor, job: Wanted) -> Callable[[], bytes | Exception]:
    """Begin a file, and return how to fetch it, or what went wrong with it."""
    made = _tried(lambda: _handed_on(pool, job))
    return (lambda: made) if isinstance(made, Exception) else (lambda: _tried(made))


def _handed_on(pool: Executor, job: Wanted) -> Callable[[], bytes]:
    if job.fmt not in DOTTED:
        return partial(bytes, render(job.spec, job.fmt, job.page))
    made = pool.submit(dots, drawn(job.spec, job.fmt, job.page), job.page.dpi)
    return lambda: finished(made.result(), job.spec, job.fmt, job.page)


def _tried(make: Callable[[], T]) -> T | Exception:
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this file alone
        return error
