"""The data dictionary: every table and every column, declared once.

Validation, the documentation table, the spreadsheet template and the test data all come from here.
A row is a frozen pydantic model whose fields are the columns; ``line`` says where it stands in its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ValidationInfo, field_validator

from casecurves.model.cells import Count, Dose, End, Interval, Name, Number, Text, Time, Value, choice, fault
from casecurves.model.columns import (
    NONE,
    NOT_STATED,
    UNKNOWN,
    Column,
    Course,
    EventKind,
    Holds,
    Presence,
    Route,
    Row,
    YesNo,
    column,
)
from casecurves.model.trials import Arm, Comparison, Outcome

__all__ = [
    "REQUIRED_TABLES",
    "TABLES",
    "Arm",
    "Comparison",
    "DatedDose",
    "Event",
    "Measurement",
    "Outcome",
    "Row",
    "Table",
    "Therapy",
    "columns",
    "table_of",
]


class Therapy(Row):
    """One course of a drug."""

    drug: Name = column(
        "text",
        "medicament",
        "The drug, by its international name where there is one",
        "Le médicament, par sa dénomination commune internationale s'il en a une",
        example="dupilumab",
    )
    dose: Dose = column(
        "number", "dose", "Dose of one administration", "Dose d'une administration", empty=NOT_STATED, example="300"
    )
    dose_unit: Text = column(
        "text", "unite_dose", "Unit of the dose", "Unité de la dose", empty=NOT_STATED, example="mg"
    )
    frequency: Text = column(
        "text",
        "frequence",
        "How often, in English; /d, 2x/day, q2w and the like are understood",
        "À quel rythme, en anglais ; /d, 2x/day, q2w et semblables sont compris",
        empty=NOT_STATED,
        example="twice daily",
    )
    frequency_fr: Text = column(
        "text",
        "frequence_fr",
        "How often, in French; /j, 2x/jour, x3/sem and the like are understood",
        "À quel rythme, en français ; /j, 2x/jour, x3/sem et semblables sont compris",
        empty=("as the English one", "comme en anglais"),
    )
    route: Annotated[Route, BeforeValidator(choice(get_args(Route)))] = column(
        "choice", "voie", "Route", "Voie d'administration", empty=NOT_STATED, choices=get_args(Route)[1:]
    )
    doses: Count = column(
        "count",
        "nombre",
        "How many administrations",
        "Nombre d'administrations",
        empty=NOT_STATED,
        example="6",
    )
    every: Interval = column(
        "interval",
        "intervalle",
        "Interval between them",
        "Intervalle entre elles",
        empty=NOT_STATED,
        example="M1",
    )
    course: Annotated[Course, BeforeValidator(choice(get_args(Course)))] = column(
        "choice",
        "deroulement",
        "continuous; tapering (stepped down, says the source); intermittent (single administrations)",
        "continuous (continu) ; tapering (décroissance annoncée) ; intermittent (administrations isolées)",
        empty=NOT_STATED,
        choices=get_args(Course)[1:],
    )
    start: Time = column("time", "debut", "When it started", "Début", empty=UNKNOWN, example="D0")
    end: End = column(
        "end",
        "fin",
        "When it ended, or: ongoing",
        "Fin, ou : ongoing (en cours)",
        empty=UNKNOWN,
        example="ongoing",
    )
    regimen: Text = column(
        "text",
        "protocole",
        "Name shared by drugs given together, in English",
        "Nom commun des médicaments associés, en anglais",
        empty=NONE,
    )
    regimen_fr: Text = column(
        "text",
        "protocole_fr",
        "The same in French",
        "Le même, en français",
        empty=("as the English one", "comme en anglais"),
    )
    reason_started: Text = column(
        "text", "motif_debut", "Why it was started", "Motif d'instauration, en anglais", empty=NOT_STATED
    )
    reason_started_fr: Text = column(
        "text", "motif_debut_fr", "The same in French", "Le même, en français", empty=NOT_STATED
    )
    reason_stopped: Text = column(
        "text", "motif_arret", "Why it was stopped", "Motif d'arrêt, en anglais", empty=NOT_STATED
    )
    reason_stopped_fr: Text = column(
        "text", "motif_arret_fr", "The same in French", "Le même, en français", empty=NOT_STATED
    )
    response: Text = column(
        "text", "reponse", "What followed, as stated", "Réponse décrite, en anglais", empty=NOT_STATED
    )
    response_fr: Text = column("text", "reponse_fr", "The same in French", "La même, en français", empty=NOT_STATED)

    @property
    def by_administration(self) -> bool:
        """Whether it consists of single administrations, so that its dose is that of one and holds on no other day."""
        return self.course == "intermittent" or self.doses is not None or bool(self.every)


class DatedDose(Row):
    """A dose of a course at a stated moment."""

    therapy: Name = column(
        "ref",
        "traitement",
        "The course it belongs to",
        "Le traitement concerné",
        example="prednisone",
        table="therapies",
    )
    dose: Dose = column("number", "dose", "The dose", "La dose", empty=NOT_STATED, example="30")
    dose_unit: Text = column("text", "unite_dose", "Its unit", "Son unité", empty=NOT_STATED, example="mg/d")
    frequency: Text = column(
        "text", "frequence", "How often, in English", "À quel rythme, en anglais", empty=NOT_STATED
    )
    frequency_fr: Text = column(
        "text", "frequence_fr", "How often, in French", "À quel rythme, en français", empty=NOT_STATED
    )
    time: Time = column(
        "time", "date", "When the dose is stated", "Quand la dose est donnée", empty=UNKNOWN, example="M5"
    )
    holds: Annotated[Holds, BeforeValidator(choice(get_args(Holds), "at"))] = column(
        "choice",
        "portee",
        "at: that moment only; from: until the next dated dose; over: throughout the stated time",
        "at : ce moment seul ; from : jusqu'à la dose suivante ; over : pendant toute la durée donnée",
        empty=("at", "at"),
        choices=get_args(Holds)[1:],
    )


class Measurement(Row):
    """One value."""

    analyte: Name = column("text", "parametre", "What was measured", "Ce qui a été mesuré", example="uPCR")
    assay: Text = column(
        "text", "technique", "How it was measured", "Technique de dosage", empty=NOT_STATED, example="ELISA"
    )
    assay_fr: Text = column(
        "text", "technique_fr", "How it was measured, in French", "Technique de dosage, en français", empty=NOT_STATED
    )
    value: Value = column(
        "value",
        "valeur",
        "The value as written: 3.8, <2, 1:320, 3/5, 30-40, positive, falls",
        "La valeur telle qu'écrite : 3,8 ; <2 ; 1:320 ; 3/5 ; 30-40 ; positive ; falls",
        example="<2",
    )
    unit: Text = column("text", "unite", "Unit as written", "Unité telle qu'écrite", empty=NONE, example="g/L")
    ref_low: Number = column(
        "number", "norme_basse", "Lower limit of normal", "Limite basse de la normale", empty=NOT_STATED
    )
    ref_high: Number = column(
        "number", "norme_haute", "Upper limit of normal", "Limite haute de la normale", empty=NOT_STATED
    )
    reading_error: Dose = column(
        "number",
        "erreur_lecture",
        "For a digitised value: plus or minus this much",
        "Pour une valeur lue sur figure : à plus ou moins tant",
        empty=NONE,
    )
    time: Time = column("time", "date", "When", "Quand", empty=UNKNOWN, example="M5")

    @field_validator("ref_high")
    @classmethod
    def _above_low(cls, high: float | None, info: ValidationInfo) -> float | None:
        low = info.data.get("ref_low")
        if low is not None and high is not None and low > high:
            raise fault("range.low_above_high", low=f"{low:g}", high=f"{high:g}")
        return high


class Event(Row):
    """One event, or a state with an end."""

    kind: Annotated[EventKind, BeforeValidator(choice(get_args(EventKind), None))] = column(
        "choice",
        "nature",
        "What kind of event",
        "Nature de l'événement",
        choices=get_args(EventKind),
        example="flare",
    )
    label: Name = column("text", "libelle", "What to call it, in English", "Libellé, en anglais", example="skin flare")
    label_fr: Text = column(
        "text",
        "libelle_fr",
        "The same in French",
        "Libellé, en français",
        empty=("the English label", "le libellé anglais"),
    )
    time: Time = column(
        "time",
        "date",
        "When; '..M5' for a state found at M5 that began some time before",
        "Quand ; « ..M5 » pour un état constaté à M5 et apparu avant",
        empty=UNKNOWN,
        example="M5",
    )
    end: End = column(
        "end",
        "fin",
        "For a state: when it ended, or: ongoing",
        "Pour un état : sa fin, ou : ongoing",
        empty=("a moment", "un moment"),
    )
    presence: Annotated[Presence, BeforeValidator(choice(get_args(Presence), "present"))] = column(
        "choice",
        "presence",
        "present, or absent: looked for and not found",
        "present, ou absent : recherché et non trouvé",
        empty=("present", "present"),
        choices=get_args(Presence),
    )
    grade: Text = column("text", "grade", "Grade or severity as stated", "Grade ou gravité indiqués", empty=NOT_STATED)
    grade_fr: Text = column(
        "text",
        "grade_fr",
        "The same in French",
        "Le même, en français",
        empty=("as the English one", "comme en anglais"),
    )
    related_therapy: Text = column(
        "ref",
        "traitement_lie",
        "The course it is linked to",
        "Le traitement concerné",
        empty=NONE,
        table="therapies",
    )
    post_mortem: Annotated[YesNo, BeforeValidator(choice(get_args(YesNo)))] = column(
        "choice",
        "post_mortem",
        "yes when found after death",
        "yes si constaté après le décès",
        empty=("no", "non"),
        choices=("yes",),
    )


Table = Literal["therapies", "doses", "measurements", "events", "outcomes", "arms", "comparisons"]
TABLES: Mapping[Table, type[Row]] = {
    "therapies": Therapy,
    "doses": DatedDose,
    "measurements": Measurement,
    "events": Event,
    "outcomes": Outcome,
    "arms": Arm,
    "comparisons": Comparison,
}
# Tables that a case of a kind must bring; all others may be left out.
REQUIRED_TABLES: Mapping[str, tuple[Table, ...]] = {
    "patient": ("therapies", "measurements", "events"),
    "group": ("outcomes",),
    "trial": ("arms", "outcomes"),
}
_COMMON = ("basis", "source", "locator", "locator_fr", "status", "note", "note_fr")


def table_of(row: Row) -> Table:
    """Return the table a row belongs to."""
    return next(name for name, model in TABLES.items() if isinstance(row, model))


def columns(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table in the order of its file: id, its own columns, what every row carries."""
    fields = TABLES[table].model_fields
    own = [name for name in fields if name not in (*_COMMON, "id", "line")]
    return tuple(_column(name, fields[name].json_schema_extra) for name in ("id", *own, *_COMMON))


def _column(name: str, extra: Any) -> Column:  # noqa: ANN401 - pydantic types it as a dict or a callable
    return Column(name=name, **extra["column"])
