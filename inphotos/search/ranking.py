"""Ranked photos, and what their scores mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inphotos.encoders.base import Thresholds

Match = Literal["strong", "maybe", "none"]


@dataclass(frozen=True, slots=True)
class Result:
    """One photo of an answer.

    Attributes:
        rank: from 1.
        content: digest of the file, the key of its thumbnail.
        width, height: pixels, upright.
        score: cosine similarity to the query, or None when the photos are only listed.
        match: how the score is read, or None when the photos are only listed.
    """

    rank: int
    photo_id: int
    path: Path
    content: str
    width: int
    height: int
    score: float | None
    match: Match | None


@dataclass(frozen=True, slots=True)
class Results:
    """An answer.

    Attributes:
        query: the words, or the path of the photo, that were searched for.
        model: name of the model that answered.
        took_ms: from the query to the ranked photos, milliseconds.
        total: how many photos were searched.
        results: the most similar first.
    """

    query: str
    model: str
    took_ms: float
    total: int
    results: tuple[Result, ...]


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


def match_of_words(score: float, thresholds: Thresholds) -> Match:
    """Read the similarity of a photo to words."""
    if score >= thresholds.strong:
        return "strong"
    return "maybe" if score >= thresholds.maybe else "none"


def match_of_photo(score: float, thresholds: Thresholds) -> Match:
    """Read the similarity of a photo to another photo: strong is the same kind of picture."""
    return "strong" if score >= thresholds.same_kind else "none"
