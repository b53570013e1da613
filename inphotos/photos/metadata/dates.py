"""Dates as metadata writes them, in their many forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from inphotos.metadata import FIRST_YEAR, MAX_OFFSET_MINUTES

#: Where only the day is known, noon stands for the time: it sorts among the day's other photos,
#: and stays on its day in whatever time zone it is read.
NOON = 12

#: EXIF writes 2023:07:14 10:15:00 and spaces or zeros for what is not known, XMP ISO 8601 down to
#: the year alone; programs mix them.
_DATE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:[-:/.](?P<month>\d\d)(?:[-:/.](?P<day>\d\d))?)?"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d+))?)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?[\s:]*",
    re.ASCII,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)", re.ASCII)

_LONGEST = 64

#: How far a camera's clock may be off the satellites' for the rest to count as its time zone.
_CLOCK_TOLERANCE = timedelta(minutes=2)
_ZONE_STEP = 15  # minutes; every zone in use is a multiple


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a clock somewhere.

    Attributes:
        when: what the clock showed, without a time zone.
        offset_minutes: how far it was ahead of UTC, None if unknown.
    """

    when: datetime
    offset_minutes: int | None = None


def parse_date(text: str, part: str = "", offset: str = "") -> Moment | None:
    """Read a date of EXIF or XMP.

    Args:
        text: the date.
        part: digits after the decimal point of the second, where they are written elsewhere.
        offset: the offset from UTC (``+02:00``), where it is written elsewhere.

    Returns:
        None for what is no date, or not one on which a photo can have been taken.
    """
    found = _DATE.fullmatch(text[:_LONGEST].strip(" \t\r\n\0"))
    if found is None:
        return None
    fields = found.groupdict(default="")
    when = make_date(
        fields["year"],
        # Zeros stand for a part that is unknown (IPTC IIM, EXIF of scanned photos).
        fields["month"].replace("00", "") or "1",
        fields["day"].replace("00", "") or "1",
        fields["hour"],
        fields["minute"],
        fields["second"],
        fields["part"] or part.strip(" \0"),
    )
    if when is None:
        return None
    return Moment(when, parse_offset(fields["zone"] or offset) if fields["hour"] else None)


def make_date(
    year: str,
    month: str,
    day: str,
    hour: str = "",
    minute: str = "",
    second: str = "",
    part: str = "",
) -> datetime | None:
    """Put a date together from digits; None if there is no such date, or it lies ahead.

    Args:
        year, month, day: all are needed.
        hour, minute, second: the time; noon where the hour is empty.
        part: the digits after the decimal point of the second.
    """
    try:
        when = datetime(
            int(year),
            int(month),
            int(day),
            int(hour) if hour else NOON,
            int(minute or 0),
            int(second or 0),
            int(part[:6].ljust(6, "0")) if part.isascii() and part.isdigit() else 0,
        )
    except (ValueError, OverflowError):
        return None
    return when if is_plausible(when) else None


def is_plausible(when: datetime) -> bool:
    """Tell whether a photo can have been taken then: not before photography, nor after today.

    A day is allowed for clocks in other time zones.
    """
    return when.year >= FIRST_YEAR and when <= datetime.now() + timedelta(days=1)


def parse_offset(text: str) -> int | None:
    """Read an offset from UTC, ``Z`` or ``+02:00``, as minutes."""
    text = text.strip(" \0")
    if text == "Z":
        return 0
    found = _OFFSET.fullmatch(text)
    if found is None or int(found["minutes"]) > 59:
        return None
    minutes = int(found["hours"]) * 60 + int(found["minutes"])
    if minutes > MAX_OFFSET_MINUTES:
        return None
    return -minutes if found["sign"] == "-" else minutes


def offset_between(local: datetime, utc: datetime) -> int | None:
    """Return the time zone, in minutes, in which a clock shows ``local`` at ``utc``.

    None when the two differ by what is no time zone: a wrong clock, or a position that was
    measured long before the photo was taken.
    """
    difference = local - utc
    minutes = _ZONE_STEP * round(difference / timedelta(minutes=_ZONE_STEP))
    is_zone = abs(difference - timedelta(minutes=minutes)) <= _CLOCK_TOLERANCE
    return minutes if is_zone and abs(minutes) <= MAX_OFFSET_MINUTES else None


def file_date(mtime_ns: int) -> Moment | None:
    """Return a file's modification time on this machine's clock.

    Args:
        mtime_ns: nanoseconds since 1970; its first day is taken for "not set".
    """
    try:
        local = datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).astimezone()
        when = local.replace(microsecond=mtime_ns // 1000 % 1_000_000, tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
    offset = local.utcoffset()
    if offset is None or when < datetime(1970, 1, 3) or not is_plausible(when):
        return None
    return Moment(when, round(offset.total_seconds() / 60))
