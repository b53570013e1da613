"""Tells whether the tables of a store agree with one another, and its indexes with the catalog.

What is legitimate, and so is no inconsistency: embeddings of photos that have left the catalog (a
forgotten folder leaves them until the library is compacted), photos without an embedding (another
model was in use, or none), and directories without photos (they go with the next compaction).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from inphotos.errors import LibraryError
from inphotos.store.catalog import Catalog, not_gone_condition, trouble_differs_condition
from inphotos.store.columns import Ids, Vectors, columns, read_vectors
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex
from inphotos.store.schema import IndexKey

Kind = Literal[
    "lost_directory",
    "repeated_directory",
    "lost_photo",
    "repeated_photo",
    "wrong_trouble",
    "orphan_details",
    "absent_details",
    "stale_embedding",
    "broken_embedding",
    "broken_graph",
]

#: For one, and for several.
_SENTENCES: dict[Kind, tuple[str, str]] = {
    "lost_directory": (
        "{} directory belongs to no folder of the library.",
        "{} directories belong to no folder of the library.",
    ),
    "repeated_directory": (
        "{} directory is in the library twice.",
        "{} directories are in the library twice.",
    ),
    "lost_photo": (
        "It is not known in which folder {} photo is.",
        "It is not known in which folders {} photos are.",
    ),
    "repeated_photo": ("{} photo is in the library twice.", "{} photos are in the library twice."),
    "wrong_trouble": (
        "{} photo is in the wrong list of what is missing or cannot be read.",
        "{} photos are in the wrong list of what is missing or cannot be read.",
    ),
    "orphan_details": (
        "Camera, date and place are kept of {} photo that is not in the library.",
        "Camera, date and place are kept of {} photos that are not in the library.",
    ),
    "absent_details": (
        "Camera, date and place of {} photo are lost.",
        "Camera, date and place of {} photos are lost.",
    ),
    "stale_embedding": (
        "{} photo is found by what its file showed before.",
        "{} photos are found by what their files showed before.",
    ),
    "broken_embedding": (
        "What the model made of {} photo is damaged.",
        "What the model made of {} photos is damaged.",
    ),
    "broken_graph": (
        "The search index is damaged: it passes over {} photo of those that were tried.",
        "The search index is damaged: it passes over {} photos of those that were tried.",
    ),
}

#: Embeddings read at a time: 8 MB of 512 numbers.
_CHUNK = 4096

#: Embeddings are float32, whose rounding changes a length by a ten-millionth.
_LENGTH_TOLERANCE = 1e-3

#: Embeddings that are looked for in the graph of an index: 13 ms each at 100,000 photos.
_TRIED = 64

#: A photo that was not found is looked for once more, this broadly: the graph is approximate.
_BROAD = 20_000

#: Cosine similarity of an embedding with itself, but for rounding.
_SAME = 1 - 1e-5


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Something in which tables disagree.

    Attributes:
        kind: which.
        ids: of the rows concerned; of a directory or photo that is there twice, of the later ones.
        index: in which index, None where it is in the catalog.
    """

    kind: Kind
    ids: tuple[int, ...]
    index: IndexKey | None = None

    @property
    def count(self) -> int:
        """How many rows are concerned."""
        return len(self.ids)

    @property
    def sentence(self) -> str:
        """What to tell the user."""
        one, several = _SENTENCES[self.kind]
        return (one if self.count == 1 else several).format(f"{self.count:,}")


def inconsistencies(database: Database) -> list[Inconsistency]:
    """Return in what the tables of an open store disagree, nothing where all is well.

    Reads columns, not rows, and every embedding once: about 2 seconds for 100,000 photos. Photos
    may be searched for meanwhile; where photos are being written, it may see what is half done.

    Raises:
        LibraryError: the store cannot be read.
    """
    return [found for kind in CHECKS for found in check(database, kind)]


def check(database: Database, kind: Kind) -> list[Inconsistency]:
    """Return what there is of one kind: at most one, or one for each index.

    Raises:
        LibraryError: the store cannot be read.
    """
    return [found for found in CHECKS[kind](database) if found.ids]


def _lost_directories(database: Database) -> Iterator[Inconsistency]:
    folders = {folder.id for folder in Catalog(database).folders.all()}
    directories = Catalog(database).folders.directories_by_id().values()
    yield Inconsistency(
        "lost_directory", tuple(d.id for d in directories if d.folder_id not in folders)
    )


def _repeated_directories(database: Database) -> Iterator[Inconsistency]:
    directories = sorted(
        Catalog(database).folders.directories_by_id().values(),
        key=lambda d: (d.folder_id, d.path, d.id),
    )
    later = (
        other.id
        for one, other in pairwise(directories)
        if (one.folder_id, one.path) == (other.folder_id, other.path)
    )
    yield Inconsistency("repeated_directory", tuple(later))


def _lost_photos(database: Database) -> Iterator[Inconsistency]:
    folder_of = {
        directory.id: directory.folder_id
        for directory in Catalog(database).folders.directories_by_id().values()
    }
    folders = {folder.id for folder in Catalog(database).folders.all()}
    with columns(database, database.schema.photo) as rows:
        ids, own = rows.ids(), rows.numbers("folder_id")
        directories = rows.numbers("directory_id")
    places, of_row = np.unique(directories, return_inverse=True)
    # No folder has this id.
    expected = np.array([folder_of.get(int(place), -1) for place in places], np.int64)
    expected[~np.isin(expected, list(folders))] = -1
    lost = expected[of_row] != own if len(ids) else np.zeros(0, np.bool_)
    yield Inconsistency("lost_photo", _tuple(ids[lost]))


