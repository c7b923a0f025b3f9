"""Lessons in progress: in the memory of this process, a bounded number, each forgotten some hours after its last press.

Of the two secrets of a lesson one is in the address of the class and shows what is told so far, the other in that of
the presenter and moves it; the first is made of the second, so that whoever has the second can begin again, under both
addresses, a lesson that a process begun since knows nothing of. Nothing is written anywhere.
"""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock
from typing import TypeVar, cast, get_args

from casecurves.analysis.reveal import SEEN, Beat, Blind, Move, Step, beats, moved, planned, telling
from casecurves.model.case import Case
from casecurves.model.teaching import HIDDEN
from casecurves_dashboard.state import ScreenTheme

T = TypeVar("T")
LIFETIME_S = 4 * 3600
MOST = 50
# A presenter's window that has not asked for so long is gone, and another may present without asking.
GONE_S = 15
# Pictures of one lesson.
_MOST_KEPT = 12
MOVES: tuple[Move, ...] = get_args(Move)


@dataclass(frozen=True)
class Now:
    """Where a lesson stands.

    Attributes
    ----------
    at : int
        The beat, from 0.
    hint : bool
        Whether the hint of the question is shown.
    blind : Blind
        What is hidden.
    compared : int or None
        The step that stands beside the present one; ``None``: none.
    version : int
        How often the lesson has moved: who asks says what was seen, and is told whether there is more.
    """

    at: int = 0
    hint: bool = False
    blind: Blind = SEEN
    compared: int | None = None
    version: int = 1


@dataclass
class Lesson:
    """A lesson in progress; ``token`` is what the class knows, ``key`` what the presenter knows.

    ``draft``: told as it is being written, which is kept nowhere.
    """

    case: Case
    lang: str
    theme: ScreenTheme
    started: float
    until: float
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    draft: bool = False
    now: Now = field(default_factory=Now)
    holder: str = ""
    heard: float = 0.0
    labels: dict[int, str] = field(default_factory=dict)  # what each beat brings, as the presenter reads it

    def __post_init__(self) -> None:
        self.token = class_of(self.key)
        self.told: tuple[Step, ...] = telling(self.case)
        self.beats: tuple[Beat, ...] = beats(self.case, self.told)
        self.planned: tuple[Blind, ...] = planned(self.beats)  # what the lesson hides at each beat
        self.now = replace(self.now, blind=self.planned[self.now.at])
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under a key, making it the first time: a class asks for the same all at once."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            return cast(T, self._kept[key])


class Full(Exception):  # noqa: N818 - nothing is wrong
    """There are as many lessons as there is room for."""


class Over(Exception):  # noqa: N818 - nothing is wrong
    """The presenter has ended this lesson, or its case was taken back."""


