"""When all of Python's objects are looked through for garbage."""

from __future__ import annotations

import gc
import weakref
from itertools import count
from typing import TYPE_CHECKING

from inphotos.gui.tidying import QUIET_LOOKS, Tidying, tidied_in_between

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class _Knot:
    """Only itself knows of it, once the test has let go."""

    def __init__(self) -> None:
        self.itself = self


def _old_knot() -> weakref.ref[_Knot]:
    """Return what is garbage, and so old that Python does not look at it among the young."""
    knot = _Knot()
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(1)
    return weakref.ref(knot)


def test_old_garbage_goes_once_the_user_does_nothing(qtbot: QtBot) -> None:
    steps = count()
    busy = True
    with tidied_in_between(lambda: None):
        tidying = Tidying(lambda: next(steps) if busy else "nothing")
        knot = _old_knot()
        for _ in range(2 * QUIET_LOOKS):
            tidying.look()
        assert knot() is not None
        busy = False
        for _ in range(QUIET_LOOKS):
            tidying.look()
            assert knot() is not None
        tidying.look()
        assert knot() is None
        tidying.end()


def test_python_looks_itself_again_afterwards(qtbot: QtBot) -> None:
    before = gc.get_threshold()
    with tidied_in_between(lambda: None):
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] > before[2]
    assert gc.get_threshold() == before
