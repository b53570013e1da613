"""Decoding single photos on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.errors import CancelledError, PhotoError
from inphotos.photos.decode import Decoded, Known, content_digest, decode
from inphotos.photos.decoder_service import DecoderService
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))


@pytest.fixture
def service() -> Iterator[DecoderService]:
    opened = DecoderService(workers=3)
    yield opened
    opened.close()


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_each_request_says_what_it_wants(service: DecoderService, photos: Path) -> None:
    path = photos / "a.jpg"
    for spec in (SPEC, None, PixelSpec(16, (16, 16))):
        outcome = service.decode(path, spec)
        assert isinstance(outcome, Decoded)
        assert (None if outcome.pixels is None else outcome.pixels.shape[0]) == (
            None if spec is None else spec.shape[0]
        )
        assert outcome.thumbnails == decode(path, None).thumbnails
    content = content_digest(path.read_bytes())
    known = service.decode(path, known=[content])
    assert isinstance(known, Known)
    assert known.content == content
    assert service.processes == 1


def test_a_photo_that_cannot_be_read_costs_that_photo_only(
    service: DecoderService, photos: Path
) -> None:
    (photos / "broken.jpg").write_text("not a photo")
    broken = service.decode(photos / "broken.jpg")
    late = service.decode(photos / "a.jpg", seconds=0)
    assert isinstance(broken, PhotoError)
    assert isinstance(late, PhotoError)
    assert late.reason == "decoding took longer than 0 seconds"
    assert isinstance(service.decode(photos / "a.jpg"), Decoded)


def test_several_threads_are_served(
    service: DecoderService, tmp_path: Path, make_photo: MakePhoto
) -> None:
    paths = [make_photo(tmp_path / f"{n}.jpg") for n in range(12)]
    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(service.decode, paths))
    assert outcomes == [decode(path, None) for path in paths]
    assert 1 <= service.processes <= 3


def test_processes_end_when_there_is_nothing_to_do(photos: Path) -> None:
    service = DecoderService(idle_seconds=0.0)
    assert service.processes == 0
    assert isinstance(service.decode(photos / "a.jpg"), Decoded)
    until(lambda: service.processes == 0)
    assert isinstance(service.decode(photos / "a.jpg"), Decoded)
    service.close()


def test_closing_ends_a_decode_that_hangs_and_those_that_wait(hanging_photo: Path) -> None:
    service = DecoderService(workers=1)
    caught: list[type[BaseException]] = []

    def ask() -> None:
        try:
            service.decode(hanging_photo, seconds=3600)
        except CancelledError as error:
            caught.append(type(error))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    until(lambda: service.processes == 1)
    service.close()
    for thread in threads:
        thread.join()
    assert caught == [CancelledError] * 3
    assert service.processes == 0
    with pytest.raises(CancelledError):
        service.decode(hanging_photo)
