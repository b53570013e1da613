"""A parsed query and its parts, each with its place in the text and what its chip says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from inphotos.errors import display_path
from inphotos.region import Region as Region
from inphotos.search.language.conditions import (
    Comparison,
    Condition,
    DateRange,
    Flag,
    Near,
    TextMatch,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of a query's text, from ``start`` up to, but not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Concept:
    """Something to see in a photo.

    Attributes:
        text: in words; empty when a photo stands for it.
        photo: the photo that stands for it, as typed (``~`` is not expanded), or None.
        weight: how much it counts; below 0 it takes away.
        group: concepts of the same group are alternatives (``OR``).
        spans: where it stands; several when filters stand between its words, none for what was
            not typed.
        label: what the chip says.
        region: the part of the photo that stands for it; None for all of it.
        marked: the photo is a result that the user has marked, see :class:`Example`.
    """

    text: str
    photo: Path | None
    weight: float
    group: int
    spans: tuple[Span, ...]
    label: str
    region: Region | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A photo that is asked with, beside the text.

    Attributes:
        photo: the photo.
        region: the part of it that counts; None for all of it.
        weight: how much it counts; below 0, photos are wanted that are less like it.
        marked: it is a result that the user has marked as more, or less, of what is wanted. It
            counts as feedback then (see :mod:`inphotos.search.feedback`): more stays at the top
            of the answer, less leaves it.
    """

    photo: Path
    region: Region | None = None
    weight: float = 1.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that must be true of a photo.

    Attributes:
        condition: what.
        negated: it must not be true.
        group: filters of the same group are alternatives (``OR``).
        spans: where it stands.
        label: what the chip says.
    """

    condition: Condition
    negated: bool
    group: int
    spans: tuple[Span, ...]
    label: str

    @property
    def name(self) -> str:
        """What it is about, as typed before the colon: ``date``, ``camera``, ``is``, …"""
        match self.condition:
            case DateRange():
                return "date"
            case TextMatch(field=field):
                return field
            case Comparison(field="megapixels" | "bytes"):
                return "size"
            case Comparison(field=number):
                return number
            case Flag():
                return "is"
            case Near():
                return "near"

    def accepts(self, value: Any) -> bool:
        """Whether a photo with this value stays; the condition says of what type it is.

        What is not known (None) fulfils no condition, so it stays only where that is negated.
        """
        return self.condition.matches(value) != self.negated


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out because it could not be understood.

    Attributes:
        message: one sentence for the user.
        suggestion: what could stand in its place (see :meth:`Query.replaced`), or empty.
        spans: where it stands.
        label: what the chip says.
    """

    message: str
    suggestion: str
    spans: tuple[Span, ...]
    label: str


Part: TypeAlias = Concept | Filter | Problem
_Grouped = TypeVar("_Grouped", Concept, Filter)


