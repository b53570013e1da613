"""What people wrote about a photo: words and stars, and from which source they count."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import piexif
import pytest
from metadata_files import array, exif, iptc, jpeg_of, position, xmp

from inphotos.metadata import REJECTED, Metadata
from inphotos.photos.metadata import read_metadata

TAKEN = dt.datetime(2023, 7, 14, 10, 15)

_PHOTO, _MAIN = piexif.ExifIFD, piexif.ImageIFD


def read(data: bytes = b"", *, sidecar: bytes | None = None) -> Metadata:
    return read_metadata(data, "JPEG", Path("photo.jpg"), 0, sidecar)


def read_exif(
    main: dict[int, object] | None = None, photo: dict[int, object] | None = None
) -> Metadata:
    return read(jpeg_of(exif(main, photo)))


def test_windows_words_are_read() -> None:
    metadata = read_exif(
        {
            _MAIN.XPTitle: "Möwe".encode("utf-16-le") + b"\0\0",
            _MAIN.XPComment: "Am Hafen".encode("utf-16-le") + b"\0\0",
            _MAIN.XPKeywords: "Vogel;Meer; ;vogel".encode("utf-16-le") + b"\0\0",
            _MAIN.RatingPercent: 75,
        }
    )
    assert metadata == Metadata(
        title="Möwe", description="Am Hafen", keywords=("Vogel", "Meer"), rating=4
    )


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (b"ASCII\0\0\0On the beach   \0\0", "On the beach"),
        (b"UNICODE\0" + "Am Strand ü".encode("utf-16-be"), "Am Strand ü"),
        (b"UNICODE\0" + "Am Strand ü".encode("utf-16-le"), "Am Strand ü"),
        (b"UNICODE\0" + "海辺".encode("utf-16"), "海辺"),
        (b"JIS\0\0\0\0\0" + "海辺".encode("iso2022_jp"), "海辺"),
        (b"\0\0\0\0\0\0\0\0plain", "plain"),
        (b"\0\0\0\0\0\0\0\0\x01\x02\xff", ""),
        (b"short", ""),
        (b"", ""),
    ],
)
def test_comments_are_read_by_their_encoding(comment: bytes, text: str) -> None:
    assert read_exif(photo={_PHOTO.UserComment: comment}).description == text


@pytest.mark.parametrize(
    "stored", ["Über den Dächern".encode(), "Über den Dächern".encode("latin-1")]
)
def test_descriptions_are_utf8_or_latin1(stored: bytes) -> None:
    assert read_exif({_MAIN.ImageDescription: stored}).description == "Über den Dächern"


@pytest.mark.parametrize(
    "text",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "MINOLTA DIGITAL CAMERA",
        "KODAK Digital Still Camera",
        "Exif_JPEG_PICTURE",
        "<Digimax S600 / Kenox S600>",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
        "oznor",
        "   ",
    ],
)
def test_what_every_photo_of_a_camera_says_is_no_description(text: str) -> None:
    assert read_exif({_MAIN.ImageDescription: text}).description == ""
    assert (
        read(
            jpeg_of(packet=xmp(f"<dc:description>{text.replace('<', '&lt;')}</dc:description>"))
        ).description
        == ""
    )


def test_iptc_words_are_read_by_their_encoding() -> None:
    words = ((2, 5, "Möwe"), (2, 25, "Vögel"), (2, 25, "Meer"), (2, 120, "Über dem Hafen"))
    expected = Metadata(title="Möwe", keywords=("Vögel", "Meer"), description="Über dem Hafen")
    marked = iptc((1, 90, b"\x1b%G"), *((r, n, text.encode()) for r, n, text in words))
    utf8 = iptc(*((r, n, text.encode()) for r, n, text in words))
    latin1 = iptc(*((r, n, text.encode("latin-1")) for r, n, text in words))
    for records in (marked, utf8, latin1):
        assert read(jpeg_of(records=records)) == expected


def test_xmp_tells_everything() -> None:
    packet = xmp(
        array("dc:subject", "sea", "Gull", "gull")
        + array("lr:hierarchicalSubject", "Animals|Birds|Gull")
        + array("digiKam:TagsList", "Places/Harbour", "_Digikam_Internal_Tags_/Color Label Red")
        + array("exif:ISOSpeedRatings", "160", kind="Seq")
        + "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Möwe</rdf:li>"
        "<rdf:li xml:lang='x-default'>Gull</rdf:li></rdf:Alt></dc:title>"
        "<dc:description><rdf:Alt><rdf:li xml:lang='en'>Over the\nharbour</rdf:li></rdf:Alt>"
        "</dc:description><exif:ExposureTime>1/1250</exif:ExposureTime>",
        xmp_Rating=5,
        tiff_Make="Canon",
        tiff_Model="Canon PowerShot SX120 IS",
        aux_Lens="EF 50mm",
        exif_FNumber="28/10",
        exif_FocalLength="6000/1000",
        exif_GPSLatitude="40,14.5N",
        exif_GPSLongitude="76,17,15W",
        exif_GPSAltitude="120/10",
        exif_GPSAltitudeRef="1",
        exif_DateTimeOriginal="2023-07-14T10:15:00+02:00",
    )
    assert read(jpeg_of(packet=packet)) == Metadata(
        taken=TAKEN,
        offset_minutes=120,
        taken_source="xmp",
        camera="Canon PowerShot SX120 IS",
        lens="EF 50mm",
        exposure_seconds=0.0008,
        f_number=2.8,
        iso=160,
        focal_mm=6.0,
        latitude=pytest.approx(40 + 14.5 / 60),
        longitude=pytest.approx(-(76 + 17.25 / 60)),
        altitude=-12,
        rating=5,
        keywords=("sea", "Gull", "Animals", "Birds", "Places", "Harbour"),
        title="Gull",
        description="Over the\nharbour",
    )


@pytest.mark.parametrize(
    ("attributes", "rating"),
    [
        ({"xmp_Rating": "3"}, 3),
        ({"xmp_Rating": "0"}, 0),
        ({"xmp_Rating": "4.0"}, 4),
        ({"xmp_Rating": "-1"}, REJECTED),
        ({"xmp_Rating": "6"}, None),
        ({"xmp_Rating": "many"}, None),
        ({"MicrosoftPhoto_Rating": "1"}, 1),
        ({"MicrosoftPhoto_Rating": "25"}, 2),
        ({"MicrosoftPhoto_Rating": "50"}, 3),
        ({"MicrosoftPhoto_Rating": "75"}, 4),
        ({"MicrosoftPhoto_Rating": "99"}, 5),
        ({"MicrosoftPhoto_Rating": "400"}, None),
        ({"xmp_Rating": "2", "MicrosoftPhoto_Rating": "99"}, 2),
    ],
)
def test_ratings_are_stars(attributes: dict[str, object], rating: int | None) -> None:
    assert read(jpeg_of(packet=xmp(**attributes))).rating == rating


def test_what_a_photo_was_made_of_is_not_what_it_is() -> None:
    pantry = (
        "<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description xmp:CreateDate='2001-01-01T00:00:00'"
        " xmp:Rating='1'><dc:subject><rdf:Bag><rdf:li>old</rdf:li></rdf:Bag></dc:subject>"
        "</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>"
    )
    packet = xmp(pantry + array("dc:subject", "new"), xmp_Rating=4)
    assert read(jpeg_of(packet=packet)) == Metadata(rating=4, keywords=("new",))


def test_the_words_of_the_sidecar_count_and_of_all_in_the_file_first_xmp() -> None:
    data = jpeg_of(
        exif({_MAIN.ImageDescription: "by EXIF", _MAIN.Rating: 1}),
        xmp(
            array("dc:subject", "of XMP") + "<dc:description>by XMP</dc:description>", xmp_Rating=2
        ),
        iptc((2, 120, b"by IPTC"), (2, 25, b"of IPTC"), (2, 25, b"Of xmp")),
    )
    embedded = read(data)
    assert embedded == Metadata(rating=2, description="by XMP", keywords=("of XMP", "of IPTC"))
    words = array("dc:subject", "mine") + "<dc:title>Mine</dc:title>"
    beside = read(data, sidecar=xmp(words, xmp_Rating=5))
    assert beside == Metadata(rating=5, title="Mine", description="by XMP", keywords=("mine",))


def test_a_sidecar_moves_the_photo_but_leaves_the_camera() -> None:
    data = jpeg_of(exif({_MAIN.Model: "DMC-LX3"}, gps=position(48.8584, 2.2945)))
    sidecar = xmp(tiff_Model="other", exif_GPSLatitude="10,0N", exif_GPSLongitude="20,0E")
    metadata = read(data, sidecar=sidecar)
    assert (metadata.camera, metadata.latitude, metadata.longitude) == ("DMC-LX3", 10, 20)


def test_a_sidecar_may_be_utf16() -> None:
    text = xmp(xmp_Rating=3).decode()
    for form in ("utf-16", "utf-8-sig", "utf-8"):
        assert read(sidecar=text.encode(form)).rating == 3
