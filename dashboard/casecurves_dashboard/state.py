"""What a reader sees, as the address says it.

``/case/<id>?lang=fr&theme=dark&zero=dupilumab&unit=months&show=upcr,albumin&tab=tables`` is a whole view: it can be
bookmarked and sent. Nothing else holds any state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args
from urllib.parse import quote, unquote_plus

from flask import request
from pydantic import BaseModel, ConfigDict, FiniteFloat, model_validator

from casecurves.errors import UsageError
from casecurves.figure.options import Age, Dates, DoseView, Options, Order, Support, Unit, View
from casecurves.figure.page import PageOptions
from casecurves.words import LANGS, Lang, say
from casecurves_dashboard import sheet

ScreenTheme = Literal["light", "dark"]
Absent = Literal["shown", "hidden"]
# An empty word cannot be picked: "none" takes an agent that is not named to be nothing in particular.
Assume = Literal["none", "prednisone", "prednisolone", "methylprednisolone"]
AxisState = Literal["folded", "whole"]
Invented = Literal["kept_out", "assessed"]
Tab = Literal["figure", "tables", "issues", "care", "export"]
TABS: tuple[Tab, ...] = get_args(Tab)
UNITS: tuple[Unit, ...] = get_args(Unit)
ORDERS: tuple[Order, ...] = get_args(Order)
SUPPORTS: tuple[Support, ...] = get_args(Support)
ABSENCES: tuple[Absent, ...] = get_args(Absent)
DOSES: tuple[DoseView, ...] = get_args(DoseView)
ASSUMED: tuple[Assume, ...] = get_args(Assume)
VIEWS: tuple[View, ...] = get_args(View)
INVENTED: tuple[Invented, ...] = get_args(Invented)

# Addresses longer than this are not ours; browsers and proxies cut them anyway.
LONGEST_QUERY = 4000
CHOICES: dict[str, tuple[str, ...]] = {
    "lang": LANGS,
    "theme": get_args(ScreenTheme),
    "unit": UNITS,
    "order": ORDERS,
    "support": SUPPORTS,
    "absent": ABSENCES,
    "dose": DOSES,
    "assume": ASSUMED,
    "view": VIEWS,
    "axis": get_args(AxisState),
    "invented": INVENTED,
    "tab": TABS,
    "in": LANGS,
    "age": get_args(Age),
    "dates": get_args(Dates),
}
# What an address says of a view in one word each, in this order.
_WORDS = (
    *("theme", "zero", "unit", "order", "support", "absent", "dose", "assume", "view", "invented", "axis", "tab"),
    *("sort", "age", "dates"),
)
CASE_PATH = "/case/"
HOWTO_PATH = "/how-to-read"
KNOWLEDGE_PATH = "/knowledge"
DIAGRAM_PATH = "/diagram/"
DOCUMENTS_PATH = "/documents"
COMPARE_PATH = "/compare"
TEACH_PATH = "/teach/"
PRESENT_PATH = "/present/"
_WINDOW = ("from", "to")
# Day zero as the case has it: a select cannot hold an empty value, and no row has this id, for ids begin with a letter.
OWN_ZERO = "-"
# A life has fewer days.
_DAY = re.compile(r"-?[0-9]{1,5}")
_DAY_OR_PART = re.compile(r"-?[0-9]{1,5}(\.[0-9]{1,2})?")
_STEP = re.compile(r"[1-5]")
_FOLD = re.compile(r"[1-9][0-9]?")


class ViewState(BaseModel):
    """A view: language, theme, and how the figure is drawn.

    Attributes
    ----------
    lang : {"en", "fr"}
        Language.
    theme : {"light", "dark"}
        Colours of the page.
    zero : str
        Id of the row that is day zero; ``""`` is the case's own.
    unit : {"auto", "days", "weeks", "months", "years"}
        Unit of the time axis.
    show : tuple of str or None
        Keys of the biomarkers shown; ``None`` shows all, an empty tuple none.
    order : {"start", "class", "name"}
        Order of the lanes.
    support : {"shown", "folded"}
        Whether supportive care shares one lane.
    absent : {"shown", "hidden"}
        Whether what was looked for and not found is shown.
    dose : {"stated", "prednisone"}
        Doses of glucocorticoids as stated, or in prednisone.
    assume : {"none", "prednisone", "prednisolone", "methylprednisolone"}
        What an agent that is not named is taken to be.
    view : {"stacked", "overlay"}
        Biomarkers one below the other, or over one another.
    axis : {"folded", "whole"}
        Whether long stretches of the axis without change are folded.
    open : tuple of int
        Numbers of those that stay open.
    window : (float, float) or None
        First and last day shown, counted from day zero (``from`` and ``to``); ``None`` shows all.
    units : tuple of str
        Biomarkers and the unit that each is shown in, as ``key:unit``.
    rules : tuple of str
        Keys of the rules whose status is drawn.
    invented : {"kept_out", "assessed"}
        Whether rules assess illustrative values, too.
    tab : {"figure", "tables", "issues", "care", "export"}
        What of the case is shown.
    sheet : PageOptions
        The page on which the figure is saved.
    export_lang : {"", "en", "fr"}
        Language of the saved figure; ``""`` is that of the view.
    age : {"exact", "band"}
        Ages in years, or in tens of years.
    dates : {"shown", "hidden"}
        Whether calendar dates are written.
    sort : str
        Order of a table, as `casecurves.figure.tables.tables` takes it; ``""`` is that of the file.
    row : str
        Id of the row that is told in full; ``""`` is none.
    node : str
        Key of a node of a diagram, or a drug, that stands out in it; ``""`` is none.
    moment : int or None
        Day, from the day zero shown, of which it is told what held; ``at`` in the address.
    tour : int
        Step of the tour, from 1; 0 is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Lang = "en"
    theme: ScreenTheme = "light"
    zero: str = ""
    unit: Unit = "auto"
    show: tuple[str, ...] | None = None
    order: Order = "start"
    support: Support = "shown"
    absent: Absent = "shown"
    dose: DoseView = "stated"
    assume: Assume = "none"
    view: View = "stacked"
    axis: AxisState = "folded"
    open: tuple[int, ...] = ()
    window: tuple[FiniteFloat, FiniteFloat] | None = None
    units: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    invented: Invented = "kept_out"
    tab: Tab = "figure"
    sheet: PageOptions = PageOptions()
    export_lang: Literal["", "en", "fr"] = ""
    age: Age = "exact"
    dates: Dates = "shown"
    sort: str = ""
    row: str = ""
    node: str = ""
    moment: int | None = None
    tour: int = 0

    @model_validator(mode="before")
    @classmethod
    def _said_once(cls, given: Any) -> Any:  # noqa: ANN401 - whatever pydantic is given
        """Take a language of the figure that is that of the view for none of its own: a plain form sends both."""
        if isinstance(given, dict) and given.get("export_lang") == given.get("lang", "en"):
            return {**given, "export_lang": ""}
        return given

    def changed(self, **fields: object) -> Self:
        """Return the view with some fields replaced."""
        return self.model_validate({**dict(self), **fields})

    def to_query(self) -> str:
        """Return the one way in which an address says this view.

        The language is always there: without it the reader's browser chooses. Of the rest, what is as usual is left
        out.
        """
        usual = ViewState(lang=self.lang)
        parts = [f"lang={self.lang}"]
        for name in _WORDS:
            value = getattr(self, name)
            if value != getattr(usual, name):
                parts.append(f"{name}={quote(value, safe='')}")
        if self.show is not None:
            # The comma between keys stays readable; one inside a key is encoded.
            parts.append("show=" + ",".join(quote(key, safe="") for key in self.show))
        if self.open:
            parts.append("open=" + ",".join(map(str, self.open)))
        if self.window is not None:
            parts += [f"{name}={round(day, 2):.10g}" for name, day in zip(_WINDOW, self.window, strict=True)]
        if self.units:
            parts.append("units=" + ",".join(quote(pair, safe="") for pair in self.units))
        if self.rules:
            parts.append("rules=" + ",".join(quote(key, safe="") for key in self.rules))
        parts += [f"in={self.export_lang}"] if self.export_lang else []
        parts += [f"{name}={value}" for name, value in sheet.pairs(self.sheet)]
        # Last, where explore.js puts them too.
        parts += [f"{name}={quote(getattr(self, name), safe='')}" for name in ("row", "node") if getattr(self, name)]
        parts += [f"at={self.moment}"] if self.moment is not None else []
        parts += [f"tour={self.tour}"] if self.tour else []
        return "?" + "&".join(parts)

    def options(self) -> Options:
        """Return what the figure must know of the view."""
        return Options(
            lang=self.lang,
            unit=self.unit,
            zero=self.zero,
            analytes=self.show,
            order=self.order,
            support=self.support,
            absent=self.absent == "shown",
            dose=self.dose,
            assume="" if self.assume == "none" else self.assume,
            view=self.view,
            fold=self.axis == "folded",
            opened=self.open,
            window=self.window,
            units=self.wanted,
            rules=self.rules,
            illustrative=self.invented == "assessed",
            age=self.age,
            dates=self.dates,
        )

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """The units that analytes are shown in, as pairs of key and unit; what is no pair is left out."""
        pairs_ = (text.partition(":") for text in self.units)
        return tuple((key, unit) for key, _, unit in pairs_ if key and unit)

    def resized(self, width_mm: float) -> ViewState:
        """Return the view with another width of the saved figure."""
        return self.changed(sheet=PageOptions(**{**self.sheet.model_dump(), "width_mm": width_mm}))

    def at(self, path: str) -> str:
        """Return an address inside the dashboard that keeps the view."""
        return path + self.to_query()

    def drawn(self) -> ViewState:
        """Return the view as it is drawn: what is told beside it, a row, a moment or a tour, changes no figure."""
        return self.changed(row="", moment=None, tour=0)

    def elsewhere(self, path: str) -> str:
        """Return an address of another page: language and theme go along, the rest belonged to this one."""
        return ViewState(lang=self.lang, theme=self.theme).at(path)


