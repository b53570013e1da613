"""One decoder process and its limits."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from inphotos.errors import PhotoError
from inphotos.photos.decode import Decoded
from inphotos.photos.decoder_process import DecoderProcess
from inphotos.photos.worker import Request


@pytest.fixture
def process() -> Iterator[DecoderProcess]:
    started = DecoderProcess()
    yield started
    started.close()


def test_a_photo_that_hangs_ends_at_the_time_limit(
    process: DecoderProcess, photos: Path, hanging_photo: Path
) -> None:
    assert isinstance(process.decode(Request(photos / "b.png")), Decoded)
    outcome = process.decode(Request(hanging_photo), 1)
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "decoding took longer than 1 seconds"
    assert outcome.lasting
    assert not process.usable


def test_memory_is_watched_from_outside_too(
    process: DecoderProcess, hanging_photo: Path, photos: Path
) -> None:
    assert isinstance(process.decode(Request(photos / "b.png")), Decoded)  # it is up
    process._memory_bytes = 1 << 20  # as where the system lets the process exceed its limit
    outcome = process.decode(Request(hanging_photo), 3600)
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "it takes more memory than a photo may"
    assert outcome.lasting
    assert not process.usable


def test_a_process_that_the_system_kills_is_no_fault_of_the_photo(
    process: DecoderProcess, hanging_photo: Path
) -> None:
    process._wait_until_ready()
    killing = threading.Timer(0.1, os.kill, (process._process.pid, signal.SIGKILL))
    killing.start()
    outcome = process.decode(Request(hanging_photo))
    killing.join()
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "the system ended its decoder; memory may be short"
    assert not outcome.lasting
    assert not process.usable


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_is_not_opened(process: DecoderProcess, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")  # whoever opens it waits for somebody to write into it
    outcome = process.decode(Request(tmp_path / "pipe.jpg"))
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "it is not a file"
    assert process.usable


def test_a_process_that_was_stopped_says_nothing_of_the_photo(
    process: DecoderProcess, photos: Path
) -> None:
    assert isinstance(process.decode(Request(photos / "a.jpg")), Decoded)
    process.stop()
    outcome = process.decode(Request(photos / "b.png"))
    assert isinstance(outcome, PhotoError)
    assert not outcome.lasting
    assert not process.usable


def test_a_process_that_crashes_costs_the_photo(process: DecoderProcess, photos: Path) -> None:
    assert isinstance(process.decode(Request(photos / "a.jpg")), Decoded)
    process._process.send_signal(signal.SIGSEGV)
    outcome = process.decode(Request(photos / "b.png"))
    assert isinstance(outcome, PhotoError)
    assert (outcome.reason, outcome.lasting) == ("the decoder crashed on it", True)
