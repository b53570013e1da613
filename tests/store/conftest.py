"""An open database with a catalog and one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Directory, Folder


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def catalog(database: Database) -> Catalog:
    """A catalog with the folder /photos (id 1), which is the directory 1."""
    filled = Catalog(database)
    with database.transaction():
        folder = filled.folders.add(Folder(0, Path("/photos")))
        assert filled.folders.put_directories([Directory(0, folder.id, "")]) == [1]
    return filled
