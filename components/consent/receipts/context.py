"""The JSON-LD context that every record carries with it, so that nothing has to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...policy.pack import Localised

_IRI = {"@type": "@id"}
_BY_LANGUAGE = {"@container": "@language"}
_DAY = {"@type": "xsd:date"}
_MOMENT = {"@type": "xsd:dateTime"}

_COERCED: Mapping[str, Mapping[str, str]] = {
    "dct:conformsTo": _IRI,
    "dct:publisher": _IRI,
    "dct:created": _MOMENT,
    "dct:issued": _DAY,
    "dct:valid": _DAY,
    "dct:title": _BY_LANGUAGE,
    "dct:description": _BY_LANGUAGE,
    "dpv:hasName": _BY_LANGUAGE,
    "dpv:hasAddress": _BY_LANGUAGE,
    "dpv:hasProcessing": _IRI,
    "dpv:hasNecessity": _IRI,
    "dpv:hasLegalBasis": _IRI,
    "dpv:hasLocation": _IRI,
    "dpv:hasApplicability": _IRI,
    "dpv:hasJurisdiction": _IRI,
    "dpv:isExercisedAt": _IRI,
    "dpv:isIndicatedAtTime": _MOMENT,
    "mingshi:legalName": _BY_LANGUAGE,
    "mingshi:length": {"@type": "xsd:duration"},
    "mingshi:manner": _BY_LANGUAGE,
    "mingshi:scene": _BY_LANGUAGE,
    "mingshi:words": {"@container": "@list"},
    # Kept as it is, down to the canonical form that its hash is taken of.
    "mingshi:event": {"@type": "@json"},
}

CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "loc": "https://w3id.org/dpv/loc#",
    "mingshi": "urn:mingshi:terms:",
    "pd": "https://w3id.org/dpv/pd#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{term: {"@id": term, **how} for term, how in _COERCED.items()},
}
"""Prefixes, and what the values of a property are where they are not plain text."""


def language_tag(locale: str) -> str:
    """The BCP 47 tag of a Babel locale id: ``zh_Hans`` is ``zh-Hans``."""
    return locale.replace("_", "-")


def by_language(text: Localised) -> dict[str, str]:
    """A localised text as a language map of JSON-LD."""
    return {language_tag(locale): words for locale, words in text.items()}
