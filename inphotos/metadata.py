"""What is known of a photo besides its pixels, as plain values.

They cross the pipe from a process that a hostile file may have taken over, so each is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

TakenSource = Literal["exif", "xmp", "name", "file", ""]

MAX_DESCRIPTION = 10_000
MAX_TITLE = 1_000
MAX_NAME = 200

#: All of a photo's texts together stay below 1 MiB of JSON, even if every character is escaped.
MAX_KEYWORD = 100
MAX_KEYWORDS = 500

#: Half a day to either side, and what islands near the date line add (UTC+14).
MAX_OFFSET_MINUTES = 14 * 60

#: No photograph is older (Niépce's view from the window at Le Gras).
FIRST_YEAR = 1826

REJECTED = -1

_SOURCES: tuple[TakenSource, ...] = ("exif", "xmp", "name", "file")

#: Control characters but tab and newline, halves of surrogate pairs, which no store takes, and the
#: two numbers that XML forbids (XML 1.0, 2.2): a sidecar with one of them could not be read again.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place, in English where GeoNames has an English name.

    Attributes:
        city: city, town or village.
        region: state, province and the like; may be empty.
        country: its name.
        country_code: its two letters (ISO 3166-1).
    """

    city: str
    region: str
    country: str
    country_code: str

    @property
    def name(self) -> str:
        """All of it in one line, such as ``Porto, Portugal``."""
        return place_name(self.city, self.region, self.country)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a photo's file, sidecar and name say of it. The defaults mean "unknown".

    Attributes:
        taken: when, on a clock where the photo was taken; without a time zone.
        offset_minutes: how far that clock was ahead of UTC.
        taken_source: what said so: ``exif`` (the file's own EXIF, IPTC or GPS data), ``xmp``
            (embedded or beside it), ``name`` (of the file), ``file`` (its modification time).
        camera, lens: as their makers call them.
        exposure_seconds, f_number, iso, focal_mm: of the exposure; the focal length is real, not
            what it would be on 35 mm film.
        latitude, longitude: degrees, WGS 84, north and east positive; both or neither.
        altitude: metres above the sea.
        rating: stars, 0 to 5, or ``REJECTED``.
        keywords: in the order in which they were written, each once.
        title: one line.
        description: may have several lines.
    """

    taken: datetime | None = None
    offset_minutes: int | None = None
    taken_source: TakenSource = ""
    camera: str = ""
    lens: str = ""
    exposure_seconds: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    rating: int | None = None
    keywords: tuple[str, ...] = ()
    title: str = ""
    description: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Metadata:
        """Make one of whatever was found, leaving out each value that cannot be right."""
        checked = {name: _CHECKS[name](values.get(name)) for name in _NAMES}
        if checked["taken"] is None or not checked["taken_source"]:
            checked.update(taken=None, offset_minutes=None, taken_source="")
        if checked["latitude"] is None or checked["longitude"] is None:
            checked.update(latitude=None, longitude=None, altitude=None)
        return cls(**checked)

    def to_json(self) -> dict[str, object]:
        """Return what is known as values that JSON has; :meth:`from_json` reads it."""
        known = {name: value for name, value in asdict(self).items() if value not in (None, "", ())}
        if self.taken is not None:
            known["taken"] = self.taken.isoformat()
        if self.keywords:
            known["keywords"] = list(self.keywords)
        return known

    @classmethod
    def from_json(cls, values: object) -> Metadata:
        """Read what :meth:`to_json` made; never raises, odd values are left out."""
        if not isinstance(values, dict):
            return cls()
        taken = values.get("taken")
        try:
            moment = datetime.fromisoformat(taken) if isinstance(taken, str) else None
        except ValueError:
            moment = None
        return cls.of({**values, "taken": moment})


def place_name(city: str, region: str, country: str) -> str:
    """Return a place in one line, each name once; empty where none is known."""
    return ", ".join(name for name in dict.fromkeys((city, region, country)) if name)


def clean_text(value: object, limit: int = MAX_DESCRIPTION) -> str:
    """Return a text without control characters and outer spaces, at most ``limit`` long."""
    if not isinstance(value, str):
        return ""
    # Cut twice: what is thrown away may be very long, and the cut may lay bare a space.
    text = value[: 4 * limit].replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text).strip()[:limit].strip()


def clean_line(value: object, limit: int = MAX_NAME) -> str:
    """Return a text as one line, runs of spaces as one."""
    return " ".join(clean_text(value, limit).split())


def _keywords(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return ()
    found: dict[str, str] = {}
    for item in value:
        if word := clean_line(item, MAX_KEYWORD):
            found.setdefault(word.casefold(), word)
        if len(found) == MAX_KEYWORDS:
            break
    return tuple(found.values())


def _taken(value: object) -> datetime | None:
    if not isinstance(value, datetime) or value.tzinfo is not None or value.year < FIRST_YEAR:
        return None
    return value


def _source(value: object) -> TakenSource:
    return next((source for source in _SOURCES if source == value), "")


def _real(least: float, most: float, *, above: bool = False) -> Callable[[object], float | None]:
    def check(value: object) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if not least <= value <= most or (above and value == least):  # refuses NaN too
            return None
        return float(value)

    return check


def _whole(least: int, most: int) -> Callable[[object], int | None]:
    def check(value: object) -> int | None:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return value if isinstance(value, int) and is_whole and least <= value <= most else None

    return check


_CHECKS: dict[str, Callable[[object], Any]] = {
    "taken": _taken,
    "offset_minutes": _whole(-MAX_OFFSET_MINUTES, MAX_OFFSET_MINUTES),
    "taken_source": _source,
    "camera": clean_line,
    "lens": clean_line,
    "exposure_seconds": _real(0, 1e6, above=True),
    "f_number": _real(0, 1e3, above=True),
    "iso": _whole(1, 100_000_000),
    "focal_mm": _real(0, 1e5, above=True),
    "latitude": _real(-90, 90),
    "longitude": _real(-180, 180),
    # Below any sea floor, above any aircraft; some photos are taken in orbit.
    "altitude": _real(-12_000, 1e6),
    "rating": _whole(REJECTED, 5),
    "keywords": _keywords,
    "title": lambda value: clean_line(value, MAX_TITLE),
    "description": lambda value: clean_text(value, MAX_DESCRIPTION),
}
_NAMES = tuple(field.name for field in fields(Metadata))
