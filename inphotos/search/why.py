"""Why a photo is in an answer: what each part of the query finds in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import numpy as np

from inphotos.search.concepts import absolute
from inphotos.search.filters import Scores
from inphotos.search.listing import Listing
from inphotos.search.query import (
    Comparison,
    Concept,
    Condition,
    DateRange,
    Filter,
    Near,
    Query,
    TextMatch,
)
from inphotos.search.ranking import Lines, Match, match_of
from inphotos.search.scoring import Scorer
from inphotos.store.columns import Vectors
from inphotos.store.details import NO_RATING
from inphotos.store.table import PhotoTable

Value: TypeAlias = datetime | str | float | None
"""What a filter looks at: when a photo was taken (without a time zone), a text, or a number."""

_EPOCH = datetime(1970, 1, 1)

#: Texts that are columns of their own.
_TEXTS = {"camera": "camera", "lens": "lens", "name": "name_text"}


@dataclass(frozen=True, slots=True)
class ConceptReason:
    """What one concept of a query finds in a photo.

    Attributes:
        concept: of the query.
        similarity: cosine similarity of the photo to it.
        lines: the lines that the similarity is read by.
        match: how that is read by itself. Of what is not wanted, ``none`` is what the user means.
        effect: what it adds to the score, or takes away (below 0); None where it does not count
            by itself: another alternative counts, or it is a marked photo.
        is_itself: the photo is the one that the concept stands for.
    """

    concept: Concept
    similarity: float
    lines: Lines
    match: Match
    effect: float | None
    is_itself: bool = False


@dataclass(frozen=True, slots=True)
class FilterReason:
    """Whether a photo passes one filter of a query.

    Attributes:
        filter: of the query.
        holds: whether it does.
        value: what the filter looks at: for ``near:`` the distance in kilometres, for sizes
            megapixels or bytes. None where it is not known, or says no more than the filter.
    """

    filter: Filter
    holds: bool
    value: Value


@dataclass(frozen=True, slots=True)
class Why:
    """Why a photo is in an answer, or is not.

    Attributes:
        query: as it was understood.
        concepts: for each concept of the query; none where the photo has no embedding yet.
        filters: for each filter of the query.
        marks: what the photos that the user has marked add to the score together.
        score: of the photo, as a search gives it; None without concepts or embedding.
        match: how the score is read; likewise.
        lines: the lines that it is read by; likewise.
    """

    query: Query
    concepts: tuple[ConceptReason, ...] = ()
    filters: tuple[FilterReason, ...] = ()
    marks: float = 0.0
    score: float | None = None
    match: Match | None = None
    lines: Lines | None = None


def concept_reasons(
    scorer: Scorer, vector: Vectors, effects: tuple[float | None, ...], own: tuple[bool, ...]
) -> tuple[ConceptReason, ...]:
    """Return what the concepts of a query find in a photo.

    Args:
        scorer: of the query.
        vector: embedding of the photo, shape (dimension,).
        effects: of each concept, as :meth:`Scorer.effects` gives them.
        own: whether each concept is the photo itself.
    """
    similarities = np.vecdot(scorer.vectors, vector).tolist()
    readings = map(scorer.reading, scorer.concepts)
    return tuple(
        ConceptReason(concept, similarity, lines, match_of(similarity, lines), effect, is_itself)
        for concept, similarity, lines, effect, is_itself in zip(
            scorer.concepts, similarities, readings, effects, own, strict=True
        )
    )


def is_photo(concept: Concept, listing: Listing, photo_id: int) -> bool:
    """Tell whether a concept stands for a photo of the library."""
    if concept.photo is None or concept.region is not None:
        return False
    photo = listing.catalog.by_path(absolute(concept.photo))
    return photo is not None and photo.id == photo_id


def filter_reasons(
    query: Query, listing: Listing, photo_id: int, score: float | None = None
) -> tuple[FilterReason, ...]:
    """Return which filters of a query a photo passes; none where the library has no such photo.

    Args:
        query: any.
        listing: of the library.
        photo_id: the photo.
        score: of the photo, for filters on it.

    Raises:
        LibraryError: the store cannot be read.
    """
    table = listing.table
    table.refresh()
    row = int(table.rows_of(np.array([photo_id], np.int64))[0])
    if row < 0:
        return ()
    scores: Scores | None = None
    if score is not None:
        scores = np.full(len(table.ids), np.nan, np.float32)
        scores[row] = score
    return tuple(
        FilterReason(
            filter_,
            bool(listing.masks.accepted(((filter_,),), scores)[row]),
            _value(filter_.condition, listing, row, score),
        )
        for filter_ in query.filters
    )


def _value(condition: Condition, listing: Listing, row: int, score: float | None) -> Value:
    table = listing.table
    match condition:
        case DateRange():
            return _EPOCH + timedelta(milliseconds=int(table.number("taken_ms")[row]))
        case TextMatch(field="tag"):
            return ", ".join(listing.masks.marked.tags_at(row)) or None
        case TextMatch():
            return _text(condition, table, row) or None
        case Comparison(field="score"):
            return score
        case Comparison(field="rating"):
            rating = int(listing.masks.marked.ratings()[row])
            return None if rating == NO_RATING else float(rating)
        case Comparison():
            return _number(condition, table, row)
        case Near():
            place = (float(table.number(name)[row]) for name in ("latitude", "longitude"))
            distance = condition.distance((next(place), next(place)))
            return None if math.isnan(distance) else distance
        case _:
            return None


def _text(match: TextMatch, table: PhotoTable, row: int) -> str:
    if match.field == "folder":
        column = table.directory(absolute=True)
    elif match.field in ("place", "country", "city"):
        column = table.place()
    elif match.field in _TEXTS:
        column = table.text(_TEXTS[match.field])
    else:  # an extension stands in the filter as it stands in the name
        return ""
    return column.values[int(column.codes[row])]


def _number(comparison: Comparison, table: PhotoTable, row: int) -> float | None:
    match comparison.field:
        case "megapixels":
            pixels = int(table.number("width")[row]) * int(table.number("height")[row])
            return pixels / 1e6 or None
        case _:
            return float(table.number("size")[row])
