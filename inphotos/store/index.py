"""The embeddings of one model under an HNSW index with cosine distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from inphotos.errors import ModelError
from inphotos.store.alike_file import KeptGroups
from inphotos.store.columns import Ids, Vectors, columns, read_vectors, scored_ids
from inphotos.store.database import Database
from inphotos.store.rounding import Codes, Rounding

#: How broadly the graph is searched at least, because narrow searches miss some. The recall@50 at
#: 100,000 x 512 in 1000 clusters (see ``scripts/bench_search.py``): 0.9955 at a width of 50, 1.00
#: from 100 on; this leaves room for more photos and less clear clusters. It takes 13 ms.
SEARCH_WIDTH = 1000


class EmbeddingIndex:
    """Nearest neighbours among the embeddings of one model; embeddings carry their photo's id.

    The index may hold photos that have left the catalog: taking one out of an HNSW graph costs
    tens of milliseconds, so the catalog decides what is shown.

    Attributes:
        dimension: length of every vector in it.
    """

    def __init__(self, database: Database, fingerprint: str, dimension: int) -> None:
        """Open the index of the model ``fingerprint``, creating it when it is new."""
        database.ensure_index(fingerprint, dimension)
        self._database = database
        self._key = (fingerprint, dimension)
        self.dimension = dimension

    def ids(self) -> set[int]:
        """Return the ids of all photos that have an embedding."""
        return set(self.all_ids().tolist())

    def count(self) -> int:
        """Count the embeddings."""
        with self._database.errors():
            return int(self._box.count())

    def vector(self, id_: int) -> Vectors | None:
        """Return the embedding of one photo, or None when it has none."""
        with self._database.errors():
            row = self._box.get(id_)
        return None if row is None else np.asarray(row.vector, dtype=np.float32)

    def changed_since(self, position: int) -> frozenset[int] | None:
        """Return whose embeddings have changed since a position of the database's change log.

        None when any may have.
        """
        return self._database.changes.since(position, self._entity._name)

    @property
    def position(self) -> int:
        """Stands for this moment, see :meth:`changed_since`."""
        return self._database.changes.position

    def all_ids(self) -> Ids:
        """Return the ids of all photos that have an embedding, ascending."""
        with columns(self._database, self._entity) as rows:
            return rows.ids()

    def read(self, ids: Sequence[int] | None = None) -> tuple[Ids, Vectors]:
        """Return the embeddings of some photos, or all; see :func:`read_vectors`."""
        return read_vectors(self._database, self._entity, self.dimension, ids)

    def kept_rounded(self, ids: Ids) -> tuple[Rounding, Codes] | None:
        """Return the rounded embeddings of all photos, if they are kept beside the store.

        Args:
            ids: of all photos that have an embedding, ascending.
        """
        return self._database.rounded.load(self._entity._name, self.dimension, ids)

    def keep_rounded(
        self, ids: Ids, rounding: Rounding, codes: Codes, *, is_last: bool = False
    ) -> None:
        """Keep the rounded embeddings beside the store; see :meth:`RoundedFiles.save`."""
        files = self._database.rounded
        if not files.is_current(self._entity._name):
            files.save(self._entity._name, ids, rounding, codes, is_last=is_last)

    @property
    def kept_position(self) -> int:
        """Stands for this moment, see :meth:`keep_groups`; to be read before :attr:`position`."""
        return self._database.alike.position(self._entity._name)

    def kept_groups(self, basis: tuple[float, ...]) -> KeptGroups | None:
        """Return the groups that are kept beside the store; see :meth:`AlikeFiles.load`."""
        return self._database.alike.load(self._entity._name, basis)

    def keep_groups(self, basis: tuple[float, ...], kept: KeptGroups, position: int) -> None:
        """Keep groups beside the store; see :meth:`AlikeFiles.save`."""
        self._database.alike.save(self._entity._name, basis, kept, position)

    def put(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Store or replace embeddings; belongs into ``Database.transaction``.

        Args:
            ids: n photo ids.
            vectors: float32, shape (n, dimension), each of length 1.

        Raises:
            ModelError: the vectors have another dimension (ObjectBox would take them silently).
        """
        if vectors.shape != (len(ids), self.dimension):
            raise ModelError(
                f"The model gave embeddings of shape {vectors.shape} where "
                f"{(len(ids), self.dimension)} was expected; choose another model."
            )
        entity = self._entity
        rows = [entity(id=id_, vector=vector) for id_, vector in zip(ids, vectors, strict=True)]
        # ObjectBox refuses one in a thousand vectors that take the place of another one ("Index
        # update not yet supported"), and none of those that come in after it has gone.
        self._box.remove_many(list(ids))
        self._box.put(rows)
        self._database.changes.note(entity._name, ids)

    def nearest(self, vector: Vectors, k: int, *, width: int = SEARCH_WIDTH) -> tuple[Ids, Vectors]:
        """Return the k nearest photos.

        Args:
            vector: float32, shape (dimension,).
            k: how many.
            width: how broadly the graph is searched at least.

        Returns:
            Photo ids, and their cosine similarities (float32), the most similar first.
        """
        if vector.shape != (self.dimension,):
            raise ModelError(
                f"A query of shape {vector.shape} does not fit an index of {self.dimension}."
            )
        if k < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        condition = self._entity.vector.nearest_neighbors(vector, max(k, width))
        # A query object belongs to one thread, so each search makes its own.
        with self._database.errors(), self._box.query(condition).build() as query:
            ids, distances = scored_ids(query)
        return ids[:k], 1 - distances[:k]

    @property
    def _entity(self) -> Any:
        return self._database.schema.embeddings[self._key]

    @property
    def _box(self) -> Any:
        return self._database.store.box(self._entity)
