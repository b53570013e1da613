"""The log of what transactions have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.store import changes
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.changes import ChangeLog
from inphotos.store.database import Database


def test_tells_what_has_been_written_since() -> None:
    log = ChangeLog()
    start = log.position
    log.note("Photo", [1, 2])
    assert log.since(start, "Photo") == frozenset()  # not committed yet
    log.commit()
    log.note("Photo", [2, 3])
    log.note("Details", [9])
    middle = log.position
    log.commit()
    assert log.since(start, "Photo") == {1, 2, 3}
    assert log.since(middle, "Photo") == {2, 3}
    assert log.since(middle, "Details") == {9}
    assert log.since(log.position, "Photo") == frozenset()


def test_what_may_be_any_row_is_none() -> None:
    log = ChangeLog()
    start = log.position
    log.note("Photo", [1])
    log.note("Photo")
    log.commit()
    assert log.since(start, "Photo") is None
    assert log.since(start, "Details") == frozenset()


def test_what_is_long_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MOST_IDS", 10)
    log = ChangeLog()
    start = log.position
    log.note("Photo", range(11))
    log.commit()
    late = log.position
    log.note("Photo", [7])
    log.commit()
    assert log.since(start, "Photo") is None
    assert log.since(late, "Photo") == {7}


def test_a_transaction_that_fails_changes_nothing_that_is_told_late(tmp_path: Path) -> None:
    database = Database(tmp_path / "library")
    start = database.changes.position
    with pytest.raises(ZeroDivisionError), database.transaction():
        [id_] = Catalog(database).put([Photo(0, 1, 1, Path("/p/a.jpg"), 1, 1)])
        raise ZeroDivisionError
    assert database.changes.since(start, "Photo") == {id_}  # reading it again does no harm
    with database.transaction():
        pass
    assert database.changes.since(start, "Photo") == {id_}
    database.close()
