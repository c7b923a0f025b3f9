"""How far a command is: a bar on a terminal, else a line for each case."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from casecurves.commands.telling import tell
from casecurves.model.issues import visible

# The bar takes so many signs, and the line as many as the terminal has.
_LONG = 24
_NARROWEST = 40


class Progress:
    """How many of the cases are done, on standard error.

    On a terminal there is one line with a bar, always the last one; what is said meanwhile goes above it. Anywhere
    else, in a log or a pipe, each case has a line when its turn comes.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = self._drawn = 0
        self._label = ""
        self._live = sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"

    def begin(self, number: int, label: str) -> None:
        """Tell that the turn of a case has come."""
        self._label = visible(label)
        if self._live:
            self._draw()
        else:
            tell(f"{number}/{self._total} {label}")

    def finish(self) -> None:
        """Tell that one more case is done."""
        self._done += 1
        if self._live:
            self._draw()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else is said."""
        self.clear()
        try:
            yield
        finally:
            if self._live:
                self._draw()

    def clear(self) -> None:
        """Leave the line as if there had been no bar."""
        if self._drawn:
            sys.stdout.flush()
            sys.stderr.write("\r" + " " * self._drawn + "\r")
            sys.stderr.flush()
            self._drawn = 0

    def _draw(self) -> None:
        self.clear()
        sys.stdout.flush()
        full, empty = ("█", "░") if _can_write("█░") else ("#", ".")
        filled = round(_LONG * self._done / max(self._total, 1))
        line = f"{full * filled}{empty * (_LONG - filled)} {self._done}/{self._total} {self._label}"
        # A line that reached the edge would break, and could not be taken back.
        line = line[: max(shutil.get_terminal_size().columns, _NARROWEST) - 1]
        sys.stderr.write(line)
        sys.stderr.flush()
        self._drawn = len(line)


def _can_write(text: str) -> bool:
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
