"""A backup: what nobody could make again from the photos, as one JSON document.

In the file, one line for each folder, search and photo::

    {
     "inphotos_backup": 1,
     "created": "2026-11-22T10:15:00+01:00",
     "written_by": "0.1.0",
     "holds": {"folders": 1, "searches": 1, "photos": 1},
     "settings": {"fold": true, ...},
     "folders": [
      {"path": "/home/ann/Pictures", "volume": "", "below": "", "exclusions": ["raw/"]}
     ],
     "searches": [
      {"name": "Sea", "text": "the sea", "examples": []}
     ],
     "photos": [
      {"content": "3f0c…", "folder": "/home/ann/Pictures", "path": "a.jpg", "size": 31, "rating": 4}
     ]
    }

It is UTF-8. Bytes of names that are not are lone surrogates in Python, and escapes such as
``\\udcff`` in the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inphotos import __version__
from inphotos.errors import LibraryError, LibraryNewerError, display_path
from inphotos.library.searches import SavedSearch, search_as_json, search_from_json
from inphotos.settings import Settings
from inphotos.store.folders import Folder
from inphotos.store.marks import Mark, as_json, from_json

VERSION = 1

#: The key that tells a backup from any other JSON document.
_KEY = "inphotos_backup"

#: A backup of a million marked photos has a third of it.
_MOST_BYTES = 1 << 30

_HEAD_BYTES = 4096

#: What values from a file raise that are not what they should be; a number may be too large.
NO_SENSE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class MarkedPhoto:
    """What the user thinks of a photo, and what it is recognised by.

    Attributes:
        content: digest of the file's bytes.
        mark: what the user thinks of it.
        folder: the library's folder that it was in, as text; empty when that is not known.
        path: from the folder on, with ``/`` between names.
        size: bytes.
    """

    content: str
    mark: Mark
    folder: str = ""
    path: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Holds:
    """How much a backup holds.

    Attributes:
        folders, searches, photos: how many; photos that have marks.
    """

    folders: int = 0
    searches: int = 0
    photos: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to be lost."""
        return self != Holds()


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says.

    Attributes:
        created: when it was written, with the offset from UTC.
        settings: what the user had chosen, by name.
        folders: the library's folders; without ids.
        searches: the saved searches.
        photos: those with marks.
    """

    created: datetime
    settings: Mapping[str, Any]
    folders: tuple[Folder, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    photos: tuple[MarkedPhoto, ...] = ()

    @property
    def holds(self) -> Holds:
        """How much it holds."""
        return Holds(len(self.folders), len(self.searches), len(self.photos))


def head(backup: Backup) -> bytes:
    """Return how the document of a backup begins: what is another at every writing."""
    values = {
        _KEY: VERSION,
        "created": backup.created.isoformat(timespec="seconds"),
        "written_by": __version__,
        "holds": asdict(backup.holds),
    }
    return "".join(["{", *(f"\n {_text(k)}: {_text(v)}," for k, v in values.items())]).encode()


def body(backup: Backup) -> bytes:
    """Return the rest of the document: the same bytes for the same things."""
    settings = dict(sorted(backup.settings.items()))
    lists: dict[str, Iterable[Any]] = {
        "folders": (_folder_as_json(folder) for folder in backup.folders),
        "searches": (search_as_json(search) for search in backup.searches),
        "photos": (photo_as_json(photo) for photo in backup.photos),
    }
    parts = [f'\n "settings": {_text(settings)}']
    parts += [f' "{name}": {_lines(values)}' for name, values in lists.items()]
    # What cannot be encoded are the lone surrogates of names that are no text, and their escapes
    # here are those of JSON.
    return (",\n".join(parts) + "\n}\n").encode("utf-8", "backslashreplace")


def document(backup: Backup) -> bytes:
    """Return the document of a backup."""
    return head(backup) + body(backup)


def read(path: Path) -> Backup:
    """Read a backup.

    Raises:
        LibraryError: it cannot be read, is no backup, or is damaged.
        LibraryNewerError: a later version of InPhotos wrote it.
    """
    try:
        if not path.is_file():
            reason = "that is a folder" if path.is_dir() else "there is no such file"
            raise LibraryError(f"The backup {display_path(path)} cannot be read: {reason}.")
        if path.stat().st_size > _MOST_BYTES:
            raise _no_backup(path)
        content = path.read_bytes()
    except OSError as error:
        raise LibraryError(
            f"The backup {display_path(path)} cannot be read: {error.strerror or error}."
        ) from error
    return parse(content, path)


def is_backup(path: Path) -> bool:
    """Tell whether a file is a backup, if perhaps a damaged one.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return _KEY.encode() in file.read(_HEAD_BYTES)


