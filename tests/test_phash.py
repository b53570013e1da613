"""The perceptual hash, on pictures that went through real files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import draw_photo
from photos_alike import picture
from PIL import Image, ImageDraw, ImageEnhance

from inphotos.phash import FLAT, NOT_HASHED, phash
from inphotos.photos.decode import Decoded, decode
from inphotos.settings import NEAR_DUPLICATE_BITS


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def cut(image: Image.Image, share: float) -> Image.Image:
    width, height = image.size
    return image.crop((round(width * share), 0, width, round(height * (1 - share))))


def marked(image: Image.Image) -> Image.Image:
    copy = image.copy()
    width, height = copy.size
    place = (width * 0.84, height * 0.93, width * 0.98, height * 0.97)
    ImageDraw.Draw(copy).rectangle(place, fill="white")
    return copy


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "jpeg 30": lambda image: saved(image, quality=30),
    "webp": lambda image: saved(image, "WEBP", quality=60),
    "half": lambda image: image.resize((image.width // 2, image.height // 2)),
    "quarter": lambda image: saved(image.resize((image.width // 4, image.height // 4)), quality=60),
    "cut": lambda image: cut(image, 0.02),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.85),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.15),
    "less contrast": lambda image: ImageEnhance.Contrast(image).enhance(0.85),
    "marked": marked,
}


def bits(first: int, second: int) -> int:
    assert not {first, second} & {NOT_HASHED, FLAT}
    return (first ^ second).bit_count()


@pytest.mark.parametrize("change", CHANGES)
def test_little_changes_with_what_is_done_to_a_picture(change: str) -> None:
    for seed in range(8):
        original = picture(seed)
        changed = phash(CHANGES[change](original))
        assert bits(phash(original), changed) <= NEAR_DUPLICATE_BITS


def test_different_pictures_are_far_apart() -> None:
    hashes = [phash(picture(seed)) for seed in range(40)]
    between = [bits(a, b) for n, a in enumerate(hashes) for b in hashes[:n]]
    assert min(between) > NEAR_DUPLICATE_BITS
    assert 28 < np.mean(between) < 36


@pytest.mark.parametrize("colour", ["black", "white", "#7f3311"])
def test_a_flat_picture_has_no_hash(colour: str) -> None:
    flat = Image.new("RGB", (300, 200), colour)
    assert phash(flat) == FLAT
    assert phash(saved(flat, quality=40)) == FLAT
    noise = np.random.default_rng(1).integers(-2, 3, (200, 300, 3))
    noisy = Image.fromarray((np.asarray(flat, np.int16) + noise).clip(0, 255).astype(np.uint8))
    assert phash(saved(noisy)) == FLAT


def test_a_picture_of_a_single_pixel_is_flat() -> None:
    assert phash(Image.new("RGB", (1, 1), "red")) == FLAT


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_hash_is_that_of_the_upright_photo(tmp_path: Path, orientation: int) -> None:
    upright = picture(3)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[274] = orientation
    stored.save(tmp_path / "photo.jpg", quality=95, exif=exif)
    decoded = decode(tmp_path / "photo.jpg", None)
    assert isinstance(decoded, Decoded)
    assert bits(decoded.phash, phash(upright)) <= 2


def test_a_decode_gives_the_hash_that_its_thumbnail_gives(tmp_path: Path) -> None:
    for number in range(5):
        path = draw_photo(tmp_path / f"{number}.jpg", size=(900, 700))
        decoded = decode(path, None)
        assert isinstance(decoded, Decoded)
        for thumbnail in decoded.thumbnails.values():
            image = Image.open(io.BytesIO(thumbnail))
            image.thumbnail((256, 256), Image.Resampling.LANCZOS)
            assert bits(decoded.phash, phash(image)) <= 2


def test_real_photos_are_told_apart_and_their_copies_found(shared_data: Path) -> None:
    hashes = []
    for path in sorted((shared_data / "photos" / "coco").glob("*.jpg"))[::6]:
        image = Image.open(path).convert("RGB")
        hashes.append(phash(image))
        for change in ("jpeg 30", "quarter", "brighter", "less contrast"):
            assert bits(hashes[-1], phash(CHANGES[change](image))) <= NEAR_DUPLICATE_BITS
    assert min(bits(a, b) for n, a in enumerate(hashes) for b in hashes[:n]) > NEAR_DUPLICATE_BITS
