"""EXIF data (CIPA DC-008) as fields of ``Metadata``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from inphotos.metadata import clean_line
from inphotos.photos.metadata.blocks import Blocks
from inphotos.photos.metadata.dates import Moment, is_plausible, make_date, parse_date
from inphotos.photos.metadata.found import (
    Found,
    finite,
    sexagesimal,
    stars_of_percent,
    written_text,
)
from inphotos.photos.metadata.tiff import Tiff, Value, decode_text

_PHOTO_IFD, _GPS_IFD = 0x8769, 0x8825
_DESCRIPTION, _MAKE, _MODEL, _CHANGED = 0x010E, 0x010F, 0x0110, 0x0132
_RATING, _RATING_PERCENT = 0x4746, 0x4749
_EXPOSURE, _F_NUMBER, _SHUTTER_APEX, _APERTURE_APEX, _FOCAL = 0x829A, 0x829D, 0x9201, 0x9202, 0x920A
_ISO, _INDEX, _ISO_SPEED, _PANASONIC_ISO = 0x8827, 0x8832, 0x8833, 0x17
_ORIGINAL, _DIGITIZED = 0x9003, 0x9004
_OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
_PART, _PART_ORIGINAL, _PART_DIGITIZED = 0x9290, 0x9291, 0x9292
_COMMENT, _LENS = 0x9286, 0xA434
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS = 0x9C9B, 0x9C9C, 0x9C9E

_MAIN = frozenset(
    (
        *(_PHOTO_IFD, _GPS_IFD, _DESCRIPTION, _MAKE, _MODEL, _CHANGED, _RATING, _RATING_PERCENT),
        *(_EXPOSURE, _F_NUMBER, _SHUTTER_APEX, _APERTURE_APEX, _FOCAL),
        *(_ISO, _INDEX, _ISO_SPEED, _PANASONIC_ISO, _ORIGINAL, _DIGITIZED),
        *(_OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITIZED, _PART, _PART_ORIGINAL, _PART_DIGITIZED),
        *(_COMMENT, _LENS, _XP_TITLE, _XP_COMMENT, _XP_KEYWORDS),
    )
)
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE, _ALTITUDE_REF, _ALTITUDE = range(1, 7)
_GPS_TIME, _GPS_STATUS, _GPS_DATE = 0x07, 0x09, 0x1D
_GPS = frozenset((*range(1, 8), _GPS_STATUS, _GPS_DATE))

_BELOW_SEA = 1
_VOID = "V"

#: The two-byte tag of the sensitivity cannot hold more, and says so with this.
_ISO_OVERFLOW = 65535

#: Legal forms and lines of business in the names of makers, which no one says.
_COMPANY = re.compile(
    r"[\s,]+(?:corporation|corp|company|co|ltd|inc|limited|imaging|optical|electric|ag|gmbh"
    r"|foto|photo film|digital cam\w*|techwin|electronics)\b[.,]*",
    re.IGNORECASE,
)
_NO_LENS = re.compile(r"[-\s]*|unknown.*|n/?a|none|0(?:\.0)? ?mm f/0(?:\.0)?", re.IGNORECASE)

Tags = Mapping[int, Value]


def read_exif(blocks: Blocks) -> tuple[Found, Moment | None, datetime | None]:
    """Read the EXIF data of a file.

    Returns:
        What it says; its last change, which is often the time of the photo but also of any later
        edit; and the time that the satellites told, UTC.
    """
    tags, gps = _tags(blocks)
    found = Found()
    found.add_date(_date(tags, _ORIGINAL, _PART_ORIGINAL, (_OFFSET_ORIGINAL, _OFFSET)))
    digitized = (_OFFSET_DIGITIZED, _OFFSET_ORIGINAL, _OFFSET)
    found.add_date(_date(tags, _DIGITIZED, _PART_DIGITIZED, digitized))
    changed = _date(tags, _CHANGED, _PART, (_OFFSET,))
    found.add("camera", camera_name(_text(tags, _MAKE), _text(tags, _MODEL)))
    found.add("lens", lens_name(_text(tags, _LENS)))
    _add_exposure(tags, found)
    _add_position(gps, found)
    _add_texts(tags, found)
    return found, changed, _satellite_time(gps)


def camera_name(make: str, model: str) -> str:
    """Return a camera's name without saying its maker twice: "NIKON D750"."""
    make, model = clean_line(make), clean_line(model)
    first = model.split(" ")[0].casefold()
    if not make or first in make.casefold().replace(",", " ").split():
        return model
    return clean_line(f"{_COMPANY.sub('', make)} {model}")


def lens_name(text: str) -> str:
    """Return a lens's name, empty for what cameras write when they do not know it."""
    text = clean_line(text)
    return "" if _NO_LENS.fullmatch(text) else text


def _tags(blocks: Blocks) -> tuple[dict[int, Value], dict[int, Value]]:
    tags: dict[int, Value] = {}
    gps: dict[int, Value] = {}
    for block in blocks.exif:
        tiff = Tiff(block)
        main = tiff.directory(tiff.first, _MAIN)
        photo = tiff.directory(_pointer(main, _PHOTO_IFD), _MAIN)
        place = tiff.directory(_pointer(main, _GPS_IFD), _GPS)
        tags = {**photo, **main, **tags}
        gps = gps or place
    for block in blocks.gps:
        tiff = Tiff(block)
        gps = gps or tiff.directory(tiff.first, _GPS)
    return tags, gps


