"""Names compared as people write them: case, accents and punctuation do not count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files
from typing import Any


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def table(name: str) -> dict[str, Any]:
    """Return one of the tables of this package."""
    return tomllib.loads((files("casecurves.knowledge") / name).read_text(encoding="utf-8"))
