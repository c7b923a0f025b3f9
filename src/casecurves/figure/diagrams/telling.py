"""The words of a diagram: its caption, and the text in place of the picture."""

from __future__ import annotations

from casecurves.figure.diagrams.spec import DiagramSpec
from casecurves.figure.stamp import software
from casecurves.words import say


def diagram_caption(spec: DiagramSpec) -> str:
    """Return everything that the picture of a diagram may leave out, as plain text, one paragraph each."""
    relations = " ".join(f"({one.sign}) {one.text}" for one in spec.relations)
    # The numbers of a caption stand in it.
    known = [note for note in spec.notes if note != say("diagram.numbers", spec.lang)]
    notes = " ".join(f"{note.rstrip('.')}." for note in (say("diagram.in_caption", spec.lang), *spec.signs, *known))
    opening = f"{spec.title}. {spec.subtitle}"
    return "\n\n".join([opening, relations, notes, f"{spec.source}", spec.disclaimer, software()]) + "\n"


def diagram_alt(spec: DiagramSpec) -> str:
    """Return the text in place of a diagram: what it shows, and each relation."""
    boxes = ", ".join(box.label for box in spec.boxes)
    told = say("diagram.alt", spec.lang, title=spec.title.rstrip("."), boxes=boxes)
    return " ".join([told, *(one.text for one in spec.relations)])
