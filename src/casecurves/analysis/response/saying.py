"""A status in words, the same on a figure, in a terminal and in a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casecurves.analysis.response.course import Counted, relapses, since, time_to
from casecurves.analysis.response.evidence import Evidence
from casecurves.analysis.response.reading import Reading, readings
from casecurves.analysis.response.stated import Difference, differences
from casecurves.analysis.response.status import Assessment
from casecurves.analysis.times import absence, elides
from casecurves.knowledge import analyte, drug_name
from casecurves.knowledge.rules import RuleSet, RuleStatus
from casecurves.knowledge.units import in_language
from casecurves.model.case import Case
from casecurves.model.issues import visible
from casecurves.model.schema import Measurement
from casecurves.words import has, numeral, pick, printed, say


def status_of(rule: RuleSet, one: Assessment) -> RuleStatus:
    """Return the status of an assessment as the rule declares it; that of no status where it cannot be told."""
    return next((status for status in rule.statuses if status.id == one.status), rule.otherwise)


def status_name(rule: RuleSet, one: Assessment, lang: str) -> str:
    """Name the status of an assessment, and before it those that may hold instead."""
    names = [status.name(lang) for status in rule.statuses if status.id in one.first]
    return say("rules.or", lang).join([*names, status_of(rule, one).name(lang)])


def standing(rule: RuleSet, one: Assessment, lang: str) -> str:
    """Say the status of an assessment and how well it is known."""
    return say(f"rules.standing.{one.standing}", lang, status=status_name(rule, one, lang))


def evidence(case: Case, one: Assessment, lang: str) -> str:
    """Say what an assessment rests on: criteria with one outcome together, then why the others do not tell."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in one.evidence:
        grouped.setdefault((_key(each), visible(each.detail)), []).append(_criterion(case, one, each, lang))
    said = [say(key, lang, names=", ".join(names), detail=detail) for (key, detail), names in grouped.items()]
    return say("list.semicolon", lang).join(said)


def _key(each: Evidence) -> str:
    if not each.reason:
        return f"rules.outcome.{each.outcome}"
    reason = "no_limit_without_unit" if each.reason == "no_limit_in_unit" and not each.detail else each.reason
    return f"rules.reason.{reason}"


def _criterion(case: Case, one: Assessment, each: Evidence, lang: str) -> str:
    name = analyte_name(_row(case, one.row), lang)
    vowel = "_vowel" if each.criterion == "fall" and elides(name) else ""
    return say(f"rules.criterion.{each.criterion}{vowel}", lang, analyte=name)


def sentence(case: Case, rule: RuleSet, one: Assessment, lang: str) -> str:
    """Say an assessment in one sentence: the status, how well it is known, and what it rests on.

    Parameters
    ----------
    case : Case
        The case.
    rule : RuleSet
        The rule.
    one : Assessment
        What the rule makes of a value.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    str
        Such as ``complete remission: possible (met: uPCR; missing: albumin, creatinine)``.
    """
    return say("rules.sentence", lang, status=standing(rule, one, lang), evidence=evidence(case, one, lang))


def named(rule: RuleSet, lang: str) -> str:
    """Return the name of a rule, with a remark where its source was not read."""
    return " ".join([rule.name(lang), *([] if rule.verified else [say("rules.unverified", lang)])])


def cited(rule: RuleSet, lang: str) -> str:
    """Return name, version and source of a rule, with a remark where its source was not read."""
    line = say("rules.name", lang, name=rule.name(lang), version=rule.version, source=rule.cited(lang))
    return " ".join([line, *([] if rule.verified else [say("rules.unverified", lang)])])


