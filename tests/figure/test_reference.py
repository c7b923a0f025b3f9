"""The picture of the README is what the product draws."""

from __future__ import annotations

import os
from pathlib import Path

import casecurves

PICTURE = Path(__file__).parents[1] / "reference" / "dm-mda5-ruxolitinib.svg"


def test_the_picture_of_the_readme_is_up_to_date() -> None:
    """With CASECURVES_REWRITE=1 the picture is made anew instead."""
    drawn = casecurves.render(casecurves.compile(casecurves.load(PICTURE.stem)), "svg")
    if os.environ.get("CASECURVES_REWRITE"):
        PICTURE.write_bytes(drawn)
    same = PICTURE.read_bytes() == drawn
    assert same, "run the tests once with CASECURVES_REWRITE=1 and look at the picture"
