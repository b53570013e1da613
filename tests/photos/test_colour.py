"""What the numbers in a file mean, as sRGB."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from conftest import MakePhoto
from photo_files import cmyk_profile, grey_profile, jxl_with_header, rgb_profile
from PIL import Image, ImageCms

from inphotos.photos import colour, headers
from inphotos.photos.decode import decode
from inphotos.pixels import PixelSpec

SPEC = PixelSpec(32, (32, 32))

P3 = [(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)]
ADOBE = [(0.640, 0.330), (0.210, 0.710), (0.150, 0.060)]
SRGB = [(0.640, 0.330), (0.300, 0.600), (0.150, 0.060)]


def seen(path: Path) -> tuple[int, ...]:
    """The colour in the middle of a photo."""
    return tuple(int(level) for level in decode(path, SPEC).pixels[16, 16])


def is_near(actual: tuple[int, ...], expected: tuple[int, ...], by: int = 3) -> bool:
    return all(abs(a - e) <= by for a, e in zip(actual, expected, strict=True))


def plain(path: Path, mode: str, level: object, **save: object) -> Path:
    Image.new(mode, (64, 48), level).save(path, **save)
    return path


# Expected values by the matrices of CSS Color 4 (display-p3 and a98-rgb to sRGB).
@pytest.mark.parametrize(
    ("name", "profile", "pixel", "expected"),
    [
        ("p3.png", rgb_profile(P3, 2.2), (200, 100, 50), (216, 93, 24)),
        ("p3.jpg", rgb_profile(P3, 2.2), (128, 128, 128), (128, 128, 128)),
        ("p3.heic", rgb_profile(P3, 2.2), (200, 100, 50), (216, 93, 24)),
        ("p3.webp", rgb_profile(P3, 2.2), (200, 100, 50), (216, 93, 24)),
        ("p3.avif", rgb_profile(P3, 2.2), (200, 100, 50), (216, 93, 24)),
        ("adobe.jpg", rgb_profile(ADOBE, 563 / 256), (100, 200, 100), (0, 201, 92)),
        ("adobe.tif", rgb_profile(ADOBE, 563 / 256), (255, 255, 255), (255, 255, 255)),
    ],
)
def test_profiles_are_applied(
    tmp_path: Path, name: str, profile: bytes, pixel: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    quality = {} if name.endswith(("png", "tif")) else {"quality": 98}
    path = plain(tmp_path / name, "RGB", pixel, icc_profile=profile, **quality)
    assert is_near(seen(path), expected, 5 if quality else 2)


def test_the_profile_of_a_grey_picture_is_applied(tmp_path: Path) -> None:
    path = plain(tmp_path / "grey.png", "L", 55, icc_profile=grey_profile(1.0))
    assert is_near(seen(path), (128, 128, 128))
    clear = plain(tmp_path / "clear.png", "LA", (55, 255), icc_profile=grey_profile(1.0))
    assert is_near(seen(clear), (128, 128, 128))


def test_the_profile_of_a_palette_is_applied(tmp_path: Path) -> None:
    image = Image.new("RGB", (64, 48), (200, 100, 50)).quantize(4)
    image.save(tmp_path / "p3.png", icc_profile=rgb_profile(P3, 2.2))
    assert is_near(seen(tmp_path / "p3.png"), (216, 93, 24))


def test_print_colours_with_and_without_a_profile(tmp_path: Path) -> None:
    ink = (255, 0, 0, 0)
    naked = plain(tmp_path / "naked.jpg", "CMYK", ink, quality=98)
    assert is_near(seen(naked), (0, 255, 255))
    profiled = plain(tmp_path / "press.jpg", "CMYK", ink, quality=98, icc_profile=cmyk_profile())
    assert is_near(seen(profiled), (118, 118, 118))  # L* of 50


@pytest.mark.parametrize(
    "profile", [b"no profile", b"\0" * 200, rgb_profile(P3, 2.2)[:200], grey_profile(1.0)]
)
def test_a_profile_that_is_broken_or_of_another_kind_does_not_fail_the_photo(
    tmp_path: Path, profile: bytes
) -> None:
    path = plain(tmp_path / "photo.png", "RGB", (200, 100, 50), icc_profile=profile)
    assert seen(path) == (200, 100, 50)


def test_an_srgb_profile_costs_nothing_and_changes_nothing(
    tmp_path: Path, make_photo: MakePhoto
) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colour._transform(srgb, "RGB") is None
    assert colour._transform(rgb_profile(P3, 2.2), "RGB") is not None
    tagged = make_photo(tmp_path / "a.png", seed=1, icc_profile=srgb)
    bare = make_photo(tmp_path / "b.png", seed=1)
    assert np.array_equal(decode(tagged, SPEC).pixels, decode(bare, SPEC).pixels)


def test_adobe_rgb_that_only_exif_tells_of_is_known(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x8769] = {0xA001: 0xFFFF, 0xA005: {1: "R03"}}
    path = plain(tmp_path / "_DSC1.jpg", "RGB", (100, 200, 100), quality=98, exif=exif)
    assert is_near(seen(path), (0, 201, 92), 5)


def test_transparency_lies_on_a_ground_on_which_it_can_be_seen(tmp_path: Path) -> None:
    for name, level, ground in (("dark", 30, 255), ("bright", 250, 128)):
        image = Image.new("RGBA", (64, 64), (level, level, level, 0))
        image.paste((level, level, level, 255), (0, 0, 64, 20))
        image.save(tmp_path / f"{name}.png")
        pixels = decode(tmp_path / f"{name}.png", SPEC).pixels
        assert pixels[2, 16].tolist() == [level] * 3
        assert pixels[24, 16].tolist() == [ground] * 3


def test_deep_pictures_keep_their_tones(tmp_path: Path) -> None:
    half = np.full((64, 64), 32768, np.uint16)
    half[0] = 65535
    Image.fromarray(half).save(tmp_path / "grey.png")
    Image.fromarray(half).save(tmp_path / "grey.tif")
    Image.fromarray(half).save(tmp_path / "grey.jp2", irreversible=False)
    tifffile.imwrite(tmp_path / "rgb.tif", np.stack([half] * 3, axis=-1), photometric="rgb")
    (tmp_path / "rgb.png").write_bytes(png(half[..., np.newaxis].repeat(3, axis=-1)))
    (tmp_path / "grey.pgm").write_bytes(b"P5 64 64 65535\n" + half.astype(">u2").tobytes())
    (tmp_path / "twelve.pgm").write_bytes(b"P5 64 64 4095\n" + (half >> 4).astype(">u2").tobytes())
    Image.fromarray(half >> 4).save(tmp_path / "twelve.png")  # as scanners and microscopes do
    for path in sorted(tmp_path.iterdir()):
        assert is_near(seen(path), (128, 128, 128), 1), path.name


def test_numbers_without_a_fixed_range_are_spread_over_it(tmp_path: Path) -> None:
    ramp = np.linspace(0, 1, 64 * 64, dtype=np.float32).reshape(64, 64)
    odd = 5000 * ramp - 700
    odd[0, :2] = np.nan, np.inf
    for name, values in (("unit", ramp), ("odd", odd)):
        tifffile.imwrite(tmp_path / f"{name}.tif", values)
        pixels = decode(tmp_path / f"{name}.tif", SPEC).pixels
        assert pixels[0].mean() < 12
        assert pixels[-1].mean() > 243
        assert 115 < pixels[16].mean() < 140


def test_a_large_deep_or_indexed_picture_is_averaged_not_sampled(tmp_path: Path) -> None:
    checks = (np.indices((1600, 2400)).sum(axis=0) % 2).astype(np.uint8)
    Image.fromarray(checks.astype(np.uint16) * 65535).save(tmp_path / "deep.png")
    Image.fromarray(checks * 255).convert("1", dither=Image.Dither.NONE).save(tmp_path / "bits.png")
    Image.fromarray(checks * 255).convert("P").save(tmp_path / "palette.png")
    for path in sorted(tmp_path.iterdir()):
        decoded = decode(path, SPEC)
        assert (decoded.width, decoded.height) == (2400, 1600)
        assert np.abs(decoded.pixels.astype(int) - 127).max() <= 1, path.name


# A sheet of white paper is at 203 cd/m² of HDR; the tone curve puts it at 0.8 of SDR's light, and
# keeps what is darker than 0.6 of the paper.
@pytest.mark.parametrize(("nits", "expected"), [(0, 0), (50, 136), (203, 231), (1000, 251)])
def test_hdr_by_pq_is_neither_washed_out_nor_black(
    tmp_path: Path, nits: float, expected: int
) -> None:
    light = (nits / 10_000) ** (2610 / 16384)
    signal = ((0.8359375 + 18.8515625 * light) / (1 + 18.6875 * light)) ** (2523 / 32)
    pixels = np.full((48, 64, 3), round(signal * 65535), np.uint16)
    (tmp_path / "photo.png").write_bytes(png(pixels, cicp=(9, 16)))
    assert is_near(seen(tmp_path / "photo.png"), (expected,) * 3, 4)


def test_hdr_by_hlg_has_its_white_where_pq_has_it(tmp_path: Path) -> None:
    pixels = np.full((48, 64, 3), round(0.75 * 65535), np.uint16)  # BT.2408: reference white
    (tmp_path / "photo.png").write_bytes(png(pixels, cicp=(9, 18)))
    assert is_near(seen(tmp_path / "photo.png"), (231, 231, 231), 4)


def test_wide_colours_by_code_points_are_brought_to_srgb(tmp_path: Path) -> None:
    pixels = np.full((48, 64, 3), 0, np.uint16) + np.array((200, 100, 50), np.uint16) * 257
    (tmp_path / "p3.png").write_bytes(png(pixels, cicp=(12, 13)))
    (tmp_path / "srgb.png").write_bytes(png(pixels, cicp=(1, 13)))
    assert is_near(seen(tmp_path / "p3.png"), (215, 93, 31))
    assert seen(tmp_path / "srgb.png") == (200, 100, 50)


def test_hdr_jpeg_xl_looks_like_its_sdr_twin(tmp_path: Path) -> None:
    image = Image.new("RGB", (120, 80), (128, 60, 60))
    buffer = io.BytesIO()
    image.save(buffer, "JXL", quality=95)
    (tmp_path / "photo.jxl").write_bytes(jxl_with_header(buffer.getvalue(), is_pq=True))
    # White is at 255 cd/m² there, so all is a little brighter.
    assert is_near(seen(tmp_path / "photo.jxl"), (142, 67, 67), 6)


def test_hdr_heif_and_avif_are_known_by_their_container(tmp_path: Path, shared_data: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    signal = np.full((64, 64, 3), 148, np.uint8)  # 203 cd/m² in PQ
    file = pillow_heif.from_bytes("RGB", (64, 64), signal.tobytes())
    file.save(
        tmp_path / "photo.heic",
        quality=100,
        color_primaries=9,
        transfer_characteristics=16,
        matrix_coefficients=9,
        full_range_flag=1,
    )
    assert headers.heif_code_points((tmp_path / "photo.heic").read_bytes()) == (9, 16)
    assert is_near(seen(tmp_path / "photo.heic"), (231, 231, 231), 5)


def test_hdr_avif_is_known_by_its_container(shared_data: Path) -> None:
    path = shared_data / "photos" / "album" / "formats" / "avif" / "10bit-HDR-P3-nclx.avif"
    assert headers.heif_code_points(path.read_bytes()) == (12, 16)
    # Pillow gives pixels no brighter than 194; clouds at noon are to be nearly white.
    assert decode(path, SPEC).pixels.max() > 225


def png(pixels: np.ndarray, cicp: tuple[int, int] | None = None) -> bytes:
    """Write a 16-bit RGB PNG, perhaps with code points for its colours."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", checksum)

    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 16, 2, 0, 0, 0))
        + (chunk(b"cICP", bytes((*cicp, 0, 1))) if cicp else b"")
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
