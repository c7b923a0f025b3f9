"""What is drawn to a file: a case, a diagram."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casecurves.commands.captions import kept, public
from casecurves.commands.figures import NAMES, figure_of, told_of
from casecurves.commands.telling import FAULTY, SOUND, nothing, print_json, status, tell, tell_report
from casecurves.errors import UsageError
from casecurves.words import decimal, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casecurves.figure.check import Finding
    from casecurves.figure.diagrams import DiagramSpec
    from casecurves.figure.export import Format
    from casecurves.figure.page import PageOptions
    from casecurves.figure.pictures import Picture
    from casecurves.figure.spec import Spec
    from casecurves.knowledge.relations import Diagram
    from casecurves.model.case import Case
    from casecurves.words import Lang


def render(
    *,
    case: str,
    output: str,
    lang: Lang,
    check: bool,
    force: bool,
    steps: bool,
    picture: list[str],
    no_title: bool,
    **given: object,
) -> int:
    """Draw a case to a file; one with errors without the rows at fault; or only say what is wrong with the figure."""
    from casecurves.access import find
    from casecurves.figure.caption import parts
    from casecurves.figure.export import format_of, save
    from casecurves.figure.pictures import lettered
    from casecurves.model.issues import visible

    if not output and not check:
        raise UsageError(say("cli.error.missing", lang, given="-o/--output", command="casecurves render"))
    shown = {name: given.pop(name) for name in NAMES}
    wanted = read_page_of(given | ({"title": False} if no_title else {}), lang)
    # What is only checked is checked as what it is made for wants.
    output = output or _usual(wanted)
    fmt = format_of(output, lang)
    shots = pictures_of(picture, fmt, lang)
    if steps and fmt != "pptx":
        raise UsageError(say("cli.error.steps", lang, name=Path(output).name))
    found, report = find(case, lang)
    if found is None:
        return nothing("cli.error.cannot_draw", case, report, lang, as_json=False)
    spec = figure_of(found, lang, private(shown, wanted))
    spec = spec if fmt == "json" else public(spec)
    shots = lettered(shots, len(parts(spec)) if wanted.letters else 0)
    wanted, failing = checked(spec, wanted, fmt, lang, shots, always=check)
    if check:
        return FAULTY if failing else status(report)
    words = beside(spec, Path(output), wanted, fmt, [(one.letter, one.label) for one in shots], force=force)
    told = tuple(map(public, told_of(found, lang, private(shown, wanted)))) if steps else ()
    below = _below(found, lang, private(shown, wanted)) if fmt == "html" else ""
    paths = save(spec, output, wanted, force=force, words=words, steps=told, pictures=shots, below=below)
    tell_report(report, lang)
    for path in paths:
        print(visible(say("terminal.written", lang, path=path)))
    return status(report)


def _below(case: Case, lang: Lang, shown: Mapping[str, object]) -> str:
    """Return what the proof-reader finds; nothing where dates or ages are withheld, which its places would print."""
    from casecurves.figure.findings import findings

    return findings(case, lang) if (shown["dates"], shown["age"]) == ("shown", "exact") else ""


def diagram(
    *, diagram: str, listed: bool, output: str, node: str, check: bool, force: bool, json: bool, lang: Lang,
    no_title: bool, **page: object,
) -> int:  # fmt: skip
    """Draw a diagram of relations to a file, or only say what is wrong with it, or print which there are."""
    from casecurves import terminal
    from casecurves.figure.diagrams import check_diagram, diagram_caption, fitted_diagram, render_diagram
    from casecurves.figure.export import PRINTED, caption_beside, check_target, format_of, needs_caption, put
    from casecurves.knowledge.relations import all_diagrams
    from casecurves.model.issues import visible

    known = all_diagrams()
    if listed:
        found = [one.to_json(lang) for one in known.values()]
        if json:
            print_json(found)
        else:
            print(terminal.diagrams(found))
        return SOUND
    if diagram not in known:
        raise UsageError(say("cli.error.diagram", lang, given=diagram, known=", ".join(known)))
    if not output and not check:
        raise UsageError(say("cli.error.missing", lang, command="casecurves diagram", given="-o/--output"))
    wanted = read_page_of(page | ({"title": False} if no_title else {}), lang)
    output = output or _usual(wanted)
    fmt = format_of(output, lang)
    tell_report(known[diagram].report, lang)
    if not known[diagram].report.sound:
        return FAULTY
    spec = _compiled(known[diagram], lang, node)
    failing = False
    # The type of a slide is only known when the diagram is on it.
    if fmt == "pptx" or (fmt in PRINTED and (wanted.preset or check)):
        wanted, mended = fitted_diagram(spec, wanted)
        failing = _told((*mended, *check_diagram(spec, wanted, fmt)), lang)
    if check:
        return FAULTY if failing else SOUND
    target = Path(output)
    check_target(target, lang, force=force)
    words = ""
    if needs_caption(wanted, fmt):
        words = kept(caption_beside(target), diagram_caption(spec), lang, force=force)
    for path in put(target, render_diagram(spec, fmt, wanted), words, lang, force=force, anew=bool(words)):
        print(visible(say("terminal.written", lang, path=path)))
    return SOUND


def _usual(page: PageOptions) -> str:
    """Return the file of what is only checked: of the kind that what it is made for wants."""
    return f"figure.{page.made_for.formats[0] if page.made_for else 'png'}"


def _compiled(diagram: Diagram, lang: Lang, node: str) -> DiagramSpec:
    from casecurves.figure.diagrams import compile_diagram

    spec = compile_diagram(diagram, lang, node)
    if node and not any(box.chosen for box in spec.boxes):
        nodes = ", ".join(box.id for box in spec.boxes)
        raise UsageError(say("cli.error.node", lang, given=node, known=nodes))
    return spec


def read_page_of(given: Mapping[str, object], lang: str) -> PageOptions:
    """Read the page from what was typed; what was not is as the preset has it, else as usual."""
    from casecurves.figure.page import read_page

    typed = {name: value for name, value in given.items() if value is not None}
    if "preset" in typed:
        typed["preset"] = _preset(str(typed["preset"]), lang)
    return read_page(typed, lang)


def _preset(typed: str, lang: str) -> str:
    """Return the key of a preset; of a publisher's name alone, that of its widest page, which is said."""
    from casecurves.knowledge.presets import all_presets, of_house

    known = () if typed in all_presets() else of_house(typed)
    if not known:
        return typed
    taken, *others = (
        say("page.house.one", lang, preset=preset.id, width=decimal(f"{preset.width_mm:g}", lang)) for preset in known
    )
    more = say("page.house.others", lang, others=", ".join(others)) if others else ""
    tell(say("page.house.taken", lang, given=typed, taken=taken, more=more))
    return known[0].id


