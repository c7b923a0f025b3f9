"""A case by the name a person gives it: the id of a shipped case, a folder, a workbook or a zip."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from casecurves.analysis.units import Wanted, refused
from casecurves.errors import UsageError
from casecurves.io import open_case, read_case, read_library, receive, shipped_cases
from casecurves.io.archive import LARGEST_UPLOAD
from casecurves.io.files import folder_files, slug
from casecurves.io.folder import id_of
from casecurves.knowledge import analyte
from casecurves.knowledge.rules import all_rules
from casecurves.model.case import Case
from casecurves.model.issues import Report
from casecurves.model.schema import Measurement
from casecurves.words import say

Found = tuple[Case | None, Report]


def is_shipped(case_id: str) -> bool:
    """Tell whether a case comes with casecurves; the id of any other may be a person's name."""
    return case_id in _shipped_ids()


def find(name: str, lang: str = "en") -> Found:
    """Read the case of an id, folder or file; as `casecurves.io.read_case`, with a message in the language wanted."""
    if _is_file(name):
        found = receive({Path(name).name: _content(name)})
        return found.case, found.report
    if _is_path(name):
        return read_case(_folder(name, lang))
    known = _shipped_ids()
    if name not in known:
        raise UsageError(_unknown(name, known, lang))
    return open_case(shipped_cases(), name)


def find_all(names: list[str], lang: str = "en") -> dict[str, Found]:
    """Read the cases of ids, files, folders of a case, and folders of cases; of nothing, all shipped cases.

    Two cases of one id are told apart by where they are.
    """
    if not names:
        return read_library(shipped_cases())
    found: dict[str, Found] = {}
    for name in names:
        for case_id, folder, each in _cases(name, lang):
            found[case_id if case_id not in found else folder] = each
    return found


def files(name: str, lang: str = "en") -> tuple[dict[str, bytes], Report]:
    """Return the files of a case by its id, folder or file, those of a workbook as they would be; and its report."""
    if _is_file(name):
        given = receive({Path(name).name: _content(name)})
        return dict(given.files), given.report
    case, report = find(name, lang)
    return {} if case is None else folder_files(case), report


def _cases(name: str, lang: str) -> list[tuple[str, str, Found]]:
    if _is_file(name):
        return [(slug(name), name, find(name, lang))]
    if not _is_path(name) and (name in _shipped_ids() or not Path(name).is_dir()):
        return [(name, name, find(name, lang))]
    folder = _folder(name, lang)
    is_library = not any((*folder.glob("case.toml"), *folder.glob("*.csv")))
    inside = read_library(folder) if is_library else {}
    if inside:
        return [(case_id, str(folder / case_id), each) for case_id, each in inside.items()]
    return [(id_of(folder), str(folder), read_case(folder))]


def _is_file(name: str) -> bool:
    return Path(name).is_file() and (bool(Path(name).suffix) or _has_separator(name))


def _content(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(LARGEST_UPLOAD + 1)  # one more than is read further on: what is too large is told so


def _is_path(name: str) -> bool:
    return _has_separator(name) or (Path(name) / "case.toml").is_file()


def _has_separator(name: str) -> bool:
    separators = (os.sep, os.altsep) if os.altsep else (os.sep,)
    return any(each in name for each in separators)


def _folder(name: str, lang: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise UsageError(say("access.no_folder", lang, given=name))
    return folder


def _shipped_ids() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in shipped_cases().glob("*/case.toml")))


def _unknown(name: str, known: tuple[str, ...], lang: str) -> str:
    wanted = name.lower()
    near = [each for each in known if len(wanted) > 1 and wanted in each]
    near += [each for each in get_close_matches(wanted, known, n=3, cutoff=0.6) if each not in near]
    if near:
        return say("access.did_you_mean", lang, given=name, near=", ".join(near[:3]))
    return say("access.unknown_case", lang, given=name)


def check_rules(case: Case, rules: Sequence[str], index: str, lang: str) -> None:
    """Refuse a rule that is not known, and a start of the baseline that is no course.

    Parameters
    ----------
    case : Case
        The case.
    rules : sequence of str
        Keys of rules, as typed.
    index : str
        Id of a course, as typed; ``""`` is the case's own.
    lang : str
        Language of what is said.

    Raises
    ------
    UsageError
        With a sentence that names what there is.
    """
    for rule in rules:
        if rule not in all_rules():
            raise UsageError(say("cli.error.rule", lang, given=rule, known=", ".join(all_rules())))
    courses = [row.id for row in case.therapies]
    if index and index not in courses:
        raise UsageError(say("cli.error.index", lang, given=index, known=", ".join(courses)))


def read_units(values: Sequence[Measurement], units: Sequence[str], lang: str) -> tuple[Wanted, ...]:
    """Read units that analytes are to be shown in.

    Parameters
    ----------
    values : sequence of Measurement
        The values, of one case or of several.
    units : sequence of str
        As typed: ``albumin=g/dL``.
    lang : str
        Language of what is said.

    Returns
    -------
    tuple of (str, str)
        Analyte, under a name that is known, and unit.

    Raises
    ------
    UsageError
        With a line for each that is not such a pair, names nothing that is measured, or asks for a unit that its values
        cannot be converted to, and why.
    """
    pairs = [tuple(part.strip() for part in text.partition("=")[::2]) for text in units]
    wrong = [
        say("conversion.unreadable", lang, given=text) for text, pair in zip(units, pairs, strict=True) if not all(pair)
    ]
    wanted = tuple((name, unit) for name, unit in pairs if name and unit)
    measured = filter(None, (analyte(row.analyte, row.assay) for row in values))
    listed = ", ".join(dict.fromkeys(known.name(lang) for known in measured)) or "–"
    for (name, unit), refusal in refused(values, wanted):
        if refusal is None:
            wrong.append(say("conversion.not_measured", lang, analyte=name, known=listed))
        else:
            wrong.append(say("conversion.refused", lang, analyte=name, to=unit, why=refusal.why(lang)))
    if wrong:
        raise UsageError("\n".join(wrong))
    return wanted
