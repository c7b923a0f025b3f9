"""The tables of groups and trials: arms, what was counted in each, and how arms compare."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, ValidationInfo, field_validator

from casecurves.model.cells import Count, MaybeValue, Name, Number, Text, Time, choice, fault
from casecurves.model.columns import NOT_STATED, UNKNOWN, Row, column
from casecurves.model.quantity import Quantity

Progress = Literal["", "completed", "ongoing"]
# What became of a patient's tumour, by the words that reports use; they add up to the patients of an arm.
Response = Literal["", "complete", "partial", "stable", "progression", "not_evaluated"]
Measure = Literal["relative_risk", "odds_ratio", "hazard_ratio", "risk_difference"]


class Arm(Row):
    """One arm of a trial, or one population of it."""

    label: Name = column("text", "libelle", "What to call it, in English", "Libellé, en anglais", example="vehicle")
    label_fr: Text = column(
        "text",
        "libelle_fr",
        "The same in French",
        "Le même, en français",
        empty=("the English label", "le libellé anglais"),
    )
    trial: Text = column(
        "text",
        "essai",
        "The trial it belongs to, where there are several",
        "L'essai dont il fait partie, s'il y en a plusieurs",
        empty=("the only one", "le seul"),
        example="TRuE-V1",
    )
    trial_fr: Text = column(
        "text",
        "essai_fr",
        "The same in French",
        "Le même, en français",
        empty=("the English name", "le nom anglais"),
    )
    phase: Text = column("text", "phase", "Phase of the trial", "Phase de l'essai", empty=NOT_STATED, example="III")
    progress: Annotated[Progress, BeforeValidator(choice(get_args(Progress)))] = column(
        "choice",
        "avancement",
        "Whether the trial had ended when the source was written",
        "Si l'essai était terminé quand la source a été écrite",
        empty=NOT_STATED,
        choices=get_args(Progress)[1:],
    )
    n: Count = column(
        "count",
        "effectif",
        "Number of patients",
        "Nombre de patients",
        empty=("not reported", "non rapporté"),
    )

    @field_validator("n")
    @classmethod
    def _somebody(cls, n: int | None) -> int | None:
        if n == 0:
            raise fault("arm.nobody")
        return n


class Outcome(Row):
    """A result of a group or an arm: so many of so many, or so many per cent as printed."""

    arm: Text = column(
        "ref",
        "bras",
        "The arm it belongs to",
        "Le bras concerné",
        empty=("the whole group", "tout le groupe"),
        table="arms",
    )
    label: Name = column(
        "text",
        "libelle",
        "What was counted, in English; the same words for the same endpoint",
        "Ce qui est compté, en anglais ; les mêmes mots pour le même critère",
        example="complete response",
    )
    label_fr: Text = column(
        "text",
        "libelle_fr",
        "The same in French",
        "Le même, en français",
        empty=("the English label", "le libellé anglais"),
    )
    response: Annotated[Response, BeforeValidator(choice(get_args(Response)))] = column(
        "choice",
        "reponse",
        "The response category that was counted, where the categories share out the patients of an arm",
        "La catégorie de réponse comptée, quand les catégories se partagent les patients d'un bras",
        empty=("no such category", "pas une telle catégorie"),
        choices=get_args(Response)[1:],
    )
    count: Count = column(
        "count", "effectif", "How many", "Combien", empty=("not reported", "non rapporté"), example="2"
    )
    of: Count = column(
        "count",
        "total",
        "Out of how many",
        "Sur combien",
        empty=("not reported", "non rapporté"),
        example="3",
    )
    percent: MaybeValue = column(
        "value",
        "pourcentage",
        "Per cent as printed, such as 51.2, ~30 or 30-40; never computed",
        "Pourcentage tel qu'imprimé, par exemple 51,2, ~30 ou 30-40 ; jamais calculé",
        empty=NOT_STATED,
        example="51.2",
    )
    ci_low: Number = column(
        "number",
        "ic_bas",
        "Lower limit of the confidence interval, per cent",
        "Borne inférieure de l'intervalle de confiance, en pourcentage",
        empty=NOT_STATED,
    )
    ci_high: Number = column(
        "number",
        "ic_haut",
        "Upper limit of the confidence interval, per cent",
        "Borne supérieure de l'intervalle de confiance, en pourcentage",
        empty=NOT_STATED,
        example="58.0",
    )
    ci_level: Number = column(
        "number",
        "ic_niveau",
        "Confidence level, per cent",
        "Niveau de confiance, en pourcentage",
        empty=NOT_STATED,
        example="95",
    )
    time: Time = column("time", "date", "When", "Quand", empty=UNKNOWN)

    @field_validator("of")
    @classmethod
    def _not_below_count(cls, of: int | None, info: ValidationInfo) -> int | None:
        count = info.data.get("count")
        if count is not None and of is not None and count > of:
            raise fault("count.above_total", count=count)
        return of

    @field_validator("percent")
    @classmethod
    def _share(cls, percent: Quantity | None) -> Quantity | None:
        if percent is None:
            return None
        if percent.kind not in ("number", "censored", "range"):
            raise fault("percent.no_number")
        numbers = [number for number in (percent.number, percent.low, percent.high) if number is not None]
        if min(numbers) < 0 or max(numbers) > 100:
            raise fault("percent.outside")
        return percent

    @field_validator("ci_high")
    @classmethod
    def _forwards(cls, high: float | None, info: ValidationInfo) -> float | None:
        return _not_backwards(high, info)


class Comparison(Row):
    """How two arms compare on one endpoint, as printed."""

    label: Name = column(
        "text",
        "libelle",
        "The endpoint, in the same words as in outcomes.csv",
        "Le critère, dans les mêmes mots que dans outcomes.csv",
        example="at least 50 % improvement (F-VASI50)",
    )
    label_fr: Text = column(
        "text",
        "libelle_fr",
        "The same in French",
        "Le même, en français",
        empty=("the English label", "le libellé anglais"),
    )
    arm: Name = column("ref", "bras", "The arm compared", "Le bras comparé", table="arms")
    versus: Name = column("ref", "contre", "With which arm", "À quel bras", table="arms")
    measure: Annotated[Measure, BeforeValidator(choice(get_args(Measure), None))] = column(
        "choice", "mesure", "What is given", "Ce qui est donné", choices=get_args(Measure)
    )
    estimate: Number = column("number", "estimation", "Its value", "Sa valeur", empty=NOT_STATED, example="3.0")
    ci_low: Number = column(
        "number",
        "ic_bas",
        "Lower limit of its confidence interval",
        "Borne inférieure de son intervalle de confiance",
        empty=NOT_STATED,
    )
    ci_high: Number = column(
        "number",
        "ic_haut",
        "Upper limit of its confidence interval",
        "Borne supérieure de son intervalle de confiance",
        empty=NOT_STATED,
        example="4.8",
    )
    ci_level: Number = column(
        "number",
        "ic_niveau",
        "Confidence level, per cent",
        "Niveau de confiance, en pourcentage",
        empty=NOT_STATED,
        example="95",
    )
    p: Text = column("text", "p", "p as printed", "p tel qu'imprimé", empty=NOT_STATED, example="<0.001")
    time: Time = column("time", "date", "When", "Quand", empty=UNKNOWN)

    @field_validator("ci_high")
    @classmethod
    def _forwards(cls, high: float | None, info: ValidationInfo) -> float | None:
        return _not_backwards(high, info)


def _not_backwards(high: float | None, info: ValidationInfo) -> float | None:
    low = info.data.get("ci_low")
    if low is not None and high is not None and low > high:
        raise fault("interval.backwards", low=f"{low:g}")
    return high
