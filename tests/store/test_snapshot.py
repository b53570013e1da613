"""A library that is read beside the process that has it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.errors import LibraryDamagedError, LibraryError
from inphotos.store.database import Database
from inphotos.store.snapshot import Snapshot


@pytest.mark.parametrize("note", ['{"schema": "3"}', '{"schema": 0}', "[]", "{"])
def test_a_version_that_makes_no_sense_is_told_as_damage(tmp_path: Path, note: str) -> None:
    database = Database(tmp_path)
    (tmp_path / "library.json").write_text(note)
    with pytest.raises(LibraryDamagedError):
        Snapshot(tmp_path)
    database.close()


def test_a_version_that_cannot_be_read_is_not_told_as_damage(ordinary_user: Path) -> None:
    database = Database(ordinary_user / "library")
    (ordinary_user / "library" / "library.json").chmod(0)
    with pytest.raises(LibraryError, match=r"cannot be read \(Permission denied\)") as raised:
        Snapshot(ordinary_user / "library")
    assert not isinstance(raised.value, LibraryDamagedError)
    database.close()
