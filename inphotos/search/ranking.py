"""Ranked photos, and what their scores mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
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
        group: key of the group that it is in, where groups were asked for: the day on the clock
            where it was taken (``2023-07-14``), its directory (absolute, with ``/``) or its place
            (``Porto, Portugal``); empty where that is not known.
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
    group: str = ""
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Lines:
    """The scores that divide an answer.

    Attributes:
        strong: at or above it a photo is a strong match.
        maybe: at or above it a photo may be a match; below it, it is none.
    """

    strong: float
    maybe: float


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
        verdict: the match of the best photo of the whole answer, on whatever page: "none" says
            that nothing matches, and that the photos are only the closest ones. None where the
            photos are only listed, or there are none.
        lines: how the scores were read; None where there are none.
        length: how many photos all pages of the answer hold together; no page begins beyond it. It
            is below the total where only matches are in the answer, or where some photos are left
            out.
        folded: how many photos do not count in the total, because others stand for them.
    """

    query: str
    model: str
    took_ms: float
    total: int
    results: tuple[Result, ...]
    parsed: Query | None = None
    problems: tuple[Problem, ...] = ()
    verdict: Match | None = None
    lines: Lines | None = None
    length: int = 0
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two photos are.

    Attributes:
        model: name of the model that compared them.
        cosine: cosine similarity of their embeddings, -1 to 1.
        l2: Euclidean distance of the encoder's raw outputs, before normalisation.
        match: whether they count as the same kind of picture.
        same_kind: the cosine similarity from which on they do.
    """

    model: str
    cosine: float
    l2: float
    match: bool
    same_kind: float


def result_of(
    photo: Photo,
    rank: int,
    offline: Collection[int],
    score: float | None = None,
    match: Match | None = None,
    parts: tuple[float, ...] = (),
    group: str = "",
    alike: int = 1,
) -> Result:
    """Return a photo as part of an answer.

    Args:
        offline: ids of the folders that cannot be reached.
        photo, rank, score, match, parts, group, alike: as in :class:`Result`.
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
        group=group,
        alike=alike,
    )


def match_of(score: float, lines: Lines) -> Match:
    """Read a score."""
    if score >= lines.strong:
        return "strong"
    return "maybe" if score >= lines.maybe else "none"
