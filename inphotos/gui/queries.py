"""What the grid can be asked to show, and the request and answer that carry it between threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from inphotos.errors import InPhotosError
from inphotos.search.ranking import Results


@dataclass(frozen=True, slots=True)
class Everything:
    """All photos, newest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """Photos that show what ``text`` says."""

    text: str


@dataclass(frozen=True, slots=True)
class Like:
    """Photos that look like ``photo``."""

    photo: Path


@dataclass(frozen=True, slots=True)
class Alike:
    """The photos that are folded into one, and that one."""

    photo_id: int


Query: TypeAlias = Everything | Words | Like | Alike

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
    """

    generation: int
    query: Query
    purpose: Purpose
    top: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: results or an error, never both."""

    request: Request
    results: Results | None
    error: InPhotosError | None = None
