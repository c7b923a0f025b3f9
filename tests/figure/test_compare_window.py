"""A window on a comparison: only what it shows is drawn, on the scales of all, and that is said."""

import pytest
from figure.build import SHIPPED, course, event, made, value
from figure.cohort import cohort
from figure.page import read
from figure.test_plotly import check_spec

from casecurves.figure.compare import CompareOptions, Subject, compile_comparison
from casecurves.figure.plotly import to_plotly
from casecurves.figure.svg import to_svg

VIEWS = ("swimmer", "multiples", "overlay")
ONE = made(
    therapies=[course("early", "rituximab", "D-300", "D-200"), course("dupi", "dupilumab", "D0", "D500")],
    events=[event("seen", "D40", "flare"), event("late", "D400", "relapse")],
    measurements=[value(f"up-{n}x", str(1000 * n + 100), f"D{n * 60}", "uPCR", unit="mg/g") for n in range(6)],
    day_zero="dupi",
)


def shown(window, view="swimmer", lang="en", **more):
    options = CompareOptions(view=view, window=window, lang=lang, **more)
    return compile_comparison([Subject(ONE, "First"), *cohort(6)], options)


@pytest.mark.parametrize("view", VIEWS)
def test_only_what_lies_in_the_window_is_drawn(view):
    whole, spec = shown(None, view), shown((10.0, 100.0), view)
    (zone,) = spec.axis.zones
    assert (zone.lo, zone.hi) == (10.0, 100.0)
    spans = [span for mark in spec.marks() for span in mark.place]
    spans += [span for bar in spec.bars() for span in (*bar.possible, *bar.certain)]
    spans += [span for panel in spec.panels for band in panel.bands for span in band.span]
    assert spans
    assert all(span.zone == "main" and 10.0 <= span.x0 <= span.x1 <= 100.0 for span in spans)
    assert [lane.patient for lane in spec.lanes] == [lane.patient for lane in whole.lanes], "nobody is dropped"
    scales = {panel.key: (panel.lo, panel.hi) for panel in whole.panels}
    assert all(scales[panel.key] == (panel.lo, panel.hi) for panel in spec.panels if panel.scale != "words")
    page = read(to_svg(spec))
    assert page.collisions() == []
    assert page.outside() == []
    check_spec(spec, most=60)


def test_it_is_said_that_there_is_more():
    spec = shown((10.0, 100.0))
    assert {"made/dupi", "made/seen"} <= spec.drawn()
    assert not {"made/early", "made/late"} & spec.drawn()
    assert any(note.startswith("Only the window W1.4–W14.3 is shown") for note in spec.notes)
    assert any(note.startswith("Seule la fenêtre S1,4–S14,3") for note in shown((10.0, 100.0), lang="fr").notes)
    (unseen,) = [note for note in shown((290.0, 330.0), "overlay", analytes=("upcr",)).notes if "First" in note]
    assert not unseen.startswith("Without a value that has a place"), "it has values, elsewhere"


@pytest.mark.parametrize("window", [(90000.0, 90010.0), (10.0, 10.1)])
def test_a_window_without_anything_is_none(window):
    assert shown(window) == shown(None)


def test_what_goes_on_beyond_has_no_question_mark_on_either_picture():
    case = made(
        therapies=[course("dupi", "dupilumab", "D0", "D9"), course("vague", "rituximab", "D5..D700", "D600..D900")],
        day_zero="dupi",
    )
    spec = compile_comparison([Subject(case, "Her")], CompareOptions(window=(0.0, 300.0)))
    asked = [word for word in read(to_svg(spec)).words if word.text == "?" and word.row]
    shown = [note for note in to_plotly(spec)["layout"]["annotations"] if "?" in note["text"]]
    texts = [text for trace in to_plotly(spec)["data"] for text in trace.get("text", ()) if "?" in text]
    assert len(asked) == len(shown) + len(texts) == 1, "where it may have begun"


def test_days_before_a_day_zero_at_the_end_keep_their_unit():
    spec = compile_comparison([Subject(SHIPPED["mn-dupilumab-2"], "Her")], CompareOptions(align="last_follow_up"))
    assert spec.axis.zones[-1].ticks[-1].label == "0"
    assert to_plotly(spec)["layout"]["xaxis"]["tickprefix"] == "M"
