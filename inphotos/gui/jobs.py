"""What the index thread is told to do, and what the window learns when it is done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inphotos.events import Control

if TYPE_CHECKING:
    from inphotos.indexing.look import Scope
    from inphotos.indexing.order import Order

#: Photos that have left the library for so long will hardly turn up under another path.
SPARE_SECONDS = 7 * 24 * 3600.0


@dataclass(slots=True, eq=False)
class Job:
    """A run of the indexer on its way, known by its identity.

    Attributes:
        order: what the indexer is to do.
        may_read: tells whether photos may be read and encoded now (not on battery, say).
        is_gentle: tells whether the work is to rest as long as it lasted.
        quiet: nobody asked for it, so it is told of only when there is something to read.
        reading: set from the moment when it is clear that there is something to read.
        control: the user's hand on it. It is held up only while reading: looking for new photos is
            quick, and they can be browsed.
        new, failed: photos that came in or could not be read so far; kept by the GUI thread.
    """

    order: Order
    may_read: Callable[[], bool]
    is_gentle: Callable[[], bool]
    quiet: bool
    reading: threading.Event = field(default_factory=threading.Event)
    control: Control = field(init=False)
    new: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        self.control = Control(may_run=lambda: not self.reading.is_set() or self.may_read())

    @property
    def scope(self) -> Scope | None:
        """Where it looks; None is everywhere."""
        return self.order.scope


@dataclass(slots=True, eq=False)
class CompactJob:
    """A compaction on its way, known by its identity.

    Attributes:
        idle: nobody asked for it, so it does nothing where little is to be gained.
        control: the user's hand on it.
    """

    idle: bool
    control: Control = field(default_factory=Control)

    @property
    def spare_seconds(self) -> float:
        """How long photos have to be gone to be removed for good."""
        return SPARE_SECONDS if self.idle else 0.0
