"""Makes a library one that an earlier version has written, with all that is in it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from objectbox import Id, Int64
from objectbox.model.properties import Bytes, Index, Int8, Int32, String

from inphotos.store import schema
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.files import open_store
from inphotos.store.index import EmbeddingIndex


def turn_back(library: Path, version: int) -> None:
    """Write the store of a closed library as version 1 or 2 would have it."""
    database = Database(library)
    keys = list(database.schema.embeddings)
    vectors = {key: EmbeddingIndex(database, *key).read() for key in keys}
    rows = _rows_of_2(database) if version == 2 else _rows_of_1(Catalog(database))
    database.close()
    former = library / "former"
    former.mkdir()
    entities = {name: schema.entity(name, properties) for name, properties, _ in rows}
    embeddings = schema.embeddings(keys)
    store = open_store(library, former, [*entities.values(), *embeddings.values()])
    with store.write_tx():
        for name, _, values in rows:
            for value in values:
                store.box(entities[name]).put(entities[name](**value))
        for key, entity in embeddings.items():
            for id_, vector in zip(*vectors[key], strict=True):
                store.box(entity).put(entity(id=int(id_), vector=vector))
    store.close()
    shutil.rmtree(library / "store")
    former.rename(library / "store")
    (library / "library.json").write_text(json.dumps({"schema": version, "written_by": "0.1"}))


_Rows = list[tuple[str, dict[str, Any], list[dict[str, Any]]]]


def _rows_of_2(database: Database) -> _Rows:
    """All rows as they are, but for perceptual hashes, which there were none of."""
    photo = schema._photo()
    del photo["phash"]
    now = database.schema
    tables: list[tuple[str, dict[str, Any], Any]] = [
        ("Folder", schema._folder(), now.folder),
        ("Directory", schema._directory(), now.directory),
        ("Photo", photo, now.photo),
        ("Details", schema._details(), now.details),
    ]
    # Ids were given by the store then, one after the other: any is one that it gave.
    return [
        (
            name,
            {**properties, "id": Id(assignable=True)},
            [
                {key: getattr(row, key) for key in properties}
                for row in database.store.box(entity).get_all()
            ],
        )
        for name, properties, entity in tables
    ]


def _rows_of_1(catalog: Catalog) -> _Rows:
    """Absolute paths, and nothing that photos say of themselves."""
    folders = catalog.folders.all()
    folder = {"id": Id(assignable=True), "path": Bytes(), "added_ms": Int64()}
    photo = {
        "id": Id(assignable=True),
        "folder_id": Int64(index=Index()),
        "path": Bytes(),
        "size": Int64(),
        "mtime_ns": Int64(),
        "content": String(),
        "width": Int32(),
        "height": Int32(),
        "gone": Int8(),
        "reason": String(),
        "decoder": Int32(),
    }
    photos = [
        {
            "id": row.id,
            "folder_id": row.folder_id,
            "path": os.fsencode(row.path),
            "size": row.size,
            "mtime_ns": row.mtime_ns,
            "content": row.content,
            "width": row.width,
            "height": row.height,
            "gone": int(row.state != "here"),
            "reason": row.reason,
            "decoder": row.decoder,
        }
        for each in folders
        for row in catalog.photos(each.id)
    ]
    known = [{"id": f.id, "path": os.fsencode(f.path), "added_ms": 5} for f in folders]
    return [("Folder", folder, known), ("Photo", photo, photos)]
