"""A row of the bench on its own: what goes wrong in it, or takes too long, stops nothing else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
_LONGEST = 200


class _TooLong(BaseException):
    """Not an `Exception`, so that no peer takes it for a fault of its own and goes on."""


def guarded(job: Callable[[], T], limit: float) -> tuple[T | None, str | None]:
    """Do something that may fail.

    Parameters
    ----------
    job : callable
        What to do.
    limit : float
        Seconds after which it is given up. Outside the main thread, and on systems without timers, it is not.

    Returns
    -------
    tuple of (object, str)
        What the job returned and ``None``; or ``None`` and what went wrong, in one line.
    """
    try:
        with _within(limit):
            return job(), None
    except _TooLong:
        return None, f"more than {limit:g} s"
    except Exception as error:  # noqa: BLE001 - a peer, a browser or a server may fail in any way
        first = next(iter(str(error).strip().splitlines()), "")
        return None, f"{type(error).__name__}: {first}".removesuffix(": ")[:_LONGEST]


@contextmanager
def _within(limit: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong
