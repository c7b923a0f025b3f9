"""The words of a figure: its caption, and the text in place of the picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.figures import figure_of
from casecurves.commands.telling import nothing, print_json, status, tell, tell_report
from casecurves.errors import UsageError
from casecurves.words import say

if TYPE_CHECKING:
    from casecurves.figure.spec import Spec
    from casecurves.words import Lang


def caption(
    *, case: str, output: str, alt: bool, letters: bool, force: bool, json: bool, lang: Lang, **shown: object
) -> int:
    """Print the caption of a figure, or the text in its place; or write it to a file, keeping what was edited there."""
    from casecurves.access import find
    from casecurves.figure.caption import caption as caption_of
    from casecurves.figure.caption.alt import alt as alt_of
    from casecurves.figure.export import write
    from casecurves.model.issues import visible

    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_draw", case, report, lang, as_json=json)
    spec = public(figure_of(found, lang, shown))
    text = f"{alt_of(spec)}\n" if alt else caption_of(spec, letters=letters)
    if output:
        path = write(output, kept(Path(output), text, lang, force=force, anew=force).encode(), lang, force=True)
        print(visible(say("terminal.written", lang, path=path)))
    elif json:
        print_json({"caption": caption_of(spec, letters=letters), "alt": alt_of(spec)})
    else:
        print(visible(text), end="")
    tell_report(report, lang)
    return status(report)


def kept(path: Path, fresh: str, lang: str, *, force: bool, anew: bool = False) -> str:
    """Return what a caption file is to hold: the caption made anew, with what somebody wrote into the file before.

    ``force`` replaces a file that is no caption file; only ``anew`` drops what was written, and says how much: whoever
    draws a figure again does not mean to lose it.

    Raises
    ------
    UsageError
        When the file is there and is no caption file, unless it is to be replaced.
    """
    from casecurves.figure.caption.edits import caption_file, merge, read_edited

    if not path.is_file():
        return caption_file(fresh)
    try:
        edited = read_edited(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        edited = None
    if edited is None and force:
        return caption_file(fresh)
    if edited is None:
        raise UsageError(say("export.exists", lang, path=path))
    text, made = edited
    merged = merge(made, text, fresh, lang)
    if anew and merged.kept:
        tell(say("caption.dropped", lang, n=merged.kept))
    if anew:
        return caption_file(fresh)
    if merged.kept:
        tell(say("caption.kept", lang, n=merged.kept, outdated=merged.outdated))
    return caption_file(fresh, merged.text)


def public(spec: Spec) -> Spec:
    """Return a figure that names its case only where that is shipped: any other id may be a person's name."""
    from casecurves.access import is_shipped

    return spec if is_shipped(spec.case) else replace(spec, case="")