def _repeated_photos(database: Database) -> Iterator[Inconsistency]:
    entity = database.schema.photo
    with columns(database, entity, not_gone_condition(entity)) as rows:
        ids, directories = rows.ids(), rows.numbers("directory_id")
        names = rows.strings("name_text")
    first: dict[tuple[int, bytes], int] = {}
    alike: set[int] = set()
    for id_, directory, name in zip(ids.tolist(), directories.tolist(), names, strict=True):
        known = first.setdefault((directory, name), id_)
        if known != id_:
            alike |= {known, id_}
    # What is no text in a name is replaced in its column, so that different names may be alike.
    photos = sorted(
        Catalog(database).by_ids(sorted(alike)).values(), key=lambda p: (str(p.path), p.id)
    )
    later = [p.id for _, same in groupby(photos, key=lambda p: p.path) for p in list(same)[1:]]
    yield Inconsistency("repeated_photo", tuple(later))


def _wrong_troubles(database: Database) -> Iterator[Inconsistency]:
    entity = database.schema.photo
    with columns(database, entity, trouble_differs_condition(entity)) as rows:
        yield Inconsistency("wrong_trouble", _tuple(rows.ids()))


def _orphan_details(database: Database) -> Iterator[Inconsistency]:
    orphans = np.setdiff1d(_ids(database, database.schema.details), _photo_ids(database))
    yield Inconsistency("orphan_details", _tuple(orphans))


def _absent_details(database: Database) -> Iterator[Inconsistency]:
    entity = database.schema.photo
    was_read = entity.content.not_equals("") & entity.reader.greater_than(0)
    absent = np.setdiff1d(_ids(database, entity, was_read), _ids(database, database.schema.details))
    yield Inconsistency("absent_details", _tuple(absent))


def _stale_embeddings(database: Database) -> Iterator[Inconsistency]:
    entity = database.schema.photo
    unread = _ids(database, entity, entity.content.equals(""))
    for key, embedding in database.schema.embeddings.items():
        stale = np.intersect1d(_ids(database, embedding), unread)
        yield Inconsistency("stale_embedding", _tuple(stale), key)


def _broken_embeddings(database: Database) -> Iterator[Inconsistency]:
    for key, embedding in database.schema.embeddings.items():
        ids = _ids(database, embedding)
        broken: list[int] = []
        for start in range(0, len(ids), _CHUNK):
            broken += _broken_among(database, embedding, key[1], ids[start : start + _CHUNK])
        yield Inconsistency("broken_embedding", tuple(broken), key)


def _broken_among(database: Database, embedding: Any, dimension: int, ids: Ids) -> list[int]:
    try:
        found, vectors = read_vectors(database, embedding, dimension, _tuple(ids))
    except LibraryError:  # at least one is of another length
        box = database.store.box(embedding)
        with database.errors():
            rows = [box.get(id_) for id_ in ids.tolist()]
        return [
            row.id
            for row in rows
            if len(row.vector) != dimension or _are_broken(np.array([row.vector], np.float32))[0]
        ]
    return [int(id_) for id_ in found[_are_broken(vectors)]]


def _are_broken(vectors: Vectors) -> npt.NDArray[np.bool_]:
    """Tell which vectors no model gives: their length is neither 1 nor, of no content at all, 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    is_unit = np.abs(lengths - 1) <= _LENGTH_TOLERANCE  # False for NaN
    return np.asarray(~is_unit & (lengths != 0), np.bool_)


def _broken_graphs(database: Database) -> Iterator[Inconsistency]:
    for key, embedding in database.schema.embeddings.items():
        ids = _ids(database, embedding)
        tried = ids[np.linspace(0, len(ids) - 1, min(_TRIED, len(ids)), dtype=np.intp)]
        broken = set(_broken_among(database, embedding, key[1], tried))
        sound = [id_ for id_ in tried.tolist() if id_ not in broken]
        index = EmbeddingIndex(database, *key)
        found, vectors = index.read(sound)
        lost = [
            int(id_)
            for id_, vector in zip(found, vectors, strict=True)
            if vector.any() and not _is_found(index, int(id_), vector, ids)
        ]
        yield Inconsistency("broken_graph", tuple(lost), key)


def _is_found(index: EmbeddingIndex, id_: int, vector: Vectors, ids: Ids) -> bool:
    """Tell whether a photo is found by its own embedding, and nothing that is not there."""
    for width in (_TRIED, _BROAD):
        found, scores = index.nearest(vector, _TRIED, width=width)
        if not np.isin(found, ids).all():
            return False
        # Copies of a photo have the same embedding; there may be more than were asked for.
        if id_ in found or (len(scores) == _TRIED and scores[-1] >= _SAME):
            return True
    return False


def _photo_ids(database: Database) -> Ids:
    return _ids(database, database.schema.photo)


def _ids(database: Database, entity: Any, condition: Any = None) -> Ids:
    with columns(database, entity, condition) as rows:
        return rows.ids()


def _tuple(ids: Ids) -> tuple[int, ...]:
    return tuple(ids.tolist())


#: In the order in which they are mended: what one leaves, a later one finds.
CHECKS: dict[Kind, Callable[[Database], Iterator[Inconsistency]]] = {
    "lost_directory": _lost_directories,
    "repeated_directory": _repeated_directories,
    "lost_photo": _lost_photos,
    "repeated_photo": _repeated_photos,
    "wrong_trouble": _wrong_troubles,
    "orphan_details": _orphan_details,
    "absent_details": _absent_details,
    "stale_embedding": _stale_embeddings,
    "broken_embedding": _broken_embeddings,
    "broken_graph": _broken_graphs,
}
