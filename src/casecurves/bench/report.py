"""What the bench found, as lines of a terminal."""

from __future__ import annotations

from typing import Any

from casecurves.words import say

Json = dict[str, Any]
_COLUMNS = ("what", "ours", "theirs", "ratio", "at_most", "aim", "verdict")


def report(outcome: Json, lang: str = "en") -> str:
    """Return what was measured as lines of a terminal."""
    from casecurves.terminal import table

    machine = outcome["machine"]
    compared = [[say(f"bench.head.{name}", lang) for name in _COLUMNS]]
    compared += [_compared(row, lang) for row in outcome["comparisons"]]
    return "\n".join(
        (
            say("bench.machine", lang, **{k: v for k, v in machine.items() if k != "packages"}),
            ", ".join(f"{name} {found}" for name, found in machine["packages"].items()),
            "",
            say("bench.title.chronology", lang),
            _missing(outcome["chronology"], lang) or table(_grown(outcome["chronology"]["sizes"], lang)),
            "",
            say("bench.title.comparisons", lang, case=outcome["case"]),
            table(compared),
            "",
            say("bench.title.server", lang),
            *(_served(name, found, lang) for name, found in outcome["server"].items()),
        )
    )


def _grown(sizes: list[Json], lang: str) -> list[list[str]]:
    head = [say(f"bench.head.{name}", lang) for name in ("rows", "milliseconds", "growth")]
    return [head, *([str(row["rows"]), _ms(row["seconds"]), _times(row["growth"])] for row in sizes)]


def _compared(row: Json, lang: str) -> list[str]:
    what = say(f"bench.what.{row['what']}", lang)
    held = [_share(row["at_most"]), _share(row["aim"])]
    if why := _missing(row, lang):
        return [what, "", "", "", *held, why]
    amount = _ms if row["unit"] == "seconds" else _bytes
    verdict = say("bench.met" if row["met"] else "bench.missed", lang)
    return [what, amount(row["ours"]), amount(row["theirs"]), _share(row["ratio"]), *held, verdict]


def _missing(found: Json, lang: str) -> str:
    """Return why something was not measured, ``""`` when it was."""
    if found["skipped"]:
        return say("bench.skipped", lang, lacks=found["skipped"])
    return say("bench.failed", lang, reason=found["failed"]) if found["failed"] else ""


def _served(name: str, found: Json, lang: str) -> str:
    if why := _missing(found, lang):
        return f"{say(f'bench.what.{name}', lang)}: {why}"
    if name == "crowd":
        waits = {"median": _ms(found["median"]), "p95": _ms(found["p95"])}
        return say("bench.crowd", lang, users=found["users"], answers=found["answers"], **waits)
    held = {name: f"{found[name]:.0f}" for name in ("views", "tenth_mb", "half_mb", "full_mb")}
    return say("bench.grown" if found["grown"] else "bench.not_grown", lang, **held)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"


def _bytes(count: float) -> str:
    return f"{count / 1000:.1f} kB"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"× {ratio:.2f}"


def _share(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"1/{1 / ratio:.0f}"
