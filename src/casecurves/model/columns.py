"""What one column of a table is, and the columns that every table has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from casecurves.model.cells import Id, Text, choice

Basis = Literal["reported", "digitised", "derived", "illustrative"]
Status = Literal["used", "disputed"]
Presence = Literal["present", "absent"]
Holds = Literal["", "at", "from", "over"]
Course = Literal["", "continuous", "tapering", "intermittent"]
YesNo = Literal["", "yes"]
Route = Literal["", "oral", "intravenous", "subcutaneous", "intramuscular", "topical", "inhaled", "other"]
EventKind = Literal[
    "symptom",
    "diagnosis",
    "biopsy",
    "imaging",
    "procedure",
    "admission",
    "flare",
    "relapse",
    "remission",
    "complication",
    "infection",
    "adverse_event",
    "decision",
    "pregnancy",
    "dialysis",
    "transplant",
    "last_follow_up",
    "death",
    "other",
]
CellType = Literal["id", "ref", "text", "number", "count", "value", "time", "end", "interval", "choice"]


@dataclass(frozen=True)
class Column:
    """What one column is.

    Attributes
    ----------
    name : str
        Header in the file.
    type : str
        How a cell is read.
    en, fr : str
        Meaning, in English and French.
    header_fr : str
        French header, accepted on input.
    empty_en, empty_fr : str
        What an empty cell means; ``""`` when a cell must not be empty.
    choices : tuple of str
        The closed vocabulary of a ``choice``.
    example : str
        An example cell.
    table : str
        For a ``ref``: the table the id belongs to.
    """

    name: str
    type: CellType
    en: str
    fr: str
    header_fr: str
    empty_en: str = ""
    empty_fr: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    table: str = ""

    @property
    def required(self) -> bool:
        """True when a cell must not be empty."""
        return not self.empty_en

    def meaning(self, lang: str) -> str:
        """Return the meaning in a language."""
        return self.fr if lang == "fr" else self.en

    def empty(self, lang: str) -> str:
        """Return what an empty cell means, in a language."""
        return self.empty_fr if lang == "fr" else self.empty_en


def column(
    type_: CellType,
    header_fr: str,
    en: str,
    fr: str,
    *,
    empty: tuple[str, str] | None = None,
    choices: tuple[str, ...] = (),
    example: str = "",
    table: str = "",
) -> Any:  # noqa: ANN401 - what pydantic's Field returns
    """Return the field of a column; ``empty`` says what an empty cell means, and without it none may be.

    The other arguments are those of `Column`.
    """
    spec: dict[str, Any] = {
        "type": type_,
        "header_fr": header_fr,
        "en": en,
        "fr": fr,
        "empty_en": empty[0] if empty else "",
        "empty_fr": empty[1] if empty else "",
        "choices": choices,
        "example": example,
        "table": table,
    }
    if empty is None:
        return Field(json_schema_extra={"column": spec})
    # The reader of a cell also reads the default, so that a missing column is a column of empty cells.
    return Field(default="", validate_default=True, json_schema_extra={"column": spec})


NONE = ("none", "aucun")
UNKNOWN = ("not known", "inconnu")
NOT_STATED = ("not stated", "non précisé")


class Row(BaseModel):
    """What every row carries: an id, where it comes from and how sure it is."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, hide_input_in_errors=True)

    line: int = Field(default=0, exclude=True)
    id: Id = column(
        "id",
        "identifiant",
        "Name of the row, unique in the case",
        "Nom de la ligne, unique dans le cas",
        example="dupilumab",
    )
    basis: Annotated[Basis, BeforeValidator(choice(get_args(Basis), "reported"))] = column(
        "choice",
        "fondement",
        "Who states it: a source, a reading off a figure, an inference made here, or nobody (to teach)",
        "Qui l'affirme : une source, une lecture sur figure, une déduction, ou personne (pour enseigner)",
        empty=("reported", "reported"),
        choices=get_args(Basis),
        example="reported",
    )
    source: Text = column(
        "text",
        "source",
        "Key of a source in case.toml",
        "Clé d'une source de case.toml",
        empty=NOT_STATED,
        example="gem",
    )
    locator: Text = column(
        "text",
        "emplacement",
        "Where in the source: section, figure, table, in English",
        "Où dans la source : section, figure, tableau, en anglais",
        empty=NOT_STATED,
        example="Figure 1",
    )
    locator_fr: Text = column(
        "text",
        "emplacement_fr",
        "The same in French",
        "Le même, en français",
        empty=("as the English one", "comme en anglais"),
    )
    status: Annotated[Status, BeforeValidator(choice(get_args(Status), "used"))] = column(
        "choice",
        "statut",
        "used, or disputed: shown but never a constraint",
        "used (retenu) ou disputed (contesté) : montré, jamais contraignant",
        empty=("used", "used"),
        choices=get_args(Status),
    )
    note: Text = column("text", "note", "A remark, in English", "Une remarque, en anglais", empty=NONE)
    note_fr: Text = column("text", "note_fr", "The remark in French", "La remarque, en français", empty=NONE)
