"""Thumbnails on demand."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import MakePhoto, draw_photo
from PIL import Image

from inphotos.errors import CancelledError, PhotoError
from inphotos.photos.decode import content_digest, decode
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.thumbnail_maker import ThumbnailMaker
from inphotos.photos.thumbnails import ThumbnailCache


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "library")


@pytest.fixture
def maker(cache: ThumbnailCache) -> Iterator[ThumbnailMaker]:
    opened = ThumbnailMaker(cache)
    yield opened
    opened.close()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The photos that were decoded, in their order."""
    read: list[Path] = []
    plain = DecoderService.decode

    def recording(self: DecoderService, path: Path, *arguments: object, **named: object) -> object:
        read.append(path)
        return plain(self, path, *arguments, **named)

    monkeypatch.setattr(DecoderService, "decode", recording)
    return read


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return draw_photo(tmp_path / "photo.jpg", size=(900, 600))


def digest(path: Path) -> str:
    return content_digest(path.read_bytes())


@pytest.mark.parametrize(("edge", "size"), [(200, (256, 171)), (512, (512, 341))])
def test_a_photo_that_was_never_read_gets_a_thumbnail(
    maker: ThumbnailMaker, cache: ThumbnailCache, photo: Path, edge: int, size: tuple[int, int]
) -> None:
    assert maker.find("", edge) is None
    made = maker.get(photo, "", edge)
    assert made is not None
    with Image.open(made) as image:
        assert image.size == size
    assert made == maker.find(digest(photo), edge)
    assert made.read_bytes() == decode(photo, None).thumbnails[cache.smallest_for(edge)]


def test_what_is_cached_needs_no_photo(
    maker: ThumbnailMaker, photo: Path, decoded: list[Path]
) -> None:
    content = digest(photo)
    made = maker.get(photo, content, 200)
    photo.unlink()
    assert maker.get(photo, content, 200) == made
    assert decoded == [photo]


def test_an_unread_photo_is_decoded_once_until_it_changes(
    maker: ThumbnailMaker, photo: Path, decoded: list[Path]
) -> None:
    first = maker.get(photo, "", 200)
    assert maker.get(photo, "", 500) is not None
    assert decoded == [photo]
    draw_photo(photo, size=(400, 400), seed=5)
    second = maker.get(photo, "", 200)
    assert second == maker.find(digest(photo), 200) != first
    assert decoded == [photo, photo]


def test_an_evicted_thumbnail_is_made_again(
    maker: ThumbnailMaker, cache: ThumbnailCache, photo: Path
) -> None:
    made = maker.get(photo, "", 200)
    cache.evict(0)
    assert made is not None
    assert not made.exists()
    assert maker.get(photo, "", 200) == made
    assert made.exists()


def test_a_photo_that_is_another_one_now_gets_no_wrong_thumbnail(
    maker: ThumbnailMaker, cache: ThumbnailCache, photo: Path
) -> None:
    before = digest(photo)
    draw_photo(photo, size=(400, 400), seed=5)
    assert maker.get(photo, before, 200) is None
    assert maker.find(before, 200) is None
    # What was decoded is kept, under its own name.
    assert maker.find(digest(photo), 200) is not None


def test_a_small_one_is_better_than_none(
    maker: ThumbnailMaker, cache: ThumbnailCache, photo: Path
) -> None:
    content, small = digest(photo), io.BytesIO()
    Image.new("RGB", (256, 171)).save(small, "JPEG")
    cache.store(content, {256: small.getvalue()})
    photo.rename(photo.with_name("away.jpg"))
    assert maker.get(photo, content, 512) == cache.path(content, 256)
    photo.with_name("away.jpg").rename(photo)
    assert maker.get(photo, content, 512) == cache.path(content, 512)


def test_a_photo_that_cannot_be_read_is_tried_once(
    maker: ThumbnailMaker, tmp_path: Path, make_photo: MakePhoto, decoded: list[Path]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_text("not a photo")
    assert maker.get(broken, "", 200) is None
    assert maker.get(broken, "", 200) is None
    assert maker.get(tmp_path / "gone.jpg", "", 200) is None
    assert decoded == [broken]
    make_photo(broken)
    assert maker.get(broken, "", 200) is not None


def test_a_full_disk_costs_the_thumbnail_only(
    maker: ThumbnailMaker, photo: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "library").write_text("in the way")
    assert maker.get(photo, "", 200) is None
    assert "No thumbnail of" in caplog.text
    (tmp_path / "library").unlink()
    assert maker.get(photo, "", 200) is not None


def test_requests_for_the_same_photo_decode_it_once(
    maker: ThumbnailMaker, photo: Path, decoded: list[Path]
) -> None:
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda edge: maker.get(photo, "", edge), [200] * 6))
    assert len(decoded) == 1
    assert len(set(made)) == 1
    assert made[0] is not None


def test_closing_ends_all_waiting(maker: ThumbnailMaker, hanging_photo: Path) -> None:
    made: list[Path | None] = []
    threads = [
        threading.Thread(target=lambda: made.append(maker.get(hanging_photo, "", 200)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    while not maker._decoders.processes:
        pass
    maker.close()
    for thread in threads:
        thread.join()
    assert made == [None] * 3
    assert maker.get(hanging_photo, "", 200) is None


def test_a_picture_is_upright_and_no_larger_than_the_photo(
    maker: ThumbnailMaker, tmp_path: Path, photo: Path
) -> None:
    assert maker.picture(photo, 300).shape == (200, 300, 3)
    assert maker.picture(photo, 5000).shape == (600, 900, 3)
    image = Image.new("RGB", (300, 200), "blue")
    image.paste("red", (0, 0, 300, 100))
    exif = Image.Exif()
    exif[0x0112] = 3
    image.save(tmp_path / "turned.png", exif=exif.tobytes())
    turned = maker.picture(tmp_path / "turned.png", 300)
    assert turned[20, 20].tolist() == [0, 0, 255]
    assert turned[180, 20].tolist() == [255, 0, 0]


def test_no_picture_of_what_is_no_photo(maker: ThumbnailMaker, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("words")
    with pytest.raises(PhotoError, match="not a picture"):
        maker.picture(tmp_path / "text.jpg", 300)
    maker.close()
    with pytest.raises(CancelledError):
        maker.picture(tmp_path / "text.jpg", 300)
