"""Cases with one fault each, named by the fault, and the sound case they are made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Change = str | bytes | Callable[[str], str] | None

TOML = """title = "A course"
day_zero = "dupilumab"

[patient]
sex = "female"
age = 40
age_at = "dupilumab"

[[sources]]
key = "paper"
title = "A report"
"""
THERAPIES = """id,drug,dose,dose_unit,start,end,source,locator
dupilumab,dupilumab,300,mg,D0,ongoing,paper,Text
steroids,prednisone,40,mg/d,D-30,D60,paper,Text
"""
MEASUREMENTS = """id,analyte,assay,value,unit,ref_low,ref_high,time,source,locator
alb-1,albumin,,38,g/L,35,50,D5,paper,Fig. 1
crp-1,CRP,,12,mg/L,,5,M2,paper,Fig. 1
"""
EVENTS = """id,kind,label,time,end,source,locator
skin,flare,skin flare,D-10,,paper,Text
last,last_follow_up,last visit,Y1,,paper,Text
"""
DOSES = """id,therapy,dose,dose_unit,time,source,locator
pred-20,steroids,20,mg/d,D10,paper,Text
"""
SOUND: dict[str, Change] = {
    "case.toml": TOML,
    "therapies.csv": THERAPIES,
    "measurements.csv": MEASUREMENTS,
    "events.csv": EVENTS,
}


@dataclass(frozen=True)
class Fault:
    """One fault, and what must be said of it.

    ``changes`` holds, by file name, a new content, a change of the old one, or ``None``: no such file.
    """

    name: str
    changes: dict[str, Change]
    code: str
    file: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""
    says: str = ""
    drawn: bool = True
    times: int = 1
    also: tuple[str, ...] = field(default=())  # findings that cannot but come with it


def write(folder: Path, changes: dict[str, Change] | None = None) -> Path:
    """Write the sound case with changes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, change in (SOUND | (changes or {})).items():
        base = SOUND.get(name, "")
        content = change(base) if callable(change) and isinstance(base, str) else change
        if content is not None:
            path = folder / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def swap(old: str, new: str) -> Callable[[str], str]:
    """Change one place of a file."""

    def change(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return change


def add(line: str) -> Callable[[str], str]:
    """Add a line to a file."""
    return lambda text: f"{text}{line}\n"


def therapies(old: str, new: str) -> dict[str, Change]:
    return {"therapies.csv": swap(old, new)}


def measurements(old: str, new: str) -> dict[str, Change]:
    return {"measurements.csv": swap(old, new)}


def events(old: str, new: str) -> dict[str, Change]:
    return {"events.csv": swap(old, new)}


def head(old: str, new: str) -> dict[str, Change]:
    return {"case.toml": swap(old, new)}


T, M, E, C, R = "therapies.csv", "measurements.csv", "events.csv", "case.toml", "outcomes.csv"
ARMS = "id,label,n,source,locator\nvehicle,vehicle,10,paper,Text\ndrug-1,drug,10,paper,Text\n"
LEFT_OUT = ("row.left_out",)
