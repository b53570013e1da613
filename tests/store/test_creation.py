"""A library is made whole or not at all, and what was being written is cleared away."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.errors import LibraryDamagedError
from inphotos.store import creation
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.folders import Folder


class KilledError(Exception):
    """Stands for the end of the process."""


def test_a_library_whose_making_was_interrupted_opens_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"

    def leave_some_files(_library: Path, files: Path, _entities: object) -> None:
        (files / "model.json").write_text('{"entities": []}')
        (files / "data.mdb").write_bytes(b"")
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(creation, "open_store", leave_some_files)
        with pytest.raises(KilledError):
            Database(library)
    for _ in range(2):
        database = Database(library)
        assert Catalog(database).folders.all() == ()
        database.close()
    assert not list(library.glob("store.*"))


def test_a_store_that_was_there_is_not_made_anew(tmp_path: Path) -> None:
    library = tmp_path / "library"
    database = Database(library)
    with database.transaction():
        Catalog(database).folders.add(Folder(0, Path("/photos")))
    database.close()
    (library / "library.json").unlink()
    database = Database(library)
    assert [folder.path for folder in Catalog(database).folders.all()] == [Path("/photos")]
    database.close()
    (library / "store" / "data.mdb").unlink()
    with pytest.raises(LibraryDamagedError):
        Database(library)


def test_what_was_never_finished_is_cleared_away(tmp_path: Path) -> None:
    library = tmp_path / "library"
    Database(library).close()
    (library / ".tmp-0-cannot-be-removed").mkdir()
    unfinished = [
        library / ".tmp-settings",
        library / "thumbnails" / ".tmp-jpeg",
        library / "vectors" / "index.new",
    ]
    finished = [library / "settings.json", library / "thumbnails" / "256" / "ab" / "cd.jpg"]
    for path in (*unfinished, *finished):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"some of it")
    Database(library).close()
    assert not any(path.exists() for path in unfinished)
    assert all(path.exists() for path in finished)
