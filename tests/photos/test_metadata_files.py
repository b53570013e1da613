"""Metadata in every kind of file, and in files that are damaged or hostile."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import zlib
from pathlib import Path

import brotli
import numpy as np
import piexif
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from metadata_files import (
    EXIF_MARK,
    XMP_MARK,
    array,
    box,
    cr3,
    exif,
    iptc,
    jpeg,
    jpeg_of,
    position,
    raf,
    resources,
    segment,
    xmp,
)
from photo_files import dng
from PIL import Image

from inphotos.metadata import Metadata
from inphotos.photos.formats import kind_of
from inphotos.photos.headers import find_box
from inphotos.photos.metadata import read_metadata
from inphotos.photos.metadata.items import read_items

TAKEN = dt.datetime(2023, 7, 14, 10, 15)
EXIF = exif(
    {piexif.ImageIFD.Model: "Test camera"},
    {piexif.ExifIFD.DateTimeOriginal: "2023:07:14 10:15:00"},
    position(48.5, 2.25),
)
XMP = xmp(array("dc:subject", "sea"), xmp_Rating=3)
IPTC = iptc((2, 120, b"By the sea"))
FROM_EXIF = Metadata(
    taken=TAKEN, taken_source="exif", camera="Test camera", latitude=48.5, longitude=2.25
)
FROM_BOTH = Metadata.of({**FROM_EXIF.to_json(), "taken": TAKEN, "rating": 3, "keywords": ["sea"]})


def read(data: bytes, kind: str | None = None, sidecar: bytes | None = None) -> Metadata:
    return read_metadata(data, kind or kind_of(data[:64]), Path("photo"), 0, sidecar)


def saved(form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "blue").save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "AVIF", "HEIF", "JXL"])
def test_exif_is_read_in_every_kind_of_file(form: str) -> None:
    if form == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    elif form == "JXL":
        import pillow_jxl  # noqa: F401 - makes the format known to Pillow
    data = saved(form, exif=EXIF_MARK + EXIF)
    assert kind_of(data[:64]) == form
    assert read(data) == FROM_EXIF


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF", "HEIF"])
def test_xmp_is_read_beside_exif(form: str) -> None:
    if form == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    assert read(saved(form, exif=EXIF_MARK + EXIF, xmp=XMP)) == FROM_BOTH


def png_chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack("!I", len(content)) + body + struct.pack("!I", zlib.crc32(body))


@pytest.mark.parametrize("packed", [False, True])
def test_xmp_is_read_in_png_wherever_it_stands(packed: bool) -> None:
    text = zlib.compress(XMP) if packed else XMP
    chunk = png_chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes((packed, 0)) + b"\0\0" + text)
    data = saved("PNG", exif=EXIF)
    before = data[:33] + chunk + data[33:]
    after = data[:-12] + chunk + data[-12:]
    assert read(before) == read(after) == FROM_BOTH


@pytest.mark.parametrize("is_packed", [False, True])
def test_jpeg_xl_boxes_may_be_packed(is_packed: bool) -> None:
    def metadata_box(kind: bytes, content: bytes) -> bytes:
        return box(b"brob", kind + brotli.compress(content)) if is_packed else box(kind, content)

    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    boxes = metadata_box(b"Exif", bytes(4) + EXIF) + metadata_box(b"xml ", XMP)
    assert read(head + box(b"jxlc", b"\xff\x0a") + boxes) == FROM_BOTH


def test_jpeg_2000_boxes_are_read() -> None:
    head = box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    packet = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP)
    assert read(head + box(b"uuid", b"JpgTiffExif->JP2" + EXIF) + packet) == FROM_BOTH


def test_all_blocks_of_a_jpeg_count() -> None:
    half = len(IPTC) // 2
    records = resources(IPTC + iptc((2, 25, b"of IPTC")))
    data = jpeg(
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        segment(0xED, b"Photoshop 3.0\0" + records[:half]),
        segment(0xE1, XMP_MARK + XMP),
        b"\xff\xff" + segment(0xFE, b"a comment")[1:],
        segment(0xE1, EXIF_MARK + EXIF),
        segment(0xED, b"Photoshop 3.0\0" + records[half:]),
    )
    metadata = read(data)
    assert metadata.taken == TAKEN
    assert metadata.description == "By the sea"
    assert metadata.keywords == ("sea", "of IPTC")


def test_exif_may_go_on_in_a_second_segment() -> None:
    first, second = EXIF[:100], EXIF[100:]
    data = jpeg(segment(0xE1, EXIF_MARK + first), segment(0xE1, EXIF_MARK + second))
    assert read(data) == FROM_EXIF


@pytest.mark.parametrize("is_big", [False, True])
def test_tiffs_have_all_blocks_as_tags(is_big: bool) -> None:
    buffer = io.BytesIO()
    tags = [
        (700, 1, len(XMP), XMP, True),
        (33723, 7, len(IPTC), IPTC, True),
        (306, 2, 0, "2023:07:14 10:15:00", True),
        (272, 2, 0, "Test camera", True),
    ]
    tifffile.imwrite(
        buffer, np.zeros((8, 8, 3), np.uint8), bigtiff=is_big, extratags=tags, metadata=None
    )
    assert read(buffer.getvalue()) == Metadata(
        taken=TAKEN,
        taken_source="exif",
        camera="Test camera",
        rating=3,
        keywords=("sea",),
        description="By the sea",
    )


def test_a_dng_is_read() -> None:
    assert read(dng(np.zeros((8, 8, 3), np.uint8))).camera == "InPhotos Test camera"


@pytest.mark.parametrize("magic", [b"\x55\0", b"RO", b"RS", b"*\0"])
def test_raw_files_that_are_nearly_tiffs_are_read(magic: bytes) -> None:
    little = bytearray(dng(np.zeros((8, 8, 3), np.uint8)))
    little[2:4] = magic
    assert read(bytes(little), "RAW").camera == "InPhotos Test camera"


def test_a_cr3_has_each_directory_in_a_box() -> None:
    main = exif({piexif.ImageIFD.Make: "Canon", piexif.ImageIFD.Model: "Canon EOS R5"})
    photo = exif(photo={piexif.ExifIFD.DateTimeOriginal: "2023:07:14 10:15:00"})
    data = cr3(main, as_first_directory(photo), as_first_directory(exif(gps=position(48.5, 2.25))))
    assert kind_of(data[:64]) == "RAW"
    assert read(data) == Metadata(
        taken=TAKEN, taken_source="exif", camera="Canon EOS R5", latitude=48.5, longitude=2.25
    )


def as_first_directory(tiff: bytes) -> bytes:
    """Let the header of a TIFF point at the directory that its first one points at."""
    start = struct.unpack(">I", tiff[4:8])[0]
    count = struct.unpack(">H", tiff[start : start + 2])[0]
    for n in range(count):
        entry = tiff[start + 2 + 12 * n :][:12]
        if entry[:2] in (b"\x87\x69", b"\x88\x25"):
            return tiff[:4] + entry[8:] + tiff[8:]
    return tiff


def test_a_raf_has_a_jpeg_with_the_metadata() -> None:
    data = raf(jpeg_of(EXIF, XMP))
    assert kind_of(data[:64]) == "RAW"
    assert read(data) == FROM_BOTH


def test_panasonics_raw_has_a_jpeg_too() -> None:
    picture = jpeg_of(EXIF, XMP)
    head = struct.pack("<2sHI", b"II", 0x55, 8)
    tag = struct.pack("<HHHII", 1, 0x2E, 7, len(picture), 8 + 2 + 12 + 4)
    assert read(head + tag + bytes(4) + picture, "RAW") == FROM_BOTH


@pytest.mark.parametrize("kind", ["GIF", "BMP", "PPM", None])
def test_kinds_without_metadata_have_none(kind: str | None) -> None:
    assert read_metadata(b"GIF89a" + EXIF, kind, Path("photo"), 0, None) == Metadata()


def test_a_photo_whose_pixels_are_cut_off_keeps_its_metadata() -> None:
    data = jpeg_of(EXIF, XMP, IPTC)
    assert read(data[: data.index(b"\xff\xda")]).taken == TAKEN


def test_damage_in_one_block_leaves_the_others() -> None:
    broken = XMP.replace(b"</rdf:RDF>", b"&nbsp;</rdf>")
    assert read(jpeg_of(EXIF, broken)) == FROM_BOTH  # what comes before the damage
    assert read(jpeg_of(b"II*\0" + b"\xff" * 40, XMP)).rating == 3
    assert read(jpeg_of(EXIF, b"<x"), sidecar=b"\xff\xfe<") == FROM_EXIF


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "sea">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    packet = bomb + b"]>" + XMP.split(b"?>", 1)[1].replace(b"sea", b"&j;")
    assert read(b"", "JPEG", packet) == Metadata()
    file = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    packet = file + XMP.split(b"?>", 1)[1].replace(b"sea", b"&a;")
    assert read(b"", "JPEG", packet) == Metadata()


def test_deep_nesting_and_great_length_are_harmless() -> None:
    deep = xmp(xmp_Rating=3).replace(b"</rdf:Description>", b"<a>" * 200_000)
    assert read(b"", "JPEG", deep) == Metadata(rating=3)
    wide = xmp(array("dc:subject", *(f"word {n}" for n in range(100_000))))
    assert len(read(b"", "JPEG", wide).keywords) == 500
    long = xmp(f"<dc:description>{'x' * 3_000_000}</dc:description>")
    assert len(read(b"", "JPEG", long).description) == 10_000
    too_long = XMP + b" " * (4 << 20)
    assert read(b"", "JPEG", too_long) == Metadata()


def test_packed_text_does_not_grow_without_end() -> None:
    # 64 MB of spaces and then the packet, which is never reached.
    packer = zlib.compressobj()
    text = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(64)) + packer.flush()
    chunk = png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + text)
    data = saved("PNG", exif=EXIF)
    assert read(data[:33] + chunk + data[33:]) == FROM_EXIF


def test_a_directory_that_claims_too_much_is_left_out() -> None:
    def tiff(tag: int, kind: int, count: int, value: int, entries: int = 1) -> bytes:
        entry = struct.pack("<HHII", tag, kind, count, value)
        return struct.pack("<2sHIH", b"II", 42, 8, entries) + entry + bytes(4)

    for data in (
        tiff(0x0110, 2, 0xFFFFFFFF, 0),
        tiff(0x0110, 2, 100, 0xFFFFFF00),
        tiff(0x0110, 99, 4, 0),
        tiff(0x8769, 4, 1, 8, entries=0xFFFF),  # points at itself
        tiff(0x8769, 12, 1, 0),
        tiff(0x8825, 4, 1, 0xFFFFFFFF),
    ):
        assert read(jpeg_of(data)) == Metadata()


SAMPLES = [
    jpeg_of(EXIF, XMP, IPTC),
    saved("WEBP", exif=EXIF_MARK + EXIF, xmp=XMP),
    saved("AVIF", exif=EXIF_MARK + EXIF, xmp=XMP),
    saved("PNG", exif=EXIF),
    raf(jpeg_of(EXIF, XMP)),
    cr3(EXIF, EXIF, EXIF),
    dng(np.zeros((8, 8, 3), np.uint8)),
    box(b"JXL ", b"\r\n\x87\n") + box(b"brob", b"Exif" + brotli.compress(bytes(4) + EXIF)),
]


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_damaged_files_never_raise_and_their_answers_survive_the_pipe(number: int) -> None:
    chance = random.Random(number)
    sample = SAMPLES[number]
    for _ in range(300):
        data = bytearray(sample)
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(1, 4))
        cut = len(data) if chance.random() < 0.7 else chance.randrange(len(data))
        metadata = read(bytes(data[:cut]), kind_of(sample[:64]))
        assert Metadata.from_json(metadata.to_json()) == metadata


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400), kind=st.sampled_from(["JPEG", "TIFF", "RAW", "HEIF", "PNG"]))
def test_any_bytes_at_all_never_raise(data: bytes, kind: str) -> None:
    for start in (
        b"",
        b"II*\0\x08\0\0\0",
        b"MM\0+\0\x08\0\0",
        b"\xff\xd8\xff\xe1\1\0Exif\0\0II*\0",
    ):
        read(start + data, kind)
    read(jpeg_of(data, data, data), kind, data)
    read(jpeg_of(b"II*\0\x08\0\0\0" + data, XMP[:250] + data), kind, XMP[:250] + data)


def test_items_of_a_heif_that_name_the_whole_file_again_and_again_are_left_out() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    data = saved("HEIF", exif=EXIF_MARK + exif({0x0110: b"X-T5"}))
    meta = find_box(data, (0, len(data)), b"meta", skip=4)
    [item] = read_items(data, meta, 10_000)
    assert b"X-T5" in item.data
    assert read_items(data, meta, len(item.data) - 1) == []