@dataclass(frozen=True, slots=True)
class Query:
    """What the user asks for.

    The photos that pass every one of ``conditions`` are ranked by the sum over ``terms``. Without
    concepts there is nothing to rank by; with problems only, nothing to search for at all.

    Attributes:
        text: what was typed, in which spans count; control characters and line breaks are spaces
            and lone surrogates question marks, so that its length is what was typed.
        concepts, filters, problems: in the order in which they were typed.
        joints: where ``OR``, ``AND`` and the like stand, which belong to no part.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[Problem, ...] = ()
    joints: tuple[Span, ...] = ()

    @property
    def terms(self) -> tuple[tuple[Concept, ...], ...]:
        """The concepts; of those in one tuple, only the best counts."""
        return _in_groups(self.concepts)

    @property
    def conditions(self) -> tuple[tuple[Filter, ...], ...]:
        """The filters; of those in one tuple, one is enough."""
        return _in_groups(self.filters)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything that was typed, in its order; each part has a chip."""
        parts: list[Part] = [*self.concepts, *self.filters, *self.problems]
        return tuple(sorted((p for p in parts if p.spans), key=lambda part: part.spans[0]))

    def without(self, part: Part) -> str:
        """Return the text without one part; empty when it was the only one.

        The other parts stay as they are, so an ``AND`` may take the place of an ``OR``; only words
        that it kept apart, such as "july" and "2019", may now be a date.

        Raises:
            ValueError: the part is not of this query.
        """
        return self.replaced(part, "")

    def replaced(self, part: Part, text: str) -> str:
        """Return the text with other words in the place of a part.

        Raises:
            ValueError: the part is not of this query.
        """
        if part not in self.parts:
            raise ValueError("this part is of another query")
        text = " ".join(text.split())
        pieces = list(self._pieces())
        kept: list[tuple[Span, Part]] = []
        for span, owner in pieces:
            if owner != part or (text and span == part.spans[0]):
                kept.append((span, owner))
        if not kept:
            return text  # the part is a joint that was a problem: it has no piece of its own
        written = [
            text if owner == part else self.text[span.start : span.end] for span, owner in kept
        ]
        line = written[0]
        for (before, after), words in zip(pairwise(kept), written[1:], strict=True):
            line += f"{self._joint(before, after, part)}{words}"
        return line

    def _pieces(self) -> Iterator[tuple[Span, Part]]:
        """Yield the stretches of text that stand for something, from left to right."""
        everything = [(span, part) for part in self.parts for span in part.spans]
        for span, part in sorted(everything, key=lambda piece: piece[0]):
            if span not in self.joints:
                yield span, part

    def _joint(self, before: tuple[Span, Part], after: tuple[Span, Part], out: Part) -> str:
        """Return what stands between two pieces that are neighbours once a part is out."""
        gap = [
            joint
            for joint in self.joints
            if before[0].end <= joint.start and joint.end <= after[0].start
        ]
        if not gap:
            return " "
        words = [self.text[joint.start : joint.end] for joint in gap]
        alternatives = _are_alternatives(before[1], after[1])
        touched = any(before[0].end <= span.start < after[0].start for span in out.spans)
        if not any(word.isupper() for word in words):  # "and" or "or" between two dates
            if touched:
                return " or " if alternatives else " "
            return f" {' '.join(words)} "
        is_problem = any(joint in part.spans for part in self.problems for joint in gap)
        if not touched and (alternatives or is_problem):
            return f" {' '.join(words)} "
        return " OR " if alternatives else " AND "


def with_examples(query: Query, examples: Sequence[Example]) -> Query:
    """Return a query that also asks with photos.

    An example counts like ``like:`` in the text, a marked one as feedback.

    Args:
        query: what was typed; ``Query("")`` for nothing.
        examples: the photos.
    """
    groups = [concept.group for concept in query.concepts]
    groups += [filter_.group for filter_ in query.filters]
    group = max(groups, default=-1)
    concepts = [_concept(example, group + n) for n, example in enumerate(examples, start=1)]
    return replace(query, concepts=(*query.concepts, *concepts))


def photo_label(photo: Path, region: Region | None) -> str:
    """Return what the chip of a photo says."""
    name = display_path(photo.name or photo)
    return f"like {name}" if region is None else f"like a part of {name}"


def _concept(example: Example, group: int) -> Concept:
    label = photo_label(example.photo, example.region)
    if example.marked:
        label = label.replace("like", "less like" if example.weight < 0 else "more like", 1)
    elif example.weight < 0:
        label = f"not {label}"
    return Concept(
        "", example.photo, example.weight, group, (), label, example.region, example.marked
    )


def _are_alternatives(first: Part, second: Part) -> bool:
    if isinstance(first, Concept) and isinstance(second, Concept):
        return first.group == second.group
    if isinstance(first, Filter) and isinstance(second, Filter):
        return first.group == second.group
    return False


def _in_groups(parts: tuple[_Grouped, ...]) -> tuple[tuple[_Grouped, ...], ...]:
    groups: dict[int, list[_Grouped]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part)
    return tuple(tuple(group) for group in groups.values())
