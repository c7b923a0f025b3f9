"""What is asked of a request, whatever is served."""

from __future__ import annotations

from flask import abort, request

from casecurves.model.case import Case
from casecurves_dashboard.lesson_page import told
from casecurves_dashboard.library import Library
from casecurves_dashboard.state import ViewState, from_query, spoken


def patient(library: Library, case_id: str) -> Case:
    """Return the course of a patient; there is no lesson with anything else."""
    case, _ = library.shelf(case_id).cases.get(case_id, (None, None))
    if case is None or case.header.kind != "patient":
        abort(told("teach.nobody", asked(), 404))
    return case


def files_of(library: Library, case_id: str) -> dict[str, bytes]:
    """Return the files of a case of this browser's own; none for any other."""
    own = library.owned(case_id)
    return {} if own is None else dict(own.received.files)


def asked() -> ViewState:
    """Return language and theme that the address asks for."""
    return from_query(query(), spoken())[0]


def query() -> str:
    """Return the query part of the address."""
    return request.query_string.decode("ascii", "replace")


def screened(query: str) -> tuple[str, bool]:
    """Return what the address of a picture asks besides the screen that it is for, and whether that is narrow."""
    parts = query.split("&")
    kept = (part for part in parts if part != "narrow=1" and not part.startswith("wide="))
    return "&".join(kept), "narrow=1" in parts


def same_site() -> None:
    """Refuse what the page of another site sends."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
