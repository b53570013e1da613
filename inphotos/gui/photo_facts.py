"""What is known of a photo, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QDate, QLocale, QTime

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.metadata import Metadata

if TYPE_CHECKING:
    from inphotos.library import PhotoDetails
    from inphotos.search.ranking import Presence

#: Copies beyond these are counted only.
MOST_COPIES = 8


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("photo_facts", text)


def facts(details: PhotoDetails) -> list[tuple[str, str]]:
    """Return (name, text) of everything that is known, what is not known left out."""
    metadata = details.metadata or Metadata()
    rows = (
        (tr("Title"), display_path(metadata.title)),
        (tr("Description"), _lines(metadata.description)),
        (tr("Taken"), _taken(metadata)),
        (tr("Place"), display_path(details.place.name) if details.place else ""),
        (tr("Position"), _position(metadata)),
        (tr("Rating"), _rating(metadata.rating)),
        (tr("Keywords"), display_path(", ".join(metadata.keywords))),
        (tr("Camera"), display_path(metadata.camera)),
        (tr("Lens"), display_path(metadata.lens)),
        (tr("Exposure"), _exposure(metadata)),
        (tr("Size"), _size(details)),
        (tr("Folder"), display_path(details.path.parent)),
        (tr("State"), _state(details)),
        (tr("Copies") if len(details.copies) > 1 else tr("Copy"), _copies(details)),
    )
    return [(name, text) for name, text in rows if text]


def presence(details: PhotoDetails) -> Presence:
    """Return whether the photo's file can be opened."""
    if not details.online:
        return "offline"
    return "missing" if details.state == "missing" else "here"


def _taken(metadata: Metadata) -> str:
    taken = metadata.taken
    if taken is None:
        return ""
    locale = QLocale()
    day = locale.toString(QDate(taken.year, taken.month, taken.day), QLocale.FormatType.LongFormat)
    time = locale.toString(
        QTime(taken.hour, taken.minute, taken.second), QLocale.FormatType.ShortFormat
    )
    text = f"{day}, {time}{_offset(metadata)}"
    source = {
        "exif": tr("from the camera"),
        "xmp": tr("from its XMP data"),
        "name": tr("from its name"),
        "file": tr("when the file was last changed"),
        "": "",
    }[metadata.taken_source]
    return f"{text}, {source}" if source else text


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
    text = f"{abs(metadata.latitude):.5f}° {north}, {abs(metadata.longitude):.5f}° {east}"
    if metadata.altitude is None:
        return text
    return tr("{position}, {metres:,.0f} m above the sea").format(
        position=text, metres=metadata.altitude
    )


def _rating(rating: int | None) -> str:
    if rating is None:
        return ""
    if rating < 0:
        return tr("Rejected")
    return "★" * rating + "☆" * (5 - rating)


def _exposure(metadata: Metadata) -> str:
    parts = (
        _seconds(metadata.exposure_seconds) if metadata.exposure_seconds else "",
        f"ƒ/{metadata.f_number:g}" if metadata.f_number else "",
        tr("ISO {iso}").format(iso=metadata.iso) if metadata.iso else "",
        tr("{length:g} mm").format(length=metadata.focal_mm) if metadata.focal_mm else "",
    )
    return " · ".join(part for part in parts if part)


def _seconds(seconds: float) -> str:
    # As cameras write them.
    if seconds >= 0.3:
        return tr("{seconds:g} s").format(seconds=seconds)
    return tr("1/{count} s").format(count=round(1 / seconds))


def _size(details: PhotoDetails) -> str:
    parts = [wording.size(details.size)]
    if details.width:
        megapixels = details.width * details.height / 1e6
        pixels = tr("{width:,} × {height:,} pixels").format(
            width=details.width, height=details.height
        )
        parts.insert(0, pixels)
        if megapixels >= 0.1:
            parts.insert(1, tr("{count:.1f} megapixels").format(count=megapixels))
    return " · ".join(parts)


def _state(details: PhotoDetails) -> str:
    return wording.presence(presence(details), details.path.parent)


def _copies(details: PhotoDetails) -> str:
    lines = [display_path(path) for path in details.copies[:MOST_COPIES]]
    more = len(details.copies) - len(lines)
    if more:
        lines.append(tr("and {count:,} more").format(count=more))
    return "\n".join(lines)


def _lines(text: str) -> str:
    return "\n".join(display_path(line) for line in text.splitlines())