@dataclass(frozen=True)
class Unknown:
    """Something in an address that means nothing here; ``why`` says what would, in the language of the view."""

    name: str
    value: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """What would mean something here, as a sentence; ``""`` where that is plain."""
        return f"{self.why[:1].upper()}{self.why[1:]}." if self.why else ""


def from_query(search: object, lang: str = "en") -> tuple[ViewState, tuple[Unknown, ...]]:
    """Read a view from the query part of an address.

    Parameters
    ----------
    search : object
        The query, with or without its question mark. It may be anything: whoever sends a link wrote it.
    lang : str
        Language when the address names none.

    Returns
    -------
    ViewState
        The view; what cannot be read is as usual.
    tuple of Unknown
        What could not be read.
    """
    fields: dict[str, Any] = {"lang": lang if lang in LANGS else "en"}
    unknown: list[Unknown] = []
    page: dict[str, str] = {}
    window: dict[str, str] = {}
    for name, raw in pairs(search):
        value = decoded(raw)
        if name in ("show", "rules", "units"):
            # A form without scripts names the field once for each box that is ticked.
            keys = (decoded(key) for key in raw.split(",") if key)
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *keys)))
        elif name in ("zero", "sort", "row", "node"):
            fields[name] = "" if name == "zero" and value == OWN_ZERO else value
        elif name == "at" and _DAY.fullmatch(value):
            fields["moment"] = int(value)
        elif name == "tour" and _STEP.fullmatch(value):
            fields["tour"] = int(value)
        elif name in _WINDOW:
            window[name] = value
        elif name == "open" and all(map(_FOLD.fullmatch, value.split(","))):
            fields["open"] = tuple(sorted({int(number) for number in value.split(",")}))
        elif name in sheet.NAMES and _readable({**page, name: value}):
            page[name] = value
        elif value in CHOICES.get(name, ()):
            fields["export_lang" if name == "in" else name] = value
        else:
            unknown.append(Unknown(name, value))
    fields["window"] = _window(window)
    unknown += _unread(window, fields["lang"]) if fields["window"] is None else []
    return ViewState(**fields, sheet=sheet.read(page, "en")), tuple(unknown)


