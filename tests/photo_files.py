"""What no library writes as the tests need it: RAW files, colour profiles, headers."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

#: XYZ to linear sRGB (IEC 61966-2-1): a camera whose colours are those of sRGB.
_XYZ_TO_SRGB = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)

_FORMS = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 10: "ii"}


def dng(
    picture: Pixels,
    *,
    orientation: int = 1,
    preview: bytes | None = None,
    preview_size: tuple[int, int] = (0, 0),
) -> bytes:
    """Write an uncompressed DNG (DNG specification 1.4) with a Bayer pattern.

    Args:
        picture: uint8, linear light, shape (height, width, 3), both even, as the sensor sees it.
        orientation: EXIF's number.
        preview: a JPEG of ``preview_size`` (width, height), put where cameras put it.
    """
    height, width, _ = picture.shape
    samples = np.empty((height, width), np.uint16)
    for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        samples[row::2, column::2] = picture[row::2, column::2, channel].astype(np.uint16) * 257
    camera = [
        (271, 2, b"InPhotos\0"),
        (272, 2, b"Test camera\0"),
        (274, 3, (orientation,)),
        (50706, 1, (1, 4, 0, 0)),
        (50708, 2, b"InPhotos test camera\0"),
        (50721, 10, [part for v in _XYZ_TO_SRGB for part in (round(v * 10_000), 10_000)]),
        (50728, 5, (1, 1) * 3),
        (50778, 3, (21,)),
    ]
    raw = [
        (254, 4, (0,)),
        (256, 4, (width,)),
        (257, 4, (height,)),
        (258, 3, (16,)),
        (259, 3, (1,)),
        (262, 3, (32803,)),
        (273, 4, samples.astype("<u2").tobytes()),
        (277, 3, (1,)),
        (278, 4, (height,)),
        (279, 4, (samples.nbytes,)),
        (33421, 3, (2, 2)),
        (33422, 1, (0, 1, 1, 2)),
        (50714, 3, (0,)),
        (50717, 4, (65535,)),
    ]
    if preview is None:
        return _tiff(camera + raw, [])
    small = [
        (254, 4, (1,)),
        (256, 4, (preview_size[0],)),
        (257, 4, (preview_size[1],)),
        (258, 3, (8, 8, 8)),
        (259, 3, (7,)),
        (262, 3, (6,)),
        (273, 4, preview),
        (277, 3, (3,)),
        (278, 4, (preview_size[1],)),
        (279, 4, (len(preview),)),
    ]
    return _tiff(camera + small, raw)


def _tiff(first: list[tuple], sub: list[tuple]) -> bytes:
    """Lay out one directory and perhaps another below it; tag 273 is given as its data."""
    if sub:
        first = [*first, (330, 4, (0,))]
    first, sub = sorted(first), sorted(sub)
    starts = [8, 8 + 2 + 12 * len(first) + 4]
    blob = bytearray()
    blob_start = starts[1] + (2 + 12 * len(sub) + 4 if sub else 0)
    out = bytearray(struct.pack("<2sHI", b"II", 42, 8))
    for entries in (first, sub) if sub else (first,):
        out += struct.pack("<H", len(entries))
        for tag, kind, value in entries:
            if tag == 330:
                value = (starts[1],)
            elif tag == 273:
                place = blob_start + len(blob)
                blob += value + bytes(len(value) % 2)
                value = (place,)
            data = value if kind == 2 else struct.pack(f"<{len(value)}{_FORMS[kind][0]}", *value)
            count = len(data) if kind == 2 else len(value) // len(_FORMS[kind])
            if len(data) > 4:
                place = blob_start + len(blob)
                blob += data + bytes(len(data) % 2)
                data = struct.pack("<I", place)
            out += struct.pack("<HHI4s", tag, kind, count, data)
        out += struct.pack("<I", 0)
    return bytes(out + blob)


def rgb_profile(chromaticities: list[tuple[float, float]], gamma: float) -> bytes:
    """Write a matrix profile (ICC.1:2001-04) of a screen with D65 white.

    Args:
        chromaticities: (x, y) of red, green and blue.
        gamma: exponent of the three curves.
    """

    def xyz(point: tuple[float, float]) -> npt.NDArray[np.float64]:
        x, y = point
        return np.array([x / y, 1.0, (1 - x - y) / y])

    white, d50 = xyz((0.3127, 0.3290)), np.array([0.9642, 1.0, 0.8249])
    columns = np.stack([xyz(point) for point in chromaticities], axis=1)
    matrix = columns * np.linalg.solve(columns, white)
    bradford = np.array(
        [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
    )
    gain = np.diag((bradford @ d50) / (bradford @ white))
    matrix = np.linalg.inv(bradford) @ gain @ bradford @ matrix
    curve = b"curv\0\0\0\0" + struct.pack("!IHxx", 1, round(gamma * 256))
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack("!I", 5) + b"test\0" + bytes(78 + 1),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz_tag(d50),
        **{name: _xyz_tag(matrix[:, n]) for n, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float) -> bytes:
    """Write a profile of a grey scale with this exponent."""
    curve = b"curv\0\0\0\0" + struct.pack("!IHxx", 1, round(gamma * 256))
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack("!I", 5) + b"test\0" + bytes(78 + 1),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz_tag(np.array([0.9642, 1.0, 0.8249])),
        b"kTRC": curve,
    }
    return _profile(b"GRAY", tags)


def cmyk_profile(kept: float = 0.5) -> bytes:
    """Write a profile of a press whose inks keep back the light only in part.

    Args:
        kept: the lightness, of 1, that full ink of any one kind leaves (grey inks, for simplicity).
    """
    # lut8 (ICC.1:2001-04, 6.5.8): no curves, a grid of two points for each ink, to Lab.
    grid = b"".join(bytes((round(255 * kept ** n.bit_count()), 128, 128)) for n in range(2**4))
    identity = bytes(range(256))
    matrix = struct.pack("!9I", *(65536 if n % 4 == 0 else 0 for n in range(9)))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + identity * 4 + grid + identity * 3
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack("!I", 5) + b"test\0" + bytes(78 + 1),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz_tag(np.array([0.9642, 1.0, 0.8249])),
        b"A2B0": lut,
    }
    return _profile(b"CMYK", tags, kind=b"prtr", connection=b"Lab ")


def jxl_with_header(data: bytes, *, orientation: int = 1, is_pq: bool = False) -> bytes:
    """Rewrite the header of a JPEG XL codestream (ISO/IEC 18181-1, annex D).

    Args:
        data: a bare codestream of 120 x 80 pixels in sRGB whose header has only defaults.
        orientation: EXIF's number.
        is_pq: ask for the pixels in BT.2100 PQ; white is 255 cd/m² then, the format's default.
    """
    assert data[:4] == b"\xff\x0a\x13\x07"
    sizes = "1" + _low_first(80 // 8 - 1, 5) + _low_first(4, 3)  # 3:2
    colours = "1"
    if is_pq:
        white, primaries, transfer, intent = "10", "01" + _low_first(9 - 2, 4), "01", "10"
        transfer += _low_first(16 - 2, 4)
        colours = "0" + "0" + "00" + white + primaries + "0" + transfer + intent
    metadata = "0" + "1" + _low_first(orientation - 1, 3) + "000"  # no size, preview, animation
    metadata += "0" + "00" + "1" + "00" + "1" + colours + "1" + "00"  # 8 bits, XYB
    bits = sizes + metadata + "1"
    bits += "0" * (-len(bits) % 8)
    header = bytes(int(bits[n : n + 8][::-1], 2) for n in range(0, len(bits), 8))
    return data[:2] + header + data[4:]


def png_that_claims(width: int, height: int) -> bytes:
    """Write a few hundred bytes that claim to be a picture of any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", checksum)

    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def _low_first(value: int, bits: int) -> str:
    return f"{value:0{bits}b}"[::-1]


def _xyz_tag(values: npt.NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack("!3i", *(round(float(v) * 65536) for v in values))


def _profile(
    space: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr", connection: bytes = b"XYZ "
) -> bytes:
    table, body = bytearray(struct.pack("!I", len(tags))), bytearray()
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack("!4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(
        "!I4sI4s4s4s12s4s4s28s",
        start + len(body),
        b"none",
        0x02400000,
        kind,
        space,
        connection,
        struct.pack("!6H", 2020, 1, 1, 0, 0, 0),
        b"acsp",
        bytes(4),
        bytes(28),
    )
    illuminant = struct.pack("!3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    head = header[:68] + illuminant
    return bytes(head + bytes(128 - len(head)) + table + body)
