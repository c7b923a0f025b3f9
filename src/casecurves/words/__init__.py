"""The one catalogue of everything a person reads: English and French side by side.

Each ``*.toml`` beside this file is a chapter; an entry is a table with ``en`` and ``fr``:

    [legend.certain]
    en = "certainly on"
    fr = "certainement en cours"

A further language is one file, ``languages/<code>.toml``, with a text for each dotted key:

    "legend.certain" = "sicher gegeben"

What it does not have, and the names and texts of cases and of the knowledge tables, is then read in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast


def _further() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of the languages that have a file of their own, by code."""
    found = (item for item in files(__package__).joinpath("languages").iterdir() if item.name.endswith(".toml"))
    return {item.name.removesuffix(".toml"): tomllib.loads(item.read_text("utf-8")) for item in found}


_FURTHER = _further()
LANGS = cast("tuple[Lang, ...]", ("en", "fr", *sorted(_FURTHER)))
if TYPE_CHECKING:
    Lang = Literal["en", "fr"]
else:
    # What a model accepts: a type checker cannot see which files there are.
    Lang = Literal[LANGS]


def say(key: str, lang: str = "en", /, **params: object) -> str:
    """Return the text of a catalogue entry in one language.

    Parameters
    ----------
    key : str
        Dotted key of the entry, such as ``"legend.certain"``.
    lang : str
        One of `LANGS`.
    **params : object
        Values for the ``{placeholders}`` of the entry.

    Returns
    -------
    str
        The text with its placeholders filled in.

    Raises
    ------
    KeyError
        When the catalogue has no such entry.
    """
    # Help is there before anything else is read: the rest of the catalogue takes most of the time of a start.
    text = pick(_typed()[key], lang) if key.startswith("cli.") and key in _typed() else spoken(lang)[key]
    return text.format(**params) if params else text


def spoken(lang: str) -> Mapping[str, str]:
    """Return the whole catalogue in one language, in English for one that there is not: for who asks very often."""
    return _spoken().get(lang) or _spoken()["en"]


@cache
def _spoken() -> Mapping[str, Mapping[str, str]]:
    """Return the whole catalogue in each language: nothing is asked for more often."""
    return {lang: {key: pick(texts, lang) for key, texts in catalogue().items()} for lang in LANGS}


def pick(texts: Mapping[str, str], lang: str) -> str:
    """Return the text of a language; the English one where a further language has none."""
    return texts[lang] if lang in texts else texts["en"]


def decimal(text: str, lang: str) -> str:
    """Write a number, written with a point, with the decimal mark of a language."""
    return text.replace(".", say("number.decimal", lang)) if "." in text else text


def numeral(text: str, lang: str) -> str:
    """Write a number kept as text, such as ``<0.001``, with the decimal mark of a language; words as they are."""
    return decimal(text.replace(",", "."), lang) if _NUMBER.fullmatch(text) else text


def limits_of(low: str, high: str, lang: str) -> str:
    """Write two limits: with a dash between, but with a word where one has a sign of its own."""
    signed = any(text.startswith(("-", "\u2212")) for text in (low, high))
    return say(f"outcome.limits{'_signed' if signed else ''}", lang, low=low, high=high)


def probability(text: str, lang: str) -> str:
    """Write a p kept as text, such as ``<0.001`` or ``p<0.001``, its sign between spaces that do not break."""
    found = _NUMBER.fullmatch(_NAMED_P.sub("", text))
    if found is None:
        return say("outcome.p_words", lang, p=text)
    return say("outcome.p", lang, sign=found["sign"] or "=", p=numeral(found["number"], lang))


def typeset(text: str, lang: str) -> str:
    """Return a text as its language is printed: an apostrophe is curved, and in French no line breaks before ``:``.

    Parameters
    ----------
    text : str
        As people type it.
    lang : str
        Its language.

    Returns
    -------
    str
        The same text, spaces that must not break made such.
    """
    return curved(_FIXED.sub("\u00a0", text) if lang == "fr" else text)


