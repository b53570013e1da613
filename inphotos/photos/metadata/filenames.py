"""When a photo was taken, by the names that cameras, phones and messengers give to files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from inphotos.photos.metadata.dates import Moment, make_date

#: Digital cameras for everyone begin here; an earlier year is more likely a number.
_FIRST_YEAR = 1990

_DAY = r"(?P<year>(?:19|20)\d\d)(?P<by>[-_.]?)(?P<month>\d\d)(?P=by)(?P<day>\d\d)"

#: Between day and time: nothing, a sign or two, or a word (" at ", " um ", " a las ").
_GAP = r"(?:[\s_,T-]{0,2}|\s\D{1,10}\s)"

#: A single digit for the hour needs something after it. Milliseconds follow at once or after a dot.
_TIME = (
    r"(?P<hour>\d\d|\d(?=[-_.:]))(?P<of>[-_.:\s]?)(?P<minute>\d\d)(?P=of)(?P<second>\d\d)"
    r"(?:\.?(?P<part>\d{3}))?(?!\d)(?:\s?(?P<half>[AP])\.?M\b)?"
)

_DAY_AND_TIME = re.compile(rf"(?<!\d){_DAY}{_GAP}{_TIME}", re.IGNORECASE | re.ASCII)

#: Telegram's export puts the day first.
_TELEGRAM = re.compile(
    r"@(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d{4})"
    r"_(?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)(?!\d)",
    re.ASCII,
)

#: A day alone must stand alone: eight digits are often part of a number or a hash.
_DAY_ALONE = re.compile(rf"(?<![0-9A-Za-z]){_DAY}(?![0-9A-Za-z])", re.ASCII)

_MILLISECONDS = re.compile(r"(?<!\d)1\d{12}(?!\d)", re.ASCII)

#: Google's camera names photos by UTC, others by the local time.
_UTC_PREFIX = "PXL_"

#: No camera and no person writes more before the date.
_LONGEST = 255


def date_in_name(name: str) -> Moment | None:
    """Return the time that a file's name tells.

    Args:
        name: without the folder. A name that has only a day gives that day's noon.

    Returns:
        None when it tells none. The offset is known where such names are in UTC.
    """
    # macOS writes narrow and no-break spaces before AM and PM.
    name = name[:_LONGEST].replace("\u202f", " ").replace("\u00a0", " ")
    offset = 0 if name.upper().startswith(_UTC_PREFIX) else None
    when = next(_dates(name), None)
    if when is not None:
        return Moment(when, offset)
    for found in _MILLISECONDS.finditer(name):
        when = datetime(1970, 1, 1) + timedelta(milliseconds=int(found[0]))
        if when <= datetime.now() + timedelta(days=1):
            return Moment(when, 0)
    return None


def _dates(name: str) -> Iterator[datetime]:
    for pattern in (_DAY_AND_TIME, _TELEGRAM, _DAY_ALONE):
        for found in pattern.finditer(name):
            fields = {"hour": "", "minute": "", "second": "", "part": "", "half": ""}
            fields |= found.groupdict(default="")
            when = make_date(
                fields["year"],
                fields["month"],
                fields["day"],
                _hour(fields["hour"], fields["half"]),
                fields["minute"],
                fields["second"],
                fields["part"],
            )
            if when is not None and when.year >= _FIRST_YEAR:
                yield when


def _hour(hour: str, half: str) -> str:
    """Return the hour of a clock with 24 hours, given AM, PM or neither."""
    if not half or not 1 <= int(hour) <= 12:
        return hour
    return str(int(hour) % 12 + (12 if half.upper() == "P" else 0))
