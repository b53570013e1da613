"""When Python looks for garbage among all its objects: while the user does nothing."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtGui import QCursor
from PyQt6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: How often it is looked whether the user does something, and for how long that may be nothing.
LOOK_MS = 1000
QUIET_LOOKS = 4
#: As often as this objects that are no longer young come together before there may be garbage in
#: them; Python's own measure for it.
_WORTH_IT = gc.get_threshold()[2]
#: Of the time, at most one part in so many is spent on it.
_SHARE = 100
_NEVER = 1_000_000


class Tidying(QObject):
    """Lets go of objects that only each other know of.

    Looking through all objects takes 50 ms for each 100,000 photos in the grid, during which no
    thread can run Python. Python would begin with that in the middle of whatever made an object;
    here it is done while the user does nothing. It goes on looking through young objects itself,
    which are few.
    """

    def __init__(self, signs: Callable[[], object], parent: QObject | None = None) -> None:
        """Begin to watch.

        Args:
            signs: returns another value when the user has done something, apart from moving the
                pointer or the focus.
            parent: keeps it.
        """
        super().__init__(parent)
        self._signs = signs
        self._seen: object = None
        self._quiet = 0
        self._rested = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def end(self) -> None:
        """Watch no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Tidy up if the user has done nothing for some time and it is worth it."""
        seen = (self._signs(), QCursor.pos(), QApplication.focusWidget())
        self._quiet = self._quiet + 1 if seen == self._seen else 0
        self._seen = seen
        if self._quiet < QUIET_LOOKS or gc.get_count()[2] <= _WORTH_IT:
            return
        begun = time.monotonic()
        if begun >= self._rested:
            gc.collect()
            ended = time.monotonic()
            self._rested = ended + _SHARE * (ended - begun)


@contextmanager
def tidied_in_between(signs: Callable[[], object]) -> Iterator[None]:
    """Let nothing but :class:`Tidying` look through all objects inside this block."""
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], _NEVER)
    tidying = Tidying(signs)
    try:
        yield
    finally:
        tidying.end()
        gc.set_threshold(*before)
