"""Dates: as metadata writes them, in file names, and of the file itself."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inphotos.photos.metadata.dates import (
    Moment,
    file_date,
    offset_between,
    parse_date,
    parse_offset,
)
from inphotos.photos.metadata.filenames import date_in_name

#: 10:15 on the day that most names below tell.
TAKEN = dt.datetime(2023, 7, 14, 10, 15)
NOON = dt.datetime(2023, 7, 14, 12)

TIMES = {
    # Phones and cameras.
    "IMG_20230714_101500.jpg": TAKEN,
    "IMG_20230714_101500_1.jpg": TAKEN,
    "IMG_20230714_101500_HDR.jpg": TAKEN,
    "IMG_20230714_101500(1).jpg": TAKEN,
    "IMG_20230714_101500 (2).jpg": TAKEN,
    "IMG_20230714_101500_001.jpg": TAKEN,
    "IMG_20230714_101500~2.jpg": TAKEN,
    "IMG_20230714_101500123.jpg": TAKEN.replace(microsecond=123_000),
    "IMG20230714101500.jpg": TAKEN,
    "VID_20230714_101500.jpg": TAKEN,
    "MVIMG_20230714_101500.jpg": TAKEN,
    "PANO_20230714_101500.jpg": TAKEN,
    "00000IMG_00000_BURST20230714101500123_COVER.jpg": TAKEN.replace(microsecond=123_000),
    "00001XTR_00001_BURST20230714101500.jpg": TAKEN,
    "20230714_101500.jpg": TAKEN,
    "20230714_101500(0).jpg": TAKEN,
    "20230714-101500.heic": TAKEN,
    "20230714 101500.jpg": TAKEN,
    "20230714T101500.jpg": TAKEN,
    "20230714101500.jpg": TAKEN,
    "DSC_20230714_101500.jpg": TAKEN,
    "C360_2023-07-14-10-15-00-123.jpg": TAKEN,
    "WP_20230714_10_15_00_Pro.jpg": TAKEN,
    "WP_20230714_10_15_00_Pro__highres.dng": TAKEN,
    "Photo 2023-07-14 10.15.00.jpg": TAKEN,
    "Photo 2023-07-14, 10 15 00.jpg": TAKEN,
    # Screenshots.
    "Screenshot_2023-07-14-10-15-00.png": TAKEN,
    "Screenshot_2023-07-14-10-15-00-123_com.example.app.png": TAKEN,
    "Screenshot_20230714-101500_Chrome.jpg": TAKEN,
    "Screenshot_20230714-101500.png": TAKEN,
    "Screenshot 2023-07-14 at 10.15.00.png": TAKEN,
    "Screenshot 2023-07-14 at 10.15.00 AM.png": TAKEN,
    "Screenshot 2023-07-14 at 10.15.00\u202fPM.png": TAKEN.replace(hour=22),
    "Screenshot 2023-07-14 at 9.05.03 AM.png": dt.datetime(2023, 7, 14, 9, 5, 3),
    "Screenshot 2023-07-14 at 12.05.03 AM.png": dt.datetime(2023, 7, 14, 0, 5, 3),
    "Screenshot 2023-07-14 at 12.05.03 PM.png": dt.datetime(2023, 7, 14, 12, 5, 3),
    "Screenshot from 2023-07-14 10-15-00.png": TAKEN,
    "Bildschirmfoto 2023-07-14 um 10.15.00.png": TAKEN,
    "Capture d’écran 2023-07-14 à 10.15.00.png": TAKEN,
    "Captura de pantalla 2023-07-14 a las 10.15.00.png": TAKEN,
    "Screenshot_2023.07.14_10.15.00.png": TAKEN,
    # Messengers and clouds.
    "signal-2023-07-14-101500.jpg": TAKEN,
    "signal-2023-07-14-101500_002.jpeg": TAKEN,
    "signal-2023-07-14-10-15-00-123.jpg": TAKEN,
    "photo_2023-07-14_10-15-00.jpg": TAKEN,
    "photo_2023-07-14_10-15-00 (2).jpg": TAKEN,
    "photo_12@14-07-2023_10-15-00.jpg": TAKEN,
    "WhatsApp Image 2023-07-14 at 10.15.00.jpeg": TAKEN,
    "WhatsApp Image 2023-07-14 at 10.15.00 PM (1).jpeg": TAKEN.replace(hour=22),
    "2023-07-14 10.15.00.jpg": TAKEN,
    "2023-07-14 10.15.00-1.jpg": TAKEN,
    "2023-07-14_10-15-00.jpg": TAKEN,
    "2023-07-14T10:15:00.jpg": TAKEN,
    "2023_07_14_10_15_00.jpg": TAKEN,
    "2023.07.14 - 10.15.00.jpg": TAKEN,
    # A day alone is its noon.
    "IMG-20230714-WA0003.jpg": NOON,
    "VID-20230714-WA0003.jpg": NOON,
    "20230714.jpg": NOON,
    "2023-07-14.jpg": NOON,
    "2023-07-14 Birthday of Anna 03.jpg": NOON,
    "Birthday (2023-07-14).jpg": NOON,
    "scan_19990314_002.jpg": dt.datetime(1999, 3, 14, 12),
    "20230714_10159900.jpg": NOON,
    # What only looks like a date.
    "IMG_1234.jpg": None,
    "DSC01234.jpg": None,
    "DSC01234567.jpg": None,
    "IMG_12345678.jpg": None,
    "IMG_20231314.jpg": None,
    "IMG_20230230_101500.jpg": None,
    "IMG_20990714_101500.jpg": None,
    "IMG_19000714_101500.jpg": None,
    "202307141.jpg": None,
    "120230714.jpg": None,
    "8f20230714ab.jpg": None,
    "2023071.jpg": None,
    "holiday 2023.jpg": None,
    "P1010203.jpg": None,
    "received_1500000000000000.jpeg": None,
    "4006381333931.jpg": None,
    "": None,
    "²⁰²³-⁰⁷-¹⁴.jpg": None,
}

#: Names by UTC.
UTC_TIMES = {
    "PXL_20230714_081500123.jpg": dt.datetime(2023, 7, 14, 8, 15, 0, 123_000),
    "PXL_20230714_081500123.PORTRAIT-01.COVER.jpg": dt.datetime(2023, 7, 14, 8, 15, 0, 123_000),
    "PXL_20230714_081500123.MP.jpg": dt.datetime(2023, 7, 14, 8, 15, 0, 123_000),
    "PXL_20230714_081500.RAW-02.dng": dt.datetime(2023, 7, 14, 8, 15),
    "FB_IMG_1500000000000.jpg": dt.datetime(2017, 7, 14, 2, 40),
    "mmexport1500000000123.jpg": dt.datetime(2017, 7, 14, 2, 40, 0, 123_000),
    "1500000000000.jpg": dt.datetime(2017, 7, 14, 2, 40),
}


@pytest.mark.parametrize("name", TIMES)
def test_a_name_tells_the_local_time(name: str) -> None:
    expected = TIMES[name]
    assert date_in_name(name) == (None if expected is None else Moment(expected))


@pytest.mark.parametrize("name", UTC_TIMES)
def test_a_name_by_utc_tells_its_offset(name: str) -> None:
    assert date_in_name(name) == Moment(UTC_TIMES[name], 0)


def test_a_name_of_tomorrow_is_believed_but_not_of_next_week() -> None:
    now = dt.datetime.now()
    soon, later = now + dt.timedelta(hours=12), now + dt.timedelta(days=7)
    assert date_in_name(f"IMG_{soon:%Y%m%d_%H%M%S}.jpg") == Moment(soon.replace(microsecond=0))
    assert date_in_name(f"IMG_{later:%Y%m%d_%H%M%S}.jpg") is None
    assert date_in_name(f"{int(later.timestamp() * 1000)}.jpg") is None


def test_a_very_long_name_is_read_quickly() -> None:
    assert date_in_name("2023-07-14 " * 100_000) == Moment(NOON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023:07:14 10:15:00", Moment(TAKEN)),
        ("2023:07:14 10:15:00\0", Moment(TAKEN)),
        ("2023-07-14T10:15:00", Moment(TAKEN)),
        ("2023-07-14T10:15", Moment(TAKEN)),
        ("2023-07-14T10:15:00Z", Moment(TAKEN, 0)),
        ("2023-07-14T10:15:00+05:30", Moment(TAKEN, 330)),
        ("2023-07-14T10:15:00-0700", Moment(TAKEN, -420)),
        ("2023:07:14 10:15:00.25", Moment(TAKEN.replace(microsecond=250_000))),
        ("2023/07/14 10:15:00", Moment(TAKEN)),
        ("2023-07-14", Moment(NOON)),
        ("2023:07:14   :  :  ", Moment(NOON)),
        ("2023-07", Moment(dt.datetime(2023, 7, 1, 12))),
        ("1965", Moment(dt.datetime(1965, 1, 1, 12))),
        ("1965-00-00", Moment(dt.datetime(1965, 1, 1, 12))),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("1825:12:31 23:59:59", None),
        ("9999:01:01 00:00:00", None),
        ("2023:13:14 10:15:00", None),
        ("2023:07:14 25:15:00", None),
        ("2023:07:14 10:15:61", None),
        ("14.07.2023 10:15", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_in_all_their_forms(text: str, expected: Moment | None) -> None:
    assert parse_date(text) == expected


def test_parts_of_a_second_and_the_offset_may_stand_elsewhere() -> None:
    moment = parse_date("2023:07:14 10:15:00", "5", "+02:00")
    assert moment == Moment(TAKEN.replace(microsecond=500_000), 120)
    assert parse_date("2023:07:14 10:15:00", "023460 \0").when.microsecond == 23_460
    assert parse_date("2023:07:14 10:15:00", "half", "somewhere") == Moment(TAKEN)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+02:00", 120), ("-09:30", -570), ("Z", 0), ("+14:00", 840), ("+00:00\0", 0)],
)
def test_offsets_are_minutes(text: str, minutes: int) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize("text", ["", "   :  ", "+15:00", "+01:60", "02:00", "-", "+2"])
def test_what_is_no_offset_is_none(text: str) -> None:
    assert parse_offset(text) is None


@pytest.mark.parametrize(
    ("local", "minutes"),
    [
        (dt.datetime(2023, 7, 14, 12, 15, 40), 120),
        (dt.datetime(2023, 7, 14, 15, 59, 10), 345),  # Nepal
        (dt.datetime(2023, 7, 14, 10, 15), 0),
        (dt.datetime(2023, 7, 13, 23, 15), -660),
        (dt.datetime(2023, 7, 14, 12, 20), None),  # a clock, or a position, five minutes off
        (dt.datetime(2023, 7, 15, 10, 15), None),
        (dt.datetime(2003, 1, 1), None),  # a clock that was never set
    ],
)
def test_the_time_zone_follows_from_the_satellites_time(
    local: dt.datetime, minutes: int | None
) -> None:
    assert offset_between(local, TAKEN) == minutes


@pytest.fixture
def in_nepal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is 5:45 h ahead of UTC."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be changed here")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "NPT-5:45")
    time.tzset()
    yield
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()


@pytest.mark.usefixtures("in_nepal")
def test_a_files_time_is_that_of_this_machines_clock(tmp_path: Path) -> None:
    utc = dt.datetime(2023, 7, 14, 4, 30, 0, 250_000, dt.UTC)
    path = tmp_path / "photo.jpg"
    path.touch()
    os.utime(path, (utc.timestamp(), utc.timestamp()))
    moment = file_date(path.stat().st_mtime_ns)
    assert moment is not None
    assert moment.offset_minutes == 345
    assert abs(moment.when - TAKEN.replace(microsecond=250_000)) < dt.timedelta(milliseconds=1)


@pytest.mark.parametrize("mtime_ns", [0, -1, 10**9, -(10**30), 10**30, 4 * 10**18])
def test_a_file_whose_time_cannot_be_right_has_none(mtime_ns: int) -> None:
    assert file_date(mtime_ns) is None