def _pointer(tags: Tags, tag: int) -> float:
    return _number(tags, tag) or 0


def _number(tags: Tags, tag: int) -> float | None:
    """Return the first of a tag's numbers, if it has one that can be worked with."""
    numbers = tags[tag].numbers() if tag in tags else ()
    return finite(numbers[0]) if numbers else None


def _text(tags: Tags, tag: int) -> str:
    return tags[tag].text() if tag in tags else ""


def _date(tags: Tags, tag: int, part: int, offsets: tuple[int, ...]) -> Moment | None:
    offset = next(filter(None, (_text(tags, other) for other in offsets)), "")
    return parse_date(_text(tags, tag), _text(tags, part), offset)


def _add_exposure(tags: Tags, found: Found) -> None:
    shutter, aperture = _number(tags, _SHUTTER_APEX), _number(tags, _APERTURE_APEX)
    found.add("exposure_seconds", _number(tags, _EXPOSURE) or _power(-shutter if shutter else None))
    found.add("f_number", _number(tags, _F_NUMBER) or _power(aperture / 2 if aperture else None))
    found.add("focal_mm", _number(tags, _FOCAL) or None)
    iso = _number(tags, _ISO)
    if not iso or iso == _ISO_OVERFLOW:
        others = (_number(tags, tag) for tag in (_INDEX, _ISO_SPEED, _PANASONIC_ISO))
        iso = next(filter(None, others), None)
    found.add("iso", round(iso) if iso else None)


def _power(exponent: float | None) -> float | None:
    """Return the value that APEX units give as a power of two."""
    if exponent is None or abs(exponent) > 30:
        return None
    # As cameras round it: a five-hundredth of a second is written as 8.97.
    return float(f"{2.0**exponent:.2g}")


def _add_position(gps: Tags, found: Found) -> None:
    if _text(gps, _GPS_STATUS).strip().upper() == _VOID:
        return  # what stands there is an old position, or none
    altitude = _number(gps, _ALTITUDE)
    if altitude is not None and _number(gps, _ALTITUDE_REF) == _BELOW_SEA:
        altitude = -altitude
    found.add_position(
        _degrees(gps, _LATITUDE, _LATITUDE_REF, "S"),
        _degrees(gps, _LONGITUDE, _LONGITUDE_REF, "W"),
        altitude,
    )


def _degrees(gps: Tags, tag: int, reference: int, negative: str) -> float | None:
    """Return degrees of degrees, minutes and seconds; parts that are unknown count as zero."""
    parts = gps[tag].numbers() if tag in gps else ()
    if not parts or not math.isfinite(parts[0]):
        return None
    degrees = sexagesimal(part if math.isfinite(part) else 0 for part in parts)
    return -degrees if _text(gps, reference).strip().upper() == negative else degrees


def _satellite_time(gps: Tags) -> datetime | None:
    times = gps[_GPS_TIME].numbers() if _GPS_TIME in gps else ()
    day = re.match(r"(\d{4})\D(\d\d)\D(\d\d)", _text(gps, _GPS_DATE), re.ASCII)
    midnight = make_date(day[1], day[2], day[3], "0") if day else None
    if midnight is None or len(times) != 3 or not all(map(math.isfinite, times)):
        return None
    hours, minutes, seconds = times
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    moment = midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return moment if is_plausible(moment) else None


def _add_texts(tags: Tags, found: Found) -> None:
    found.add("title", written_text(_wide_text(tags, _XP_TITLE)))
    found.add("description", written_text(_text(tags, _DESCRIPTION)))
    found.add("description", written_text(_wide_text(tags, _XP_COMMENT)))
    found.add("description", written_text(_comment(tags)))
    found.add("keywords", tuple(_wide_text(tags, _XP_KEYWORDS).split(";")))
    rating, percent = _number(tags, _RATING), _number(tags, _RATING_PERCENT)
    found.add("rating", int(rating) if rating is not None and rating == int(rating) else None)
    found.add("rating", None if percent is None else stars_of_percent(percent))


def _wide_text(tags: Tags, tag: int) -> str:
    """Return a text of Windows' own tags: UTF-16, whatever the order of the other bytes."""
    data = tags[tag].data if tag in tags else b""
    return data.decode("utf-16-le", "ignore").split("\0", 1)[0]


def _comment(tags: Tags) -> str:
    """Return the user's comment, whose first eight bytes name its encoding."""
    if _COMMENT not in tags:
        return ""
    value = tags[_COMMENT]
    mark, data = value.data[:8].rstrip(b"\0 ").upper(), value.data[8:]
    if mark == b"UNICODE":
        return _utf16(data, value.order).split("\0", 1)[0]
    data = data.split(b"\0", 1)[0]
    if mark == b"JIS":
        return data.decode("iso2022_jp", "ignore")
    if mark == b"ASCII":
        return decode_text(data)
    # Cameras leave the mark empty and put what they like there; text is taken for text.
    text = data.decode("utf-8", "ignore")
    return text if not mark and text.encode() == data and text.isprintable() else ""


def _utf16(data: bytes, order: str) -> str:
    """Decode UTF-16 by its own mark, or by where its zeros are, or in the order of the rest."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "ignore")
    zeros = data[::2].count(0), data[1::2].count(0)
    if zeros[0] != zeros[1]:
        order = ">" if zeros[0] > zeros[1] else "<"
    return data.decode("utf-16-be" if order == ">" else "utf-16-le", "ignore")
