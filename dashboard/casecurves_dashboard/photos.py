"""Pictures that people add to a figure: in the memory of this process, each for one browser, for a few hours.

They are read as on the command line: made anew, so that nothing that came with the file stays. Nothing of them is in an
address; whoever else opens the same address sees the figure without them.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import NamedTuple

from casecurves.figure.caption import parts
from casecurves.figure.page import PageOptions
from casecurves.figure.pictures import Picture, lettered, read_picture, smaller
from casecurves.figure.spec import Spec
from casecurves.model.issues import visible
from casecurves_dashboard.uploads import LIFETIME_S, Full, hashed

MOST_PER_FIGURE = 6
# Pictures as they are kept; those of everybody together, in bytes.
MOST_BYTES = 150_000_000
MOST = 100
LONGEST_LETTER, LONGEST_LABEL, LONGEST_NAME = 3, 200, 80
# What a screen is sent of one.
_SCREEN_DOTS = 700


@dataclass(frozen=True)
class Photo:
    """A picture that somebody added: its number, the name of its file, the picture and what a screen is sent of it."""

    id: str
    name: str
    picture: Picture
    small: Picture
    case: str
    browser: str
    until: float

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.picture.data) + len(self.small.data)


class Added(NamedTuple):
    """The pictures that a browser added to a figure, and what is said about those that were not taken."""

    photos: tuple[Photo, ...] = ()
    refused: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything that nobody else may see."""
        return bool(self.photos or self.refused)

    def drawn(self, spec: Spec, page: PageOptions, *, small: bool = False) -> tuple[Picture, ...]:
        """Return the pictures for a page, each with a letter of its own or the next after the parts of the figure."""
        before = len(parts(spec)) if page.letters else 0
        return lettered([photo.small if small else photo.picture for photo in self.photos], before)


class Photos:
    """What has been added and is not forgotten yet."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._kept: dict[str, Photo] = {}
        self._refused: dict[tuple[str, str], tuple[str, ...]] = {}
        self._lock = Lock()
        # One at a time: each takes much memory while it is read.
        self.reading = Lock()

    def keep(self, secret: str, case_id: str, data: bytes, name: str, lang: str) -> None:
        """Read a picture and keep it; raises `Full` where there is no room, and `UsageError` as `read_picture`."""
        self._check_room(secret, case_id)
        picture = read_picture(data, name, lang)
        photo = Photo(
            secrets.token_hex(4),
            visible(name)[:LONGEST_NAME],
            picture,
            smaller(picture, _SCREEN_DOTS),
            case_id,
            hashed(secret),
            self._now() + LIFETIME_S,
        )
        with self._lock:
            if sum(kept.size for kept in self._kept.values()) + photo.size > MOST_BYTES:
                raise Full("photo.full.server")
            self._kept[photo.id] = photo

    def of(self, secret: str, case_id: str | None) -> tuple[Photo, ...]:
        """Return the pictures that a browser added to a case, the oldest first."""
        whose = hashed(secret)
        with self._lock:
            self._forget()
            found = [photo for photo in self._kept.values() if photo.case == case_id]
        return tuple(photo for photo in found if secrets.compare_digest(photo.browser, whose))

    def describe(self, secret: str, case_id: str, number: str, mark: str, label: str) -> None:
        """Change letter and words of a picture, if it is this browser's."""
        for photo in self.of(secret, case_id):
            if photo.id == number:
                letter, words = visible(mark.strip())[:LONGEST_LETTER], _line(label)[:LONGEST_LABEL]
                picture, small = (replace(one, letter=letter, label=words) for one in (photo.picture, photo.small))
                with self._lock:
                    self._kept[number] = replace(photo, picture=picture, small=small)

    def remove(self, secret: str, case_id: str, number: str) -> None:
        """Forget a picture of this browser at once."""
        if number in {photo.id for photo in self.of(secret, case_id)}:
            with self._lock:
                self._kept.pop(number, None)

    def forget(self, case_id: str) -> None:
        """Forget all pictures of a case that has gone."""
        with self._lock:
            for photo in [photo for photo in self._kept.values() if photo.case == case_id]:
                del self._kept[photo.id]

    def refuse(self, secret: str, case_id: str, why: tuple[str, ...]) -> None:
        """Note what is said about pictures that were not taken; the next ones begin anew."""
        with self._lock:
            self._refused.pop((hashed(secret), case_id), None)
            if why:
                self._refused[hashed(secret), case_id] = why
            while len(self._refused) > MOST:
                self._refused.pop(next(iter(self._refused)))

    def refused(self, secret: str, case_id: str | None) -> tuple[str, ...]:
        """Return what is to be said about the last pictures that a browser sent for a case."""
        with self._lock:
            return self._refused.get((hashed(secret), case_id or ""), ())

    def _check_room(self, secret: str, case_id: str) -> None:
        if len(self.of(secret, case_id)) >= MOST_PER_FIGURE:
            raise Full("photo.full.figure")
        with self._lock:
            if len(self._kept) >= MOST:
                raise Full("photo.full.server")

    def _forget(self) -> None:
        now = self._now()
        for number in [number for number, photo in self._kept.items() if photo.until <= now]:
            del self._kept[number]


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
