"""Cases as they stood at one moment, with what has been drawn of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import TypeVar
from zlib import crc32

from casecurves.figure.compile import compile as compile_spec
from casecurves.figure.options import Options
from casecurves.figure.spec import Spec
from casecurves.model.case import Case
from casecurves.model.issues import Report
from casecurves.search import Entry, describe

Found = Mapping[str, tuple[Case | None, Report]]
# Which files there are, when they were changed, and their size.
Stamp = tuple[tuple[str, int, int], ...]
T = TypeVar("T")

MOST_FIGURES = 200


class Shelf:
    """The cases as they stood at one moment, with what has been drawn of them."""

    def __init__(self, stamp: Stamp, cases: Found, most: int = MOST_FIGURES, name: str = "") -> None:
        self.stamp = stamp
        self.name = name  # what its reader calls the one case on it
        self._most = most
        self.cases = cases
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    @property
    def edition(self) -> str:
        """A word for the state of the files, which differs when any of them does."""
        return f"{crc32(repr(self.stamp).encode()):08x}"

    def spec(self, case_id: str, options: Options) -> Spec:
        """Return the figure of a case that can be drawn."""
        case, _ = self.cases[case_id]
        if case is None:
            raise KeyError(case_id)
        return self.kept(("spec", case_id, options), lambda: compile_spec(case, options))

    def entries(self) -> tuple[Entry, ...]:
        """Return what can be asked about each case that can be drawn."""
        return self.kept(
            "entries", lambda: tuple(describe(case) for case, _ in self.cases.values() if case is not None)
        )

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under a key, making it the first time; the oldest is dropped when there is much."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()  # outside the lock: one slow figure must not hold up all others
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
