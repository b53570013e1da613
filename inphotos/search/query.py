"""What the user asks for, parsed.

A query is plain language; ``language`` holds its grammar. In short::

    dog on a beach          words in a row are one concept, also around filters
    "red car"  +snow        concepts of their own
    -people  NOT people     takes away
    dog^2                   counts twice
    dog OR cat              the best of the two; also between filters
    last summer, July 2023  dates in words; in quotation marks they stay words
    rating:>=4 -is:raw      filters, see FILTERS
    city:="New York"        the whole text, nothing before or after it
    folder:=Pictures/2023/  this folder, and all that is in it
    like:photo.jpg          a photo as a concept
    like:photo.jpg#xywh=percent:25,10,50,50
                            a part of it: left, top, width and height in percent

Photos that are no part of the text are added by :func:`with_examples`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inphotos.search.language.conditions import (
    FILTERS,
    Comparison,
    Condition,
    DateRange,
    Flag,
    Near,
    TextMatch,
)
from inphotos.search.language.parts import (
    Concept,
    Example,
    Filter,
    Part,
    Problem,
    Query,
    Region,
    Span,
    with_examples,
)
from inphotos.search.language.regions import read_region, written_region
from inphotos.search.language.scoped import scope_of, with_scope

if TYPE_CHECKING:
    from inphotos.search.language.parser import parse

__all__ = [
    "FILTERS",
    "Comparison",
    "Concept",
    "Condition",
    "DateRange",
    "Example",
    "Filter",
    "Flag",
    "Near",
    "Part",
    "Problem",
    "Query",
    "Region",
    "Span",
    "TextMatch",
    "parse",
    "read_region",
    "scope_of",
    "with_examples",
    "with_scope",
    "written_region",
]


def __getattr__(name: str) -> Any:
    """Load the grammar when it is first used: the window needs the values above before it."""
    if name == "parse":
        from inphotos.search.language.parser import parse

        return parse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
