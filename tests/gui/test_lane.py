"""Threads that do what is most wanted first."""

from __future__ import annotations

import threading
import time

import pytest

from inphotos.gui.grid.lane import Lane, Priority


class Recorder:
    """Work that is let go on by the test, and what was worked on."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)

    def work(self, thing: str, _: Priority) -> None:
        self.begun.release()
        self.gate.acquire()
        self.done.append(thing)


def busy_lane(recorder: Recorder, most: int = 10) -> Lane:
    """A lane of one thread that is at work on "first"."""
    lane = Lane(1, most, recorder.work)
    lane.put({"first": (0, 0)})
    recorder.begun.acquire()
    return lane


def end(lane: Lane, recorder: Recorder, count: int) -> None:
    recorder.gate.release()
    for _ in range(count):
        recorder.begun.acquire()
        recorder.gate.release()
    lane.close()


def test_the_most_wanted_goes_first() -> None:
    recorder = Recorder()
    lane = busy_lane(recorder)
    lane.put({"b": (-1, 1), "a": (-1, 0)})
    lane.put({"d": (-2, 1), "c": (-2, 0)})
    assert lane.put_again({"a": (-3, 0), "first": (-3, 1), "unknown": (-3, 2)}) == {"a", "first"}
    end(lane, recorder, 4)
    assert recorder.done == ["first", "a", "c", "d", "b"]


def test_of_too_many_the_least_wanted_are_dropped() -> None:
    recorder = Recorder()
    lane = busy_lane(recorder, most=2)
    lane.put({"old": (-1, 0), "older": (0, 9)})
    lane.put({"new": (-2, 0)})
    end(lane, recorder, 2)
    assert recorder.done == ["first", "new", "old"]


def test_a_thing_at_work_is_not_done_twice_but_can_be_done_anew() -> None:
    recorder = Recorder()
    lane = busy_lane(recorder)
    lane.put({"first": (-1, 0)})
    lane.put({"other": (-1, 1)})
    recorder.gate.release()
    recorder.begun.acquire()
    lane.put({"first": (-2, 0)})  # its result has not been taken in yet
    lane.finish("first")
    lane.put({"first": (-3, 0)})
    end(lane, recorder, 1)
    assert recorder.done == ["first", "other", "first"]


def test_closing_drops_what_waits() -> None:
    recorder = Recorder()
    lane = busy_lane(recorder)
    lane.put({"waits": (0, 1)})
    closing = threading.Thread(target=lane.close)
    closing.start()
    while not lane._closed:
        time.sleep(0.001)
    recorder.gate.release(9)
    closing.join()
    lane.put({"late": (0, 2)})
    assert recorder.done == ["first"]


def test_an_error_costs_one_thing_only(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def work(thing: str, _: Priority) -> None:
        if thing == "bad":
            raise ValueError("no reason")
        done.set()

    lane = Lane(1, 10, work)
    lane.put({"bad": (0, 0), "good": (0, 1)})
    assert done.wait(60)
    lane.close()
    assert "Unexpected error at work on bad" in caplog.text
