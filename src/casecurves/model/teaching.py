"""How a case is told to a class: where the telling stops, what is asked there, and what the answer is."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from casecurves.model.cells import Name, Text, Time

# open: in words; single, multiple: one, or any number, of several; next_step: what would you do next?;
# remission: is this a remission, and by which rule?
Question = Literal["open", "single", "multiple", "next_step", "remission"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
# What a teacher may hide besides the future: names of drugs, the diagnosis, how it ended.
Hidden = Literal["drugs", "diagnosis", "outcome"]
HIDDEN: tuple[Hidden, ...] = get_args(Hidden)
# A lesson has a dozen; whatever has more was made by a machine.
MOST_STOPS = 100
MOST_CHOICES = 12
FILE = "teaching.toml"


class Part(BaseModel):
    """A part of a file of keys and values: nothing in it that is not declared, and every value of its own kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)

    def said(self, name: str, lang: str) -> str:
        """Return a text that stands in both languages: the one of a language, the other where that is missing."""
        english, french = getattr(self, name), getattr(self, f"{name}_fr")
        return str(french or english if lang == "fr" else english or french)


class Choice(Part):
    """One of the answers that can be chosen; ``right`` where it is right."""

    text: Text = ""
    text_fr: Text = ""
    right: bool = False


class Stop(Part):
    """A moment at which the telling halts.

    ``at`` is a time as in a table: a row of the case, a day, or an order. ``note`` is for the teacher alone,
    ``locator`` is where in the source the answer stands, and ``rule`` the key of a rule that a remission is judged by.
    ``hidden`` is not shown from the first step on until the answer is.
    """

    id: Name
    at: Time = None
    kind: Question = "open"
    question: Text = ""
    question_fr: Text = ""
    hint: Text = ""
    hint_fr: Text = ""
    options: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = Field(default=(), strict=False)
    answer: Text = ""
    answer_fr: Text = ""
    reason: Text = ""
    reason_fr: Text = ""
    locator: Text = ""
    locator_fr: Text = ""
    rule: Text = ""
    hidden: tuple[Hidden, ...] = Field(default=(), strict=False)
    note: Text = ""
    note_fr: Text = ""


class Teaching(Part):
    """What ``teaching.toml`` holds.

    ``known`` are rows that are told from the first step on, ``sequence`` rows that are told one after the other where
    the case leaves their order open (which says nothing of time), ``stops`` the stops, in their order.
    """

    known: tuple[str, ...] = Field(default=(), strict=False)
    sequence: tuple[str, ...] = Field(default=(), strict=False)
    stops: Annotated[tuple[Stop, ...], Field(max_length=MOST_STOPS)] = Field(default=(), strict=False)
