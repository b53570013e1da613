"""XMP packets (ISO 16684-1), embedded or in a sidecar, as fields of ``Metadata``."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Mapping
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from inphotos.metadata import MAX_DESCRIPTION, MAX_KEYWORDS
from inphotos.photos.metadata.dates import parse_date
from inphotos.photos.metadata.exif import camera_name, lens_name
from inphotos.photos.metadata.found import (
    Found,
    finite,
    flat,
    sexagesimal,
    stars_of_percent,
    written_text,
)

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns"
_ROOT = (_RDF, "RDF")
_DESCRIPTION_NODE = (_RDF, "Description")
_ITEM = (_RDF, "li")
_LANGUAGE = ("http://www.w3.org/XML/1998/namespace", "lang")
_DEFAULT_LANGUAGE = "x-default"

#: Nothing that is read lies deeper than rdf:RDF, rdf:Description, property, array, item.
_MAX_DEPTH = 200

#: Namespaces, without the slash or sign at the end, which some programs leave out.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://ns.adobe.com/xap/1.0": "xmp",
    "http://ns.adobe.com/exif/1.0": "exif",
    "http://ns.adobe.com/exif/1.0/aux": "aux",
    "http://cipa.jp/exif/1.0": "exifEX",
    "http://ns.adobe.com/tiff/1.0": "tiff",
    "http://ns.adobe.com/photoshop/1.0": "photoshop",
    "http://ns.adobe.com/lightroom/1.0": "lr",
    "http://www.digikam.org/ns/1.0": "digiKam",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
}

#: Dates, the better before the worse.
_DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
_GPS_TIME = "exif:GPSTimeStamp"

_WANTED = frozenset(
    (
        *_DATES,
        _GPS_TIME,
        *("tiff:Make", "tiff:Model", "exifEX:LensModel", "aux:Lens"),
        *("exif:ExposureTime", "exif:FNumber", "exif:FocalLength"),
        *("exif:ISOSpeedRatings", "exif:PhotographicSensitivity", "exifEX:PhotographicSensitivity"),
        *("exif:GPSLatitude", "exif:GPSLongitude", "exif:GPSAltitude", "exif:GPSAltitudeRef"),
        *("xmp:Rating", "MicrosoftPhoto:Rating"),
        *("dc:subject", "lr:hierarchicalSubject", "digiKam:TagsList"),
        *("MicrosoftPhoto:LastKeywordXMP", "dc:title", "dc:description"),
    )
)

#: Degrees and minutes with decimals, or with seconds, and the direction.
_DEGREES = re.compile(
    r"(?P<degrees>\d{1,3})(?:[,\s](?P<minutes>\d{1,2}(?:\.\d+)?)(?:[,\s](?P<seconds>\d{1,2}"
    r"(?:\.\d+)?))?)?\s*(?P<side>[NSEW])",
    re.ASCII | re.IGNORECASE,
)

Name = tuple[str | None, str]


def read_xmp(packet: bytes) -> Found:
    """Read an XMP packet; of damaged ones, what comes before the damage."""
    properties = _Properties()
    parser: Any = defusedxml.sax.make_parser()
    parser.forbid_dtd = True  # XMP has none, and all tricks with entities need one
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(properties)
    with contextlib.suppress(SAXException, DefusedXmlException, ValueError, LookupError):
        parser.parse(io.BytesIO(packet.lstrip()))
    return _fields(properties.values)


class _Properties(ContentHandler):
    """Collects the wanted properties of a packet, as elements or as attributes.

    Attributes:
        values: the texts of each, by name with the usual prefix.
    """

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._path: list[Name] = []
        self._property = ""
        self._texts: list[str] = []
        self._length = 0
        self._is_default = False

    def startElementNS(self, name: Name, _: str | None, attrs: AttributesNSImpl) -> None:
        """Note where the parser is."""
        if len(self._path) >= _MAX_DEPTH:
            raise SAXException("the packet is nested too deeply")
        if self._is_in_description():
            self._property = _name_of(name)
        self._path.append(((name[0] or "").rstrip("/#"), name[1]))
        if self._is_in_description():
            for attribute, value in attrs.items():
                self._add(_name_of(attribute), value)
        self._texts.clear()
        self._length = 0
        self._is_default = attrs.get(_LANGUAGE) == _DEFAULT_LANGUAGE

    def characters(self, content: str) -> None:
        """Collect the text of a wanted property."""
        if self._property in _WANTED and self._length < MAX_DESCRIPTION:
            self._texts.append(content)
            self._length += len(content)

    def endElementNS(self, _name: Name, _: str | None) -> None:
        """Take a property's text, or that of an item of its array."""
        is_item = self._path.pop() == _ITEM
        is_property = self._is_in_description()
        if is_item or is_property:
            self._add(self._property, "".join(self._texts).strip(), first=self._is_default)
            self._texts.clear()
        if is_property:
            self._property = ""

    def _is_in_description(self) -> bool:
        """Tell whether what begins or ends here is a property of the photo.

        Descriptions deeper down are of other pictures, such as those that this one was made of.
        """
        return self._path[-2:] == [_ROOT, _DESCRIPTION_NODE]

    def _add(self, name: str, value: str, *, first: bool = False) -> None:
        if name not in _WANTED or not value:
            return
        values = self.values.setdefault(name, [])
        if len(values) < MAX_KEYWORDS:
            values.insert(0 if first else len(values), value[:MAX_DESCRIPTION])