def _window(given: dict[str, str]) -> tuple[float, float] | None:
    """Return a stretch of days that two ends say; ``None`` when they say none."""
    if set(given) != set(_WINDOW) or not all(map(_DAY_OR_PART.fullmatch, given.values())):
        return None
    first, last = (float(given[name]) for name in _WINDOW)
    return (first, last) if first < last else None


def _unread(given: dict[str, str], lang: str) -> list[Unknown]:
    return [Unknown(name, value, say("window.error.address", lang)) for name, value in given.items()]


def _readable(page: dict[str, str]) -> bool:
    try:
        sheet.read(page, "en")
    except UsageError:
        return False
    return True


def pairs(search: object) -> Iterator[tuple[str, str]]:
    """Return the names and the still encoded values of the query part of an address, whoever wrote it."""
    text = search.removeprefix("?") if isinstance(search, str) else ""
    for part in text[:LONGEST_QUERY].split("&"):
        name, _, value = part.partition("=")
        if name:
            yield decoded(name), value


def decoded(raw: str) -> str:
    """Return a name or value of an address as it is meant; what is no text is shown as such."""
    return unquote_plus(raw, errors="replace")


def spoken() -> str:
    """Return the language that the browser behind the request at hand asks for."""
    return request.accept_languages.best_match(LANGS, default="en")


def case_of(path: object) -> str | None:
    """Return the id of the case that a path names; ``None`` when it names none."""
    if not isinstance(path, str) or not path.startswith(CASE_PATH):
        return None
    return unquote_plus(path.removeprefix(CASE_PATH), errors="replace") or None


def path_of(case_id: str) -> str:
    """Return the path of the page of a case."""
    return CASE_PATH + quote(case_id, safe="")