def about(case: Case, reading: Reading, lang: str) -> tuple[str, ...]:
    """Say which rule was applied, and what all of it comes to.

    Parameters
    ----------
    case : Case
        The case.
    reading : Reading
        What the rule makes of it.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    tuple of str
        Name, version and source of the rule, with a remark where the source was not read; the index therapy; whether
        invented values were assessed; how many relapses, when a status was first found, and where the source says
        otherwise, or why no value can be assessed. One sentence each; why there is nothing to assess, where there is
        not.
    """
    rule = reading.rule
    if not reading.assessments:
        invented = any(one.rule.id == rule.id for one in readings(case, (rule.id,), illustrative=True) if one.invented)
        key = "rules.kept_out" if invented else "rules.nothing"
        return (say(key, lang, name=rule.name(lang)),)
    lines = [cited(rule, lang)]
    if rule.needs_index:
        name = _index_name(case, reading.index, lang)
        lines.append(
            say("rules.index_therapy", lang, drug=name) if reading.index else say("rules.no_index_therapy", lang)
        )
    if rule.note:
        lines.append(say("rules.note", lang, note=printed(rule.note, lang)))
    if reading.invented:
        lines.append(say("rules.invented", lang, n=reading.invented))
    lines += _undecided(case, reading, lang) or _counts(case, reading, lang)
    return (*lines, *(difference(case, rule, one, lang) for one in differences(case, rule, reading.assessments)))


def _undecided(case: Case, reading: Reading, lang: str) -> list[str]:
    """Say why no value can be assessed, where none can: to count relapses among such values would say something."""
    if any(one.standing != "not_assessable" for one in reading.assessments):
        return []
    if all(_row(case, one.row).value.kind == "trend" for one in reading.assessments):
        return [say("rules.undecided", lang, why=say("rules.directions", lang))]
    first = [evidence(case, replace(one, evidence=one.evidence[:1]), lang) for one in reading.assessments]
    return [say("rules.undecided", lang, why=say("list.semicolon", lang).join(dict.fromkeys(first)))]


def _counts(case: Case, reading: Reading, lang: str) -> list[str]:
    lines = []
    rule, found = reading.rule, reading.assessments
    if any(status.id == "relapse" for status in rule.statuses):
        count = relapses(case, found)
        key = "exact" if count.least == count.most else "between"
        lines.append(say(f"rules.relapses.{key}", lang, least=count.least, most=count.most))
    if not reading.index:
        return lines
    index = _index_name(case, reading.index, lang)
    later = since(case, found, reading.index)
    for status in rule.reached:
        if any(one.status and status.id in one.may for one in later):
            count = time_to(case, found, (status.id,), reading.index)
            key = _bounded(count)
            bounds = {"least": max(count.least or 0, 0), "most": count.most}
            lines.append(say(f"rules.time_to.{key}", lang, status=status.name(lang), index=index, **bounds))
    return lines


def _bounded(count: Counted) -> str:
    if count.least is None:
        return "open" if count.most is None else "at_most"
    return "at_least" if count.most is None else "exact" if count.least == count.most else "between"


def difference(case: Case, rule: RuleSet, found: Difference, lang: str) -> str:
    """Say where the source states another status than the rule gives at the same time."""
    one = found.assessment
    value = value_name(_row(case, one.row), lang)
    key = "rules.excluded" if one.standing == "not_assessable" else "rules.difference"
    return say(key, lang, stated=_stated(case, found.stated, lang), status=standing(rule, one, lang), value=value)


def _stated(case: Case, row_id: str, lang: str) -> str:
    """Name what states a status: an event, with a remark where it is stated as absent, or a value in words."""
    row = case.row(row_id)
    if isinstance(row, Measurement):
        return value_name(row, lang)
    label = visible(pick({"en": getattr(row, "label", ""), "fr": getattr(row, "label_fr", "")}, lang))
    return absence(label, lang) if getattr(row, "presence", "") == "absent" else label


def analyte_name(row: Measurement, lang: str) -> str:
    """Name what a row measures, in few letters where that is known."""
    known = analyte(row.analyte, row.assay)
    return visible(row.analyte) if known is None else known.short_name(lang)


