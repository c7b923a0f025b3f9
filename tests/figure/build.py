"""Cases from a few rows, written as a person would write them in a table."""

import re
from collections.abc import Mapping, Sequence

from casecurves.io import read_library, shipped_cases
from casecurves.model.case import Case, Header
from casecurves.model.schema import TABLES

Rows = Sequence[Mapping[str, object]]

SHIPPED = {case_id: case for case_id, (case, _) in read_library(shipped_cases()).items() if case is not None}


def made(
    *,
    therapies: Rows = (),
    doses: Rows = (),
    measurements: Rows = (),
    events: Rows = (),
    outcomes: Rows = (),
    arms: Rows = (),
    comparisons: Rows = (),
    **header: object,
) -> Case:
    """Return a case; what a row does not say is as an empty cell would be."""
    tables = {"therapies": therapies, "doses": doses, "measurements": measurements, "events": events}
    tables |= {"outcomes": outcomes, "arms": arms, "comparisons": comparisons}
    rows = {name: tuple(TABLES[name](**row) for row in found) for name, found in tables.items()}
    return Case(id="made", header=Header(**{"title": "A made case", **header}), **rows)


def course(row_id: str, drug: str, start: str = "", end: str = "", **more: object) -> dict[str, object]:
    return {"id": row_id, "drug": drug, "start": start, "end": end, **more}


def value(row_id: str, written: str, time: str, analyte: str = "albumin", **more: object) -> dict[str, object]:
    return {"id": row_id, "analyte": analyte, "value": written, "time": time, **more}


def event(row_id: str, time: str, kind: str = "flare", **more: object) -> dict[str, object]:
    return {"id": row_id, "kind": kind, "label": row_id.replace("-", " "), "time": time, **more}


def dose(row_id: str, therapy: str, amount: float, time: str, **more: object) -> dict[str, object]:
    return {"id": row_id, "therapy": therapy, "dose": amount, "dose_unit": "mg/d", "time": time, **more}


def unspanned(html: str) -> str:
    """A page without the elements that keep names such as IFN-γ on one line."""
    plain = re.sub(r'<span class="whole">([^<]*)</span>', r"\1", html)
    return re.sub(r'<span class="named">([^<]*)</span>', r"\1", plain)
