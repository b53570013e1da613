"""What photos say of themselves: camera, place, rating and the like, by the photo's id."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from inphotos.metadata import Metadata, Place
from inphotos.store.database import Database

#: What stands for "unknown" where a number is stored, because ObjectBox gives 0 for what is not.
_NO_OFFSET = -(1 << 31)
NO_RATING = -128

_EPOCH = datetime(1970, 1, 1)

Row = tuple[int, Metadata, Place | None]


def to_ms(moment: datetime) -> int:
    """Return a moment on some clock as milliseconds since 1970 on that clock."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


class DetailsTable:
    """Reads and writes the metadata of photos.

    Reads may run in any thread. Writes belong into ``Database.transaction``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, rows: Sequence[Row]) -> None:
        """Store or replace metadata: (photo id, metadata, place)."""
        self._box.put([self._row(*row) for row in rows])
        self._database.changes.note("Details", (photo_id for photo_id, _, _ in rows))

    def of(self, photo_id: int, taken_ms: int) -> tuple[Metadata, Place | None] | None:
        """Return the metadata of a photo, None when it has not been read.

        Args:
            photo_id: the photo.
            taken_ms: when it was taken, which the catalog keeps.
        """
        with self._database.errors():
            row = self._box.get(photo_id)
        return None if row is None else (_metadata(row, taken_ms), _place(row))

    def remove(self, photo_ids: Iterable[int]) -> None:
        """Remove the metadata of photos that have left the library for good."""
        removed = list(photo_ids)
        self._box.remove_many(removed)
        self._database.changes.note("Details", removed)

    @property
    def _box(self) -> Any:
        return self._database.store.box(self._database.schema.details)

    def _row(self, photo_id: int, metadata: Metadata, place: Place | None) -> Any:
        return self._database.schema.details(
            id=photo_id,
            taken_source=metadata.taken_source,
            offset_minutes=_or(metadata.offset_minutes, _NO_OFFSET),
            camera=metadata.camera,
            lens=metadata.lens,
            exposure_seconds=_or(metadata.exposure_seconds, math.nan),
            f_number=_or(metadata.f_number, math.nan),
            iso=_or(metadata.iso, 0),
            focal_mm=_or(metadata.focal_mm, math.nan),
            latitude=_or(metadata.latitude, math.nan),
            longitude=_or(metadata.longitude, math.nan),
            altitude=_or(metadata.altitude, math.nan),
            rating=_or(metadata.rating, NO_RATING),
            keywords="\n".join(metadata.keywords),
            title=metadata.title,
            description=metadata.description,
            city=place.city if place else "",
            region=place.region if place else "",
            country=place.country if place else "",
            country_code=place.country_code if place else "",
        )


def _metadata(row: Any, taken_ms: int) -> Metadata:
    return Metadata(
        taken=_EPOCH + timedelta(milliseconds=taken_ms) if row.taken_source else None,
        offset_minutes=None if row.offset_minutes == _NO_OFFSET else row.offset_minutes,
        taken_source=row.taken_source,
        camera=row.camera,
        lens=row.lens,
        exposure_seconds=_number(row.exposure_seconds),
        f_number=_number(row.f_number),
        iso=row.iso or None,
        focal_mm=_number(row.focal_mm),
        latitude=_number(row.latitude),
        longitude=_number(row.longitude),
        altitude=_number(row.altitude),
        rating=None if row.rating == NO_RATING else row.rating,
        keywords=tuple(row.keywords.split("\n")) if row.keywords else (),
        title=row.title,
        description=row.description,
    )


def _place(row: Any) -> Place | None:
    if not row.country:
        return None
    return Place(row.city, row.region, row.country, row.country_code)


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