def value_name(row: Measurement, lang: str) -> str:
    """Write a value as its row does, with its name and unit; a direction in words."""
    trend, category = row.value.trend, f"category.{(row.value.category or '').lower()}"
    word = say(f"trend.{trend}", lang) if trend else say(category, lang) if has(category) else ""
    written = word or numeral(visible(row.value.written), lang)
    return f"{analyte_name(row, lang)} {written} {in_language(visible(row.unit), lang)}".strip()


def _index_name(case: Case, therapy: str, lang: str) -> str:
    """Name the drug of a course; ``""`` where there is no such course."""
    row = next((one for one in case.therapies if one.id == therapy), None)
    return visible(drug_name(row.drug, lang)) if row else ""


def _row(case: Case, row_id: str) -> Measurement:
    return next(row for row in case.measurements if row.id == row_id)


def to_json(
    case: Case, lang: str, rules: tuple[str, ...] = (), *, index: str = "", illustrative: bool = False
) -> list[dict[str, Any]]:
    """Return the statuses of a case as plain JSON values.

    Parameters
    ----------
    case : Case
        The case.
    lang : str
        Language of names and sentences.
    rules : tuple of str
        Keys of rules; none for every rule that has something to assess in the case.
    index : str
        Course whose start sets the baseline; ``""`` is the case's own day zero where that is a course.
    illustrative : bool
        Whether invented values may be assessed.

    Returns
    -------
    list of dict
        For each rule ``rule``, ``name``, ``version``, ``source``, ``verified``, ``index`` (``None`` where there is no
        index therapy), ``summary`` (sentences), ``counts`` (``relapses``, and ``days_to_first_value_in`` a remission,
        from the index therapy; each ``least`` and ``most``), ``differences`` (``stated``: id of the event or value
        that states another status, ``value``, and whether it is ``sure``) and ``values``:
        for each ``value`` its ``written`` form, ``status``, ``may`` (all that it may be), ``name``, ``standing``,
        ``sentence``, ``evidence`` and ``baseline``.
    """
    return [_reading_json(case, one, lang) for one in readings(case, rules, index=index, illustrative=illustrative)]


def _reading_json(case: Case, reading: Reading, lang: str) -> dict[str, Any]:
    rule = reading.rule
    told = differences(case, rule, reading.assessments)
    return {
        "rule": rule.id,
        "name": rule.name(lang),
        "version": rule.version,
        "source": rule.cited(lang),
        "verified": rule.verified,
        "index": reading.index or None,
        "illustrative": reading.invented,
        "summary": list(about(case, reading, lang)),
        "counts": _counts_json(case, reading),
        "differences": [{"stated": one.stated, "value": one.assessment.row, "sure": one.sure} for one in told],
        "values": [_assessment_json(case, rule, one, lang) for one in reading.assessments],
    }


def _counts_json(case: Case, reading: Reading) -> dict[str, Any]:
    """Return what is counted, as least and most; ``None`` where nothing bounds it, or nothing is counted."""
    rule, found = reading.rule, reading.assessments
    counted = relapses(case, found) if any(status.id == "relapse" for status in rule.statuses) else None
    reached = [status.id for status in rule.reached] if reading.index else []
    days = {status: _bounds(time_to(case, found, (status,), reading.index)) for status in reached}
    return {"relapses": counted and _bounds(counted), "days_to_first_value_in": days}


def _bounds(count: Counted) -> dict[str, int | None]:
    return {"least": count.least, "most": count.most}


def _assessment_json(case: Case, rule: RuleSet, one: Assessment, lang: str) -> dict[str, Any]:
    return {
        "value": one.row,
        "written": value_name(_row(case, one.row), lang),
        "status": one.status or None,
        "may": list(one.may),
        "name": standing(rule, one, lang),
        "standing": one.standing,
        "sentence": sentence(case, rule, one, lang),
        "evidence": [
            {
                "criterion": each.criterion,
                "outcome": each.outcome,
                "reason": each.reason or None,
                "detail": each.detail or None,
                "values": list(each.rows),
            }
            for each in one.evidence
        ],
        "baseline": list(one.baseline),
    }
