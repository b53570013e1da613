"""There is one photo at each path at any moment of a run, so that a killed one leaves no two."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from library_runs import rows, run

from inphotos.indexing import reading
from inphotos.library import Library
from inphotos.store.database import Database


class KilledError(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_run_that_ends_early_leaves_no_two_photos_at_one_path(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, is_copied: bool
) -> None:
    monkeypatch.setattr(reading, "_RECORDS", 1)
    library.add_folder(photos)
    run(library)
    ids = {photo.content: id_ for id_, photo in rows(library).items()}
    # Each takes the place of the next, so that every file is another photo's now, and one is lost.
    names = ["a.jpg", "b.png", "c.webp", "trip/d.jpg", "trip/e.jpg"]
    contents = [(photos / name).read_bytes() for name in names]
    for name, below in zip(reversed(names[1:]), reversed(names[:-1]), strict=True):
        (photos / below).rename(photos / name)
    if is_copied:  # to be known by its content only
        for name, content in zip(names[1:], contents, strict=False):
            (photos / name).unlink()
            (photos / name).write_bytes(content)
    for transactions in range(8):
        with monkeypatch.context() as patch, pytest.raises((KilledError, StopIteration)):
            _kill_after(transactions, patch)
            run(library)
            raise StopIteration  # it had no more to write
        present = [p for p in rows(library).values() if p.state != "gone"]
        assert max(Counter(photo.path for photo in present).values()) == 1
    run(library)
    kept = [p for p in rows(library).values() if p.state != "gone"]
    assert len(kept) == 4
    assert all(ids[photo.content] == photo.id for photo in kept)


def _kill_after(transactions: int, patch: pytest.MonkeyPatch) -> None:
    left = iter(range(transactions))
    plain = Database.transaction

    def transaction(database: Database):
        if next(left, None) is None:
            raise KilledError
        return plain(database)

    patch.setattr(Database, "transaction", transaction)
