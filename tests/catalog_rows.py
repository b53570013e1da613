"""Random photos and metadata, written into a real store."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from inphotos.metadata import Metadata, Place
from inphotos.search.query import Comparison, Condition, DateRange, Filter, Flag, Near, TextMatch
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms
from inphotos.store.folders import Directory, Folder
from inphotos.store.marks import UNMARKED, Mark, MarkBook

NAMES = (
    "IMG_0001.jpg",
    "IMG_0002.JPEG",
    "Zürich.HEIC",
    "Screenshot_2023.png",
    "scan.tiff",
    "x.dng",
)
DIRECTORIES = ("", "Trip", "Trip/Ångström", "Screenshots")
CAMERAS = ("", "Canon EOS R5", "Nikon Z 6", "Apple iPhone 14")
PLACES = (
    None,
    Place("Zürich", "Zürich", "Switzerland", "CH"),
    Place("Paris", "Île-de-France", "France", "FR"),
    Place("", "Bretagne", "France", "FR"),
)
SIZES = ((0, 0), (4000, 3000), (3000, 4000), (2000, 2000), (1170, 2532), (1920, 1080))
POSITIONS = ((None, None), (47.37, 8.54), (48.85, 2.35), (0.0, 179.99), (-89.9, 10.0))


@dataclass
class Rows:
    """What was written: photos, their metadata and places by id, and marks by content."""

    photos: list[Photo] = field(default_factory=list)
    details: dict[int, tuple[Metadata, Place | None]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)

    @property
    def shown(self) -> list[Photo]:
        """The photos that can be shown."""
        return [photo for photo in self.photos if photo.state != "gone" and not photo.reason]


def write_random(database: Database, count: int, seed: int, rows: Rows | None = None) -> Rows:
    """Add photos, some of them without metadata, gone or unreadable; return all that there are."""
    chance = random.Random(seed)
    catalog, details = Catalog(database), DetailsTable(database)
    rows = rows or Rows()
    with database.transaction():
        if not catalog.folders.all():
            for root in ("/photos/Holidays", "/drive"):
                folder = catalog.folders.add(Folder(0, Path(root)))
                catalog.folders.put_directories(
                    [Directory(0, folder.id, path) for path in DIRECTORIES]
                )
        drawn = [_photo(chance, catalog) for _ in range(count)]
        ids = catalog.put([photo for photo, _ in drawn])
        known = {id_: found for id_, (_, found) in zip(ids, drawn, strict=True) if found}
        details.put([(id_, *found) for id_, found in known.items()])
    stored = catalog.by_ids(ids)
    rows.photos += [stored[id_] for id_ in ids]
    rows.details |= known
    return rows


def write_marks(directory: Path, rows: Rows) -> MarkBook:
    """Mark some of the photos, also with what their files say otherwise."""
    contents = sorted({photo.content for photo in rows.photos if photo.content})
    given = (
        Mark(favorite=True),
        Mark(rating=0),
        Mark(True, 5, ("Beach", "hamster")),
        Mark(tags=("Street Art",)),
        Mark(rating=3, tags=("beach",)),
    )
    rows.marks |= {content: given[n % 5] for n, content in enumerate(contents) if n % 3}
    book = MarkBook(directory)
    book.change({**rows.marks, "of no photo": Mark(favorite=True, rating=5, tags=("beach",))})
    return book


def _photo(
    chance: random.Random, catalog: Catalog
) -> tuple[Photo, tuple[Metadata, Place | None] | None]:
    directory = chance.choice(list(catalog.folders.directories_by_id().values()))
    width, height = chance.choice(SIZES)
    taken = datetime(2023, 1, 1) + timedelta(days=chance.randrange(3), hours=chance.randrange(24))
    photo = Photo(
        0,
        directory.folder_id,
        directory.id,
        Path("/x") / chance.choice(NAMES),
        size=chance.choice((0, 500, 2_000_000)),
        mtime_ns=1,
        content=chance.choice(("", "aa", "bb", f"{chance.random()}")),
        width=width,
        height=height,
        taken_ms=to_ms(taken),
        state=chance.choice(("here", "here", "here", "missing", "gone")),
        reason=chance.choice(("", "", "", "the file is empty")),
    )
    if chance.random() < 0.2:
        return photo, None
    latitude, longitude = chance.choice(POSITIONS)
    metadata = Metadata(
        taken=taken,
        taken_source="exif",
        camera=chance.choice(CAMERAS),
        lens=chance.choice(("", "50mm F1.8")),
        latitude=latitude,
        longitude=longitude,
        rating=chance.choice((None, -1, 0, 3, 5)),
        keywords=chance.choice(((), ("beach",), ("Strand", "party"), ("Île d'Yeu",))),
    )
    return photo, (metadata, chance.choice(PLACES))


def accepted(
    conditions: Sequence[Sequence[Filter]], photo: Photo, rows: Rows, offline: Sequence[int]
) -> bool:
    """Tell the slow way whether a photo passes the filters."""
    return all(
        any(f.accepts(_value(f.condition, photo, rows, offline)) for f in group)
        for group in conditions
    )


def _value(condition: Condition, photo: Photo, rows: Rows, offline: Sequence[int]) -> Any:
    metadata, place = rows.details.get(photo.id, (Metadata(), None))
    mark = rows.marks.get(photo.content, UNMARKED)
    match condition:
        case DateRange():
            return datetime(1970, 1, 1) + timedelta(milliseconds=photo.taken_ms)
        case Near():
            position = (metadata.latitude, metadata.longitude)
            return None if None in position else position
        case TextMatch(field="camera" | "lens" as name):
            return getattr(metadata, name) or None
        case TextMatch(field="place"):
            return [t for t in (place.city, place.region, place.country) if t] if place else None
        case TextMatch(field="name"):
            return photo.path.name
        case TextMatch(field="ext"):
            return photo.path.suffix or None
        case TextMatch(field="folder"):
            return photo.path.parent.as_posix().removeprefix("/photos/").removeprefix("/")
        case TextMatch(field="tag"):
            return [*metadata.keywords, *mark.tags]
        case Comparison(field="rating"):
            return metadata.rating if mark.rating is None else mark.rating
        case Comparison(field="megapixels"):
            return photo.width * photo.height / 1e6 or None
        case Comparison(field="bytes"):
            return photo.size
        case Flag(name=name):
            return _flag(name, photo, metadata, rows, offline)
    raise AssertionError(f"no value for {condition}")


def _flag(name: str, photo: Photo, metadata: Metadata, rows: Rows, offline: Sequence[int]) -> bool:
    same = [other for other in rows.shown if other.content == photo.content]
    said = "screenshot" in f"{photo.path.parent.name}/{photo.path.name}".lower()
    screen = (photo.width, photo.height) in ((1170, 2532), (1920, 1080))
    return {
        "portrait": photo.width < photo.height,
        "landscape": photo.width > photo.height,
        "square": photo.width == photo.height > 0,
        "raw": photo.path.suffix == ".dng",
        "offline": photo.folder_id in offline,
        "duplicate": bool(photo.content) and len(same) > 1,
        "favorite": rows.marks.get(photo.content, UNMARKED).favorite,
        "screenshot": said
        or (screen and not metadata.camera and photo.path.suffix.lower() in (".png", ".heic")),
    }[name]


def is_close(first: float, second: float) -> bool:
    """Tell whether two scores are the same but for rounding."""
    return math.isclose(first, second, abs_tol=2e-6)
