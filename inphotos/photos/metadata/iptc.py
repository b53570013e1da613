"""IPTC records (Information Interchange Model 4.2) as fields of ``Metadata``."""

from __future__ import annotations

from collections.abc import Iterator

from inphotos.metadata import MAX_KEYWORDS
from inphotos.photos.metadata.dates import parse_date
from inphotos.photos.metadata.found import Found, written_text
from inphotos.photos.metadata.tiff import decode_text

_MARK = 0x1C
_UTF8_MARK = b"\x1b%G"
_CHARSET = (1, 90)
_TITLE, _KEYWORD, _CAPTION = (2, 5), (2, 25), (2, 120)
_DATE_CREATED, _TIME_CREATED, _DATE_DIGITIZED, _TIME_DIGITIZED = (2, 55), (2, 60), (2, 62), (2, 63)

#: The time must have a zone, so programs write this one where they do not know it.
_FILLER_ZONE = "+0000"

#: A length with the top bit set says how many bytes of length follow; no caption needs that.
_EXTENDED = 0x8000


def read_iptc(data: bytes) -> Found:
    """Read IPTC records; damaged ones end the reading."""
    fields: dict[tuple[int, int], list[bytes]] = {}
    for name, value in _records(data):
        values = fields.setdefault(name, [])
        if len(values) < MAX_KEYWORDS:
            values.append(value)
    is_utf8 = fields.get(_CHARSET, [b""])[0] == _UTF8_MARK

    def texts(name: tuple[int, int]) -> list[str]:
        decoded = fields.get(name, [])
        return [v.decode("utf-8", "replace") if is_utf8 else decode_text(v) for v in decoded]

    def text(name: tuple[int, int]) -> str:
        return next(iter(texts(name)), "")

    found = Found()
    for day, time in ((_DATE_CREATED, _TIME_CREATED), (_DATE_DIGITIZED, _TIME_DIGITIZED)):
        found.add_date(parse_date(_iso_date(text(day), text(time))))
    found.add("title", written_text(text(_TITLE)))
    found.add("description", written_text(text(_CAPTION)))
    found.add("keywords", tuple(texts(_KEYWORD)))
    return found


def _records(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    start = 0
    while start + 5 <= len(data) and data[start] == _MARK:
        size = int.from_bytes(data[start + 3 : start + 5], "big")
        if size & _EXTENDED:
            return
        yield (data[start + 1], data[start + 2]), data[start + 5 : start + 5 + size]
        start += 5 + size


def _iso_date(day: str, time: str) -> str:
    """Put 20230714 and 101500+0200 together as 2023-07-14 10:15:00+0200."""
    if len(day) != 8:
        return ""
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if len(time) >= 6:
        text += f" {time[:2]}:{time[2:4]}:{time[4:6]}{time[6:].removesuffix(_FILLER_ZONE)}"
    return text
