"""Cases, reports and measurements as lines of a terminal; made from the very JSON that programs get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casecurves.knowledge import analyte_name, drug_name
from casecurves.model.issues import visible
from casecurves.model.quantity import most_decimals
from casecurves.words import decimal, limits_of, probability, say

Json = Mapping[str, Any]

_TABLES = ("therapies", "doses", "measurements", "events", "arms", "outcomes", "comparisons")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as lines with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def library(cases: Sequence[Json], lang: str) -> str:
    """Return a list of cases: id, title, and what is drawn of each."""
    lines = []
    for case in cases:
        made = f" ({say('terminal.illustrative', lang)})" if case["illustrative"] else ""
        lines.append(f"{case['id']}{made}\n    {case['title']}")
        names = (", ".join(case[key]) for key in ("drugs", "analytes"))
        lines += [f"    {text}" for text in names if text]
    return visible("\n".join(lines))


def figures(found: Sequence[Json], titles: Mapping[str, str], lang: str) -> str:
    """Return the figures of the documents: what each shows, what the text gives, how far it is reproduced, and why."""
    lines: list[str] = []
    document = ""
    for one in found:
        if one["document"] != document:
            document = one["document"]
            lines.append(titles[document])
        how_far = say(f"fidelity.{one['fidelity']}", lang)
        lines.append(f"  {one['label']} [{how_far}]")
        for name in ("shows", "gives", "reason", "needs", "view"):
            if text := one[name]:
                headed = name in ("shows", "gives", "needs")
                told = say("list.told", lang, name=say(f"documents.{name}", lang), text=text) if headed else text
                lines.append(f"      {told}")
    return "\n".join(lines)


def diagrams(found: Sequence[Json]) -> str:
    """Return a list of diagrams: id, title, and what each shows."""
    return "\n".join(f"{one['id']}\n    {one['title']}\n    {one['subtitle']}" for one in found)


def comparison(told: Json, lang: str) -> str:
    """Return who is compared, counted from which of their rows, for how long; and who is not, with the reason."""
    lines = [say("compare.counted_from", lang, zero=told["zero"])]
    lines += [f"  {_who(one)}: {one['row']}; {_followed(one, lang)}{_remarks(one, lang)}" for one in told["patients"]]
    if told["not_compared"]:
        lines.append(say("compare.box", lang, n=len(told["not_compared"])))
        lines += [f"  {_who(one)}: {one['reason']}" for one in told["not_compared"]]
    return visible("\n".join(lines))


def counted_twice(told: Json, lang: str) -> list[str]:
    """Return, for each patient in whom the moment occurs more than once, which counts and how to choose another."""
    found = (one for one in told["patients"] if len(one["choices"]) > 1)
    return [visible(f"{_who(one)}: {one['row']}{_remarks(one, lang)}") for one in found]


def _who(one: Json) -> str:
    """Return what a patient is called, and the id by which the command line knows it."""
    return one["case"] if one["name"] == one["case"] else f"{one['name']} [{one['case']}]"


def _followed(one: Json, lang: str) -> str:
    ends = {key: _bound(one["follow_up"][key], lang) for key in ("earliest", "latest")}
    return say("compare.followed", lang, **ends)


def _remarks(one: Json, lang: str) -> str:
    others = [row for row in one["choices"] if row != one["row"]]
    first = "first" if one["row"] == one["choices"][0] else "several"
    how = {"n": len(one["choices"]), "case": one["case"], "others": ", ".join(others)}
    said = [say(f"compare.of_{first if one['first_known'] else 'unordered'}", lang, **how)] if others else []
    said += [] if one["scaled"] else [say("compare.unscaled", lang)]
    said += [say("compare.invented_case", lang)] if one["illustrative"] else []
    return "".join(f"; {text}" for text in said)


def case(shown: Json, lang: str) -> str:
    """Return what a case holds: who, from which sources, and every row of its tables with its resolved time."""
    lines = [f"{shown['id']}: {shown['title']}"]
    who = shown["patient"]
    lines += [f"  {who[key]}" for key in ("diagnosis", "history") if who[key]]
    lines.append(_headed("day_zero", shown["day_zero"] or _unknown(lang), lang))
    lines.append(_headed("last_follow_up", _time(shown["last_follow_up"], lang), lang))
    lines += _section("sources", [_source(source) for source in shown["sources"]], lang)
    for name in _TABLES:
        lines += _section(name, [_row(row, lang) for row in shown.get(name, ())], lang)
    exposure = shown.get("exposure", {})
    lines += _section(
        "exposure", [line for part in ("summary", "by_course", "limits") for line in exposure.get(part, ())], lang
    )
    statuses = [line for found in shown.get("statuses", ()) for line in _statuses(found)]
    lines += _section("statuses", statuses, lang)
    lines += _section("kidney_function", _kidney(shown.get("kidney_function", ())), lang)
    lines += _section("converted", [f"{one['value']}: {one['sentence']}" for one in shown.get("converted", ())], lang)
    lines += _section("discrepancies", [_disagreement(row) for row in shown["discrepancies"]], lang)
    return visible("\n".join(lines))


def _statuses(found: Json) -> list[str]:
    """Return what a rule makes of a case: what it is, then a line for each value."""
    return [*found["summary"], *(f"{one['value']}: {one['written']}: {one['sentence']}" for one in found["values"])]


def _kidney(found: Sequence[Json]) -> list[str]:
    return [f"{one['name']}: {value['value']}: {value['sentence']}" for one in found for value in one["values"]]


def validation(found: Json, report: str, lang: str) -> str:
    """Return the outcome of checks: a line for each case, the findings, the sum."""
    lines = []
    for one in found["cases"]:
        counts = {"case": one["id"], "errors": one["errors"], "warnings": one["warnings"]}
        if not one["drawn"]:
            lines.append(say("terminal.not_drawn", lang, **counts))
        elif one["errors"] or one["warnings"]:
            lines.append(say("terminal.counts", lang, **counts))
        else:
            lines.append(say("terminal.sound", lang, case=one["id"]))
    total = {"errors": found["errors"], "warnings": found["warnings"]}
    lines += [report] if report else []
    lines.append(say("terminal.total", lang, cases=len(found["cases"]), **total))
    return visible("\n".join(lines))


def proof(found: Json, lang: str) -> str:
    """Return what the proof-reader found: what it is about, how many findings, then each with both its sides."""
    counts = {name: found[name] for name in ("certain", "likely", "check")}
    lines = [f"{found['id']}: {found['title']}", say("consistency.counts", lang, about=found["id"], **counts)]
    for number, one in enumerate(found["findings"], 1):
        certainty = say(f"consistency.certainty.{one['certainty']}", lang)
        about = {"rule": one["rule"], "certainty": certainty, "message": one["message"], "case": one["case"]}
        lines.append(say("consistency.numbered", lang, number=number, **about))
        lines += [f"    {text}" for text in (*(place["text"] for place in one["places"]), one["known"]) if text]
    if found["illustrative"]:
        lines.append(say("consistency.invented", lang, n=found["illustrative"]))
    if found["without_assay"]:
        lines.append(found["without_assay"])
    return visible("\n".join(lines))


def _headed(name: str, text: str, lang: str) -> str:
    return say("terminal.headed", lang, heading=say(f"terminal.heading.{name}", lang), text=text)


def _section(name: str, entries: Sequence[str], lang: str) -> Iterator[str]:
    if entries:
        yield say(f"terminal.heading.{name}", lang)
        yield from (f"  {entry}" for entry in entries)


def _source(source: Json) -> str:
    parts = (source[key] for key in ("authors", "title", "journal", "year", "doi", "url"))
    return f"{source['key']}: " + ". ".join(str(part) for part in parts if part)


def _row(row: Json, lang: str) -> str:
    what = _name(row, lang) or row.get("therapy") or row.get("label") or ""
    details = [text for text in (_amount(row, lang), _value(row), _result(row, lang), _kind(row, lang)) if text]
    when = _when(row, lang)
    origin = " ".join(text for text in (say(f"basis.{row['basis']}", lang), row["locator"]) if text)
    status = f", {say('terminal.disputed', lang)}" if row["status"] == "disputed" else ""
    return f"{row['id']}: {' '.join([what, *details])}; {when + '; ' if when else ''}{origin}{status}"


def _name(row: Json, lang: str) -> str:
    if "analyte" in row:
        return analyte_name(row["analyte"], row["assay"] or "", lang)
    return drug_name(row["drug"], lang) if "drug" in row else ""


def _amount(row: Json, lang: str) -> str:
    if "dose" not in row:
        return ""
    number = "" if row["dose"] is None else decimal(f"{row['dose']:g}", lang)
    parts = (number, row["dose_unit"], row["frequency"], row.get("route"))
    return " ".join(str(part) for part in parts if part)


def _value(row: Json) -> str:
    return f"{row['value']['written']} {row['unit'] or ''}".strip() if "value" in row else ""


def _result(row: Json, lang: str) -> str:
    """Say what an arm, an outcome or a comparison holds, as printed."""
    if "measure" in row:
        p = probability(row["p"], lang) if row["p"] else ""
        said = (say(f"measure.{row['measure']}", lang), _estimate(row, lang) or _unknown(lang), _interval(row, lang), p)
        return " ".join((f"({row['arm']} – {row['versus']})", *filter(None, said)))
    if "n" in row:
        progress = say(f"trial.{row['progress']}", lang) if row["progress"] else ""
        phase = say("trial.phase", lang, phase=row["phase"]) if row["phase"] else ""
        about = ", ".join(filter(None, (row["trial"], phase, progress)))
        n = say("chart.n_unknown", lang) if row["n"] is None else say("chart.n", lang, n=row["n"])
        return f"({about}) {n}" if about else n
    if row.get("percent"):
        share = say("outcome.percent", lang, value=decimal(row["percent"]["written"], lang))
        return f"{share} {_interval(row, lang)}".strip()
    return _count(row, lang) if "of" in row else ""


def _estimate(row: Json, lang: str) -> str:
    return "" if row["estimate"] is None else decimal(f"{row['estimate']:.{_decimals(row)}f}", lang)


def _interval(row: Json, lang: str) -> str:
    if row["ci_low"] is None or row["ci_high"] is None:
        return ""
    low, high = (decimal(f"{row[f'ci_{key}']:.{_decimals(row)}f}", lang) for key in ("low", "high"))
    limits = limits_of(low, high, lang)
    level = row["ci_level"]
    if level is None:
        return say("outcome.interval", lang, limits=limits)
    return say("outcome.interval_level", lang, level=decimal(f"{level:g}", lang), limits=limits)


def _decimals(row: Json) -> int:
    estimate = row["estimate"] if "measure" in row else row["percent"]["number"]
    return most_decimals(estimate, row["ci_low"], row["ci_high"])


def _count(row: Json, lang: str) -> str:
    count = _unknown(lang) if row["count"] is None else str(row["count"])
    return count if row["of"] is None else f"{count}/{row['of']}"


def _kind(row: Json, lang: str) -> str:
    if "presence" not in row:
        return ""
    kind = say(f"event_kind.{row['kind']}", lang)
    return f"({kind})" if row["presence"] == "present" else f"({kind}; {say('presence.absent', lang)})"


def _when(row: Json, lang: str) -> str:
    times = [row[key] for key in ("start", "time", "end") if row.get(key) is not None]
    return " → ".join(_time(time, lang) for time in times)


def _time(time: Json, lang: str) -> str:
    ongoing = time["qualifier"] == "ongoing"
    written = say("time.ongoing", lang) if ongoing else time["written"] or _unknown(lang)
    ends = {key: _bound(time[key], lang) for key in ("earliest", "latest")}
    if time["earliest"] is None and time["latest"] is None:
        return written
    return f"{written} {say('terminal.days', lang, **ends)}"


def _bound(day: int | None, lang: str) -> str:
    return say("terminal.unbounded", lang) if day is None else str(day)


def _unknown(lang: str) -> str:
    return say("terminal.not_known", lang)


def _disagreement(found: Json) -> str:
    where = [f" ({found[key]})" if found[key] else "" for key in ("used_where", "other_where")]
    return f"{found['label']}: {found['used']}{where[0]} ≠ {found['other']}{where[1]}"
