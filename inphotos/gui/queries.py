"""What the grid can be asked to show, and the request and answer that carry it between threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from inphotos.errors import InPhotosError

if TYPE_CHECKING:
    from inphotos.search.arrangements import Group, Sort
    from inphotos.search.query import Example
    from inphotos.search.ranking import Results


@dataclass(frozen=True, slots=True)
class Everything:
    """All photos, newest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """Photos that show what ``text`` says, and what is in the photos ``examples``.

    There is one of them at least.
    """

    text: str
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """The photos that are folded into one, and that one."""

    photo_id: int


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All photos that are alike to another one, group by group."""


Query: TypeAlias = Everything | Words | Alike | Duplicates


def asked(text: str, examples: tuple[Example, ...]) -> Query:
    """Return the query for words and photos, of which there may be none."""
    return Words(text, examples) if text or examples else Everything()


def examples_of(query: Query) -> tuple[Example, ...]:
    """Return the photos that a query has."""
    return query.examples if isinstance(query, Words) else ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the photos of an answer follow each other.

    Attributes:
        sort: the order within a group.
        group: what makes a group.
    """

    sort: Sort = "relevance"
    group: Group = "none"


#: Order and groups until the user chooses others: of all photos, and of what was searched for.
ALL_PHOTOS = Arrangement("date")
FOUND_PHOTOS = Arrangement()

#: What becomes of the rows shown: others in their place, the same query anew, or more at the end.
Purpose = Literal["replace", "refresh", "extend"]


@dataclass(frozen=True, slots=True)
class Request:
    """A query on its way to the search thread.

    Attributes:
        generation: grows with every request; an answer to any but the newest is dropped.
        query: what is wanted.
        purpose: what becomes of the rows shown.
        top: how many results are wanted.
        offset: how many of the first are not; the others follow on what was answered before.
        arrangement: their order and groups.
        at_once: nothing is shown yet, so photos that are alike need not be found first, which
            takes seconds in a large library.
    """

    generation: int
    query: Query
    purpose: Purpose
    top: int
    offset: int = 0
    arrangement: Arrangement = FOUND_PHOTOS
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: results or an error, never both."""

    request: Request
    results: Results | None
    error: InPhotosError | None = None
