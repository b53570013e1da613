"""What has to hold of a library whose process was killed; runs in a process of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from crash.disk import photos_on_disk
from crash.promises import SETTINGS, State
from inphotos.events import IndexSummary
from inphotos.library import Library
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.settings import THUMBNAIL_EDGES
from inphotos.store.catalog import Photo
from inphotos.store.consistency import inconsistencies
from inphotos.store.index import EmbeddingIndex

#: Of files that are being written, or were set aside because they made no sense.
_UNFINISHED = (".tmp-", ".new", ".converting", ".former", ".damaged", ".making")


@dataclass
class Known:
    """A photo as a library has it.

    Attributes:
        folder, path, content, state: of the photo.
        models: fingerprints of those that have an embedding of it.
    """

    folder: str
    path: str
    content: str
    state: str
    models: list[str]


@dataclass
class Seen:
    """What was found in a library.

    Attributes:
        violations: what does not hold.
        state: what it says that the user has told it.
        photos: by id, once everything is indexed.
    """

    violations: list[str] = field(default_factory=list)
    state: State = field(default_factory=State)
    photos: dict[int, Known] = field(default_factory=dict)


class Checker:
    """Looks at one library."""

    def __init__(self, directory: Path, expected: Mapping[str, Mapping[str, Any]]) -> None:
        """Take a closed library, and the embeddings by model and content."""
        self._directory = directory
        self._expected = expected
        self.seen = Seen()

    def after_the_kill(
        self,
        before: Mapping[int, Known],
        indexed: Sequence[tuple[Sequence[int], str]],
        forgets: bool,
    ) -> None:
        """Open the library and see that nothing is lost, twice or contradictory.

        Args:
            before: the photos that there were, once before the process began.
            indexed: ids of photos that it has said are indexed, with the model.
            forgets: photos may have left the library since.
        """
        with Library.open(self._directory) as library:
            self._agree(library)
            photos = _photos(library)
            self._paths_are_single(photos)
            self._embeddings_fit(library, photos)
            self._read_state(library)
            if forgets:
                return
            self._still_there(before, photos, _on_disk(library))
            for ids, model in indexed:
                for id_ in ids:
                    known = photos.get(id_)
                    if known is None or not known.content or model not in known.models:
                        self._wrong(f"photo {id_}, said to be indexed, is {known}")

    def after_the_next_run(self, encoder: Any, model: str) -> None:
        """Index, see that the library equals the disk, close it, and see that it is tidy.

        Args:
            encoder: counts what it was given, for the model that is to be used.
            model: its path.
        """
        with Library.open(self._directory, model=model) as library:
            known = {p.content for p in _photos(library).values() if _key(library) in p.models}
            encoder.given.clear()
            summary = _index(library)
            again = encoder.contents() & known
            if again or len(encoder.given) != len(encoder.contents()):
                self._wrong(f"encoded again: {sorted(again)} of {len(encoder.given)}")
            self._equals_the_disk(library)
            once_more = _index(library)
            if (once_more.indexed, once_more.moved, once_more.removed) != (0, 0, 0):
                self._wrong(f"the run after {summary} found more to do: {once_more}")
            self._agree(library)
            photos = _photos(library)
            self._paths_are_single(photos)
            self._embeddings_fit(library, photos)
            self._all_is_found(library, photos)
            self._has_thumbnails(library, photos)
            self._read_state(library)
            self.seen.photos = photos
        self._is_tidy()

    def _agree(self, library: Library) -> None:
        for found in inconsistencies(library._database):
            self._wrong(f"{found.sentence} ({found})")

    def _paths_are_single(self, photos: Mapping[int, Known]) -> None:
        paths = Counter(photo.path for photo in photos.values() if photo.state != "gone")
        for path, count in paths.items():
            if count > 1:
                self._wrong(f"{path!r} is there {count} times")

    def _embeddings_fit(self, library: Library, photos: Mapping[int, Known]) -> None:
        """Every embedding has to be of the content that its photo has."""
        for key in library._database.schema.embeddings:
            ids, vectors = EmbeddingIndex(library._database, *key).read()
            for id_, vector in zip(ids.tolist(), vectors, strict=True):
                photo = photos.get(id_)
                if photo is None or not photo.content:
                    continue  # left behind by a forgotten photo; the other is seen to above
                if not np.allclose(vector, self._expected[key[0]][photo.content], atol=1e-4):
                    self._wrong(f"photo {id_} has another content's embedding: {photo}")

    def _still_there(
        self,
        before: Mapping[int, Known],
        photos: Mapping[int, Known],
        on_disk: Mapping[Path, str],
    ) -> None:
        """What was known of a content whose file is still there has to be known."""
        there: dict[str, set[str]] = {}
        for photo in photos.values():
            there.setdefault(photo.content, set()).update(photo.models)
        contents = {str(path): content for path, content in on_disk.items()}
        for id_, photo in before.items():
            is_there = bool(photo.content) and contents.get(photo.path) == photo.content
            if photo.state == "gone" or not is_there:
                continue
            if photo.content not in there:
                self._wrong(f"photo {id_} is lost: {photo}")
            elif lost := set(photo.models) - there.get(photo.content, set()):
                self._wrong(f"photo {id_} has lost its embedding of {lost}: {photo}")

    def _equals_the_disk(self, library: Library) -> None:
        rows = [
            photo
            for folder in library._catalog.folders.all()
            for photo in library._catalog.photos(folder.id)
        ]
        here = [p for p in rows if p.state == "here" and not p.reason]
        on_disk = _on_disk(library)
        shown = {photo.path: photo.content for photo in here}
        for path in sorted(shown.keys() | on_disk.keys()):
            if shown.get(path) != on_disk.get(path):
                photo = next((p for p in rows if p.path == path and p.state != "gone"), None)
                self._wrong(f"{path} is {on_disk.get(path)} on disk and {photo} in the library")
        for photo in rows:
            if photo.state == "missing" and os.path.lexists(photo.path):
                self._wrong(f"missing, but its file is there: {photo}")

    def _all_is_found(self, library: Library, photos: Mapping[int, Known]) -> None:
        """Browsing has to show each photo once, and a search to find those that were encoded.

        Those are all but missing ones, which another model was to encode.
        """
        shown = list(_shown(library))
        encoded = [p for p in shown if _key(library) in photos[p.id].models]
        for name, wanted, results in (
            ("a search", encoded, library.search("anything", top=10_000).results),
            ("browsing", shown, library.browse(top=10_000).results),
        ):
            counts = Counter(result.path for result in results)
            counts.subtract(photo.path for photo in wanted)
            if wrong := {str(path): n for path, n in counts.items() if n}:
                self._wrong(f"{name} finds {wrong} more or less often than once")
        bare = [i for i, p in photos.items() if p.state == "here" and p.content]
        bare = [i for i in bare if _key(library) not in photos[i].models]
        if bare:
            self._wrong(f"without an embedding: {bare}")

    def _has_thumbnails(self, library: Library, photos: Mapping[int, Known]) -> None:
        cache = ThumbnailCache(self._directory)
        for photo in photos.values():
            if photo.state == "here" and photo.content:
                for edge in THUMBNAIL_EDGES:
                    if cache.find(photo.content, edge) is None:
                        self._wrong(f"no thumbnail of {edge}: {photo}")
        if library._catalog.not_hashed():
            self._wrong(f"without a hash: {library._catalog.not_hashed()}")

    def _is_tidy(self) -> None:
        """Nothing that was being written may be left."""
        for parent, directories, files in os.walk(self._directory):
            for name in (*directories, *files):
                if any(mark in name for mark in _UNFINISHED):
                    self._wrong(f"left behind: {Path(parent, name).relative_to(self._directory)}")

    def _read_state(self, library: Library) -> None:
        settings = {name: getattr(library.choices, name) for name in SETTINGS}
        self.seen.state = State(
            folders={str(f.path): list(f.exclusions) for f in library.folders()},
            marks={
                content: [mark.favorite, mark.rating, list(mark.tags)]
                for content, mark in library._marks_book.all().items()
            },
            searches={search.name: search.text for search in library.searches.all},
            history=list(library.history.texts),
            settings={**settings, "model": library.choices._settings.model},
        )

    def _wrong(self, what: str) -> None:
        self.seen.violations.append(what)


def _index(library: Library) -> IndexSummary:
    *_, summary = library.index()
    assert isinstance(summary, IndexSummary)
    return summary


def _on_disk(library: Library) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for folder in library._catalog.folders.all():
        found |= photos_on_disk(folder.path, folder.exclusions)
    return found


def _key(library: Library) -> str:
    assert library.model is not None
    return library.model.fingerprint


def _shown(library: Library) -> Iterator[Photo]:
    for folder in library._catalog.folders.all():
        for photo in library._catalog.photos(folder.id):
            if photo.state != "gone" and not photo.reason:
                yield photo


def _photos(library: Library) -> dict[int, Known]:
    folders = {folder.id: str(folder.path) for folder in library._catalog.folders.all()}
    models: dict[int, list[str]] = {}
    for key in library._database.schema.embeddings:
        for id_ in EmbeddingIndex(library._database, *key).ids():
            models.setdefault(id_, []).append(key[0])
    rows = library._catalog.by_ids(sorted(library._catalog.all_ids()))
    return {
        id_: Known(
            folders.get(photo.folder_id, ""),
            str(photo.path),
            photo.content,
            photo.state,
            models.get(id_, []),
        )
        for id_, photo in rows.items()
    }
