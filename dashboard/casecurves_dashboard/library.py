"""The cases of a folder, read again when a file of it changes: all that requests share, and they only read it."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from casecurves.errors import UsageError
from casecurves.io import read_library
from casecurves_dashboard.lessons import Lessons
from casecurves_dashboard.photos import Added, Photos
from casecurves_dashboard.shelf import Found, Shelf, Stamp
from casecurves_dashboard.uploads import PREFIX, Own, Uploads, browser


class Library:
    """The cases of a folder, always as they are on disk, those that people brought along with pictures, and lessons."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = Uploads()
        self.lessons = Lessons()
        self.photos = Photos()
        self._shelf = Shelf((), {})
        self._lock = Lock()

    def shelf(self, case_id: str | None = None) -> Shelf:
        """Return the cases as they are now; a folder that has gone holds none.

        Of a case that the browser behind the request at hand brought along, the shelf that holds it alone.
        """
        own = self.owned(case_id)
        if own is not None:
            return own.shelf
        stamp = _stamp(self.folder)
        with self._lock:
            if stamp != self._shelf.stamp:
                self._shelf = Shelf(stamp, self._read())
            return self._shelf

    def owned(self, case_id: str | None) -> Own | None:
        """Return a case that the browser behind the request at hand brought along; ``None`` for any other."""
        return self.own.find(browser(), case_id) if case_id and case_id.startswith(PREFIX) else None

    def added(self, case_id: str | None) -> Added:
        """Return the pictures that the browser behind the request at hand added to a case, and why not others."""
        return Added(self.photos.of(browser(), case_id), self.photos.refused(browser(), case_id))

    def _read(self) -> Found:
        try:
            return read_library(self.folder)
        except UsageError:
            return {}


def _stamp(folder: Path) -> Stamp:
    files = []
    for path in (*folder.glob("*/*"), *folder.glob("*")):
        try:
            status = path.stat()
        except OSError:  # gone between the two calls, or a link that leads nowhere
            continue
        files.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(files))
