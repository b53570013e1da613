"""Ranked photos, and what their scores mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inphotos.encoders.base import Thresholds
from inphotos.search.query import Problem, Query
from inphotos.store.catalog import Photo

Match = Literal["strong", "maybe", "none"]

Presence = Literal["here", "offline", "missing"]


@dataclass(frozen=True, slots=True)
class Result:
    """One photo of an answer.

    Attributes:
        rank: from 1.
        content: digest of the file, the key of its thumbnail.
        width, height: pixels, upright.
        score: cosine similarity to the query, or None when the photos are only listed.
        match: how the score is read, or None when the photos are only listed.
        presence: whether the file can be opened: its folder may be offline, or it may have
            vanished.
        parts: cosine similarity to each concept of the query, where that was asked for.
        alike: how many photos of the answer are folded into this one, itself included.
    """

    rank: int
    photo_id: int
    path: Path
    content: str
    width: int
    height: int
    score: float | None
    match: Match | None
    presence: Presence = "here"
    parts: tuple[float, ...] = ()
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Results:
    """An answer.

    Attributes:
        query: the words, or the path of the photo, that were searched for.
        model: name of the model that answered.
        took_ms: from the query to the ranked photos, milliseconds.
        total: how many photos were searched, or pass the filters.
        results: the most similar first.
        parsed: the query as it was understood, None for a photo.
        problems: what was left out of it, and what cannot be found yet.
    """

    query: str
    model: str
    took_ms: float
    total: int
    results: tuple[Result, ...]
    parsed: Query | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two photos are.

    Attributes:
        model: name of the model that compared them.
        cosine: cosine similarity of their embeddings, -1 to 1.
        l2: Euclidean distance of the encoder's raw outputs, before normalisation.
        match: whether they count as the same kind of picture.
    """

    model: str
    cosine: float
    l2: float
    match: bool


def result_of(
    photo: Photo,
    rank: int,
    offline: Collection[int],
    score: float | None = None,
    match: Match | None = None,
    parts: tuple[float, ...] = (),
    alike: int = 1,
) -> Result:
    """Return a photo as part of an answer.

    Args:
        offline: ids of the folders that cannot be reached.
        photo, rank, score, match, parts, alike: as in :class:`Result`.
    """
    # A photo that has gone while the user scrolls keeps its place.
    presence: Presence = "here" if photo.state == "here" else "missing"
    return Result(
        rank=rank,
        photo_id=photo.id,
        path=photo.path,
        content=photo.content,
        width=photo.width,
        height=photo.height,
        score=score,
        match=match,
        presence="offline" if photo.folder_id in offline else presence,
        parts=parts,
        alike=alike,
    )


def match_of_words(score: float, thresholds: Thresholds) -> Match:
    """Read the similarity of a photo to words."""
    if score >= thresholds.strong:
        return "strong"
    return "maybe" if score >= thresholds.maybe else "none"


def match_of_photo(score: float, thresholds: Thresholds) -> Match:
    """Read the similarity of a photo to another photo: strong is the same kind of picture."""
    return "strong" if score >= thresholds.same_kind else "none"
