"""Cases that people brought along: in the memory of this process, each for one browser, for a few hours.

Whose a case is, a random cookie says; which case is meant, the address. An address alone, sent, bookmarked or left in a
history, therefore opens nothing in another browser. Nothing is written to disk, and whatever is full refuses rather
than drop what somebody else is looking at.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock

from flask import Response, after_this_request, has_request_context, request

from casecurves.io import Received, receive
from casecurves_dashboard.shelf import Shelf

COOKIE = "casecurves-own"
PREFIX = "own-"
LIFETIME_S = 4 * 3600
MOST_PER_BROWSER = 5
MOST = 50
# A row that is read takes some kilobytes.
MOST_ROWS = 60_000
MOST_BYTES = 100_000_000
# Pictures of one case in different views; each is some hundred kilobytes.
MOST_FIGURES = 20


@dataclass(frozen=True)
class Own:
    """A case that somebody brought along.

    Attributes
    ----------
    id : str
        Its id in the address.
    shelf : Shelf
        The case alone, as the pages take it.
    received : Received
        What was made of the file.
    until : float
        When it will be forgotten, in seconds since 1970.
    browser : str
        Whose it is.
    """

    id: str
    shelf: Shelf
    received: Received
    until: float
    browser: str

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(map(len, self.received.files.values()))

    @property
    def rows(self) -> int:
        """Rows of its tables."""
        return 0 if self.received.case is None else len(self.received.case.rows())


class Full(Exception):  # noqa: N818 - nothing is wrong
    """There is no room; ``key`` is the sentence that says so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Uploads:
    """What has been brought along and is not forgotten yet."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._kept: dict[str, Own] = {}
        self._lock = Lock()
        self._reading = Lock()

    def keep(self, browser: str, files: Mapping[str, bytes]) -> Own:
        """Read a case and keep it for a browser, whether or not it can be drawn; raises `Full` without reading."""
        case_id = PREFIX + secrets.token_hex(8)
        with self._reading:  # one at a time: it is slow for a large file, and the room is what was left a moment ago
            self._check_room(browser)
            received = receive(files, case_id)
            shelf = Shelf((), {case_id: (received.case, received.report)}, MOST_FIGURES, received.name)
            own = Own(case_id, shelf, received, self._now() + LIFETIME_S, hashed(browser))
            with self._lock:
                self._kept[case_id] = own
        return own

    def find(self, browser: str, case_id: object) -> Own | None:
        """Return a case if it is this browser's."""
        with self._lock:
            self._forget()
            own = self._kept.get(case_id) if isinstance(case_id, str) else None
        return own if own is not None and secrets.compare_digest(own.browser, hashed(browser)) else None

    def of(self, browser: str) -> tuple[Own, ...]:
        """Return the cases of a browser, the oldest first."""
        whose = hashed(browser)
        with self._lock:
            self._forget()
            return tuple(own for own in self._kept.values() if secrets.compare_digest(own.browser, whose))

    def remove(self, browser: str, case_id: str) -> None:
        """Forget a case of a browser at once."""
        if self.find(browser, case_id) is not None:
            with self._lock:
                self._kept.pop(case_id, None)

    def amend(self, browser: str, case_id: str, received: Received) -> bool:
        """Put a changed case in the place of one of this browser's; it is forgotten when that would have been."""
        own = self.find(browser, case_id)
        if own is None:
            return False
        shelf = Shelf((), {case_id: (received.case, received.report)}, MOST_FIGURES, own.received.name)
        with self._lock:
            self._kept[case_id] = replace(own, shelf=shelf, received=replace(received, name=own.received.name))
        return True

    def _check_room(self, browser: str) -> None:
        if len(self.of(browser)) >= MOST_PER_BROWSER:
            raise Full("upload.full.browser")
        with self._lock:
            kept = self._kept.values()
            large = sum(own.size for own in kept) >= MOST_BYTES or sum(own.rows for own in kept) >= MOST_ROWS
            if len(kept) >= MOST or large:
                raise Full("upload.full.server")

    def _forget(self) -> None:
        now = self._now()
        for case_id in [case_id for case_id, own in self._kept.items() if own.until <= now]:
            del self._kept[case_id]


def hashed(browser: str) -> str:
    """Return what is kept of the secret of a browser."""
    return sha256(browser.encode()).hexdigest()


def browser() -> str:
    """Return the secret of the browser behind the request at hand; a fresh one that nobody has when it has none."""
    known = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return known or secrets.token_urlsafe(32)


def remember(secret: str) -> None:
    """Give the browser behind the request at hand its secret, which no script and no other site can use."""

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", secure=request.is_secure)
        return response
