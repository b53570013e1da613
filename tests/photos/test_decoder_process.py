"""One decoder process and its limits."""

from __future__ import annotations

import os
import signal
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


@pytest.fixture
def hanging(tmp_path: Path) -> Request:
    """A photo that takes for ever: nobody writes into the pipe."""
    os.mkfifo(tmp_path / "hangs.jpg")
    return Request(tmp_path / "hangs.jpg")


def test_a_photo_that_hangs_ends_at_the_time_limit(
    process: DecoderProcess, photos: Path, hanging: Request
) -> None:
    assert isinstance(process.decode(Request(photos / "a.jpg")), Decoded)
    outcome = process.decode(hanging, seconds=1)
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "decoding took longer than 1 seconds"
    assert outcome.lasting
    assert not process.usable


def test_memory_is_watched_from_outside_too(
    process: DecoderProcess, hanging: Request, photos: Path
) -> None:
    assert isinstance(process.decode(Request(photos / "a.jpg")), Decoded)  # it is up
    process._memory_bytes = 1 << 20  # as where the system lets the process exceed its limit
    outcome = process.decode(hanging, seconds=3600)
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "it takes more memory than a photo may"
    assert outcome.lasting
    assert not process.usable


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
