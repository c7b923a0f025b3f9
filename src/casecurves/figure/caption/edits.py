"""A caption that somebody has edited, made anew without losing what they wrote.

A caption file is made with a last line of digests, one for each sentence as it was made. A sentence whose digest is
still there was not touched, and follows the figure; one that was changed stays, and where the figure has changed there
too, what it says now is put beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from casecurves.words import say

# A sentence with the space after it, or the break between two paragraphs.
_SENTENCE = re.compile(r"\n\n\s*|\S.*?(?:(?<=[.;!?])(?=\s)|(?=\n\n)|\Z)(?:(?!\n\n)\s)*", re.DOTALL)
_FOOT = re.compile(r"\n+-- \ncasecurves caption 1:((?: [0-9a-f]{8})*)[^\S\n]*(?:\n|\Z)")

# Sentences b0 to b1 of what was made, e0 to e1 of what was edited, n0 to n1 of what is new.
_Stretch = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class Merged:
    """A caption made anew: its text, how many passages somebody wrote, and how many of these are out of date."""

    text: str
    kept: int
    outdated: int


def digests(text: str) -> tuple[str, ...]:
    """Return a digest of each sentence and break of a text; white space has no part in it."""
    return tuple(map(_digest, _SENTENCE.findall(text.strip())))


def caption_file(fresh: str, text: str = "") -> str:
    """Return what a caption file holds: the caption, or what somebody made of it, and the digests of the caption."""
    return f"{(text or fresh).rstrip()}\n\n-- \ncasecurves caption 1: {' '.join(digests(fresh))}\n"


def read_edited(file: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the text of a caption file and the digests of what was made; ``None`` for any other file."""
    plain = file.replace("\r\n", "\n")
    foot = _FOOT.search(plain)
    if foot is None:
        return None
    # What somebody wrote below the digests is text of theirs as well, a paragraph of its own.
    below = plain[foot.end() :].strip()
    text = f"{plain[: foot.start()].rstrip()}\n\n{below}\n" if below else plain[: foot.start()] + "\n"
    return text, tuple(foot[1].split())


def merge(made: Sequence[str], edited: str, fresh: str, lang: str) -> Merged:
    """Bring what somebody wrote into a caption that was made anew.

    Parameters
    ----------
    made : sequence of str
        Digests of the sentences from which the edited text was made.
    edited : str
        The text as it is now.
    fresh : str
        The caption as the figure has it now.
    lang : str
        Language of the remark beside what is out of date.

    Returns
    -------
    Merged
        Every sentence that somebody wrote is in it.
    """
    mine, new = _SENTENCE.findall(edited.strip()), _SENTENCE.findall(fresh.strip())
    mine_keys, new_keys = list(map(_digest, mine)), list(map(_digest, new))
    parts: list[str] = []
    kept = outdated = 0
    for b0, b1, e0, e1, n0, n1 in _stretches(list(made), mine_keys, new_keys):
        untouched, unchanged = mine_keys[e0:e1] == list(made[b0:b1]), new_keys[n0:n1] == list(made[b0:b1])
        if untouched or mine_keys[e0:e1] == new_keys[n0:n1]:
            parts += new[n0:n1]
            continue
        kept += 1
        if beside := _added(list(made[b0:b1]), mine_keys[e0:e1]):
            first, last = beside
            parts += [*mine[e0 : e0 + first], *new[n0:n1], *mine[e0 + last : e1]]
            continue
        outdated += not unchanged
        passage = "".join(mine[e0:e1])
        parts.append(passage if unchanged else _remarked(passage, "".join(new[n0:n1]), lang))
    return Merged(_run_on(parts).rstrip() + "\n", kept, outdated)


def _added(base: list[str], mine: list[str]) -> tuple[int, int] | None:
    """Return where in a passage somebody left untouched what was made, writing only before or behind it."""
    size = len(base)
    if size and mine[:size] == base:
        return 0, size
    return (len(mine) - size, len(mine)) if size and mine[-size:] == base else None


def _run_on(parts: Sequence[str]) -> str:
    """Join sentences; what was the last one of a text has no space after it."""
    text = ""
    for part in parts:
        text += part if not text or text[-1].isspace() or part[:1].isspace() else f" {part}"
    return text


def _remarked(passage: str, new: str, lang: str) -> str:
    """Return a passage with what the figure says now in its place."""
    said = " ".join(new.split())
    remark = say("caption.now", lang, text=said) if said else say("caption.now_nothing", lang)
    body = passage.rstrip()
    return f"{body} {remark}".lstrip() + (passage[len(body) :] or " ")


def _digest(sentence: str) -> str:
    return sha256(" ".join(sentence.split()).encode()).hexdigest()[:8]


def _stretches(base: list[str], mine: list[str], new: list[str]) -> Iterator[_Stretch]:
    """Return what lies between sentences that all three share, and these, in order: a merge of three texts."""
    shared = [*_shared(base, mine, new), (len(base), len(mine), len(new), 0)]
    b = e = n = 0
    for at_b, at_e, at_n, count in shared:
        if (at_b, at_e, at_n) != (b, e, n):
            yield b, at_b, e, at_e, n, at_n
        b, e, n = at_b + count, at_e + count, at_n + count
        if count:
            yield at_b, b, at_e, e, at_n, n


def _shared(base: list[str], mine: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Return where runs of sentences that all three share begin in each, and how long they are."""
    in_mine = _matches(base, mine)
    in_new = _matches(base, new)
    run: tuple[int, int, int, int] | None = None
    for at in sorted(in_mine.keys() & in_new.keys()):
        here = (at, in_mine[at], in_new[at])
        if run is not None and here == (run[0] + run[3], run[1] + run[3], run[2] + run[3]):
            run = (*run[:3], run[3] + 1)
            continue
        if run is not None:
            yield run
        run = (*here, 1)
    if run is not None:
        yield run


def _matches(base: list[str], other: list[str]) -> dict[int, int]:
    """Return for each sentence of the base that another text still has where it stands there."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {a + k: b + k for a, b, size in blocks for k in range(size)}
