"""Closed words as people write them: French ones, and the usual abbreviations of a route."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Without accents, spaces and hyphens as "_". What a table holds is always the word at right.
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "oral": ("po", "per_os", "orale", "voie_orale"),
    "intravenous": ("iv", "intraveineux", "intraveineuse", "voie_intraveineuse"),
    "subcutaneous": ("sc", "sous_cutane", "sous_cutanee", "voie_sous_cutanee"),
    "intramuscular": ("im", "intramusculaire", "voie_intramusculaire"),
    "topical": ("topique", "voie_topique", "local", "locale"),
    "inhaled": ("inhale", "inhalee", "voie_inhalee"),
    "continuous": ("continu", "continue"),
    "tapering": ("decroissance", "degressif", "degressive"),
    "intermittent": ("intermittente",),
    "symptom": ("symptome",),
    "diagnosis": ("diagnostic",),
    "biopsy": ("biopsie",),
    "imaging": ("imagerie",),
    "procedure": ("geste", "geste_ou_examen", "examen"),
    "admission": ("hospitalisation",),
    "flare": ("poussee",),
    "relapse": ("rechute",),
    "adverse_event": ("evenement_indesirable", "effet_indesirable"),
    "pregnancy": ("grossesse",),
    "dialysis": ("dialyse",),
    "transplant": ("greffe", "transplantation"),
    "last_follow_up": ("dernieres_nouvelles", "dernier_suivi"),
    "death": ("deces",),
    "other": ("autre", "autre_voie"),
    "remission": (),
    "decision": (),
    "used": ("retenu", "retenue"),
    "disputed": ("conteste", "contestee"),
    "reported": ("rapporte", "rapportee"),
    "digitised": ("lu_sur_une_figure",),
    "derived": ("deduit", "deduite"),
    "illustrative": ("illustratif",),
    "female": ("femme", "feminin", "f"),
    "male": ("homme", "masculin", "m", "h"),
    "unknown": ("inconnu",),
    "yes": ("oui",),
}
_MEANT = {form: word for word, forms in _WRITTEN.items() for form in (word, *forms)}


def meant(text: object) -> object:
    """Return the closed word that a text means: *poussée* is ``flare``; whatever means none is returned as it is."""
    if not isinstance(text, str):
        return text
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return _MEANT.get(re.sub(r"[\s_-]+", "_", plain.strip()).rstrip("."), text)
