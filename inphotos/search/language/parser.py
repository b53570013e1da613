"""Turns what was typed into a query."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from inphotos.errors import QueryError
from inphotos.region import Region
from inphotos.search.language.calendar import Clock
from inphotos.search.language.conditions import Condition
from inphotos.search.language.dates import find_dates, is_conjunction
from inphotos.search.language.filters import BadFilterError, read_filter, read_photo
from inphotos.search.language.lexer import Token, normalise, tokenize
from inphotos.search.language.parts import Concept, Filter, Problem, Query, Span, photo_label

#: What is left at the edges of words by a comma before a date, or a minus that is being typed.
_CRUMBS = ",;-+−^"


@dataclass(slots=True)
class _Draft:
    """A part that may still grow.

    Attributes:
        group: drafts of the same group are alternatives.
    """

    group: int
    spans: list[Span]
    words: list[str] = field(default_factory=list)
    photo: Path | None = None
    region: Region | None = None
    weight: float = 1.0
    condition: Condition | None = None
    negated: bool = False
    label: str = ""

    @property
    def text(self) -> str:
        """The words, as a model reads them; empty when there is nothing to read."""
        words = " ".join(self.words).split()
        while words and not words[0].strip(_CRUMBS):
            del words[0]
        while words and not words[-1].strip(_CRUMBS):
            del words[-1]
        return unicodedata.normalize("NFC", " ".join(words).strip(",;"))

    @property
    def means_something(self) -> bool:
        """Whether it is more than a sign."""
        return self.condition is not None or self.photo is not None or bool(self.text)

    def is_alternative_to(self, other: _Draft) -> bool:
        """Whether one of the two can be enough."""
        if self.condition is not None and other.condition is not None:
            return True
        concepts = self.condition is None and other.condition is None
        return concepts and self.weight > 0 and other.weight > 0


@dataclass(frozen=True, slots=True)
class _DateToken:
    """A date in words, in the place of its words.

    Attributes:
        alternative: to the date just before.
        joint: where "and" or "or" stands between the two.
    """

    span: Span
    condition: Condition
    label: str
    negative: bool
    alternative: bool
    joint: Span | None


_Entry: TypeAlias = Token | _DateToken


def parse(
    text: str,
    *,
    now: datetime | None = None,
    southern: bool = False,
    day_first: bool = False,
) -> Query:
    """Parse what the user typed. What cannot be understood becomes a problem, not an error.

    Args:
        text: of any length, in any script.
        now: what "yesterday" counts from, without a time zone; the default is the clock's time.
        southern: the seasons are those of the southern half of the earth.
        day_first: 4/7/2023 is the 4th of July; otherwise the 7th of April.

    Raises:
        QueryError: nothing was typed.
    """
    line = normalise(text)
    if not line.strip():
        raise QueryError("The query is empty; describe the photo, for example: dog on a beach.")
    clock = Clock(now or datetime.now(), southern, day_first)
    builder = _Builder(line, clock)
    for entry in _with_dates(tokenize(line), clock):
        builder.add(entry)
    return builder.query()


class _Builder:
    """Gathers the parts of one query."""

    def __init__(self, line: str, clock: Clock) -> None:
        self._line = line
        self._clock = clock
        self._drafts: list[_Draft] = []
        self._problems: list[Problem] = []
        self._joints: list[Span] = []
        self._words: _Draft | None = None
        self._last: _Draft | None = None
        self._or: Span | None = None
        self._choices: list[tuple[_Draft, _Draft, Span | None]] = []

    def add(self, entry: _Entry) -> None:
        """Take the next token or date."""
        if isinstance(entry, Token) and entry.kind in ("or", "and"):
            self._joints.append(entry.span)
            self._words = None
            self._or = entry.span if entry.kind == "or" and self._last is not None else None
            return
        try:
            draft = self._draft(entry)
        except BadFilterError as error:
            label = self._line[entry.span.start : entry.span.end]
            self._problems.append(Problem(str(error), error.suggestion, (entry.span,), label))
            self._last = self._or = None
            return
        if self._or is not None and self._last is not None:
            self._choices.append((self._last, draft, self._or))
        if isinstance(entry, _DateToken):
            self._joints += [entry.joint] if entry.joint is not None else []
            if entry.alternative and self._last is not None and not self._last.negated:
                self._choices.append((self._last, draft, None))
        self._or = None
        self._last = draft

    def query(self) -> Query:
        """Return what came out."""
        self._choose()
        groups: dict[int, int] = {}
        concepts: list[Concept] = []
        filters: list[Filter] = []
        for draft in self._drafts:
            if draft.condition is not None:
                group = groups.setdefault(draft.group, len(groups))
                filters.append(_filter(draft, draft.condition, group))
            elif draft.means_something:
                group = groups.setdefault(draft.group, len(groups))
                concepts.append(_concept(draft, group))
        if not (concepts or filters or self._problems):
            concepts.append(self._everything())
        return Query(
            self._line,
            tuple(concepts),
            tuple(filters),
            tuple(sorted(self._problems, key=lambda problem: problem.spans)),
            tuple(self._joints),
        )

    def _draft(self, entry: _Entry) -> _Draft:
        """Return a new draft, or the row of words that has grown.

        Raises:
            BadFilterError: it is a filter that cannot be read.
        """
        if isinstance(entry, Token) and entry.kind == "word" and not entry.marked:
            return self._grow(entry)
        draft = _Draft(len(self._drafts), [entry.span])
        if isinstance(entry, _DateToken):
            draft.condition, draft.label = entry.condition, entry.label
            draft.negated = entry.negative
        elif entry.kind == "filter" and entry.name != "like":
            draft.condition, draft.label = read_filter(entry.name, entry.text, self._clock)
            draft.negated = entry.negative
        else:
            if entry.kind == "filter":
                draft.photo, draft.region = read_photo(entry.text)
            else:
                draft.words.append(entry.text)
            draft.weight = -entry.weight if entry.negative else entry.weight
        self._drafts.append(draft)
        return draft

    def _grow(self, word: Token) -> _Draft:
        row = self._words
        if row is None:
            row = self._words = _Draft(len(self._drafts), [word.span])
            self._drafts.append(row)
        elif self._last is row:
            row.spans[-1] = Span(row.spans[-1].start, word.span.end)
        else:
            row.spans.append(word.span)
        row.words.append(word.text)
        return row

    def _choose(self) -> None:
        """Put alternatives into one group, now that it is known which drafts came to nothing."""
        for first, second, joint in self._choices:
            if not (first.means_something and second.means_something):
                continue
            if first.is_alternative_to(second):
                second.group = first.group
            elif joint is not None:
                message = (
                    "OR chooses between two things to look for, or between two filters; "
                    "here it is left out."
                )
                label = self._line[joint.start : joint.end]
                self._problems.append(Problem(message, "", (joint,), label))

    def _everything(self) -> Concept:
        """Return all that was typed as words; it is nothing but an operator or a sign."""
        text = " ".join(self._line.split())
        start = len(self._line) - len(self._line.lstrip())
        self._joints.clear()
        return Concept(text, None, 1.0, 0, (Span(start, len(self._line.rstrip())),), text)


def _concept(draft: _Draft, group: int) -> Concept:
    text = draft.text
    label = text if draft.photo is None else photo_label(draft.photo, draft.region)
    if abs(draft.weight) != 1:
        label += f" ×{abs(draft.weight):g}"
    if draft.weight < 0:
        label = f"not {label}"
    return Concept(text, draft.photo, draft.weight, group, tuple(draft.spans), label, draft.region)


def _filter(draft: _Draft, condition: Condition, group: int) -> Filter:
    label = f"not {draft.label}" if draft.negated else draft.label
    return Filter(condition, draft.negated, group, tuple(draft.spans), label)


def _with_dates(tokens: list[Token], clock: Clock) -> Iterator[_Entry]:
    """Yield the tokens with a date in the place of the words that say it."""
    for row in _rows(tokens):
        if row[0].kind != "word" or row[0].weight != 1:
            yield from row
            continue
        texts = [token.text for token in row]
        at = 0
        for found in find_dates(texts, clock, opening=row[0] is tokens[0]):
            joint = None
            if at and found.first == at + 1 and is_conjunction(texts[at]):
                joint = row[at].span
            else:
                yield from row[at : found.first]
            at = found.last
            first = row[found.first]
            span = Span(first.span.start, row[found.last - 1].span.end)
            yield _DateToken(
                span, found.range, found.label, first.negative, found.alternative, joint
            )
        yield from row[at:]


def _rows(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield consecutive words together, each other token alone.

    A word with a sign begins a row, because the sign may belong to a date of several words.
    """
    row: list[Token] = []
    for token in tokens:
        plain = token.kind == "word" and token.weight == 1
        if row and (not plain or token.marked):
            yield row
            row = []
        if plain:
            row.append(token)
        else:
            yield [token]
    if row:
        yield row
