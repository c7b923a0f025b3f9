"""Glucocorticoids on one scale: milligrams of prednisone, for agents that are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from casecurves.knowledge.drugs import drug
from casecurves.knowledge.fold import Published, table

Assumed = Literal["", "prednisone", "prednisolone", "methylprednisolone"]

# What a course is called whose agent is not named: a group, for which no equivalence holds.
GROUP = "glucocorticoid"
_REFERENCE_MG = 5.0


@dataclass(frozen=True)
class Equivalent(Published):
    """What a dose of an agent is worth.

    Attributes
    ----------
    agent : str
        Id of the drug.
    mg : float
        Milligrams taken as equal to 5 mg of prednisone, by mouth or into a vein.
    source, source_fr : str
        Where that stands; see `Published`.
    verified : bool
        False when the source itself was not read; to be said wherever the equivalence is used.
    """

    agent: str
    mg: float
    source: str
    verified: bool
    source_fr: str = ""

    @property
    def factor(self) -> float:
        """Milligrams of prednisone to which one milligram of the agent is equal."""
        return _REFERENCE_MG / self.mg


@dataclass(frozen=True)
class Limit(Published):
    """A daily dose, in milligrams of prednisone-equivalent, that separates two ranges of doses.

    ``verified`` is false when the source itself was not read.
    """

    mg: float
    source: str
    verified: bool
    source_fr: str = ""


def equivalent(name: str) -> Equivalent | None:
    """Return what a dose of an agent is worth in prednisone.

    The equivalences hold by mouth and into a vein. They describe the effect on inflammation, and not that of pulses.

    Parameters
    ----------
    name : str
        A drug, under any name that `casecurves.knowledge.drug` knows.

    Returns
    -------
    Equivalent or None
        ``None`` for an agent without a published equivalence, for a group ("corticosteroids"), and for anything else.
    """
    known = drug(name)
    return None if known is None else _equivalents().get(known.id)


def is_group(name: str) -> bool:
    """Tell whether a name means glucocorticoids without saying which."""
    known = drug(name)
    return known is not None and known.id == GROUP


@cache
def low_dose() -> Limit:
    """Return the daily dose up to which one speaks of a low dose: 7.5 mg (doi:10.1136/ard.61.8.718)."""
    return Limit(**table("glucocorticoids.toml")["limits"]["low"])


@cache
def pulse_dose() -> Limit:
    """Return the dose a day from which one speaks of a pulse: 250 mg (doi:10.1136/ard.61.8.718)."""
    return Limit(**table("glucocorticoids.toml")["limits"]["pulse"])


@cache
def _equivalents() -> Mapping[str, Equivalent]:
    return {key: Equivalent(key, **entry) for key, entry in table("glucocorticoids.toml")["equivalents"].items()}
