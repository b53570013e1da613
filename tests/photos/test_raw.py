"""RAW files of cameras: their previews, their development, and their JPEGs beside them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from conftest import MakePhoto
from photo_files import dng
from PIL import Image

from inphotos.errors import PhotoError
from inphotos.photos.decode import Decoded, decode
from inphotos.photos.scan import Scan
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))

#: EXIF orientations that cameras write, and how the sensor's picture got that way.
TURNS = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


def scene(colour: str, orientation: int = 1, size: tuple[int, int] = (1200, 800)) -> Image.Image:
    """Left third in a colour, as a person should see it, as the sensor of a turned camera sees."""
    image = Image.new("RGB", size, (60, 60, 60))
    image.paste(colour, (0, 0, size[0] // 3, size[1]))
    turn = TURNS[orientation]
    return image if turn is None else image.transpose(turn)


def jpeg(image: Image.Image, orientation: int | None = None) -> bytes:
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


def left_and_right(decoded: Decoded) -> tuple[tuple[int, ...], tuple[int, ...]]:
    with Image.open(io.BytesIO(decoded.thumbnails[512])) as image:
        width, height = image.size
        return image.getpixel((width // 6, height // 2)), image.getpixel((width - 20, 20))


@pytest.mark.parametrize("orientation", TURNS)
def test_a_raw_file_without_a_preview_is_developed_upright(
    tmp_path: Path, orientation: int
) -> None:
    sensor = np.asarray(scene("red", orientation))
    (tmp_path / "photo.dng").write_bytes(dng(sensor, orientation=orientation))
    decoded = decode(tmp_path / "photo.dng", SPEC)
    assert (decoded.width, decoded.height) == (1200, 800)
    left, right = left_and_right(decoded)
    assert left[0] > 200
    assert left[0] > left[1] + 100
    assert max(right) - min(right) < 12


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("says", [True, False])
def test_a_large_preview_is_shown_upright_instead(
    tmp_path: Path, orientation: int, says: bool
) -> None:
    sensor = np.asarray(scene("red", orientation))
    preview = scene("lime", orientation).resize((900, 600) if orientation in (1, 3) else (600, 900))
    data = dng(
        sensor,
        orientation=orientation,
        preview=jpeg(preview, orientation if says else None),
        preview_size=preview.size,
    )
    (tmp_path / "photo.dng").write_bytes(data)
    decoded = decode(tmp_path / "photo.dng", SPEC)
    assert (decoded.width, decoded.height) == (1200, 800)
    left, _ = left_and_right(decoded)
    assert left[1] > 200
    assert left[0] < 60


def test_a_preview_that_is_upright_already_is_not_turned(tmp_path: Path) -> None:
    sensor = np.asarray(scene("red", 6))
    preview = scene("lime", size=(900, 600))
    data = dng(sensor, orientation=6, preview=jpeg(preview, 1), preview_size=preview.size)
    (tmp_path / "photo.dng").write_bytes(data)
    left, _ = left_and_right(decode(tmp_path / "photo.dng", SPEC))
    assert left[1] > 200


@pytest.mark.parametrize("fault", ["small", "damaged"])
def test_a_preview_that_is_too_small_or_damaged_is_passed_over(tmp_path: Path, fault: str) -> None:
    preview = scene("lime", size=(300, 200) if fault == "small" else (900, 600))
    data = jpeg(preview)
    if fault == "damaged":
        data = data[:700]
    raw = dng(np.asarray(scene("red")), preview=data, preview_size=preview.size)
    (tmp_path / "photo.dng").write_bytes(raw)
    left, _ = left_and_right(decode(tmp_path / "photo.dng", SPEC))
    assert left[0] > 200


def test_a_small_sensor_is_developed_at_full_size(tmp_path: Path) -> None:
    (tmp_path / "photo.dng").write_bytes(dng(np.asarray(scene("red", size=(600, 400)))))
    with Image.open(io.BytesIO(decode(tmp_path / "photo.dng", SPEC).thumbnails[512])) as thumbnail:
        assert thumbnail.size == (512, 341)


def test_a_dng_under_a_tiffs_name_is_developed(tmp_path: Path) -> None:
    preview = scene("lime", size=(300, 200))
    data = dng(np.asarray(scene("red")), preview=jpeg(preview), preview_size=preview.size)
    (tmp_path / "photo.tif").write_bytes(data)
    decoded = decode(tmp_path / "photo.tif", SPEC)
    assert (decoded.width, decoded.height) == (1200, 800)


def test_a_raw_file_that_is_damaged_says_so(tmp_path: Path) -> None:
    data = dng(np.asarray(scene("red")))
    (tmp_path / "photo.dng").write_bytes(data[: len(data) // 2])
    with pytest.raises(PhotoError, match="the file is damaged"):
        decode(tmp_path / "photo.dng", SPEC)


def test_the_stamp_sized_first_picture_of_an_unknown_raw_file_is_not_the_photo(
    tmp_path: Path,
) -> None:
    from PIL import TiffImagePlugin

    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[254] = 1
    Image.new("RGB", (160, 120)).save(tmp_path / "photo.tif", tiffinfo=tags)
    (tmp_path / "photo.tif").rename(tmp_path / "photo.nef")
    with pytest.raises(PhotoError, match="RAW files of this camera cannot be read"):
        decode(tmp_path / "photo.nef", SPEC)


def test_a_raw_file_beside_its_jpeg_is_one_photo(tmp_path: Path, make_photo: MakePhoto) -> None:
    make_photo(tmp_path / "DSC1.JPG", format="JPEG")
    make_photo(tmp_path / "b" / "DSC4.jpg")
    make_photo(tmp_path / "DSC5.png")
    for name in ("DSC1.nef", "DSC2.nef", "DSC3.cr3", "DSC4.nef", "DSC5.nef"):
        (tmp_path / name).write_bytes(b"raw")
    (tmp_path / "dsc3.heic").write_bytes(b"heic")
    found = {found.name for listing in Scan(tmp_path) for found in listing.files}
    assert found == {"DSC1.JPG", "DSC2.nef", "dsc3.heic", "DSC4.jpg", "DSC4.nef", "DSC5.png"} | {
        "DSC5.nef"
    }
