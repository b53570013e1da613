"""Every kind of file that people have, told by its content and turned upright."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - the import registers it
import pytest
import tifffile
from conftest import MakePhoto
from photo_files import dng, jxl_with_header
from PIL import Image

from inphotos.errors import PhotoError
from inphotos.photos import headers, picture
from inphotos.photos.decode import Decoded, decode
from inphotos.photos.decoders import DecoderPool, Job
from inphotos.photos.formats import kind_of
from inphotos.pixels import PixelSpec

pillow_heif.register_heif_opener()

SPEC = PixelSpec(32, (32, 32))

UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Red in the left third, as a person should see it, grey elsewhere."""
    image = Image.new("RGB", size, (128, 128, 128))
    image.paste("red", (0, 0, size[0] // 3, size[1]))
    return image


def stored(orientation: int, size: tuple[int, int] = (120, 80)) -> Image.Image:
    """The scene as a camera stores it that was held in this orientation."""
    upright = scene(size)
    return upright.transpose(UNDO[orientation]) if orientation in UNDO else upright


def exif(orientation: int) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def encoded(image: Image.Image, name: str, **save: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, name, **save)
    return buffer.getvalue()


def thumbnail(decoded: Decoded) -> Image.Image:
    return Image.open(io.BytesIO(decoded.thumbnails[512])).convert("RGB")


def looks_like_the_scene(decoded: Decoded) -> bool:
    small = np.asarray(thumbnail(decoded).resize((12, 8)), int)
    left, right = small[:, :3].mean(axis=(0, 1)), small[:, 5:].mean(axis=(0, 1))
    return left[0] > 200 and left[1] < 80 and bool(np.abs(right - 128).max() < 12)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_every_orientation_is_turned_upright_once(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    # Of AVIF and HEIF Pillow and its plugin turn the EXIF tag into what the container has for it.
    (tmp_path / "photo").write_bytes(encoded(stored(orientation), kind, exif=exif(orientation)))
    decoded = decode(tmp_path / "photo", SPEC)
    assert (decoded.width, decoded.height) == (120, 80)
    assert looks_like_the_scene(decoded)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_xl_is_turned_by_its_codestream(tmp_path: Path, orientation: int) -> None:
    size = (120, 80) if orientation < 5 else (80, 120)
    data = encoded(stored(orientation, size), "JXL", quality=95)
    (tmp_path / "photo.jxl").write_bytes(jxl_with_header(data, orientation=orientation))
    decoded = decode(tmp_path / "photo.jxl", SPEC)
    assert (decoded.width, decoded.height) == size
    assert looks_like_the_scene(decoded)


def test_exif_does_not_turn_a_jpeg_xl_again(tmp_path: Path) -> None:
    (tmp_path / "photo.jxl").write_bytes(encoded(scene(), "JXL", exif=exif(6)))
    assert looks_like_the_scene(decode(tmp_path / "photo.jxl", SPEC))


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.filterwarnings("ignore:Using JPEG reconstruction")
def test_a_jpeg_inside_a_jpeg_xl_is_turned_by_its_exif_data(
    tmp_path: Path, orientation: int
) -> None:
    stored(orientation).save(tmp_path / "photo.jpg", exif=exif(orientation), quality=95)
    with Image.open(tmp_path / "photo.jpg") as image:
        image.save(tmp_path / "photo.jxl")
    decoded = decode(tmp_path / "photo.jxl", SPEC)
    assert (decoded.width, decoded.height) == (120, 80)
    assert looks_like_the_scene(decoded)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("PNG", "photo.jpg"),
        ("HEIF", "photo.jpg"),
        ("JPEG", "photo.heic"),
        ("WEBP", "photo.png"),
        ("AVIF", "photo.heic"),
        ("JXL", "photo.jpg"),
        ("JPEG", "photo.dng"),
        ("PNG", "photo.cr2"),
        ("TIFF", "photo.nef"),
        ("TIFF", "photo.jpg"),
    ],
)
def test_the_content_counts_where_the_name_says_otherwise(
    tmp_path: Path, kind: str, name: str
) -> None:
    (tmp_path / name).write_bytes(encoded(scene(), kind))
    assert looks_like_the_scene(decode(tmp_path / name, SPEC))


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_of_many_frames_or_pages_the_first_is_the_photo(tmp_path: Path, kind: str) -> None:
    others = [Image.new("RGB", (120, 80), colour) for colour in ("blue", "green")]
    data = encoded(scene(), kind, save_all=True, append_images=others)
    (tmp_path / "photo").write_bytes(data)
    with Image.open(io.BytesIO(data)) as image:
        assert image.n_frames == 3
    assert looks_like_the_scene(decode(tmp_path / "photo", SPEC))


def test_of_several_heif_pictures_the_main_one_is_the_photo(tmp_path: Path) -> None:
    other = Image.new("RGB", (120, 80), "blue")
    data = encoded(other, "HEIF", save_all=True, append_images=[scene()], primary_index=1)
    (tmp_path / "photo.heic").write_bytes(data)
    assert looks_like_the_scene(decode(tmp_path / "photo.heic", SPEC))


@pytest.mark.parametrize("save", [{"progressive": True}, {"subsampling": 0}, {"optimize": True}])
def test_jpegs_of_all_sorts(tmp_path: Path, save: dict[str, object]) -> None:
    scene().save(tmp_path / "photo.jpg", quality=95, **save)
    assert looks_like_the_scene(decode(tmp_path / "photo.jpg", SPEC))


def test_a_motion_photo_is_its_still(tmp_path: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(4000)
    (tmp_path / "photo.jpg").write_bytes(encoded(scene(), "JPEG", quality=95) + film)
    assert looks_like_the_scene(decode(tmp_path / "photo.jpg", SPEC))


@pytest.mark.parametrize(
    "compression",
    ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "zstd", "lzma"],
)
def test_tiffs_of_every_compression(tmp_path: Path, compression: str) -> None:
    scene().save(tmp_path / "photo.tif", compression=compression)
    assert looks_like_the_scene(decode(tmp_path / "photo.tif", SPEC))


@pytest.mark.parametrize("form", ["tiled", "sixteen", "big"])
def test_tiffs_of_other_layouts(tmp_path: Path, form: str) -> None:
    pixels = np.asarray(scene((160, 96)))
    if form == "sixteen":
        pixels = pixels.astype(np.uint16) * 257
    options = {"tile": (32, 32)} if form == "tiled" else {"bigtiff": form == "big"}
    tifffile.imwrite(tmp_path / "photo.tif", pixels, photometric="rgb", **options)
    assert looks_like_the_scene(decode(tmp_path / "photo.tif", SPEC))


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
def test_a_file_that_ends_too_early_is_a_failure_not_half_a_picture(
    tmp_path: Path, kind: str
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (200, 300, 3), np.uint8)
    data = encoded(Image.fromarray(noise), kind)
    (tmp_path / "photo").write_bytes(data[: len(data) // 2])
    with pytest.raises(PhotoError, match="the file is cut off"):
        decode(tmp_path / "photo", SPEC)


@pytest.mark.parametrize("kind", ["HEIF", "JXL", "RAW"])
def test_too_many_pixels_are_refused_before_they_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    is_raw = kind == "RAW"
    data = dng(np.asarray(scene())) if is_raw else encoded(scene(), kind)
    (tmp_path / "photo").write_bytes(data)
    monkeypatch.setattr(picture, "MAX_PIXELS", 9000)
    with pytest.raises(PhotoError, match="it claims 120 x 80 pixels"):
        decode(tmp_path / "photo", SPEC)


@pytest.mark.parametrize(
    ("size", "has_box"),
    [((120, 80), False), ((120, 80), True), ((1, 1), False), ((700, 333), True), ((8, 3000), True)],
)
def test_the_size_of_a_jpeg_xl_is_known_before_it_is_decoded(
    size: tuple[int, int], has_box: bool
) -> None:
    data = encoded(scene(size), "JXL", use_container=has_box)
    assert headers.jxl_size(data) == size


def test_headers_of_nonsense_say_nothing() -> None:
    chance = np.random.default_rng(2)
    starts = [b"", b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n", b"\0\0\0\x18ftypavif", b"II*\0"]
    starts += [encoded(scene(), "AVIF")[:size] for size in range(0, 300, 7)]
    for start in starts:
        data = start + chance.bytes(60)
        headers.jxl_size(data)
        headers.heif_code_points(data)
        headers.png_code_points(data)
        headers.icc_code_points(bytes(128) + data)
        headers.tiff_tags(data)
        headers.is_cut_off(data)


def test_brands_tell_heif_from_avif_and_films() -> None:
    def file(*brands: bytes) -> bytes:
        size = 16 + 4 * (len(brands) - 1)
        return struct.pack("!I", size) + b"ftyp" + brands[0] + bytes(4) + b"".join(brands[1:])

    assert kind_of(file(b"heic", b"mif1")) == "HEIF"
    assert kind_of(file(b"mif1", b"miaf", b"avif")) == "AVIF"
    assert kind_of(file(b"mif1", b"miaf", b"heic")) == "HEIF"
    assert kind_of(file(b"mif1")) == "HEIF"
    assert kind_of(file(b"crx ", b"isom")) == "RAW"
    assert kind_of(file(b"isom", b"mp42")) is None


def test_a_worker_decodes_every_kind_within_its_limits(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    for suffix in ("heic", "jxl", "avif", "jp2", "tif"):
        make_photo(tmp_path / f"photo.{suffix}", size=(3000, 2000))
    pixels = np.asarray(scene((3000, 2000)))
    (tmp_path / "photo.dng").write_bytes(dng(pixels))
    paths = sorted(tmp_path.iterdir())
    with DecoderPool(SPEC, workers=1) as pool:
        outcomes = {job.path: came for job, came in pool.decode_all(map(Job, paths))}
    assert len(outcomes) == 6
    for path, outcome in outcomes.items():
        assert isinstance(outcome, Decoded), (path, outcome)
        assert (outcome.width, outcome.height) == (3000, 2000)


def test_a_worker_that_meets_only_jpegs_loads_no_other_decoder(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    path = make_photo(tmp_path / "photo.jpg")
    program = (
        "import sys; from pathlib import Path; from inphotos.photos import worker\n"
        "worker.decode(Path(sys.argv[1]), None)\n"
        "print([name for name in sys.argv[2:] if name in sys.modules])"
    )
    decoders = ["pillow_heif", "pillow_jxl", "rawpy", "PIL.AvifImagePlugin"]
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), *decoders],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stdout.strip() == "[]"
