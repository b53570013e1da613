"""What is known of a photo, in the words of the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QDate, QLocale, QTime

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.sentences import said
from inphotos.metadata import Metadata
from inphotos.photos.formats import READABLE

if TYPE_CHECKING:
    from inphotos.library import PhotoDetails
    from inphotos.search.ranking import Presence

#: Copies beyond these are counted only.
MOST_COPIES = 8

#: Formats that people know by another name than Pillow does.
_FORMATS = {"HEIF": "HEIC", "JPEG2000": "JPEG 2000", "JXL": "JPEG XL", "WEBP": "WebP"}


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("photo_facts", text)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a photo, each in a line or two; empty where it is not known.

    Attributes:
        day, time: when it was taken, and what says so if that may well be wrong.
        title, description: what was written about it.
        camera, lens, exposure: with what it was taken.
        place, position: where it was taken, by name and in degrees.
        coordinates: the position as other programs take it.
        pixels, file: how large it is.
        state: why it cannot be opened or read.
        copies: other files with the same content.
    """

    day: str
    time: str
    title: str
    description: str
    camera: str
    lens: str
    exposure: str
    place: str
    position: str
    coordinates: str
    pixels: str
    file: str
    state: str
    copies: str


def facts(details: PhotoDetails) -> Facts:
    """Return what is known of a photo."""
    metadata = details.metadata or Metadata()
    return Facts(
        day="" if metadata.taken is None else day(metadata.taken),
        time=_time(metadata),
        title=display_path(metadata.title),
        description="" if metadata.description == metadata.title else _lines(metadata.description),
        camera=display_path(metadata.camera),
        lens=display_path(metadata.lens),
        exposure=_exposure(metadata),
        place=display_path(details.place.name) if details.place else "",
        position=_position(metadata),
        coordinates=_coordinates(metadata),
        pixels=pixels(details.width, details.height),
        file=" · ".join(
            part for part in (_format(details.path), wording.size(details.size)) if part
        ),
        state=_state(details),
        copies=_copies(details),
    )


def day(moment: datetime) -> str:
    """Return the day of a moment, with the day of the week, as the user's language writes it."""
    date = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(date, QLocale.FormatType.LongFormat)


def pixels(width: int, height: int) -> str:
    """Return the size of a photo in pixels; empty while it is not known."""
    if not width:
        return ""
    text = tr("{width} × {height} pixels").format(width=width, height=height)
    megapixels = width * height / 1e6
    if megapixels < 0.1:
        return text
    return f"{text} · " + tr("{count} megapixels").format(count=wording.number(megapixels, 1))


def presence(details: PhotoDetails) -> Presence:
    """Return whether the photo's file can be opened."""
    if not details.online:
        return "offline"
    return "missing" if details.state == "missing" else "here"


def _time(metadata: Metadata) -> str:
    taken = metadata.taken
    if taken is None:
        return ""
    time = QTime(taken.hour, taken.minute, taken.second)
    text = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    if metadata.taken_source == "file":
        # It says nothing of where it was changed: the time is on the clock of this computer.
        return tr("{time} · when the file was last changed").format(time=text)
    text += _offset(metadata)
    if metadata.taken_source == "name":
        return tr("{time} · from the name of the file").format(time=text)
    return text


def _offset(metadata: Metadata) -> str:
    minutes = metadata.offset_minutes
    if minutes is None:
        return ""
    sign = "−" if minutes < 0 else "+"
    return f" (UTC{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02})"


def _position(metadata: Metadata) -> str:
    if metadata.latitude is None or metadata.longitude is None:
        return ""
    north = tr("N") if metadata.latitude >= 0 else tr("S")
    east = tr("E") if metadata.longitude >= 0 else tr("W")
    latitude, longitude = abs(metadata.latitude), abs(metadata.longitude)
    text = tr("{latitude}° {north}, {longitude}° {east}").format(
        latitude=wording.number(latitude, 5),
        north=north,
        longitude=wording.number(longitude, 5),
        east=east,
    )
    if metadata.altitude is None:
        return text
    return tr("{position}, {metres} m above the sea").format(
        position=text, metres=wording.number(metadata.altitude)
    )


def _exposure(metadata: Metadata) -> str:
    parts = (
        _seconds(metadata.exposure_seconds) if metadata.exposure_seconds else "",
        f"ƒ/{wording.plain(metadata.f_number)}" if metadata.f_number else "",
        tr("ISO {iso}").format(iso=metadata.iso) if metadata.iso else "",
        _length(metadata.focal_mm) if metadata.focal_mm else "",
    )
    return " · ".join(part for part in parts if part)


def _length(millimetres: float) -> str:
    return tr("{length} mm").format(length=wording.plain(millimetres))


def _seconds(seconds: float) -> str:
    # As cameras write them.
    if seconds >= 0.3:
        return tr("{seconds} s").format(seconds=wording.plain(seconds))
    return tr("1/{count} s").format(count=round(1 / seconds))


def _coordinates(metadata: Metadata) -> str:
    if metadata.latitude is None or metadata.longitude is None:
        return ""
    return f"{metadata.latitude:.6f}, {metadata.longitude:.6f}"


def _format(path: Path) -> str:
    """Return what kind of file it is by its name."""
    suffix = path.suffix.lower()
    kind = next((kind for kind, suffixes in READABLE.items() if suffix in suffixes), "")
    return _FORMATS.get(kind, kind)


def _state(details: PhotoDetails) -> str:
    if details.reason and presence(details) == "here":
        reason = display_path(said(details.reason))
        return tr("It could not be read: {reason}.").format(reason=reason)
    return wording.presence(presence(details), details.path.parent)


def _copies(details: PhotoDetails) -> str:
    lines = [display_path(path) for path in details.copies[:MOST_COPIES]]
    more = len(details.copies) - len(lines)
    if more:
        lines.append(tr("and {count} more").format(count=wording.number(more)))
    return "\n".join(lines)


def _lines(text: str) -> str:
    return "\n".join(display_path(line) for line in text.splitlines())
