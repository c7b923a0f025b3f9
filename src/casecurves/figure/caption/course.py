"""What a caption says of the course: drugs with doses, biomarkers with assays, thresholds, rules, axis, short names.

Everything is read from the spec, so that the words and the picture cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from casecurves.figure.spec import Lane, Panel, Spec
from casecurves.knowledge.abbreviations import abbreviations as abbreviated
from casecurves.knowledge.analytes import all_analytes
from casecurves.knowledge.rules import all_rules
from casecurves.words import say

# How well the time of a mark is known, in the order in which it is told.
_TIMES = ("about", "interval", "soon", "found", "ranked")
_CENSORED = ("below", "above")
_ABBREVIATED = re.compile(r"[A-Z]{2}|[a-z][A-Z]|^[A-Z][a-z]$")


def therapies(spec: Spec) -> str:
    """Return each drug with every dose that the figure shows, and how its bars end; ``""`` where there is none."""
    told = [_drug(lane, spec.lang) for lane in spec.lanes]
    told += [f"{chip.drug} ({chip.label})" for chip in spec.chips]
    return _line(spec, "therapies", told)


def _drug(lane: Lane, lang: str) -> str:
    bars = [bar for track in lane.tracks for bar in track.bars]
    said = [part for bar in bars for part in (bar.label, bar.remark)]
    said += [mark.label for track in lane.tracks for mark in track.doses]
    said += [say("legend.ongoing", lang)] if any(bar.end == "ongoing" for bar in bars) else []
    said += [say("legend.unknown_end", lang)] if any(bar.end == "unknown" for bar in bars) else []
    given = _joined(said, lang)
    return f"{lane.drug} ({given})" if given else lane.drug


def biomarkers(spec: Spec) -> str:
    """Return each panel with its full name, unit, assay, scale and reference ranges."""
    return _line(spec, "biomarkers", [_panel(panel, spec.lang) for panel in spec.panels])


def _panel(panel: Panel, lang: str) -> str:
    full = _full_names(lang).get(panel.label, "")
    said = [full, panel.sublabel, *(band.label for band in panel.bands), *panel.remarks]
    told = _joined([part for part in said if part != panel.label], lang)
    return f"{panel.label} ({told})" if told else panel.label


def thresholds(spec: Spec) -> str:
    """Return each line at a value with what it means and where that is published."""
    found = {(panel.label, limit.label): limit.source for panel in spec.panels for limit in panel.thresholds}
    return _line(spec, "thresholds", [f"{panel}, {label} ({source})" for (panel, label), source in found.items()])


def rules(spec: Spec) -> str:
    """Return each rule whose status is drawn, with its version and source."""
    told = []
    for key in dict.fromkeys(ribbon.rule for ribbon in spec.ribbons):
        rule = all_rules()[key]
        doubt = "" if rule.verified else f" {say('threshold.unverified', spec.lang)}"
        version = say("caption.version", spec.lang, version=rule.version)
        told.append(f"{rule.name(spec.lang)}, {version} ({rule.cited(spec.lang)}){doubt}")
    return _line(spec, "rules", told)


def axis(spec: Spec) -> str:
    """Return what the axis counts, where it is folded, and which of its parts are not to scale."""
    if spec.timeless:
        return ""
    # What is to scale is told with what it counts: alone at the end it would speak of nothing.
    main = [zone.label for zone in spec.axis.zones if zone.name == "main" and len(spec.axis.zones) > 1]
    zones = [zone.label for zone in spec.axis.zones if zone.name != "main"]
    folds = [say("caption.fold", spec.lang, label=found.label) for found in spec.axis.breaks]
    logs = [panel.label for panel in spec.panels if panel.scale in {"log", "titre"}]
    scales = [say("caption.log", spec.lang, which=", ".join(logs))] if logs else []
    return _line(spec, "axis", [", ".join((spec.axis.label, *main)), *zones, *folds, *scales])


def certainty(spec: Spec) -> str:
    """Return how many marks are not known to the day, and how many values not exactly; ``""`` where all are."""
    marks = [mark for mark in spec.marks() if mark.shape != "trend"]
    times, shapes = Counter[str](mark.certainty for mark in marks), Counter[str](mark.shape for mark in marks)
    found = [(say(f"legend.{kind}", spec.lang), times[kind]) for kind in _TIMES if times[kind]]
    found += [(say(f"legend.{kind}", spec.lang), shapes[kind]) for kind in _CENSORED if shapes[kind]]
    said = [say("caption.count", spec.lang, what=what, n=count) for what, count in found]
    if not said:
        return ""
    return say("caption.certainty", spec.lang, n=len(marks), which=_joined(said, spec.lang))


def abbreviations(spec: Spec, text: str) -> str:
    """Return the short names that a text or the picture uses, with the names they stand for; moments' letters, too."""
    lang = spec.lang
    seen = " ".join((text, *_words(spec.to_json())))
    # Of an abbreviation a level may follow: F-VASI75.
    written_out = abbreviated(lang, charts=bool(spec.charts))
    known = [(short, full, r"\d*") for short, full in written_out.items()]
    known += [(short, full, "") for short, full in _full_names(lang).items() if short not in written_out]
    found = [
        f"{short}, {full}"
        for short, full, level in sorted(known)
        if re.search(rf"(?<!\w){re.escape(short)}{level}(?!\w)", seen)
    ]
    for letter, unit in (("D", "days"), ("W", "weeks"), ("M", "months"), ("Y", "years")):
        written = say(f"letter.{letter}", lang)
        if re.search(rf"(?<!\w){written}[\u2212]?\d", seen):
            found.append(f"{written}, {say(f'caption.unit.{unit}', lang)}")
    a_day = f"/{say('letter.D', lang).lower()}"
    if re.search(rf"{a_day}(?!\w)", text):
        found.append(f"{a_day}, {say('caption.unit.a_day', lang)}")
    return _line(spec, "abbreviations", found)


def _words(node: object) -> Iterator[str]:
    """Yield every word of a picture as its spec writes it, but for what only a screen tells."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key != "hover":
                yield from _words(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _words(child)
    elif isinstance(node, str):
        yield node


def _full_names(lang: str) -> dict[str, str]:
    """Return the names that short names stand for, where these are abbreviations."""
    named: Iterator[tuple[str, str]] = (
        (one.short_fr, one.fr) if lang == "fr" else (one.short, one.en) for one in all_analytes()
    )
    return {short: full for short, full in named if short not in full and _ABBREVIATED.search(short)}


def _line(spec: Spec, name: str, told: list[str]) -> str:
    if not told:
        return ""
    return say(
        "page.caption.line", spec.lang, head=say(f"caption.head.{name}", spec.lang), text=_joined(told, spec.lang)
    )


def _joined(parts: Iterable[str], lang: str) -> str:
    """Return parts in one line, each once and none empty."""
    return say("caption.between", lang).join(dict.fromkeys(part for part in parts if part))
