"""A comparison as plain JSON values: who is counted from where, and who is not compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casecurves.analysis.times import possible_days
from casecurves.figure.compare.notes import left_out
from casecurves.figure.compare.options import CompareOptions
from casecurves.figure.compare.patients import Cohort, Subject, gather
from casecurves.model.chronology import Chronology


def comparison_json(subjects: Sequence[Subject], options: CompareOptions) -> dict[str, Any]:
    """Return a comparison as plain JSON values.

    Parameters
    ----------
    subjects : sequence of Subject
        The cases.
    options : CompareOptions
        From which moment, in which order.

    Returns
    -------
    dict
        ``zero`` (what day zero is called), ``sort``, ``patients`` and ``not_compared``, which together name every case.
        Of a patient ``case``, ``name``, ``row`` (whose start is day zero), ``choices`` (all rows that could be),
        ``first_known``, ``scaled`` (false: from there only an order is known), ``illustrative``, and the first and last
        possible day of ``follow_up`` and of every course and event (``days``); ``None`` where no day bounds it. Of
        another ``case``, ``name`` and ``reason``.
    """
    return cohort_json(gather(subjects, options), options)


def cohort_json(cohort: Cohort, options: CompareOptions) -> dict[str, Any]:
    """Return patients on one axis as plain JSON values, as `comparison_json`."""
    patients = []
    for one in cohort.patients:
        known = one.aligned.chronology
        points = [row.id for row in (*one.case.therapies, *one.case.events)]
        points += [f"{row.id}.end" for row in one.case.therapies]
        patients.append(
            {
                "case": one.case.id,
                "name": one.name,
                "row": one.aligned.row,
                "choices": list(one.aligned.choices),
                "first_known": one.aligned.first_known,
                "scaled": one.aligned.scaled,
                "illustrative": one.case.illustrative,
                "follow_up": _days(known, "last_follow_up"),
                "days": {point: _days(known, point) for point in points},
            }
        )
    hidden = [{"case": one.row, "name": one.text, "reason": one.reason} for one in left_out(cohort, options)]
    return {"zero": cohort.axis.zero_label, "sort": options.sort, "patients": patients, "not_compared": hidden}


def _days(known: Chronology, point: str) -> dict[str, int | None]:
    earliest, latest = possible_days(known, point)
    return {"earliest": earliest, "latest": latest}