class Lessons:
    """The lessons in progress."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lessons: dict[str, Lesson] = {}
        self._ended: deque[str] = deque(maxlen=MOST)  # of the last that were ended, what their classes know
        self._lock = Lock()

    def start(self, case: Case, lang: str, theme: ScreenTheme, *, draft: bool = False) -> Lesson:
        """Begin a lesson with a case; raises `Full` when there are too many."""
        now = self._clock()
        return self._begun(Lesson(case, lang, theme, now, now + LIFETIME_S, draft=draft))

    def resume(self, key: str, case: Case, lang: str, theme: ScreenTheme, started: float, there: Now) -> Lesson:
        """Begin a lesson again of which this process knows nothing, under its addresses and where it stood.

        Parameters
        ----------
        key : str
            What its presenter knows.
        case, lang, theme : Case, str, ScreenTheme
            As `start`.
        started : float
            When it began, which its clock goes on from.
        there : Now
            Where it stood; a place that the case does not have any more is its first: the last gives the end away.

        Returns
        -------
        Lesson
            The lesson; where another window was quicker, the one that it began.

        Raises
        ------
        Full, Over
            When there are too many, or this one has been ended.
        """
        if known := self.of_presenter(key):
            return known
        if self.ended(class_of(key)):
            raise Over
        now = self._clock()
        lesson = Lesson(case, lang, theme, min(started, now), now + LIFETIME_S, key=key)
        lesson.now = replace(there, at=there.at if there.at < len(lesson.beats) else 0)
        return self._begun(lesson)

    def _begun(self, lesson: Lesson) -> Lesson:
        with self._lock:
            self._forget()
            if len(self._lessons) >= MOST:
                raise Full
            return self._lessons.setdefault(lesson.token, lesson)

    def of_class(self, token: str) -> Lesson | None:
        """Return the lesson that a class follows."""
        with self._lock:
            self._forget()
            return self._lessons.get(token)

    def of_presenter(self, key: str) -> Lesson | None:
        """Return the lesson that a presenter moves."""
        with self._lock:
            self._forget()
            return next((one for one in self._lessons.values() if _same(one.key, key)), None)

    def ended(self, token: str) -> bool:
        """Tell whether the lesson that a class follows was ended on purpose: a class keeps nothing of it."""
        with self._lock:
            return token in self._ended

    def end(self, key: str) -> None:
        """Forget a lesson at once; one of which this process knows nothing cannot be begun again."""
        self._end(lambda one: _same(one.key, key))
        with self._lock:
            if class_of(key) not in self._ended:
                self._ended.append(class_of(key))

    def forget(self, case_id: str) -> None:
        """Forget every lesson with a case: whoever takes a case back takes back what is told of it."""
        self._end(lambda one: one.case.id == case_id)

    def _end(self, which: Callable[[Lesson], bool]) -> None:
        with self._lock:
            for token in [token for token, one in self._lessons.items() if which(one)]:
                del self._lessons[token]
                self._ended.append(token)

    def holds(self, lesson: Lesson, window: str, *, take: bool = False) -> bool:
        """Tell whether a window is the one that presents; it becomes that when nobody does, or when it takes over."""
        with self._lock:
            now = self._clock()
            free = not lesson.holder or now - lesson.heard > GONE_S
            if window and (take or free):
                lesson.holder = window
            mine = bool(window) and lesson.holder == window
            if mine:
                lesson.heard = now
            return mine

    def leave(self, lesson: Lesson, window: str) -> None:
        """Note that a window was closed or loaded again: if it presented, the next that asks does."""
        with self._lock:
            if lesson.holder == window:
                lesson.holder = ""

    def act(self, lesson: Lesson, window: str, seen: int, does: str) -> bool:
        """Move a lesson for the window that presents.

        Parameters
        ----------
        lesson : Lesson
            Which.
        window : str
            Who presses.
        seen : int
            The version that was on the screen when it was pressed: two presses at one version are one.
        does : str
            A move, ``beat:7``, ``hint``, ``blind:drugs``, ``compare:3`` or ``compare:``.

        Returns
        -------
        bool
            Whether it moved.
        """
        if not self.holds(lesson, window):
            return False
        with self._lock:
            if seen != lesson.now.version:
                return False
            there = _after(lesson, does)
            if there is None or there == lesson.now:
                return False
            lesson.now = replace(there, version=lesson.now.version + 1)
            lesson.until = self._clock() + LIFETIME_S
            return True

    def _forget(self) -> None:
        now = self._clock()
        for token in [token for token, one in self._lessons.items() if one.until <= now]:
            del self._lessons[token]


def class_of(key: str) -> str:
    """Return what the class of a lesson knows; what its presenter knows cannot be made of it."""
    return urlsafe_b64encode(sha256(key.encode()).digest())[:12].decode()


def _after(lesson: Lesson, does: str) -> Now | None:
    """Return where a lesson stands after something was done; ``None`` when that means nothing."""
    now = lesson.now
    verb, _, what = does.partition(":")
    if verb in MOVES and not what:
        at = moved(lesson.beats, lesson.told, now.at, verb)
        return now if at == now.at else _moved(lesson, at)
    if verb == "beat" and what.isascii() and what.isdecimal() and int(what) < len(lesson.beats):
        return _moved(lesson, int(what))
    if verb == "hint" and not what:
        return replace(now, hint=not now.hint)
    if verb == "blind" and what in HIDDEN:
        return replace(now, blind=replace(now.blind, **{what: not getattr(now.blind, what)}))
    if verb == "compare":
        return _compared(lesson, what)
    return None


def _moved(lesson: Lesson, at: int) -> Now:
    """Return where a lesson stands at another beat: what it hides there, but for what the presenter has decided."""
    now = lesson.now
    plan = lesson.planned[now.at]
    decided = {name: shown for name in HIDDEN if (shown := getattr(now.blind, name)) != getattr(plan, name)}
    return replace(now, at=at, hint=False, compared=None, blind=replace(lesson.planned[at], **decided))


def _compared(lesson: Lesson, what: str) -> Now | None:
    if not what:
        return replace(lesson.now, compared=None)
    if not (what.isascii() and what.isdecimal()) or int(what) >= lesson.beats[lesson.now.at].step:
        return None  # only with what has been told already
    return replace(lesson.now, compared=int(what))


def _same(known: str, given: str) -> bool:
    """Tell whether two secrets are one, in the same time wherever they differ."""
    return secrets.compare_digest(known.encode(), given.encode())
