"""What the answers to an evaluation's queries amount to."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inphotos.evaluation import measures
from inphotos.evaluation.measures import Estimate
from inphotos.search.ranking import Match

_Table = TypeVar("_Table")


@dataclass(frozen=True, slots=True)
class Answer:
    """How one query was answered.

    Attributes:
        query: the query, or the name of the photo that was asked with.
        kind: as the evaluation file says, may be empty.
        right: how many photos are right; 0 if no photo shows what is asked for.
        ranks: of those right photos that were found, ascending.
        shown: how many photos the answer has, as far as it was read.
        verdict: the match of the best photo; None where photos are only listed.
        best: the highest score; None where photos are only listed.
        strong, maybe: how many photos are called so.
        strong_right, maybe_right: how many of these are right.
    """

    query: str
    kind: str
    right: int
    ranks: tuple[int, ...]
    shown: int
    verdict: Match | None
    best: float | None
    strong: int
    maybe: int
    strong_right: int
    maybe_right: int

    @property
    def first_rank(self) -> float:
        """The rank of the best right photo, infinity if none was found."""
        return self.ranks[0] if self.ranks else math.inf

    @property
    def average_precision(self) -> float | None:
        """See :func:`measures.average_precision`; None if no photo is right."""
        return measures.average_precision(self.ranks, self.right) if self.right else None

    @property
    def says_nothing(self) -> bool:
        """Whether the user is told that nothing matches."""
        return self.verdict == "none" or self.shown == 0


@dataclass(frozen=True, slots=True)
class Found:
    """Queries for which there are photos.

    Attributes:
        queries: how many.
        recall_at_1, recall_at_5, recall_at_10: see :func:`measures.recall_at`.
        median_rank: of the best right photo; infinite if it was not found for most queries.
        mean_average_precision: see :func:`measures.average_precision`.
        precision_at_5: mean of :func:`measures.precision_at`.
        says_nothing: how often the app wrongly says that nothing matches.
        strong_are_right: of the photos called strong, how many are right.
        right_are_strong: of the right photos, how many are called strong.
        right_are_matches: of the right photos, how many are called strong or maybe.
    """

    queries: int
    recall_at_1: Estimate
    recall_at_5: Estimate
    recall_at_10: Estimate
    median_rank: float | None
    mean_average_precision: Estimate
    precision_at_5: Estimate
    says_nothing: Estimate
    strong_are_right: Estimate
    right_are_strong: Estimate
    right_are_matches: Estimate


@dataclass(frozen=True, slots=True)
class Absent:
    """Queries for which there is no photo.

    Attributes:
        queries: how many.
        says_nothing: how often the app says that nothing matches, as it should.
        says_maybe, says_strong: how often its best photo is called so.
    """

    queries: int
    says_nothing: Estimate
    says_maybe: Estimate
    says_strong: Estimate


def found(answers: Iterable[Answer]) -> Found:
    """Sum up the answers to queries for which there are photos; the others are left out."""
    chosen = [answer for answer in answers if answer.right]
    first = [answer.first_rank for answer in chosen]
    strong_right = sum(answer.strong_right for answer in chosen)
    matches_right = strong_right + sum(answer.maybe_right for answer in chosen)
    right = sum(answer.right for answer in chosen)
    return Found(
        queries=len(chosen),
        recall_at_1=measures.recall_at(first, 1),
        recall_at_5=measures.recall_at(first, 5),
        recall_at_10=measures.recall_at(first, 10),
        median_rank=measures.median_rank(first),
        mean_average_precision=measures.mean(
            [measures.average_precision(answer.ranks, answer.right) for answer in chosen]
        ),
        precision_at_5=measures.mean(
            [measures.precision_at(answer.ranks, answer.right, 5) for answer in chosen]
        ),
        says_nothing=measures.share(sum(answer.says_nothing for answer in chosen), len(chosen)),
        strong_are_right=measures.share(strong_right, sum(answer.strong for answer in chosen)),
        right_are_strong=measures.share(strong_right, right),
        right_are_matches=measures.share(matches_right, right),
    )


def absent(answers: Iterable[Answer]) -> Absent:
    """Sum up the answers to queries for which there is no photo; the others are left out."""
    chosen = [answer for answer in answers if not answer.right]
    verdicts = [answer.verdict for answer in chosen]
    return Absent(
        queries=len(chosen),
        says_nothing=measures.share(sum(answer.says_nothing for answer in chosen), len(chosen)),
        says_maybe=measures.share(verdicts.count("maybe"), len(chosen)),
        says_strong=measures.share(verdicts.count("strong"), len(chosen)),
    )


def by_kind(
    answers: Sequence[Answer], sum_up: Callable[[Sequence[Answer]], _Table]
) -> dict[str, _Table]:
    """Sum up the answers of each kind on their own, in the order in which the kinds come up."""
    kinds: dict[str, list[Answer]] = {}
    for answer in answers:
        kinds.setdefault(answer.kind, []).append(answer)
    return {kind: sum_up(those) for kind, those in kinds.items()}
