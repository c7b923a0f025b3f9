"""What keeps running: the dashboard, the benchmark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.telling import SOUND, print_json, tell
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.words import Lang


def serve(*, host: str, port: int, cases: str, lang: Lang) -> int:
    """Serve the dashboard until it is interrupted."""
    try:
        from casecurves_dashboard.app import serve as start
    except ModuleNotFoundError as error:
        raise UsageError(say("cli.error.no_dashboard", lang, module=error.name)) from error
    if cases and not Path(cases).is_dir():
        raise UsageError(say("access.no_folder", lang, given=cases))
    start(host=host, port=port, cases=Path(cases) if cases else None)
    return SOUND


def bench(*, json: bool, quick: bool, lang: Lang) -> int:
    """Measure on this machine and print what was found."""
    from casecurves.bench import measure, report

    outcome = measure(quick=quick, lang=lang, tell=tell)
    if json:
        print_json(outcome)
    else:
        print(report(outcome, lang))
    return SOUND
