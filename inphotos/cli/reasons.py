"""Why a photo matches a query, as ``inphotos info --query`` says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from inphotos.cli.search import demand, subject
from inphotos.errors import display_path
from inphotos.search.why import ConceptReason, FilterReason, Why

_UNKNOWN = "not known"


def why_document(why: Why) -> dict[str, Any]:
    """Return the part of the JSON document that tells why a photo matches."""
    return {
        "query": " ".join(why.query.text.split()),
        "score": why.score,
        "match": why.match,
        "concepts": [
            {
                "text": reason.concept.text or None,
                "photo": None if reason.concept.photo is None else str(reason.concept.photo),
                "weight": reason.concept.weight,
                "similarity": round(reason.similarity, 6),
                "match": reason.match,
                "effect": None if reason.effect is None else round(reason.effect, 6),
            }
            for reason in why.concepts
        ],
        "filters": [
            {
                "name": reason.filter.name,
                "label": reason.filter.label,
                "negated": reason.filter.negated,
                "holds": reason.holds,
                "value": reason.value.isoformat()
                if isinstance(reason.value, datetime)
                else reason.value,
            }
            for reason in why.filters
        ],
    }


def why_lines(why: Why) -> Iterator[tuple[str, str]]:
    """Yield why a photo matches, as names and values for a person."""
    if why.score is not None:
        yield "match", f"{why.match} (score {why.score:.3f})"
    elif why.query.concepts:
        yield "match", "not known: the photo has not been indexed with this model"
    for reason in why.concepts:
        yield "concept", display_path(f"{subject(reason.concept)}: {_effect(reason)}")
    for each in why.filters:
        verdict = "holds" if each.holds else "does not hold"
        yield "filter", display_path(f"{demand(each.filter)}: {verdict}{_value(each)}")


def _effect(reason: ConceptReason) -> str:
    if reason.is_itself:
        return "this is the photo itself"
    text = f"{reason.match} ({reason.similarity:.3f}"
    return f"{text})" if reason.effect is None else f"{text}, counts {reason.effect:+.3f})"


def _value(reason: FilterReason) -> str:
    value, name = reason.value, reason.filter.name
    if name == "is" or (value is None and name == "ext"):
        return ""
    if value is None:
        return f" ({_UNKNOWN})"
    if isinstance(value, datetime):
        return f" (taken {value:%Y-%m-%d})"
    if isinstance(value, str):
        return f" ({value})"
    return f" ({value:,.1f} km)" if name == "near" else f" ({value:,g})"
