"""How the small classes that a figure is made of are made: values that nobody changes.

The type checker holds that, over all of our code. At run time the guard of a frozen dataclass would take three quarters
of the time in which a mark is made, and a figure is hundreds of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as immutable
else:
    import dataclasses
    from collections.abc import Callable

    def immutable(*, frozen: bool) -> Callable[[type], type]:
        """Return the decorator of a dataclass with equality and hash of a frozen one."""
        return dataclasses.dataclass(unsafe_hash=frozen)


__all__ = ["immutable"]
