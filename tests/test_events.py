"""The user's hand on long work."""

from __future__ import annotations

import threading

import pytest

from inphotos.errors import CancelledError
from inphotos.events import Control


def test_a_checkpoint_lets_running_work_go_on() -> None:
    Control().checkpoint()


def test_a_cancelled_control_ends_the_work() -> None:
    control = Control()
    control.cancel()
    with pytest.raises(CancelledError, match="kept"):
        control.checkpoint()


def test_paused_work_waits_until_it_is_resumed() -> None:
    control = Control()
    control.pause()
    assert control.paused
    passed = threading.Event()

    def work() -> None:
        control.checkpoint()
        passed.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert not passed.wait(0.1)
    control.resume()
    assert passed.wait(10)
    thread.join()


def test_cancelling_wakes_paused_work() -> None:
    control = Control()
    control.pause()
    control.cancel()
    with pytest.raises(CancelledError):
        control.checkpoint()
