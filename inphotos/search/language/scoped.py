"""The part of a query that says where to look: in which folder, at which time, at which place.

A window offers such parts to be clicked, and puts them into what the user has typed.
"""

from __future__ import annotations

from collections.abc import Callable

from inphotos.search.language.conditions import Flag
from inphotos.search.language.parts import Filter, Query

#: Filters that say where to look, by what they exclude each other in.
_KINDS = {
    "date": "date",
    "folder": "folder",
    "place": "place",
    "country": "place",
    "city": "place",
    "near": "place",
    "favorite": "favorite",
    "undated": "date",
}


def with_scope(
    text: str, scope: str, parse: Callable[[str], Query], *, together: bool = False
) -> str:
    """Return a query that looks elsewhere for the same.

    Args:
        text: what was typed.
        scope: where to look, as it would be typed.
        parse: reads a query.
        together: look where both say, but for what they exclude each other in: a month takes the
            place of a year, and not of a folder.
    """
    kinds = {_kind(filter_) for filter_ in parse(scope).filters} if together else {*_KINDS.values()}
    while True:
        query = parse(text)
        old = next((f for f in query.filters if f.spans and _kind(f) in kinds), None)
        if old is None:
            return f"{scope} {text}".strip()
        text = query.without(old)


def scope_of(query: Query) -> str:
    """Return the part of a query that says where to look, as it was typed."""
    spans = [span for f in query.filters if _kind(f) for span in f.spans]
    return " ".join(query.text[span.start : span.end] for span in sorted(spans))


def _kind(filter_: Filter) -> str:
    """Return what a filter says where to look by; nothing for another one, or where not to."""
    condition = filter_.condition
    name = condition.name if isinstance(condition, Flag) else filter_.name
    return "" if filter_.negated else _KINDS.get(name, "")
