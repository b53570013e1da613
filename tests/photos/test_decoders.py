"""Decoding many photos in worker processes."""

from __future__ import annotations

import errno
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import piexif
import pytest
from conftest import MakePhoto
from photo_files import png_that_claims

from inphotos.errors import CancelledError, DecoderError, PhotoError
from inphotos.events import Control
from inphotos.photos import decoder_process, decoders
from inphotos.photos.decode import Decoded, Known, content_digest, decode
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.photos.worker import Outcome
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.*"))


def decode_all(pool: DecoderPool, paths: list[Path]) -> dict[Path, Outcome]:
    return {job.path: outcome for job, outcome in pool.decode_all(map(Job, paths))}


def test_gives_what_a_decode_here_gives(photos: Path) -> None:
    with DecoderPool(SPEC, workers=2) as pool:
        outcomes = decode_all(pool, files(photos))
    assert set(outcomes) == set(files(photos))
    for path, outcome in outcomes.items():
        assert isinstance(outcome, Decoded)
        expected = decode(path, SPEC)
        assert isinstance(expected, Decoded)
        assert np.array_equal(outcome.pixels, expected.pixels)
        assert outcome.thumbnails == expected.thumbnails
        assert outcome.content == expected.content


def test_without_a_specification_there_are_thumbnails_only(photos: Path) -> None:
    with DecoderPool(None, workers=1) as pool:
        [outcome] = decode_all(pool, [photos / "a.jpg"]).values()
    assert outcome == decode(photos / "a.jpg", None)
    assert outcome.pixels is None


def test_a_known_content_is_not_decoded(photos: Path) -> None:
    content = content_digest((photos / "a.jpg").read_bytes())
    jobs = [Job(photos / name, ("0" * 32, content)) for name in ("a.jpg", "b.png")]
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = {job.path.name: outcome for job, outcome in pool.decode_all(jobs)}
    known = outcomes["a.jpg"]
    assert isinstance(known, Known)
    assert known.content == content
    assert isinstance(outcomes["b.png"], Decoded)


@pytest.mark.parametrize("is_known", [True, False])
def test_what_a_photo_says_of_itself_comes_with_it(photos: Path, is_known: bool) -> None:
    photo = photos / "a.jpg"
    exif = {piexif.ExifIFD.DateTimeOriginal: b"2019:05:04 10:20:30"}
    piexif.insert(piexif.dump({"Exif": exif}), str(photo))
    photo.with_suffix(".xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>'
    )
    known = (content_digest(photo.read_bytes()),) if is_known else ()
    with DecoderPool(SPEC, workers=1) as pool:
        [(_, outcome)] = pool.decode_all([Job(photo, known)])
    assert isinstance(outcome, Known if is_known else Decoded)
    assert outcome.metadata.taken == datetime(2019, 5, 4, 10, 20, 30)
    assert outcome.metadata.rating == 4


def test_more_photos_than_look_ahead_each_come_once(tmp_path: Path, make_photo: MakePhoto) -> None:
    paths = [
        make_photo(tmp_path / f"{n}.png", size=(8, 8)) for n in range(decoders.LOOK_AHEAD * 2 + 3)
    ]
    with DecoderPool(SPEC, workers=2) as pool:
        assert sorted(job.path for job, _ in pool.decode_all(map(Job, paths))) == sorted(paths)


def test_the_next_photo_is_chosen_only_when_there_is_room(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    path = make_photo(tmp_path / "photo.png", size=(8, 8))
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        while taken < decoders.LOOK_AHEAD * 2:
            taken += 1
            yield Job(path)

    with DecoderPool(SPEC, workers=2) as pool:
        for done, _ in enumerate(pool.decode_all(jobs()), start=1):
            assert taken < done + decoders.LOOK_AHEAD
    assert done == decoders.LOOK_AHEAD * 2


def test_a_bad_photo_costs_that_photo_only(photos: Path) -> None:
    (photos / "broken.jpg").write_text("not a photo")
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = decode_all(pool, files(photos))
    broken = outcomes.pop(photos / "broken.jpg")
    assert isinstance(broken, PhotoError)
    assert broken.reason == "it is not a picture, whatever its name says"
    assert broken.lasting
    assert all(isinstance(outcome, Decoded) for outcome in outcomes.values())


def test_a_photo_that_is_not_there_is_worth_another_try(photos: Path) -> None:
    with DecoderPool(SPEC, workers=1) as pool:
        [outcome] = decode_all(pool, [photos / "gone.jpg"]).values()
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "the file is not there"
    assert not outcome.lasting


def test_a_photo_that_takes_too_much_memory_costs_that_photo_only(photos: Path) -> None:
    (photos / "huge.png").write_bytes(png_that_claims(20_000, 20_000))
    with DecoderPool(SPEC, workers=1, memory_bytes=1 << 30) as pool:
        outcomes = decode_all(pool, files(photos))
    huge = outcomes.pop(photos / "huge.png")
    assert isinstance(huge, PhotoError)
    assert huge.reason == "it takes more memory than a photo may"
    assert huge.lasting
    assert all(isinstance(outcome, Decoded) for outcome in outcomes.values())


def test_a_worker_that_dies_is_replaced(photos: Path) -> None:
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = pool.decode_all(map(Job, files(photos)))
        first = next(outcomes)
        for running in list(pool._running):
            running._process.send_signal(signal.SIGSEGV)
        rest = dict([first, *outcomes])
    crashed = [o for o in rest.values() if isinstance(o, PhotoError)]
    assert len(rest) == len(files(photos))
    assert len(crashed) <= 1
    assert all(outcome.reason == "the decoder crashed on it" for outcome in crashed)


def test_a_photo_that_takes_too_long_is_given_up(photos: Path) -> None:
    with DecoderPool(SPEC, workers=1, seconds=0.0) as pool:
        [outcome] = decode_all(pool, [photos / "a.jpg"]).values()
    assert isinstance(outcome, PhotoError)
    assert outcome.reason == "decoding took longer than 0 seconds"
    assert outcome.lasting


def test_a_worker_that_cannot_be_started_ends_the_work_with_a_sentence(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(decoder_process.subprocess, "Popen", refused)
    with (
        DecoderPool(SPEC, workers=2) as pool,
        pytest.raises(DecoderError, match=r"no process can be started.*temporarily unavailable"),
    ):
        decode_all(pool, files(photos))


def test_a_worker_that_ends_at_once_is_not_blamed_on_the_photo(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with (
        DecoderPool(SPEC, workers=1) as pool,
        pytest.raises(DecoderError, match="it ended at once"),
    ):
        decode_all(pool, files(photos))


def test_cancelling_stops_the_work_and_the_workers(photos: Path) -> None:
    control = Control()
    with DecoderPool(SPEC, workers=2) as pool:
        outcomes = pool.decode_all(map(Job, files(photos)), control)
        next(outcomes)
        control.cancel()
        with pytest.raises(CancelledError):
            list(outcomes)
    assert not pool._running
