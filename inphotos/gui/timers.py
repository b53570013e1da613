"""Something that is to happen once, a moment from now."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer


def single_shot(owner: QObject, interval_ms: int, on_timeout: Callable[[], object]) -> QTimer:
    """Return a timer that fires once for each start, and begins anew when started again.

    Args:
        owner: the timer ends with it.
        interval_ms: from the start, milliseconds; 0: as soon as what is happening is over.
        on_timeout: is called then; of a method of ``owner`` PyQt knows that it ends with it, too.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(on_timeout)
    return timer
