"""What goes through the pipes between the application and its decoder processes."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import pytest
from conftest import MakePhoto
from PIL import Image

from inphotos.errors import PhotoError
from inphotos.photos import worker
from inphotos.photos.decode import Decoded, Known, decode
from inphotos.photos.worker import Outcome, Request
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))
DIGEST = "0123456789abcdef" * 2
JPEG = b"\xff\xd8\xff\xd9"
PIXELS = bytes(32 * 32 * 3)
GOOD = {"content": DIGEST, "width": 3, "height": 2, "thumbnails": [4, 4], "phash": 9}


def frame(header: object, pixels: bytes = PIXELS, thumbnails: bytes = JPEG * 2) -> io.BytesIO:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    lengths = struct.pack("!III", len(text), len(pixels), len(thumbnails))
    return io.BytesIO(lengths + text + pixels + thumbnails)


def read(stream: io.BytesIO, **request: object) -> Outcome:
    return worker.read_answer(stream, Request(Path("a.jpg"), **{"spec": SPEC, **request}))


@pytest.mark.parametrize(
    "request_",
    [
        Request(Path("/photos/a.jpg")),
        Request(Path("/photos/\udcff\n.jpg"), SPEC, [DIGEST]),
        Request(Path("b"), PixelSpec((40, 30), None, Image.Resampling.BILINEAR)),
    ],
)
def test_requests_survive_the_way_to_the_worker(request_: Request) -> None:
    stream = io.BytesIO()
    worker.write_request(stream, request_)
    stream.seek(0)
    read_back = worker.read_request(stream)
    assert read_back is not None
    assert (read_back.path, read_back.spec) == (request_.path, request_.spec)
    assert list(read_back.known) == list(request_.known)
    assert worker.read_request(stream) is None


def test_a_request_without_bounds_is_not_sent() -> None:
    with pytest.raises(ValueError, match="bytes"):
        worker.write_request(io.BytesIO(), Request(Path("a"), known=[DIGEST] * 100_000))


@pytest.mark.parametrize("spec", [SPEC, None])
def test_answers_survive_the_way_back(
    tmp_path: Path, make_photo: MakePhoto, spec: PixelSpec | None
) -> None:
    decoded = decode(make_photo(tmp_path / "photo.jpg"), spec)
    assert isinstance(decoded, Decoded)
    stream = io.BytesIO()
    worker.write_answer(stream, decoded)
    stream.seek(0)
    answer = read(stream, spec=spec)
    assert isinstance(answer, Decoded)
    assert (answer.pixels is None) == (spec is None)
    assert answer.thumbnails == decoded.thumbnails
    assert answer.phash == decoded.phash != 0
    assert (answer.content, answer.width, answer.height) == (decoded.content, 96, 64)


def test_known_contents_and_failures_survive_the_way_back() -> None:
    for outcome in (Known(DIGEST), PhotoError(Path("a.jpg"), "the disk is gone", lasting=False)):
        stream = io.BytesIO()
        worker.write_answer(stream, outcome)
        stream.seek(0)
        answer = read(stream, known=[DIGEST])
        if isinstance(outcome, PhotoError):
            assert isinstance(answer, PhotoError)
            assert (answer.reason, answer.lasting) == ("the disk is gone", False)
        else:
            assert answer == outcome


@pytest.mark.parametrize(
    "answer",
    [
        struct.pack("!III", 2, 32 * 32 * 3, 10**9) + b"{}",
        struct.pack("!III", 10**9, 0, 0),
        struct.pack("!III", 2, 5, 0) + b"{}" + bytes(5),
    ],
)
def test_an_answer_of_impossible_size_is_not_read(answer: bytes) -> None:
    with pytest.raises(worker.ProtocolError):
        read(io.BytesIO(answer))


@pytest.mark.parametrize(
    "header",
    [
        b"oops",
        b"\xff\xfe",
        b"[" * 60_000,
        [],
        7,
        {},
        {**GOOD, "content": 1},
        {**GOOD, "content": "../../evil"},  # it becomes part of a path
        {**GOOD, "content": "abcd"},
        {**GOOD, "width": 0},
        {**GOOD, "height": 10**12},  # more than the catalog can store
        {**GOOD, "height": float("inf")},
        {**GOOD, "thumbnails": [4]},
        {**GOOD, "thumbnails": [-4, 12]},
        {**GOOD, "thumbnails": [2, 6]},  # the second one does not begin as a JPEG
        {**GOOD, "thumbnails": "48"},
        {**GOOD, "phash": -1},
        {**GOOD, "phash": 1 << 64},  # more than the catalog can store
        {**GOOD, "phash": 1.5},
        {**GOOD, "phash": True},
        {"known": DIGEST},  # nobody asked for it
        {"known": ["x"]},
        {"reason": "bad"},
    ],
)
def test_nonsense_from_a_worker_is_not_believed(header: object) -> None:
    with pytest.raises(worker.ProtocolError):
        read(frame(header))


def test_an_answer_without_the_pixels_is_not_believed() -> None:
    assert isinstance(read(frame(GOOD)), Decoded)
    with pytest.raises(worker.ProtocolError):
        read(frame(GOOD, pixels=b""))
    with pytest.raises(worker.ProtocolError):
        read(frame(GOOD, thumbnails=JPEG + b"<svg"))


def test_an_answer_that_breaks_off_means_that_the_worker_has_ended() -> None:
    with pytest.raises(EOFError):
        read(io.BytesIO(frame(GOOD).getvalue()[:-1]))


def test_a_reason_cannot_forge_lines() -> None:
    answer = read(frame({"reason": "bad\nAll is well" + "x" * 9999, "lasting": True}, b"", b""))
    assert isinstance(answer, PhotoError)
    assert answer.reason.startswith("bad\\nAll")
    assert len(answer.reason) < 1000
