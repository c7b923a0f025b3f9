"""Where a presenter begins a lesson again of which the server knows nothing any more, as when it was started anew.

The presenter's window has all that this needs: it is sent with every step, and hidden until the server has forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from casecurves.analysis.reveal import Blind
from casecurves.model.teaching import HIDDEN
from casecurves.words import say
from casecurves_dashboard.components.parts import data
from casecurves_dashboard.lessons import Lesson, Now
from casecurves_dashboard.markup import plain_input
from casecurves_dashboard.state import PRESENT_PATH
from casecurves_dashboard.uploads import PREFIX

# No number that a page of ours sends is longer.
_DIGITS = 12


@dataclass(frozen=True)
class Again:
    """What a presenter's window had on its screen: the case, since when, and where the lesson stood."""

    case_id: str
    started: int
    there: Now


def offered(lesson: Lesson, now: Now) -> list[Component]:
    """Return the offer to begin again where a lesson stands.

    None for one that is only being tried, nor for a case of the reader's own: that is forgotten with the lesson.
    """
    if lesson.draft or lesson.case.id.startswith(PREFIX):
        return []
    hidden = " ".join(name for name in HIDDEN if getattr(now.blind, name))
    kept = {"case": lesson.case.id, "started": int(lesson.started), "at": now.at, "version": now.version}
    fields = [plain_input(type="hidden", name=name, value=value) for name, value in (kept | {"blind": hidden}).items()]
    there = f"{PRESENT_PATH}{lesson.key}/again?lang={lesson.lang}&theme={lesson.theme}"
    form: dict[str, Any] = {"action": there, "method": "post"}
    begin = html.Button(say("teach.again", lesson.lang, at=now.at + 1), type="submit")
    words = html.P(say("teach.forgotten", lesson.lang))
    return [html.Form([words, begin, *fields], className="notice", hidden=True, role="alert", **data(again=""), **form)]


def read_again(form: Mapping[str, str]) -> Again | None:
    """Read what an offer sends; ``None`` when no page of ours sends that."""
    numbers = [form.get(name, "") for name in ("started", "at", "version")]
    blind = form.get("blind", "").split()
    if not all(text.isascii() and text.isdecimal() and len(text) <= _DIGITS for text in numbers):
        return None
    if not set(blind) <= set(HIDDEN):
        return None
    started, at, version = map(int, numbers)
    # A class that still has the last picture is told that there is another.
    there = Now(at=at, blind=Blind(**dict.fromkeys(blind, True)), version=version + 1)
    return Again(form.get("case", ""), started, there)
