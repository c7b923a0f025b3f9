"""What a journal prints under a figure: everything that the picture itself may leave out, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casecurves.figure.caption import course
from casecurves.figure.layout import letter
from casecurves.figure.layout.signs import signed
from casecurves.figure.spec import Box, Spec
from casecurves.figure.stamp import stamp
from casecurves.words import say


def caption(spec: Spec, *, letters: bool = False, pictures: Sequence[tuple[str, str]] = ()) -> str:
    """Return the caption of a figure.

    Parameters
    ----------
    spec : Spec
        The figure.
    letters : bool
        True names the parts by the letters that the page gives them.
    pictures : sequence of (str, str)
        Letter and label of each picture that stands below the figure.

    Returns
    -------
    str
        Title and who; drugs with doses; biomarkers with assays and ranges; thresholds, rules; the axis; what is not
        exact; boxes, legend, notes, disagreements, abbreviations; sources, disclaimer, and which revision of the case
        it was made from: one paragraph each, plain text.
    """
    paragraphs = [
        spec.banner,
        f"{spec.title}. {_opening(spec.subtitle)}.",
        _parts(spec) if letters else "",
        say("list.semicolon", spec.lang).join(f"{mark}, {label}" if label else mark for mark, label in pictures)
        + ("." if pictures else ""),
        course.therapies(spec),
        course.biomarkers(spec),
        course.thresholds(spec),
        course.rules(spec),
        course.axis(spec),
        course.certainty(spec),
        *(_box(box, spec.lang) for box in spec.boxes),
        _legend(spec),
        " ".join(spec.notes),
        " ".join(f"≠{found.n} {found.label}." for found in spec.discrepancies),
    ]
    told = "\n\n".join(text for text in paragraphs if text)
    foot = [course.abbreviations(spec, told), spec.source, spec.disclaimer, stamp(spec)]
    return "\n\n".join([told, *(text for text in foot if text)]) + "\n"


def _opening(text: str) -> str:
    """Return words as they open a sentence; a name such as eGFR or p-ANCA keeps its letter."""
    return text[:1].upper() + text[1:] if text[1:2].islower() else text


def parts(spec: Spec) -> tuple[str, ...]:
    """Return the names of the parts of a figure from top to bottom, as they are lettered."""
    return tuple(_named(spec))


def _named(spec: Spec) -> Iterator[str]:
    if spec.lanes or spec.chips:
        yield say("page.part.therapies", spec.lang)
    if spec.rail.marks or spec.rail.bands:
        yield say("page.part.events", spec.lang)
    shared = [panel.label for panel in spec.panels if panel.key in spec.overlay]
    for panel in spec.panels:
        if spec.is_under_lane(panel):
            continue
        if panel.key not in spec.overlay:
            yield panel.label
        elif panel.key == spec.overlay[0]:
            yield ", ".join(shared)
    yield from spec.charts.headings()


def _parts(spec: Spec) -> str:
    return (
        say("list.semicolon", spec.lang).join(f"{letter(number)}, {name}" for number, name in enumerate(parts(spec)))
        + "."
    )


def _box(box: Box, lang: str) -> str:
    """Run on the entries of a box, each moment said once."""
    by_moment: dict[str, list[str]] = {}
    for entry in box.entries:
        by_moment.setdefault(entry.moment, []).append(signed(entry, entry.text))
    said = []
    for moment, texts in by_moment.items():
        run_on = say("caption.between", lang).join(texts)
        said.append(say("box.moment", lang, moment=moment, texts=run_on) if moment else run_on)
    return say("page.caption.line", lang, head=box.heading, text=". ".join(said))


def glyph(kind: str) -> str:
    """Return under which name the sample of a kind of mark is described: drugs differ by colour alone."""
    return "drug" if kind.startswith("drug.") else kind


def _legend(spec: Spec) -> str:
    """Say in words what the legend draws."""
    marks = [
        say("page.caption.mark", spec.lang, mark=say(f"page.glyph.{glyph(item.kind)}", spec.lang), means=item.label)
        for item in spec.legend
    ]
    return say(
        "page.caption.line",
        spec.lang,
        head=say("html.legend", spec.lang),
        text=say("caption.between", spec.lang).join(marks),
    )