def curved(text: str) -> str:
    """Return a text whose apostrophes are those of print, however they were typed."""
    return _APOSTROPHE.sub("\u2019", text) if "'" in text else text


def unbroken(html: str) -> str:
    """Return the HTML of a text in which names such as IFN-γ or IL-21 stay on one line (``class="whole"``)."""
    made = _WHOLE.sub(r'<span class="whole">\g<0></span>', html) if "-" in html else html
    # One element, however many names there are: beside others in a row it must stay one.
    return made if made == html or _WHOLE.fullmatch(html) else f'<span class="named">{made}</span>'


def printed(texts: Mapping[str, str], lang: str) -> str:
    """Return the text of a language, as `pick`, with its spaces, as `typeset`."""
    return typeset(pick(texts, lang), lang)


def has(key: str) -> bool:
    """Tell whether the catalogue has an entry of this key."""
    return key in catalogue()


_NUMBER = re.compile(r"(?P<sign>[<>=≤≥~≈]?)\s*(?P<number>\d+(?:[.,]\d+)?)")
_NAMED_P = re.compile(r"[pP]\s*(?=[<>=≤≥~≈])")
# A space before a two-part sign or inside quotation marks, between a number and its unit, or round a multiplication;
# where the number is filled in, a brace stands in the text.
_UNITS = (
    r"(?:[kmµnp]?g|[md]?L|[mk]?UI|[mkR]?U|[mµ]?mol|mm(?:Hg)?|cm|G|T|Gy|ans?|mois|jours?|semaines?|heures?|h|min|j|ml"
    r"|Mo|pt)"
)
_FIXED = re.compile(rf" (?=[:;?!%»])|(?<=«) |(?<=[\d}}]) (?=(?:{_UNITS}(?:/|\b)|×))|(?<=×) (?=[\d{{])")

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_])")
# A few letters, a hyphen, and a number, a Greek letter or capitals.
_WHOLE = re.compile(r"(?<!\w)[A-Z][A-Za-z]{0,4}-(?:\d{1,3}[A-Za-zα-ω]{0,3}|[α-ω]\d?|[A-Z]{1,6}\d{0,3})(?!\w)")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return all entries, by dotted key; read once per process."""
    entries: dict[str, dict[str, str]] = {}
    for chapter in sorted(item.name for item in files(__package__).iterdir()):
        if chapter.endswith(".toml"):
            entries.update(_chapter(chapter))
    for lang, texts in _FURTHER.items():
        for key, text in texts.items():
            if key not in entries:
                raise KeyError(f"languages/{lang}.toml: there is no entry {key!r}")
            entries[key][lang] = text
    return entries


@cache
def _typed() -> Mapping[str, Mapping[str, str]]:
    """Return the chapter of the command line alone."""
    entries = _chapter("cli.toml")
    for lang, texts in _FURTHER.items():
        for key in texts.keys() & entries.keys():
            entries[key][lang] = texts[key]
    return entries


def _chapter(name: str) -> dict[str, dict[str, str]]:
    found = dict(_flatten(tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8")), ""))
    return found if name in _PLAIN else {key: _typeset(texts) for key, texts in found.items()}


# What a terminal prints and a spreadsheet holds is searched and pasted: its spaces are those of a keyboard.
_PLAIN = {"chronology.toml", "cli.toml", "consistency.toml", "issues.toml", "workbook.toml"}


def _typeset(texts: Mapping[str, str]) -> dict[str, str]:
    return {**texts, "en": curved(texts["en"]), "fr": typeset(texts["fr"], "fr")}


def _flatten(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in node.items():
        if not isinstance(value, dict):
            continue
        key = f"{prefix}{name}"
        if isinstance(value.get("en"), str):
            yield key, value
        yield from _flatten(value, f"{key}.")
