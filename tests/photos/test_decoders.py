"""Decoding in worker processes."""

from __future__ import annotations

import errno
import io
import json
import struct
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto
from PIL import Image

from inphotos.errors import CancelledError, DecoderError, PhotoError
from inphotos.events import Control
from inphotos.photos import decoders, worker
from inphotos.photos.decode import Decoded, decode
from inphotos.photos.decoders import DecoderPool
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))


def test_gives_what_a_decode_here_gives(photos: Path) -> None:
    paths = sorted(photos.rglob("*.*"))
    with DecoderPool(SPEC, workers=2) as pool:
        outcomes = dict(pool.decode_all(paths))
    assert set(outcomes) == set(paths)
    for path, outcome in outcomes.items():
        assert isinstance(outcome, Decoded)
        expected = decode(path, SPEC)
        assert np.array_equal(outcome.pixels, expected.pixels)
        assert outcome.thumbnail == expected.thumbnail
        assert outcome.content == expected.content


def test_more_photos_than_look_ahead_each_come_once(tmp_path: Path, make_photo: MakePhoto) -> None:
    paths = [
        make_photo(tmp_path / f"{n}.png", size=(8, 8)) for n in range(decoders.LOOK_AHEAD * 2 + 3)
    ]
    with DecoderPool(SPEC, workers=2) as pool:
        assert sorted(path for path, _ in pool.decode_all(paths)) == sorted(paths)


def test_a_bad_photo_costs_that_photo_only(photos: Path) -> None:
    (photos / "broken.jpg").write_text("not a photo")
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = dict(pool.decode_all(sorted(photos.rglob("*.*"))))
    broken = outcomes.pop(photos / "broken.jpg")
    assert isinstance(broken, PhotoError)
    assert broken.reason == "it is not a picture, whatever its name says"
    assert all(isinstance(outcome, Decoded) for outcome in outcomes.values())


def test_a_worker_that_dies_is_replaced(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(photos.rglob("*.*"))
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = pool.decode_all(paths)
        first = next(outcomes)
        for running in list(pool._running):
            running.stop()
        rest = dict([first, *outcomes])
    crashed = [o for o in rest.values() if isinstance(o, PhotoError)]
    assert len(rest) == len(paths)
    assert len(crashed) <= 1
    assert all(outcome.reason == "the decoder crashed on it" for outcome in crashed)


def test_a_photo_that_takes_too_long_is_given_up(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoders, "SECONDS_PER_PHOTO", 0.0)
    with DecoderPool(SPEC, workers=1) as pool:
        [(_, outcome)] = pool.decode_all([photos / "a.jpg"])
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "decoding took longer than 0 seconds"


def test_a_worker_that_cannot_be_started_ends_the_work_with_a_sentence(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(decoders.subprocess, "Popen", refused)
    with (
        DecoderPool(SPEC, workers=2) as pool,
        pytest.raises(DecoderError, match="no process can be started"),
    ):
        list(pool.decode_all(sorted(photos.rglob("*.*"))))


def test_cancelling_stops_the_work_and_the_workers(photos: Path) -> None:
    control = Control()
    with DecoderPool(SPEC, workers=2) as pool:
        outcomes = pool.decode_all(sorted(photos.rglob("*.*")), control)
        next(outcomes)
        control.cancel()
        with pytest.raises(CancelledError):
            list(outcomes)
    assert not pool._running


def test_pixel_specifications_survive_the_way_to_the_worker() -> None:
    for spec in (SPEC, PixelSpec((40, 30), None, Image.Resampling.BILINEAR)):
        assert worker.unpack_spec(worker.pack_spec(spec)) == spec


@pytest.mark.parametrize(
    "answer",
    [
        struct.pack("!III", 2, 32 * 32 * 3, 10**9) + b"{}",
        struct.pack("!III", 10**9, 0, 0),
        struct.pack("!III", 2, 5, 0) + b"{}" + bytes(5),
        struct.pack("!III", 2, 0, 0) + b"{}",
        struct.pack("!III", 4, 32 * 32 * 3, 0) + b"oops" + bytes(32 * 32 * 3),
        struct.pack("!III", 13, 32 * 32 * 3, 0) + b'{"content":1}' + bytes(32 * 32 * 3),
    ],
)
def test_nonsense_from_a_worker_is_not_believed(answer: bytes) -> None:
    with pytest.raises(worker.ProtocolError):
        worker.read_answer(io.BytesIO(answer), Path("a.jpg"), SPEC)


def test_a_content_that_is_no_digest_is_not_believed() -> None:
    # It becomes part of a path, so it must not be able to lead out of the cache.
    header = json.dumps({"content": "../../evil", "width": 1, "height": 1}).encode()
    answer = struct.pack("!III", len(header), 32 * 32 * 3, 0) + header + bytes(32 * 32 * 3)
    with pytest.raises(worker.ProtocolError):
        worker.read_answer(io.BytesIO(answer), Path("a.jpg"), SPEC)