def parse(content: bytes, path: Path) -> Backup:
    """Return what a document says; ``path`` is for the sentence of an error.

    Raises:
        LibraryError: see :func:`read`.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        is_one = _KEY.encode() in content[:_HEAD_BYTES]
        raise (_damaged(path) if is_one else _no_backup(path)) from error
    if not isinstance(document, dict) or _KEY not in document:
        raise _no_backup(path)
    if type(document[_KEY]) is int and document[_KEY] > VERSION:
        raise LibraryNewerError(
            f"The backup {display_path(path)} was written by a newer InPhotos; "
            f"update InPhotos to restore it."
        )
    try:
        return _backup(document)
    except NO_SENSE as error:
        raise _damaged(path) from error


def read_head(path: Path) -> tuple[datetime, Holds] | None:
    """Return when a backup was written and how much it holds, None where it does not say so.

    Only its beginning is read.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEAD_BYTES)
        document = json.loads(beginning.partition(b',\n "settings"')[0] + b"}")
        counts = document["holds"]
        holds = Holds(*(int(counts[name]) for name in ("folders", "searches", "photos")))
        return _moment(document["created"]), holds
    except (OSError, RecursionError, *NO_SENSE):
        return None


def photo_as_json(photo: MarkedPhoto) -> dict[str, Any]:
    """Return a photo as plain values for a JSON document."""
    where = {"folder": photo.folder, "path": photo.path, "size": photo.size}
    return {"content": photo.content, **(where if photo.path else {}), **as_json(photo.mark)}


def photo_from_json(value: Any) -> MarkedPhoto:
    """Return the photo that :func:`photo_as_json` gave values of.

    Raises:
        NO_SENSE: they make none.
    """
    return MarkedPhoto(
        content=_checked(value["content"]),
        mark=from_json(value),
        folder=_checked(value.get("folder", ""), may_be_empty=True),
        path=_checked(value.get("path", ""), may_be_empty=True),
        size=int(value.get("size", 0)),
    )


def _folder_as_json(folder: Folder) -> dict[str, Any]:
    return {
        "path": str(folder.path),
        "volume": folder.volume,
        "below": folder.below,
        "exclusions": list(folder.exclusions),
    }


def _folder_from_json(value: Any) -> Folder:
    return Folder(
        id=0,
        path=Path(_checked(value["path"])),
        volume=_checked(value.get("volume", ""), may_be_empty=True),
        below=_checked(value.get("below", ""), may_be_empty=True),
        exclusions=tuple(_checked(pattern) for pattern in value.get("exclusions", ())),
    )


def _backup(document: Mapping[str, Any]) -> Backup:
    searches = [search_from_json(value) for value in document["searches"]]
    if None in searches:
        raise ValueError("a search makes no sense")
    return Backup(
        created=_moment(document["created"]),
        settings=Settings.valid(document["settings"]),
        folders=tuple(_folder_from_json(value) for value in document["folders"]),
        searches=tuple(search for search in searches if search is not None),
        photos=tuple(photo_from_json(value) for value in document["photos"]),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:  # it could not be compared with others
        raise ValueError("there is no offset from UTC")
    return moment


def _no_backup(path: Path) -> LibraryError:
    return LibraryError(
        f"{display_path(path)} is not a backup of InPhotos; "
        f"'inphotos backup' lists those there are."
    )


def _damaged(path: Path) -> LibraryError:
    return LibraryError(
        f"The backup {display_path(path)} is damaged; choose an older one "
        f"('inphotos backup' lists those there are)."
    )


def _checked(text: Any, *, may_be_empty: bool = False) -> str:
    if not isinstance(text, str) or "\0" in text or not (text or may_be_empty):
        raise ValueError(f"{text!r} makes no sense here")
    os.fsencode(text)  # what is no name of a file here cannot be looked for
    return text


def _lines(values: Iterable[Any]) -> str:
    lines = ",\n".join(f"  {_text(value)}" for value in values)
    return f"[\n{lines}\n ]" if lines else "[]"


def _text(value: Any) -> str:
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False)
