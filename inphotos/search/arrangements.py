"""The orders and groups that an answer can have, and how many photos it holds: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Sort = Literal["relevance", "date", "name", "folder", "size"]
SORTS: tuple[Sort, ...] = get_args(Sort)
Group = Literal["none", "day", "folder", "place"]
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Count:
    """How many photos match.

    Attributes:
        photos: the number.
        at_least: there may be more; they were not all looked at.
    """

    photos: int
    at_least: bool = False