def private(shown: Mapping[str, object], page: PageOptions) -> dict[str, object]:
    """Return the options of a figure; age and dates as whom the page is made for asks, unless that was typed."""
    preset = page.made_for
    asked = {"age": "exact", "dates": "shown"} if preset is None else {"age": preset.age, "dates": preset.dates}
    return {**shown, **{name: shown[name] or usual for name, usual in asked.items()}}


def checked(
    spec: Spec, page: PageOptions, fmt: Format, lang: Lang, pictures: Sequence[Picture] = (), *, always: bool = False
) -> tuple[PageOptions, bool]:
    """Mend a page that is made for something, say what is wrong with it, and return it and whether it fails."""
    from casecurves.figure.check import check, fitted
    from casecurves.figure.export import PRINTED

    if fmt not in PRINTED or not (page.preset or always):
        return page, False
    page, mended = fitted(spec, page, pictures)
    return page, _told((*mended, *check(spec, page, fmt, pictures)), lang)


def _told(found: Sequence[Finding], lang: Lang) -> bool:
    """Say what was found, and return whether anything of it fails."""
    for finding in found:
        tell(say(f"check.{finding.level}", lang, text=finding.text))
    if not found:
        tell(say("check.sound", lang))
    return any(finding.level == "fails" for finding in found)


def pictures_of(given: list[str], fmt: Format, lang: str) -> tuple[Picture, ...]:
    """Read pictures from what was typed: ``file``, ``file:letter`` or ``file:letter:label``."""
    from casecurves.figure.export import PICTURED
    from casecurves.figure.pictures import LARGEST_FILE, read_picture

    if given and fmt not in PICTURED:
        raise UsageError(say("picture.no_place", lang, fmt=fmt, known=", ".join(PICTURED)))
    read = []
    for typed in given:
        # The letter of a drive is not the letter of a picture.
        drive, rest = (typed[:2], typed[2:]) if typed[1:3] in (":\\", ":/") else ("", typed)
        name, _, told = rest.partition(":")
        mark, _, label = told.partition(":")
        path = Path(drive + name)
        if not path.is_file():
            raise UsageError(say("picture.none", lang, name=path))
        with path.open("rb") as file:
            read.append(read_picture(file.read(LARGEST_FILE + 1), path.name, lang, mark, label))
    return tuple(read)


def beside(
    spec: Spec, output: Path, page: PageOptions, fmt: Format, pictures: list[tuple[str, str]], *, force: bool
) -> str:
    """Return the caption file of a figure, with what was edited there and its pictures; ``""`` for the usual one."""
    from casecurves.figure.caption import caption
    from casecurves.figure.export import PRINTED, caption_beside

    path = caption_beside(output)
    if not page.leaves_out or fmt not in PRINTED or (output.exists() and not force):
        return ""
    if not pictures and not path.is_file():
        return ""
    return kept(path, caption(spec, letters=page.letters, pictures=pictures), spec.lang, force=force)
