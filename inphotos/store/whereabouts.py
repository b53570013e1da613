"""Where the photos with given contents are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inphotos.store.catalog import Catalog, shown_condition
from inphotos.store.columns import columns
from inphotos.store.database import Database

#: Contents that are asked for at a time; where they are many among the photos, all are read.
_CHUNK = 5_000
_MANY = 0.2

#: What stands in a name's text for bytes that are none.
_REPLACED = "�"


#: Id of a photo, id of its directory, its name as text, its size in bytes.
_Row = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a photo is.

    Attributes:
        folder: the library's folder.
        path: from there on, with ``/`` between names; may hold lone surrogates.
        size: bytes.
    """

    folder: Path
    path: str
    size: int


def whereabouts(
    database: Database, catalog: Catalog, contents: Collection[str]
) -> dict[str, Whereabouts]:
    """Return where one photo of each content is that is in the library.

    Reads columns, which takes a fifth of the time that rows do.

    Raises:
        LibraryError: the store cannot be read.
    """
    wanted = set(contents)
    rows: dict[str, _Row] = {}
    for content, row in _rows(database, catalog, wanted):
        if content in wanted:
            rows.setdefault(content, row)
    roots = {folder.id: folder.path for folder in catalog.folders.all()}
    directories = catalog.folders.directories_by_id({row[1] for row in rows.values()})
    places = {
        directory.id: (roots[directory.folder_id], Path(directory.path).as_posix())
        for directory in directories.values()
        if directory.folder_id in roots
    }
    found: dict[str, Whereabouts] = {}
    for content, (id_, directory_id, name, size) in rows.items():
        if directory_id not in places:  # forgotten this moment
            continue
        if _REPLACED in name:
            photo = catalog.by_ids([id_]).get(id_)
            name = name if photo is None else photo.path.name
        folder, path = places[directory_id]
        found[content] = Whereabouts(folder, name if path == "." else f"{path}/{name}", size)
    return found


def _rows(
    database: Database, catalog: Catalog, contents: Collection[str]
) -> Iterator[tuple[str, _Row]]:
    """Yield contents and their photos, the oldest first."""
    entity = database.schema.photo
    shown = shown_condition(entity)
    if len(contents) > _MANY * catalog.count():
        yield from _read(database, shown)
        return
    listed = list(contents)
    for start in range(0, len(listed), _CHUNK):
        yield from _read(database, shown & entity.content.one_of(listed[start : start + _CHUNK]))


def _read(database: Database, condition: Any) -> Iterator[tuple[str, _Row]]:
    with columns(database, database.schema.photo, condition) as rows:
        numbers = (rows.ids(), rows.numbers("directory_id"), rows.numbers("size"))
        ids, directories, sizes = (column.tolist() for column in numbers)
        contents, names = rows.strings("content"), rows.strings("name_text")
    for id_, content, directory, name, size in zip(
        ids, contents, directories, names, sizes, strict=True
    ):
        yield content.decode(), (id_, directory, name.decode(), size)
