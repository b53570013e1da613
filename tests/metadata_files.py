"""Metadata as files have it, written byte by byte where no library writes what the tests need."""

from __future__ import annotations

import io
import struct

import piexif
from PIL import Image

EXIF_MARK = b"Exif\0\0"
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"

_NAMESPACES = {
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


def exif(
    main: dict[int, object] | None = None,
    photo: dict[int, object] | None = None,
    gps: dict[int, object] | None = None,
) -> bytes:
    """EXIF data without the mark that JPEG puts before it: a TIFF structure."""
    block = piexif.dump({"0th": main or {}, "Exif": photo or {}, "GPS": gps or {}})
    return bytes(block).removeprefix(EXIF_MARK)


def position(latitude: float, longitude: float) -> dict[int, object]:
    """EXIF's GPS tags of a position, in degrees and minutes."""

    def parts(degrees: float) -> tuple[tuple[int, int], ...]:
        whole, minutes = divmod(round(abs(degrees) * 60_000_000), 60_000_000)
        return (whole, 1), (minutes, 1_000_000), (0, 1)

    return {
        1: b"N" if latitude >= 0 else b"S",
        2: parts(latitude),
        3: b"E" if longitude >= 0 else b"W",
        4: parts(longitude),
    }


def xmp(body: str = "", **attributes: object) -> bytes:
    """An XMP packet; ``xmp(xmp_Rating=3)`` has the attribute ``xmp:Rating``."""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items())
    values = " ".join(f'{name.replace("_", ":", 1)}="{v}"' for name, v in attributes.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {values}>{body}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def array(name: str, *items: str, kind: str = "Bag") -> str:
    """An XMP property with several values."""
    inside = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
    return f"<{name}><rdf:{kind}>{inside}</rdf:{kind}></{name}>"


def iptc(*records: tuple[int, int, bytes]) -> bytes:
    """IPTC records of (record, data set, value)."""
    return b"".join(
        struct.pack("!BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in records
    )


def resources(records: bytes) -> bytes:
    """Photoshop's image resources, IPTC records between others."""

    def resource(code: int, name: bytes, data: bytes) -> bytes:
        label = bytes((len(name),)) + name
        label += bytes(len(label) % 2)
        size = struct.pack("!I", len(data))
        return b"8BIM" + struct.pack("!H", code) + label + size + data + bytes(len(data) % 2)

    return b"".join(
        (
            resource(0x03ED, b"", bytes(16)),
            resource(0x0425, b"odd", b"123"),
            resource(0x0404, b"", records),
        )
    )


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return struct.pack("!BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(*segments: bytes) -> bytes:
    """A small JPEG with these segments before all others."""
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(buffer, "JPEG")
    return buffer.getvalue()[:2] + b"".join(segments) + buffer.getvalue()[2:]


def jpeg_of(
    exif_data: bytes | None = None, packet: bytes | None = None, records: bytes | None = None
) -> bytes:
    """A small JPEG with EXIF data, an XMP packet and IPTC records."""
    segments = []
    if exif_data is not None:
        segments.append(segment(0xE1, EXIF_MARK + exif_data))
    if packet is not None:
        segments.append(segment(0xE1, XMP_MARK + packet))
    if records is not None:
        segments.append(segment(0xED, b"Photoshop 3.0\0" + resources(records)))
    return jpeg(*segments)


def box(kind: bytes, content: bytes) -> bytes:
    """A box of an ISO base media file."""
    return struct.pack("!I4s", len(content) + 8, kind) + content


def cr3(main: bytes, photo: bytes, gps: bytes) -> bytes:
    """The boxes of a Canon CR3 that hold metadata; each argument is a TIFF structure."""
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    parts = box(b"CMT1", main) + box(b"CMT2", photo) + box(b"CMT4", gps)
    return box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", box(b"uuid", canon + parts))


def raf(picture: bytes) -> bytes:
    """The head of a Fujifilm RAF with the JPEG that it holds."""
    head = b"FUJIFILMCCD-RAW 0201FF393101Test camera".ljust(84, b"\0")
    return head + struct.pack("!II", 160, len(picture)) + bytes(160 - 92) + picture
