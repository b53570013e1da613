"""All sources of a photo's metadata, weighed against each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from inphotos.metadata import Metadata, TakenSource
from inphotos.photos.metadata.blocks import Blocks, find_blocks
from inphotos.photos.metadata.dates import Moment, file_date, offset_between
from inphotos.photos.metadata.exif import read_exif
from inphotos.photos.metadata.filenames import date_in_name
from inphotos.photos.metadata.found import Found
from inphotos.photos.metadata.iptc import read_iptc
from inphotos.photos.metadata.sidecar import MAX_SIDECAR_BYTES
from inphotos.photos.metadata.xmp import read_xmp

#: What people write with photo managers: the sidecar counts, then XMP, IPTC and EXIF. What the
#: camera measured is best as the camera wrote it.
_WRITTEN = ("rating", "title", "description")
_POSITION = ("latitude", "longitude", "altitude")

#: Two sources that differ by no more mean the same moment: not all write parts of a second.
_SAME_MOMENT = timedelta(seconds=2)

Dated = tuple[TakenSource, Moment]


def read_metadata(
    data: bytes, kind: str | None, path: Path, mtime_ns: int, sidecar: bytes | None
) -> Metadata:
    """Read what is known of a photo. Never raises: what is damaged is unknown.

    Args:
        data: the file. No pixel of it is decoded.
        kind: what ``formats.kind_of`` says of it.
        path: only its name counts.
        mtime_ns: when the file was last changed, in nanoseconds since 1970.
        sidecar: its XMP sidecar, None if it has none.
    """
    beside = Found()
    try:
        if sidecar is not None and len(sidecar) <= MAX_SIDECAR_BYTES:
            beside = read_xmp(sidecar)
    except Exception:  # whatever hostile bytes bring about costs no more than the sidecar
        beside = Found()
    blocks = Blocks()
    try:
        blocks = find_blocks(data, kind or "")
        return _weighed(blocks, beside, path.name, mtime_ns)
    except Exception:  # as above
        return _weighed(Blocks(), beside, path.name, mtime_ns)


def _weighed(blocks: Blocks, beside: Found, name: str, mtime_ns: int) -> Metadata:
    exif, changed, satellites = read_exif(blocks)
    xmp = _joined([read_xmp(packet) for packet in blocks.xmp])
    iptc = _joined([read_iptc(record) for record in blocks.iptc])
    values = _fields(beside, xmp, iptc, exif)
    dates: list[Dated] = [
        *(("exif", moment) for moment in exif.taken),
        *(("xmp", moment) for moment in xmp.taken),
        *(("exif", moment) for moment in iptc.taken),
    ]
    if satellites is not None:
        dates.append(("exif", Moment(satellites, 0)))
    dates += [("xmp", moment) for moment in beside.taken]
    if changed is not None:
        # Any program that edits the photo may have set it, yet often no other date is left.
        dates.append(("exif", changed))
    if (named := date_in_name(name)) is not None:
        dates.append(("name", named))
    if not dates and (stored := file_date(mtime_ns)) is not None:
        dates.append(("file", stored))
    return Metadata.of({**values, **_taken(dates, satellites)} if dates else values)


def _joined(parts: list[Found]) -> Found:
    """Return what several blocks of one kind say, the earlier before the later."""
    joined = Found()
    for part in parts:
        joined.taken += part.taken
        for name, value in part.values.items():
            joined.add(name, value)
    return joined


def _fields(beside: Found, xmp: Found, iptc: Found, exif: Found) -> dict[str, Any]:
    """Return the fields other than the date, each from the source that counts for it."""
    values: dict[str, Any] = {}
    for source in (exif, xmp, beside):
        for name, value in source.values.items():
            values.setdefault(name, value)
    for name in _WRITTEN:
        known = [source for source in (beside, xmp, iptc, exif) if name in source.values]
        if known:
            values[name] = known[0].values[name]
    # Managers that let people move photos on a map write the new position to the sidecar, and else
    # copy the camera's there.
    if "latitude" in beside.values:
        values.update({name: beside.values.get(name) for name in _POSITION})
    # A sidecar has the whole list, from which words may have been taken out on purpose. Within the
    # file, programs keep the lists alike or know only one of them.
    values["keywords"] = beside.values.get("keywords") or [
        word for source in (xmp, iptc, exif) for word in source.values.get("keywords", ())
    ]
    return values


def _taken(dates: list[Dated], satellites: datetime | None) -> dict[str, Any]:
    """Return the fields of the date: the first one, and the time zone from whatever tells it."""
    source, moment = dates[0]
    offset = moment.offset_minutes
    for _, other in dates[1:]:
        if offset is None and abs(other.when - moment.when) <= _SAME_MOMENT:
            offset = other.offset_minutes
    if offset is None and satellites is not None:
        offset = offset_between(moment.when, satellites)
    return {"taken": moment.when, "offset_minutes": offset, "taken_source": source}
