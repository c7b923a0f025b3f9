"""The signs that follow the words of a row: inferred, converted, disputed, sources disagree."""

from __future__ import annotations

from casecurves.figure.spec import Bar, Chip, Entry, Mark

# What was found at a visit and began before has a tail so long, in millimetres; a course or state, such an arrow too.
TAIL = 4.0
ARROW = 1.9
# What can be shown in another unit than it is written in.
_CONVERTED = (Mark, Entry)


def signs(item: Mark | Bar | Chip | Entry) -> str:
    """Return the signs after the words of a row, the same wherever it is written; ``""`` for most."""
    doubtful = not isinstance(item, Chip) and item.disputed
    other_unit = isinstance(item, _CONVERTED) and bool(item.converted)
    if item.basis != "derived" and not item.flags and not doubtful and not other_unit:
        return ""
    derived = " *" if item.basis == "derived" else ""
    converted = " ‡" if other_unit else ""
    disputed = " (?)" if doubtful else ""
    return derived + converted + disputed + "".join(f" ≠{flag}" for flag in item.flags)


def signed(item: Mark | Bar | Entry, words: str) -> str:
    """Return words with the signs of their row."""
    return (words + signs(item)).strip()
