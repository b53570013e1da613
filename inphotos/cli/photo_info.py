"""What ``inphotos info`` says of a photo."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain
from typing import Any

from inphotos.cli.commands import DONE, open_library
from inphotos.cli.output import Output
from inphotos.cli.reasons import why_document, why_lines
from inphotos.cli.search import date_reading
from inphotos.errors import display_path
from inphotos.library import PhotoDetails
from inphotos.metadata import Metadata

_SOURCES = {
    "exif": "the photo itself",
    "xmp": "an XMP file",
    "name": "the file's name",
    "file": "the file's last change",
}


def info(options: argparse.Namespace, out: Output) -> int:
    """Tell what is known of a photo, and why it matches a query."""
    with open_library(options, reading=True) as library:
        details = library.details(options.photo)
        why = None
        if options.query is not None:
            why = library.why(details.photo_id, options.query, **date_reading())
    if why is not None:
        for problem in why.query.problems:
            out.message(problem.message)
    if out.as_json:
        document = photo_document(details)
        out.document(document if why is None else {**document, "why": why_document(why)})
    else:
        reasons = () if why is None else why_lines(why)
        for name, value in chain(photo_lines(details), reasons):
            out.text(f"{name:12} {value}")
    return DONE


def photo_document(details: PhotoDetails) -> dict[str, Any]:
    """Return the JSON document of a photo; what is not known is null."""
    document: dict[str, Any] = {
        "path": str(details.path),
        "size": details.size,
        "width": details.width,
        "height": details.height,
        "state": details.state if details.online else "offline",
        "copies": [str(path) for path in details.copies],
        "favorite": details.mark.favorite,
        "user_rating": details.mark.rating,
        "tags": list(details.mark.tags),
    }
    metadata = details.metadata
    if metadata is not None:
        taken = metadata.taken
        document |= {
            "taken": None if taken is None else taken.isoformat() + _offset(metadata),
            "taken_source": metadata.taken_source or None,
            "camera": metadata.camera or None,
            "lens": metadata.lens or None,
            "exposure_seconds": metadata.exposure_seconds,
            "f_number": metadata.f_number,
            "iso": metadata.iso,
            "focal_mm": metadata.focal_mm,
            "latitude": metadata.latitude,
            "longitude": metadata.longitude,
            "altitude": metadata.altitude,
            "rating": metadata.rating,
            "keywords": list(metadata.keywords),
            "title": metadata.title or None,
            "description": metadata.description or None,
        }
    place = details.place
    document["place"] = place and {
        "city": place.city,
        "region": place.region,
        "country": place.country,
    }
    return document


def photo_lines(details: PhotoDetails) -> Iterator[tuple[str, str]]:
    """Yield what is known of a photo, as names and values for a person."""
    yield "path", display_path(details.path)
    if not details.online:
        yield "state", "offline"
    elif details.state == "missing":
        yield "state", "missing: its file has vanished"
    yield "file", f"{details.size:,} bytes"
    if details.width:
        megapixels = details.width * details.height / 1e6
        yield "size", f"{details.width} x {details.height} ({megapixels:.1f} megapixels)"
    if details.metadata is not None:
        yield from _metadata_lines(details.metadata)
    yield from mark_lines(details)
    if details.place is not None:
        yield "place", display_path(details.place.name)
    for copy in details.copies:
        yield "copy", display_path(copy)


def mark_lines(details: PhotoDetails) -> Iterator[tuple[str, str]]:
    """Yield what the user thinks of a photo, as names and values for a person."""
    if details.mark.favorite:
        yield "favorite", "yes"
    if details.rating is not None:
        yield "rating", "rejected" if details.rating < 0 else f"{details.rating} of 5"
    if details.mark.tags:
        yield "tags", display_path(", ".join(details.mark.tags))


def _metadata_lines(metadata: Metadata) -> Iterator[tuple[str, str]]:
    if metadata.taken is not None:
        source = _SOURCES[metadata.taken_source]
        yield "taken", f"{metadata.taken:%Y-%m-%d %H:%M:%S}{_offset(metadata)} (from {source})"
    if metadata.camera:
        yield "camera", display_path(metadata.camera)
    if metadata.lens:
        yield "lens", display_path(metadata.lens)
    exposure = [
        _exposure_time(metadata.exposure_seconds) if metadata.exposure_seconds else "",
        f"f/{metadata.f_number:g}" if metadata.f_number else "",
        f"ISO {metadata.iso}" if metadata.iso else "",
        f"{metadata.focal_mm:g} mm" if metadata.focal_mm else "",
    ]
    if any(exposure):
        yield "exposure", ", ".join(part for part in exposure if part)
    if metadata.latitude is not None and metadata.longitude is not None:
        height = "" if metadata.altitude is None else f", {metadata.altitude:.0f} m"
        yield "position", f"{metadata.latitude:.6f}, {metadata.longitude:.6f}{height}"
    for name, text in (
        ("title", metadata.title),
        ("description", metadata.description),
        ("keywords", ", ".join(metadata.keywords)),
    ):
        if text:
            yield name, display_path(text)


def _exposure_time(seconds: float) -> str:
    if seconds >= 0.3:  # cameras write shorter times as fractions
        return f"{seconds:g} s"
    return f"1/{round(1 / seconds)} s"


def _offset(metadata: Metadata) -> str:
    minutes = metadata.offset_minutes
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