def _name_of(name: Name) -> str:
    space, local = name
    prefix = _PREFIXES.get((space or "").rstrip("/#"))
    return f"{prefix}:{local}" if prefix else ""


def _fields(values: Mapping[str, list[str]]) -> Found:
    def first(*names: str) -> str:
        return next((values[name][0] for name in names if name in values), "")

    found = Found()
    for name in (*_DATES, _GPS_TIME):
        found.add_date(parse_date(first(name)))
    found.add("camera", camera_name(first("tiff:Make"), first("tiff:Model")))
    found.add("lens", lens_name(first("exifEX:LensModel", "aux:Lens")))
    found.add("exposure_seconds", _number(first("exif:ExposureTime")))
    found.add("f_number", _number(first("exif:FNumber")))
    found.add("focal_mm", _number(first("exif:FocalLength")))
    sensitivity = ("exifEX:PhotographicSensitivity", "exif:PhotographicSensitivity")
    found.add("iso", _whole(first(*sensitivity, "exif:ISOSpeedRatings")))
    altitude = _number(first("exif:GPSAltitude"))
    if altitude is not None and first("exif:GPSAltitudeRef") == "1":
        altitude = -altitude
    place = (_degrees(first("exif:GPSLatitude")), _degrees(first("exif:GPSLongitude")))
    found.add_position(*place, altitude)
    found.add("rating", _whole(first("xmp:Rating")))
    percent = _number(first("MicrosoftPhoto:Rating"))
    found.add("rating", None if percent is None else stars_of_percent(percent))
    slashed = (
        *values.get("digiKam:TagsList", ()),
        *values.get("MicrosoftPhoto:LastKeywordXMP", ()),
    )
    barred = values.get("lr:hierarchicalSubject", ())
    found.add("keywords", (*values.get("dc:subject", ()), *flat(barred, "|"), *flat(slashed, "/")))
    found.add("title", written_text(first("dc:title")))
    found.add("description", written_text(first("dc:description")))
    return found


def _degrees(text: str) -> float | None:
    """Read ``40,14.0786450N`` (XMP) or plain degrees with a sign."""
    found = _DEGREES.fullmatch(text.strip())
    if found is None:
        return _number(text)
    names = ("degrees", "minutes", "seconds")
    degrees = sexagesimal(float(found[name] or 0) for name in names)
    return -degrees if found["side"].upper() in "SW" else degrees


def _number(text: str) -> float | None:
    """Read a number or a fraction such as ``1/1250``."""
    above, _, below = text.strip().partition("/")
    try:
        return finite(float(above) / float(below or 1))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def _whole(text: str) -> int | None:
    number = _number(text)
    return int(number) if number is not None and number == int(number) else None
