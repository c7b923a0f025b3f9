"""The id of every component that a callback or a test speaks to; nothing else writes one."""

from __future__ import annotations

# The frame, on every page.
LOCATION = "location"
PROVIDER = "provider"
HEADER = "header"
MAIN = "main"
ASIDE = "aside"
FOOTER = "footer"
PROBLEM = "problem"
DOCUMENT = "document"

# On the library.
SEARCH = "search"

# Where a case of one's own is dropped.
UPLOAD = "upload"
UPLOAD_SAID = "upload-said"

# What a reader sets on the page of a case.
ZERO = "day-zero"
UNIT = "time-unit"
SHOW = "biomarkers"
ORDER = "lane-order"
SUPPORT = "supportive-care"
ABSENT = "absent-findings"
DOSE = "steroid-dose"
ASSUME = "assumed-steroid"
VIEW = "biomarker-view"
RULES = "rules"
INVENTED = "illustrative-values"
GRAPH = "figure"

# Where the caption is edited.
CAPTION = "caption-text"
# Where it is said why a page cannot be as it was asked for.
EXPORT_SAID = "export-said"
# Where pictures are chosen that stand below the figure.
PHOTOS = "own-pictures"
COMPARISON = "comparison"
# The form to which these belong where no script runs.
SETTINGS = "view-settings"
# The same for what the page is made for, which brings width, dots per inch and type with it.
PRESET_SETTINGS = "preset-settings"


def grid(table: str) -> str:
    """Return the id of the grid of a table."""
    return f"table-{table}"


def label(control: str) -> str:
    """Return the id of the label of a control."""
    return f"{control}-label"


def page_option(name: str) -> str:
    """Return the id of the control of an option of the printed page."""
    return f"page-{name.replace('_', '-')}"


def field(path: str) -> str:
    """Return the id of a field of the form in which a lesson is written: where its value stands in the lesson."""
    return path


def wrong(path: str) -> str:
    """Return the id of the place in which the faults of such a field are told."""
    return f"wrong-{path}"
