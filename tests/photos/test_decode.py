"""One photo's bytes to pixels and a thumbnail."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - the import registers it
import pytest
from conftest import MakePhoto
from photo_files import png_that_claims
from PIL import Image

from inphotos.errors import PhotoError
from inphotos.photos.decode import content_digest, decode
from inphotos.pixels import PixelSpec, fit

# Their plugins for Pillow, so that the tests can write them too.
pillow_heif.register_heif_opener()

SPEC = PixelSpec(32, (32, 32))


def reason(path: Path) -> str:
    with pytest.raises(PhotoError) as caught:
        decode(path, SPEC)
    return caught.value.reason


@pytest.mark.parametrize(
    "suffix",
    ["jpg", "png", "webp", "gif", "tif", "bmp", "ppm", "jp2", "avif", "mpo", "heic", "jxl"],
)
def test_reads_every_format_that_it_promises(
    tmp_path: Path, make_photo: MakePhoto, suffix: str
) -> None:
    decoded = decode(make_photo(tmp_path / f"photo.{suffix}"), SPEC)
    assert decoded.pixels.shape == (32, 32, 3)
    assert decoded.pixels.dtype == np.uint8
    assert (decoded.width, decoded.height) == (96, 64)


def test_pixels_are_those_of_a_plain_decode(tmp_path: Path, make_photo: MakePhoto) -> None:
    path = make_photo(tmp_path / "photo.png", size=(300, 200))
    with Image.open(path) as image:
        expected = fit(image.convert("RGB"), SPEC)
    assert np.array_equal(decode(path, SPEC).pixels, expected)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (120, 80), "white")
    upright.paste("red", (0, 0, 40, 80))  # red on the left, as a person should see it
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    decoded = decode(tmp_path / "photo.jpg", SPEC)
    assert (decoded.width, decoded.height) == (120, 80)
    with Image.open(io.BytesIO(decoded.thumbnails[512])) as thumbnail:
        assert thumbnail.size == (120, 80)
        red, green, _ = thumbnail.getpixel((10, 40))
        assert red > 200
        assert green < 60


def test_modes_without_colour_or_with_alpha_become_rgb(tmp_path: Path) -> None:
    half = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    half.save(tmp_path / "clear.png")
    Image.new("L", (64, 64), 200).save(tmp_path / "grey.png")
    Image.fromarray(np.full((64, 64), 65535, np.uint16)).save(tmp_path / "deep.png")
    Image.fromarray(np.linspace(0, 1, 4096, dtype=np.float32).reshape(64, 64)).save(
        tmp_path / "float.tif"
    )
    Image.new("CMYK", (64, 64), (0, 0, 0, 0)).save(tmp_path / "print.jpg")
    assert decode(tmp_path / "clear.png", SPEC).pixels.mean() == 255  # on a white ground
    assert decode(tmp_path / "grey.png", SPEC).pixels.mean() == 200
    assert decode(tmp_path / "deep.png", SPEC).pixels.mean() == 255
    assert 100 < decode(tmp_path / "float.tif", SPEC).pixels.mean() < 155
    assert decode(tmp_path / "print.jpg", SPEC).pixels.mean() > 250


def test_the_thumbnail_is_bounded_and_carries_no_metadata(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera that knows where I live"
    path = make_photo(tmp_path / "photo.jpg", size=(1600, 1000), exif=exif)
    with Image.open(io.BytesIO(decode(path, SPEC).thumbnails[512])) as thumbnail:
        assert thumbnail.size == (512, 320)
        assert not thumbnail.getexif()
    small = decode(make_photo(tmp_path / "small.jpg", size=(40, 30)), SPEC)
    with Image.open(io.BytesIO(small.thumbnails[512])) as thumbnail:
        assert thumbnail.size == (40, 30)


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4000, 3000), (500, 375), (250, 188)),  # an eighth is near enough
        ((3024, 4032), (378, 504), (189, 252)),
        ((3264, 2448), (512, 384), (256, 192)),  # an eighth would be too little
        ((300, 200), (300, 200), (256, 171)),
        ((200, 300), (200, 300), (171, 256)),
    ],
)
def test_thumbnails_are_about_as_large_as_they_may_be(
    tmp_path: Path,
    make_photo: MakePhoto,
    size: tuple[int, int],
    large: tuple[int, int],
    small: tuple[int, int],
) -> None:
    made = decode(make_photo(tmp_path / "photo.jpg", size=size), PixelSpec(224, (224, 224)))
    sizes = {}
    for edge, jpeg in made.thumbnails.items():
        with Image.open(io.BytesIO(jpeg)) as thumbnail:
            sizes[edge] = thumbnail.size
    assert sizes == {512: large, 256: small}
    assert (made.width, made.height) == size


def test_a_comment_in_a_photo_is_not_in_its_thumbnails(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    path = make_photo(tmp_path / "photo.jpg", size=(300, 200), comment=b"for nobody else")
    assert b"for nobody else" in path.read_bytes()
    for jpeg in decode(path, SPEC).thumbnails.values():
        assert b"for nobody else" not in jpeg


def test_a_scaled_decode_looks_like_a_full_one(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:2000, 0:3000]
    waves = np.stack(
        [np.sin(columns / 150), np.sin(rows / 200), np.sin((rows + columns) / 250)], axis=-1
    )
    Image.fromarray((127 + 120 * waves).astype(np.uint8)).save(tmp_path / "photo.jpg", quality=92)
    fast = decode(tmp_path / "photo.jpg", SPEC)
    full = decode(tmp_path / "photo.jpg", SPEC, scaled=False)
    assert (fast.width, fast.height) == (full.width, full.height) == (3000, 2000)
    assert np.abs(fast.pixels.astype(int) - full.pixels.astype(int)).mean() < 2


def test_equal_files_have_equal_digests(tmp_path: Path, make_photo: MakePhoto) -> None:
    first = make_photo(tmp_path / "a.jpg", seed=1)
    second = make_photo(tmp_path / "b.jpg", seed=1)
    other = make_photo(tmp_path / "c.jpg", seed=2)
    digests = [decode(path, SPEC).content for path in (first, second, other)]
    assert digests[0] == digests[1] != digests[2]
    assert digests[0] == content_digest(first.read_bytes())


def test_files_that_are_not_pictures_say_why(tmp_path: Path, make_photo: MakePhoto) -> None:
    (tmp_path / "text.jpg").write_text("this is not a photo")
    (tmp_path / "empty.jpg").write_bytes(b"")
    whole = make_photo(tmp_path / "whole.jpg", size=(400, 300)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(64))
    (tmp_path / "camera.cr3").write_bytes(b"\0\0\0\x18ftypcrx " + bytes(64))
    (tmp_path / "camera.nef").write_bytes(b"MM\0*" + bytes(64))
    (tmp_path / "new.jxl").write_bytes(b"\xff\x0a" + bytes(64))
    (tmp_path / "film.jpg").write_bytes(b"\0\0\0\x18ftypisom" + bytes(64))
    assert reason(tmp_path / "text.jpg") == "it is not a picture, whatever its name says"
    assert reason(tmp_path / "empty.jpg") == "the file is empty"
    assert reason(tmp_path / "cut.jpg") == "the file is cut off"
    assert reason(tmp_path / "gone.jpg") == "the file is not there"
    assert reason(tmp_path / "film.jpg") == "it is not a picture, whatever its name says"
    assert reason(tmp_path / "phone.heic") == "the file is damaged or of a rare kind"
    assert reason(tmp_path / "camera.cr3") == "the RAW files of this camera cannot be read"
    assert reason(tmp_path / "camera.nef") == "the file is damaged or of a rare kind"
    assert reason(tmp_path / "new.jxl") == "the file is damaged"
    (tmp_path / "folder.jpg").mkdir()
    assert reason(tmp_path / "folder.jpg") == "it is not a file"


def test_a_file_that_may_not_be_read_says_so(ordinary_user: Path, make_photo: MakePhoto) -> None:
    path = make_photo(ordinary_user / "private.jpg")
    path.chmod(0)
    assert reason(path) == "its permissions forbid reading it"


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(png_that_claims(60_000, 60_000))
    assert "more than the 400 megapixels" in reason(tmp_path / "bomb.png")


def test_a_strip_of_extreme_shape_is_cut_not_blown_up(tmp_path: Path) -> None:
    Image.new("RGB", (30_000, 2), "blue").save(tmp_path / "strip.png")
    assert decode(tmp_path / "strip.png", SPEC).pixels.shape == (32, 32, 3)


def test_a_png_that_has_lost_its_palette_is_damaged(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("P", (8, 8)).save(buffer, "PNG")
    data = buffer.getvalue()
    palette = data.index(b"PLTE") - 4
    end = palette + 12 + int.from_bytes(data[palette : palette + 4], "big")
    (tmp_path / "photo.png").write_bytes(data[:palette] + data[end:])
    assert reason(tmp_path / "photo.png") == "the file is damaged"
