"""Parts of photos, cut out of the upright picture by the decoder process."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from inphotos.errors import PhotoError
from inphotos.photos import worker
from inphotos.photos.decode import Decoded, decode
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.worker import Request
from inphotos.pixels import Pixels, PixelSpec, Region

SPEC = PixelSpec(32, (32, 32))

#: How a picture is stored so that a viewer who follows EXIF's orientation sees it upright.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

#: Where the red square is in :func:`scene`.
SQUARE = Region(0.7, 0.2, 0.2, 0.3)


def scene(width: int = 300, height: int = 200) -> Image.Image:
    """A green picture with a red rectangle at ``SQUARE``."""
    image = Image.new("RGB", (width, height), "green")
    left, top, right, bottom = SQUARE.box(image.size)
    ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), fill="red")
    return image


def pixels_of(path: Path, region: Region | None, *, scaled: bool = True) -> Pixels:
    decoded = decode(path, SPEC, region=region, scaled=scaled)
    assert isinstance(decoded, Decoded)
    assert decoded.pixels is not None
    return decoded.pixels


def is_red(pixels: Pixels) -> bool:
    """Whether all but the edges, which other pixels shine into, is red."""
    red, green, blue = np.moveaxis(pixels[3:-3, 3:-3].astype(int), -1, 0)
    return bool((red > 200).all() and (green < 60).all() and (blue < 60).all())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_is_cut_from_the_upright_picture(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    upright = scene()
    stored = upright.transpose(STORED[orientation]) if orientation in STORED else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"photo.{kind.lower()}"
    stored.save(path, kind, exif=exif.tobytes(), quality=95)
    assert is_red(pixels_of(path, SQUARE))
    assert not is_red(pixels_of(path, Region(0.0, 0.0, 0.6, 1.0)))


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_small_part_of_a_large_jpeg_has_all_its_detail(tmp_path: Path, orientation: int) -> None:
    # Stripes as fine as this vanish where the file is decoded at a fraction of its size.
    image = Image.new("RGB", (3000, 2000), "grey")
    left, top, right, bottom = Region(0.4, 0.6, 0.02, 0.03).box(image.size)
    drawing = ImageDraw.Draw(image)
    for x in range(left, right, 6):
        drawing.rectangle((x, top, x + 2, bottom), fill="white")
        drawing.rectangle((x + 3, top, x + 5, bottom), fill="black")
    stored = image.transpose(STORED[orientation]) if orientation in STORED else image
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    stored.save(path, quality=95, exif=exif.tobytes())
    part = Region(0.4, 0.6, 0.02, 0.03)
    fast, full = pixels_of(path, part), pixels_of(path, part, scaled=False)
    assert full.std() > 60
    assert np.abs(fast.astype(int) - full.astype(int)).mean() < 2
    assert pixels_of(path, None).std() < 20


def test_a_large_part_is_still_decoded_at_a_fraction_of_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    scene(3000, 2000).save(path, quality=90)
    sizes: list[tuple[int, int]] = []
    crop = Image.Image.crop

    def watched(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
        sizes.append(image.size)
        return crop(image, box)

    monkeypatch.setattr(Image.Image, "crop", watched)
    pixels_of(path, SQUARE)
    assert sizes[0][0] < 1000


def test_the_thumbnails_show_all_of_the_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    scene().save(path)
    whole, part = decode(path, SPEC), decode(path, SPEC, region=SQUARE)
    assert isinstance(whole, Decoded)
    assert isinstance(part, Decoded)
    assert part.thumbnails == whole.thumbnails
    assert (part.width, part.height) == (300, 200)


def test_the_decoder_process_cuts_the_part_out(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    scene().save(path)
    (tmp_path / "text.png").write_text("words")
    service = DecoderService()
    try:
        outcome = service.decode(path, SPEC, region=SQUARE)
        assert isinstance(outcome, Decoded)
        assert np.array_equal(outcome.pixels, pixels_of(path, SQUARE))
        hostile = service.decode(tmp_path / "text.png", SPEC, region=SQUARE)
        assert isinstance(hostile, PhotoError)
    finally:
        service.close()


def test_a_part_survives_the_way_to_the_worker() -> None:
    stream = io.BytesIO()
    request = Request(Path("a.jpg"), SPEC, (), SQUARE)
    worker.write_request(stream, request)
    stream.seek(0)
    read = worker.read_request(stream)
    assert read is not None
    assert read.region == SQUARE


@pytest.mark.parametrize(
    ("region", "size", "box"),
    [
        (Region(0, 0, 1, 1), (300, 200), (0, 0, 300, 200)),
        (Region(0.25, 0.5, 0.5, 0.25), (100, 100), (25, 50, 75, 75)),
        (Region(0.1, 0.2, 0.7, 0.1), (10, 10), (1, 2, 8, 3)),
        (Region(0.999, 0.999, 0.001, 0.001), (10, 10), (9, 9, 10, 10)),
        (Region(0.0, 0.0, 0.001, 0.001), (10, 10), (0, 0, 1, 1)),
    ],
)
def test_a_part_is_a_box_of_pixels(
    region: Region, size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    assert region.box(size) == box


@pytest.mark.parametrize(
    "edges",
    [(-0.1, 0, 0.5, 0.5), (0, 0, 0, 0.5), (0, 0, 0.5, -1), (0.6, 0, 0.5, 0.5), (0, 0.9, 0.1, 0.2)],
)
def test_what_is_not_inside_is_no_part(edges: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="not inside"):
        Region(*edges)
