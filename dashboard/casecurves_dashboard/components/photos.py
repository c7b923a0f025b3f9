"""A reader's own pictures, a biopsy or an MRI, that stand below the figure: forms, which work without scripts."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from casecurves.figure.pictures import KINDS, LARGEST_FILE, MOST_PIXELS
from casecurves.words import say
from casecurves_dashboard import ids
from casecurves_dashboard.components.parts import aria
from casecurves_dashboard.markup import plain_input
from casecurves_dashboard.photos import LONGEST_LABEL, LONGEST_LETTER, MOST_PER_FIGURE, Added, Photo
from casecurves_dashboard.state import ViewState
from casecurves_dashboard.uploads import LIFETIME_S

_ACCEPTED = ",".join(f"image/{kind.lower()}" for kind in KINDS)


def photos(case_id: str, state: ViewState, added: Added) -> Component:
    """Return where pictures are added, those that there are, and what is said about others."""
    lang = state.lang
    limits = {
        "megabytes": LARGEST_FILE // 1_000_000,
        "pixels": MOST_PIXELS // 1_000_000,
        "most": MOST_PER_FIGURE,
        "hours": LIFETIME_S // 3600,
        "kinds": ", ".join(KINDS),
    }
    refused = [html.P(text, className="notice", role="alert") for text in added.refused]
    kept = [_kept(case_id, state, photo, number) for number, photo in enumerate(added.photos, start=1)]
    return html.Details(
        [
            html.Summary(say("photo.heading", lang)),
            *refused,
            *([html.Ul(kept, className="photos-kept")] if kept else []),
            *([_adding(case_id, state)] if len(kept) < MOST_PER_FIGURE else []),
            html.P(say("photo.limits", lang, **limits), className="quiet"),
        ],
        open=bool(added),
        className="photos",
    )


def _adding(case_id: str, state: ViewState) -> Component:
    label = say("photo.choose", state.lang)
    field = plain_input(
        type="file", name="file", multiple=True, accept=_ACCEPTED, required=True, **aria(label=label), id=ids.PHOTOS
    )
    button = html.Button(say("photo.add", state.lang), type="submit", className="button")
    where = state.at(f"/photos/{quote(case_id, safe='')}")
    return html.Form([field, button], action=where, method="POST", encType="multipart/form-data", className="photo")


def _kept(case_id: str, state: ViewState, photo: Photo, number: int) -> Component:
    lang, shown = state.lang, photo.picture
    letter, label = (
        plain_input(
            type="text",
            name=name,
            value=value,
            maxLength=longest,
            size=3 if name == "letter" else None,
            placeholder=say(f"photo.{name}", lang),
            **aria(label=say(f"photo.{name}_of", lang, n=number)),
        )
        for name, value, longest in (
            ("letter", shown.letter, LONGEST_LETTER),
            ("label", shown.label, LONGEST_LABEL),
        )
    )
    buttons = [
        html.Button(say(f"photo.{do}", lang), type="submit", name="do", value=do, className="button")
        for do in ("save", "remove")
    ]
    size = say("photo.size", lang, name=photo.name, wide=shown.size[0], high=shown.size[1])
    where = state.at(f"/photos/{quote(case_id, safe='')}/{photo.id}")
    form = html.Form([letter, label, *buttons], action=where, method="POST", className="photo")
    return html.Li([html.Span(size, className="quiet"), form])
