"""What a photo's metadata says, and which source dates it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import piexif
import pytest
from metadata_files import exif, iptc, jpeg_of, position, xmp

from inphotos.metadata import Metadata
from inphotos.photos.metadata import read_metadata

ORIGINAL, DIGITIZED, CHANGED = "2023:07:14 10:15:00", "2023:07:14 11:00:00", "2023:08:01 09:00:00"
TAKEN = dt.datetime(2023, 7, 14, 10, 15)
MTIME_NS = 1_700_000_000 * 10**9

_PHOTO, _MAIN, _GPS = piexif.ExifIFD, piexif.ImageIFD, piexif.GPSIFD


def read(
    data: bytes = b"", *, name: str = "photo.jpg", sidecar: bytes | None = None, mtime_ns: int = 0
) -> Metadata:
    return read_metadata(data, "JPEG", Path("folder") / name, mtime_ns, sidecar)


def read_exif(
    main: dict[int, object] | None = None,
    photo: dict[int, object] | None = None,
    gps: dict[int, object] | None = None,
) -> Metadata:
    return read(jpeg_of(exif(main, photo, gps)))


def test_a_camera_photo_tells_everything() -> None:
    metadata = read_exif(
        {_MAIN.Make: "NIKON CORPORATION", _MAIN.Model: "NIKON D750", _MAIN.Rating: 4},
        {
            _PHOTO.DateTimeOriginal: ORIGINAL,
            _PHOTO.SubSecTimeOriginal: "25",
            _PHOTO.OffsetTimeOriginal: "+02:00",
            _PHOTO.LensModel: "35.0 mm f/1.8",
            _PHOTO.ExposureTime: (1, 250),
            _PHOTO.FNumber: (28, 10),
            _PHOTO.ISOSpeedRatings: 200,
            _PHOTO.FocalLength: (35, 1),
        },
        position(48.8584, 2.2945) | {_GPS.GPSAltitudeRef: 0, _GPS.GPSAltitude: (3305, 100)},
    )
    assert metadata == Metadata(
        taken=TAKEN.replace(microsecond=250_000),
        offset_minutes=120,
        taken_source="exif",
        camera="NIKON D750",
        lens="35.0 mm f/1.8",
        exposure_seconds=0.004,
        f_number=2.8,
        iso=200,
        focal_mm=35.0,
        latitude=pytest.approx(48.8584, abs=1e-7),
        longitude=pytest.approx(2.2945, abs=1e-7),
        altitude=33.05,
        rating=4,
    )


def test_a_file_without_metadata_has_only_its_own_time() -> None:
    metadata = read(jpeg_of(), mtime_ns=MTIME_NS)
    moment = dt.datetime.fromtimestamp(MTIME_NS // 10**9).astimezone()
    offset = moment.utcoffset()
    assert offset is not None
    assert metadata == Metadata(
        taken=moment.replace(tzinfo=None),
        offset_minutes=offset // dt.timedelta(minutes=1),
        taken_source="file",
    )


def test_nothing_at_all_is_unknown() -> None:
    assert read(jpeg_of()) == Metadata()


EXIF_ALL = {_PHOTO.DateTimeOriginal: ORIGINAL, _PHOTO.DateTimeDigitized: DIGITIZED}
GPS_TIME = {_GPS.GPSDateStamp: "2023:07:15", _GPS.GPSTimeStamp: ((1, 1), (2, 1), (3, 1))}
XMP_DATES = {
    "exif_DateTimeOriginal": "2022-01-01T01:00:00",
    "photoshop_DateCreated": "2022-02-02T02:00:00",
    "xmp_CreateDate": "2022-03-03T03:00:00",
}
IPTC_DATE = iptc((2, 55, b"20220404"), (2, 60, b"040000+0100"))
SIDECAR = xmp(exif_DateTimeOriginal="2022-05-05T05:00:00")
NAME = "IMG_20220606_060000.jpg"


@pytest.mark.parametrize(
    ("main", "photo", "gps", "packet", "records", "sidecar", "name", "expected"),
    [
        ({}, EXIF_ALL, GPS_TIME, XMP_DATES, IPTC_DATE, SIDECAR, NAME, ("exif", TAKEN)),
        (
            {_MAIN.DateTime: CHANGED},
            {_PHOTO.DateTimeDigitized: DIGITIZED},
            GPS_TIME,
            XMP_DATES,
            IPTC_DATE,
            SIDECAR,
            NAME,
            ("exif", dt.datetime(2023, 7, 14, 11)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {_PHOTO.DateTimeOriginal: "0000:00:00 00:00:00"},
            GPS_TIME,
            XMP_DATES,
            IPTC_DATE,
            SIDECAR,
            NAME,
            ("xmp", dt.datetime(2022, 1, 1, 1)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {},
            GPS_TIME,
            {"xmp_CreateDate": "2022-03-03T03:00:00"},
            IPTC_DATE,
            SIDECAR,
            NAME,
            ("xmp", dt.datetime(2022, 3, 3, 3)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {},
            GPS_TIME,
            {},
            IPTC_DATE,
            SIDECAR,
            NAME,
            ("exif", dt.datetime(2022, 4, 4, 4)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {},
            GPS_TIME,
            {},
            b"",
            SIDECAR,
            NAME,
            ("exif", dt.datetime(2023, 7, 15, 1, 2, 3)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {},
            {},
            {},
            b"",
            SIDECAR,
            NAME,
            ("xmp", dt.datetime(2022, 5, 5, 5)),
        ),
        (
            {_MAIN.DateTime: CHANGED},
            {},
            {},
            {},
            b"",
            None,
            NAME,
            ("exif", dt.datetime(2023, 8, 1, 9)),
        ),
        ({}, {}, {}, {}, b"", SIDECAR, NAME, ("xmp", dt.datetime(2022, 5, 5, 5))),
        ({}, {}, {}, {}, b"", None, NAME, ("name", dt.datetime(2022, 6, 6, 6))),
    ],
)
def test_the_best_source_dates_the_photo(
    main: dict[int, object],
    photo: dict[int, object],
    gps: dict[int, object],
    packet: dict[str, object],
    records: bytes,
    sidecar: bytes | None,
    name: str,
    expected: tuple[str, dt.datetime],
) -> None:
    data = jpeg_of(exif(main, photo, gps), xmp(**packet), records)
    metadata = read(data, name=name, sidecar=sidecar, mtime_ns=MTIME_NS)
    assert (metadata.taken_source, metadata.taken) == expected


def test_what_no_clock_was_set_to_is_no_date() -> None:
    future = f"{dt.datetime.now().year + 2}:01:01 00:00:00"
    for text in ("    :  :     :  :  ", "0000:00:00 00:00:00", "1700:01:01 00:00:00", future):
        photo = {_PHOTO.DateTimeOriginal: text}
        assert read(jpeg_of(exif(photo=photo)), name=NAME).taken_source == "name"


def test_the_offset_comes_from_the_satellites_where_the_camera_does_not_say_it() -> None:
    gps = {_GPS.GPSDateStamp: "2023:07:14", _GPS.GPSTimeStamp: ((14, 1), (14, 1), (52, 1))}
    assert read_exif(photo=EXIF_ALL, gps=gps).offset_minutes == -240
    said = {**EXIF_ALL, _PHOTO.OffsetTimeOriginal: "-03:00"}
    assert read_exif(photo=said, gps=gps).offset_minutes == -180
    wrong = {_GPS.GPSDateStamp: "2023:07:12", _GPS.GPSTimeStamp: ((14, 1), (14, 1), (52, 1))}
    assert read_exif(photo=EXIF_ALL, gps=wrong).offset_minutes is None


def test_the_offset_comes_from_another_source_only_for_the_same_moment() -> None:
    data = jpeg_of(exif(photo=EXIF_ALL))
    same = xmp(exif_DateTimeOriginal="2023-07-14T10:15:00.50+09:00")
    other = xmp(exif_DateTimeOriginal="2023-07-14T11:15:00+09:00")
    assert read(data, sidecar=same).offset_minutes == 540
    assert read(data, sidecar=other).offset_minutes is None


def test_an_iptc_time_in_utc_has_an_unknown_offset() -> None:
    for zone, offset in ((b"+0000", None), (b"-0500", -300)):
        records = iptc((2, 55, b"20230714"), (2, 60, b"101500" + zone))
        metadata = read(jpeg_of(records=records))
        assert (metadata.taken, metadata.offset_minutes) == (TAKEN, offset)


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("PENTAX Corporation ", "PENTAX K10D        ", "PENTAX K10D"),
        ("EASTMAN KODAK COMPANY", "KODAK DX4530 ZOOM", "KODAK DX4530 ZOOM"),
        ("OLYMPUS IMAGING CORP.", "E-M1", "OLYMPUS E-M1"),
        ("SAMSUNG TECHWIN CO., LTD.", "NX10", "SAMSUNG NX10"),
        ("Apple", "iPhone 15 Pro", "Apple iPhone 15 Pro"),
        ("Google", "Pixel 8", "Google Pixel 8"),
        ("SONY\0junk", "DSLR-A550\0\0", "SONY DSLR-A550"),
        ("", "DMC-LX3", "DMC-LX3"),
        ("LEICA", "", "LEICA"),
    ],
)
def test_a_camera_is_called_as_people_call_it(make: str, model: str, camera: str) -> None:
    assert read_exif({_MAIN.Make: make, _MAIN.Model: model}).camera == camera


@pytest.mark.parametrize("lens", ["----", "0.0 mm f/0.0", "Unknown (-1)", "  "])
def test_a_lens_that_the_camera_does_not_know_is_unknown(lens: str) -> None:
    assert read_exif(photo={_PHOTO.LensModel: lens}).lens == ""


def test_exposures_come_from_whichever_tag_there_is() -> None:
    metadata = read_exif(
        photo={
            _PHOTO.ShutterSpeedValue: (8966, 1000),
            _PHOTO.ApertureValue: (3, 1),
            _PHOTO.ISOSpeedRatings: 65535,
            _PHOTO.RecommendedExposureIndex: 102_400,
        }
    )
    assert metadata.exposure_seconds == pytest.approx(1 / 500)
    assert metadata.f_number == pytest.approx(2.8)
    assert metadata.iso == 102_400


def test_a_division_by_zero_is_unknown() -> None:
    broken = {_PHOTO.ExposureTime: (1, 0), _PHOTO.FNumber: (0, 0), _PHOTO.FocalLength: (0, 1)}
    gps = {**position(1, 1), _GPS.GPSLatitude: ((0, 0), (0, 0), (0, 0))}
    assert read_exif(photo=broken, gps=gps) == Metadata()


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(-33.85, 151.2), (51.5, -0.12), (-54.8, -68.3)]
)
def test_all_quarters_of_the_earth_have_their_signs(latitude: float, longitude: float) -> None:
    metadata = read_exif(gps=position(latitude, longitude))
    assert metadata.latitude == pytest.approx(latitude, abs=1e-7)
    assert metadata.longitude == pytest.approx(longitude, abs=1e-7)


def test_below_the_sea_is_negative() -> None:
    gps = position(31.5, 35.5) | {_GPS.GPSAltitudeRef: 1, _GPS.GPSAltitude: (430, 1)}
    assert read_exif(gps=gps).altitude == -430


@pytest.mark.parametrize(
    "gps",
    [
        position(0, 0),
        position(91, 10),
        position(10, 181),
        {**position(48, 2), _GPS.GPSStatus: "V"},
        {_GPS.GPSLatitude: ((48, 1), (0, 1), (0, 1))},
    ],
)
def test_without_a_fix_there_is_no_position(gps: dict[int, object]) -> None:
    assert read_exif(gps=gps) == Metadata()
