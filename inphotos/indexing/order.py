"""What a run of the indexer is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inphotos.indexing.look import Scope


@dataclass(frozen=True, slots=True)
class Order:
    """What a run of the indexer is to do.

    Attributes:
        scope: directories to look at; None for all of every folder.
        accept_removals: take photos out of the library whose files have vanished, however many.
        looked_at: gives the ids of the photos that the user sees at that moment; they come first.
    """

    scope: Scope | None = None
    accept_removals: bool = False
    looked_at: Callable[[], Sequence[int]] = tuple
