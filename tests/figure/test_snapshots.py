"""Two specs as they were reviewed; after a change that is meant, REWRITE_SNAPSHOTS=1 writes them anew."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from figure.build import SHIPPED

from casecurves.figure.compile import compile

FOLDER = Path(__file__).parent / "snapshots"
CASES = ["mn-dupilumab-1", "dm-mda5-ruxolitinib"]
REWRITE = "REWRITE_SNAPSHOTS"


def lean(node: Any) -> Any:
    """Return a spec without hovers, revision and what is empty, its numbers rounded to a hundredth of a day."""
    if isinstance(node, dict):
        kept = {key: lean(child) for key, child in node.items() if key not in ("hover", "revision")}
        return {key: child for key, child in kept.items() if not _empty(child)}
    if isinstance(node, list | tuple):
        return [lean(child) for child in node]
    return round(node, 2) if isinstance(node, float) else node


def _empty(child: Any) -> bool:
    # 0.0 == False, and day 0 is a day.
    return child is None or child is False or child in ("", [], "reported")


def written(case_id: str) -> str:
    return json.dumps(lean(compile(SHIPPED[case_id]).to_json()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@pytest.mark.parametrize("case_id", CASES)
def test_the_spec_is_the_one_that_was_reviewed(case_id):
    path = FOLDER / f"{case_id}.json"
    text = written(case_id)
    if os.environ.get(REWRITE):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"see the diff; {REWRITE}=1 writes it anew"


@pytest.mark.parametrize("case_id", CASES)
def test_a_snapshot_can_be_read(case_id):
    assert (FOLDER / f"{case_id}.json").stat().st_size < 40_000


def test_a_day_is_not_lost_by_rounding_and_zero_is_kept():
    assert lean({"x": 0.0, "y": 12.3456, "z": None, "hover": ["a"]}) == {"x": 0.0, "y": 12.35}
