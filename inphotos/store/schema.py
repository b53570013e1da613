"""The entities of a library's ObjectBox store, and the schema version that counts their changes.

Each function makes fresh entities, because an entity carries the ids of one store's schema file
and two libraries may be open in one process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import objectbox
from objectbox import Entity, HnswIndex, Id, Int64, VectorDistanceType
from objectbox.model.properties import (
    Bytes,
    Float32Vector,
    Float64,
    Index,
    Int8,
    Int32,
    String,
)

#: Version of the layout below; a library with a higher one is refused, one with a lower one is
#: brought up to it by :mod:`inphotos.store.migrate`.
SCHEMA = 3

#: HNSW parameters, by measurement at 100,000 x 512: recall 0.955 at k=50 and 0.998 at k=1000.
NEIGHBORS_PER_NODE = 30
INDEXING_SEARCH_COUNT = 100

#: Memory for vectors that the graph keeps to itself, in KiB. By default it is 2 GiB, which a
#: million photos fill, beside the parts of the file that are in memory anyway. With 32 MiB putting
#: 60,000 vectors in is as quick. It holds for indexes made from now on; others keep theirs.
VECTOR_CACHE_KIB = 64 * 1024

_INDEX_NAME = re.compile(r"Embedding_([0-9a-f]{16})_([0-9]+)")

IndexKey = tuple[str, int]
"""Fingerprint of a model's weights and the dimension of its embeddings."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The entities of one open store."""

    folder: Any
    directory: Any
    photo: Any
    details: Any
    embeddings: dict[IndexKey, Any]

    def entities(self) -> list[Any]:
        """Return all of them."""
        return [self.folder, self.directory, self.photo, self.details, *self.embeddings.values()]


def current(indexes: Iterable[IndexKey]) -> Schema:
    """Return the entities of this version, with an embedding entity for each index."""
    return Schema(
        folder=entity("Folder", _folder()),
        directory=entity("Directory", _directory()),
        photo=entity("Photo", _photo()),
        details=entity("Details", _details()),
        embeddings=embeddings(indexes),
    )


def embeddings(indexes: Iterable[IndexKey]) -> dict[IndexKey, Any]:
    """Return the entities that hold embeddings."""
    return {
        (fingerprint, dimension): entity(
            f"Embedding_{fingerprint}_{dimension}", _embedding(dimension)
        )
        for fingerprint, dimension in indexes
    }


def index_key(entity_name: str) -> IndexKey | None:
    """Return which index an entity of this name holds, None when it is no index."""
    match = _INDEX_NAME.fullmatch(entity_name)
    return (match[1], int(match[2])) if match else None


def entity(name: str, properties: dict[str, Any]) -> Any:
    """Make an entity."""
    # The registry of the decorator is global; ours are not kept in it.
    registry = objectbox.model.entity.obx_models_by_name
    made = Entity(model="inphotos", python_names=True)(type(name, (), properties))
    registry.pop("inphotos", None)
    return made


def _folder() -> dict[str, Any]:
    return {
        "id": Id(),
        "path": Bytes(),
        "added_ms": Int64(),
        "volume": String(),
        "below": Bytes(),
        "exclusions": String(),
    }


def _directory() -> dict[str, Any]:
    return {
        "id": Id(),
        "folder_id": Int64(index=Index()),
        "path": Bytes(),
        "settled": Bytes(),
        "is_mount": Int8(),
    }


def _photo() -> dict[str, Any]:
    return {
        "id": Id(assignable=True),  # ObjectBox gives ids again, see Database.new_photo_ids
        "folder_id": Int64(index=Index()),
        "directory_id": Int64(index=Index()),
        # Bytes, not text: a file name need not be valid UTF-8.
        "name": Bytes(),
        # What is not text in it is replaced. Columns of bytes cannot be read, this one can.
        "name_text": String(),
        "size": Int64(index=Index()),
        "mtime_ns": Int64(),
        "inode": Int64(),
        "sidecar": String(),
        "content": String(index=Index()),
        "width": Int32(),
        "height": Int32(),
        "taken_ms": Int64(),
        "state": Int8(),
        "gone_ms": Int64(),
        "trouble": Int8(index=Index()),
        "reason": String(),
        "decoder": Int32(),
        "reader": Int32(),
        "phash": Int64(),
    }


def _details() -> dict[str, Any]:
    return {
        "id": Id(assignable=True),  # the photo's
        "taken_source": String(),
        "offset_minutes": Int32(),
        "camera": String(),
        "lens": String(),
        "exposure_seconds": Float64(),
        "f_number": Float64(),
        "iso": Int32(),
        "focal_mm": Float64(),
        "latitude": Float64(),
        "longitude": Float64(),
        "altitude": Float64(),
        "rating": Int8(),
        "keywords": String(),
        "title": String(),
        "description": String(),
        "city": String(),
        "region": String(),
        "country": String(),
        "country_code": String(),
    }


def _embedding(dimension: int) -> dict[str, Any]:
    index = HnswIndex(
        dimensions=dimension,
        distance_type=VectorDistanceType.COSINE,
        neighbors_per_node=NEIGHBORS_PER_NODE,
        indexing_search_count=INDEXING_SEARCH_COUNT,
        vector_cache_hint_size_kb=VECTOR_CACHE_KIB,
    )
    # The id is the photo's: no second mapping that could disagree with the catalog.
    return {"id": Id(assignable=True), "vector": Float32Vector(index=index)}
