"""The user's hand on long work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from inphotos.errors import CancelledError
from inphotos.events import Control, Meter, Progress


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


class Power:
    """A power supply whose plug the test holds."""

    def __init__(self) -> None:
        self.plugged = False

    def __call__(self) -> bool:
        return self.plugged


def working(control: Control) -> tuple[threading.Thread, list[object]]:
    """Start work with one checkpoint; return its thread and what came of it."""
    outcome: list[object] = []

    def work() -> None:
        try:
            control.checkpoint()
            outcome.append("passed")
        except CancelledError as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, outcome


def wait_until_held(control: Control) -> None:
    deadline = time.monotonic() + 60
    while control.waiting_for != "mains":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_work_that_waits_for_power_goes_on_when_it_returns() -> None:
    power = Power()
    control = Control(may_run=power)
    assert control.waiting_for == ""
    thread, outcome = working(control)
    wait_until_held(control)
    assert outcome == []
    power.plugged = True
    thread.join(60)
    assert outcome == ["passed"]
    assert control.waiting_for == ""


def test_cancelling_wakes_work_that_waits_for_power() -> None:
    control = Control(may_run=Power())
    thread, outcome = working(control)
    wait_until_held(control)
    control.cancel()
    thread.join(60)
    assert isinstance(outcome[0], CancelledError)
    assert control.waiting_for == ""


def test_a_pause_counts_more_than_the_lack_of_power() -> None:
    power = Power()
    control = Control(may_run=power)
    thread, outcome = working(control)
    wait_until_held(control)
    control.pause()
    power.plugged = True
    assert control.waiting_for == "user"
    assert outcome == []
    control.resume()
    thread.join(60)
    assert outcome == ["passed"]


def clock(*seconds: float) -> Iterator[float]:
    return iter(seconds)


def test_a_meter_tells_speed_and_what_is_left() -> None:
    meter = Meter("indexing", 100, 60, clock=clock(0, 10).__next__)
    assert meter.progress(20, failed=3) == Progress("indexing", 20, 100, 2.0, 40.0, 3)


def test_a_meter_forgets_what_is_older_than_its_window() -> None:
    meter = Meter("indexing", 1000, 60, clock=clock(0, 50, 100, 105).__next__)
    rates = [meter.progress(done).rate for done in (500, 550, 555)]
    assert rates == [10.0, 1.0, 1.0]


def test_work_slower_than_the_window_has_a_speed() -> None:
    meter = Meter("indexing", 10, 60, clock=clock(0, 200, 400).__next__)
    assert [meter.progress(done).rate for done in (2, 4)] == [0.01, 0.01]


def test_what_was_done_before_is_no_speed() -> None:
    meter = Meter("downloading", 1000, 5, done=900, clock=clock(0, 1).__next__)
    assert meter.progress(950) == Progress("downloading", 950, 1000, 50.0, 1.0)


def test_a_meter_that_stands_still_or_goes_back_knows_no_time() -> None:
    meter = Meter("downloading", 100, 5, done=50, clock=clock(0, 0, 1, 2).__next__)
    for done in (60, 50, 40):
        assert meter.progress(done) == Progress("downloading", done, 100)
