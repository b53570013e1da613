"""Photos for the screen: what is decoded, and what of it is believed."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import draw_photo
from PIL import Image

from inphotos.errors import CancelledError, PhotoError
from inphotos.photos import decode, worker
from inphotos.photos.decode import see
from inphotos.photos.view import View
from inphotos.photos.view_reader import ViewReader
from inphotos.photos.worker import Request


@pytest.fixture(scope="module")
def reader() -> Iterator[ViewReader]:
    opened = ViewReader()
    yield opened
    opened.close()


def turned_photo(path: Path) -> Path:
    """Write a photo of 60 x 40 that is to be turned: red at the left, which goes to the top."""
    image = Image.new("RGB", (60, 40), "blue")
    image.paste((255, 0, 0), (0, 0, 20, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(path, exif=exif)
    return path


def pixel(view: View, x: int, y: int) -> tuple[int, ...]:
    """Return blue, green, red, and what is beyond them, as this machine's screens have it."""
    start = 4 * (y * view.width + x)
    return tuple(view.pixels[start : start + 4])


def test_a_photo_comes_upright_and_in_the_order_of_the_screen(
    reader: ViewReader, tmp_path: Path
) -> None:
    view = reader.read(turned_photo(tmp_path / "turned.png"), 1000)
    assert (view.width, view.height, view.full_width, view.full_height) == (40, 60, 40, 60)
    assert pixel(view, 20, 5) == (0, 0, 255, 255)
    assert pixel(view, 20, 55) == (255, 0, 0, 255)


@pytest.mark.parametrize(
    ("edge", "size"), [(300, (300, 200)), (900, (900, 600)), (5000, (900, 600))]
)
def test_a_photo_is_as_large_as_it_is_wanted_but_never_enlarged(
    reader: ViewReader, tmp_path: Path, edge: int, size: tuple[int, int]
) -> None:
    view = reader.read(draw_photo(tmp_path / "photo.jpg", size=(900, 600)), edge)
    assert (view.width, view.height) == size
    assert (view.full_width, view.full_height) == (900, 600)
    assert len(view.pixels) == 4 * size[0] * size[1]


def test_a_photo_that_is_too_large_to_send_comes_smaller(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(decode, "MAX_SEEN_PIXELS", 60_000)
    seen = see(draw_photo(tmp_path / "photo.jpg", size=(900, 600)), 900)
    assert seen.image.size == (300, 200)
    assert (seen.width, seen.height) == (900, 600)


def test_a_broken_photo_gives_its_reason(reader: ViewReader, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(draw_photo(tmp_path / "photo.jpg", size=(900, 600)).read_bytes()[:2000])
    with pytest.raises(PhotoError) as error:
        reader.read(broken, 300)
    assert error.value.reason == "the file is cut off"
    assert error.value.lasting
    with pytest.raises(PhotoError) as error:
        reader.read(tmp_path / "none.jpg", 300)
    assert not error.value.lasting


def test_a_closed_reader_reads_nothing(tmp_path: Path) -> None:
    reader = ViewReader()
    reader.close()
    with pytest.raises(CancelledError):
        reader.read(tmp_path / "photo.jpg", 300)


@pytest.mark.parametrize(
    ("sizes", "pixels"),
    [
        ([2, 2, 2, 2], 12),  # too few pixels
        ([4, 1, 4, 1], 16),  # larger than it was asked for
        ([2, 2, 1 << 20, 1 << 20], 16),  # of a photo that cannot be
        ([2, 0, 2, 2], 0),
        ([2.0, 2, 2, 2], 16),
        ("2222", 16),
        (None, 16),
        ([2, 2, 2, 2], 1 << 10),  # more than can have been asked for
    ],
)
def test_an_answer_that_does_not_add_up_is_not_believed(sizes: object, pixels: int) -> None:
    text = json.dumps({"view": sizes}).encode()
    lengths = struct.pack("!III", len(text), pixels, 0)
    with pytest.raises(worker.ProtocolError):
        worker.read_answer(
            io.BytesIO(lengths + text + bytes(pixels)), Request(Path("a.jpg"), view=3)
        )
