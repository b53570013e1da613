"""The metadata of real photos; what is expected was read off their raw tags."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from inphotos.metadata import Metadata
from inphotos.photos.formats import kind_of
from inphotos.photos.metadata import find_sidecar, read_metadata, read_sidecar


@pytest.fixture(scope="module")
def album(shared_data: Path) -> Path:
    return shared_data / "photos" / "album"


def read(path: Path) -> Metadata:
    data = path.read_bytes()
    sidecar = find_sidecar(path)
    beside = read_sidecar(sidecar) if sidecar else None
    return read_metadata(data, kind_of(data[:64]), path, path.stat().st_mtime_ns, beside)


@pytest.mark.parametrize(
    ("name", "taken", "offset", "source"),
    [
        # Has eight dates; DateTimeOriginal counts.
        ("metadata/dates/date-priority-test.jpg", "2023-02-02T02:00:00", None, "exif"),
        ("metadata/dates/datetimeoriginal-gps.jpg", "2025-12-01T11:30:00", None, "exif"),
        # XMP's GPS time alone.
        ("metadata/dates/gps-datetime.jpg", "2023-11-15T12:30:00", 0, "xmp"),
        # 11:04:22 where the satellites said 16:04:21.
        ("formats/heic/IMG_2682.heic", "2019-03-21T11:04:22.348000", -300, "exif"),
        ("formats/motionphoto/samsung-one-ui-6.heic", "2024-01-12T21:38:53.853000", -480, "exif"),
        ("formats/webp/denali.webp", "2010-08-13T21:00:01.850000", None, "exif"),
        # The satellites' time is of another day.
        ("gps/DSCN0010.jpg", "2008-10-22T16:28:39", None, "exif"),
        # IPTC's offset of zero is a filler, nine hours are Japan.
        ("albums/nature/el_torcal_rocks.jpg", "2012-08-05T11:39:59", None, "exif"),
        ("albums/nature/cyclamen_persicum.jpg", "2007-12-06T14:33:18", 540, "exif"),
        ("metadata/rating/mongolels.jpg", "2009-08-29T13:18:08.170000", None, "exif"),
    ],
)
def test_dates(album: Path, name: str, taken: str, offset: int | None, source: str) -> None:
    metadata = read(album / name)
    assert metadata.taken == dt.datetime.fromisoformat(taken)
    assert (metadata.offset_minutes, metadata.taken_source) == (offset, source)


@pytest.mark.parametrize(
    "name",
    [
        "metadata/dates/time-created.jpg",  # IPTC has a time without a day
        "albums/text/craft-beer.jpg",
        "formats/png/density_plot.png",
        "formats/jxl/16bit-HDR-P3-nclx.jxl",
    ],
)
def test_photos_without_a_date_have_the_files(album: Path, name: str) -> None:
    assert read(album / name).taken_source == "file"


@pytest.mark.parametrize("year", [2000, 2010, 2020])
def test_utf16_sidecars_have_a_date(album: Path, year: int) -> None:
    sidecar = (album / f"metadata/xmp/dates/{year}.xmp").read_bytes()
    metadata = read_metadata(b"", None, Path("photo.jpg"), 0, sidecar)
    assert metadata == Metadata(
        taken=dt.datetime(year, 9, 27, 14, 35, 33), offset_minutes=120, taken_source="xmp"
    )


def test_a_sidecar_with_arrays_where_others_have_values(album: Path) -> None:
    sidecar = (album / "problems/xmp/iso-value-array/iso-value-array.xmp").read_bytes()
    assert read_metadata(b"", None, Path("photo.jpg"), 0, sidecar) == Metadata(
        taken=dt.datetime(2009, 11, 28, 13, 42, 39),
        taken_source="xmp",
        camera="Canon PowerShot SX120 IS",
        exposure_seconds=0.0008,
        f_number=2.8,
        iso=160,
        focal_mm=6.0,
        latitude=pytest.approx(40 + 14.078645 / 60),
        longitude=pytest.approx(-(76 + 17.22849 / 60)),
    )


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "altitude"),
    [
        ("metadata/gps-position/thompson-springs.jpg", 39.115, -108.4009683, 1483.9),
        ("metadata/dates/gps-datetime.jpg", 37.7749, -122.4194, None),
        ("metadata/dates/datetimeoriginal-gps.jpg", 39.0, -108.0, None),
        ("gps/DSCN0010.jpg", 43.4674483, 11.8851267, None),
        ("gps/DSCN0042.jpg", 43.464455, 11.8814783, None),
        ("formats/heic/IMG_2682.heic", 41.2203, -96.071625, 351.267),
    ],
)
def test_positions(
    album: Path, name: str, latitude: float, longitude: float, altitude: float | None
) -> None:
    metadata = read(album / name)
    assert metadata.latitude == pytest.approx(latitude, abs=1e-6)
    assert metadata.longitude == pytest.approx(longitude, abs=1e-6)
    assert metadata.altitude == (None if altitude is None else pytest.approx(altitude, abs=1e-3))


@pytest.mark.parametrize(
    "name",
    [
        "metadata/gps-position/empty_gps.jpg",  # 0/0 everywhere
        "metadata/dates/date-priority-test.jpg",  # a day, no position
        "albums/nature/prairie_falcon.jpg",  # a version, no position
        "albums/nature/silver_fir.jpg",
    ],
)
def test_photos_without_a_position_have_none(album: Path, name: str) -> None:
    metadata = read(album / name)
    assert (metadata.latitude, metadata.longitude, metadata.altitude) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "camera", "lens"),
    [
        ("metadata/rating/mongolels.jpg", "Canon EOS 500D", ""),
        ("metadata/gps-position/empty_gps.jpg", "motorola moto g(9) plus", ""),
        ("metadata/tags/picasa.jpg", "Canon PowerShot SD1100 IS", ""),
        ("formats/heic/IMG_2682.heic", "Apple iPhone 7", "iPhone 7 back camera 3.99mm f/1.8"),
        ("formats/webp/denali.webp", "Canon EOS 7D", "EF28-80mm f/3.5-5.6 USM"),
        ("gps/DSCN0010.jpg", "NIKON COOLPIX P6000", ""),
        ("albums/nature/el_torcal_rocks.jpg", "SONY DSLR-A550", "18-250mm F3.5-6.3"),  # XMP's
        ("albums/nature/notocactus_minimus.jpg", "PENTAX K10D", ""),
        ("albums/nature/tanners_ridge.jpg", "NIKON D750", "17.0-35.0 mm f/2.8"),
        ("albums/nature/prairie_falcon.jpg", "Canon EOS R5", "RF100-500mm F4.5-7.1 L IS USM"),
    ],
)
def test_cameras_and_lenses(album: Path, name: str, camera: str, lens: str) -> None:
    metadata = read(album / name)
    assert (metadata.camera, metadata.lens) == (camera, lens)


def test_exposures(album: Path) -> None:
    metadata = read(album / "albums/nature/prairie_falcon.jpg")
    exposure = (metadata.exposure_seconds, metadata.f_number, metadata.iso, metadata.focal_mm)
    assert exposure == (0.00025, 7.1, 1000, 500.0)


def test_words_and_stars(album: Path) -> None:
    rated = read(album / "metadata/rating/mongolels.jpg")
    assert (rated.rating, rated.title, rated.description) == (3, "Mongol Els", "Mongol Els")
    tagged = read(album / "metadata/tags/picasa.jpg")
    assert tagged.keywords == ("Frost", "Yard")
    assert tagged.description == "Image-Description"
    falcon = read(album / "albums/nature/prairie_falcon.jpg")
    assert falcon.title == "Prairie falcon female with eggs"
    assert {"raptors", "birds", "prairie falcons", "PINN"} <= set(falcon.keywords)
    for name in ("portrait.jpg", "portrait-orientation-6.jpg"):
        assert read(album / "metadata/faces" / name).keywords == (
            "Marie Curie",
            "Pierre Curie",
            "People",
        )


def test_what_the_camera_says_of_every_photo_is_no_description(album: Path) -> None:
    for name in ("albums/nature/el_torcal_rocks.jpg", "gps/DSCN0010.jpg"):
        metadata = read(album / name)
        assert (metadata.title, metadata.description) == ("", "")
