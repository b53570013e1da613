"""Photos and folders in the catalog."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    database = Database(tmp_path)
    yield Catalog(database)
    database.close()


def photo(name: str, *, mtime_ns: int = 1, **other: object) -> Photo:
    return Photo(0, 1, Path("/photos") / name, 10, mtime_ns, content="ab", **other)


def test_a_photo_comes_back_as_it_was_stored(catalog: Catalog) -> None:
    stored = photo("a.jpg", width=4000, height=3000, decoder=3, mtime_ns=1_700_000_000_123_456_789)
    [id_] = catalog.put([stored])
    assert catalog.by_ids([id_]) == {id_: replace(stored, id=id_)}


@pytest.mark.parametrize("name", [b"caf\xe9.jpg", "😀 \n'\".jpg".encode(), b"x" * 255])
def test_names_of_any_bytes_come_back(catalog: Catalog, name: bytes) -> None:
    path = Path(os.fsdecode(b"/photos/" + name))
    catalog.put([replace(photo("x"), path=path)])
    assert catalog.photos(1)[0].path == path
    found = catalog.by_path(path)
    assert found is not None
    assert os.fsencode(found.path) == b"/photos/" + name


def test_ids_follow_the_order_also_of_many_photos(catalog: Catalog) -> None:
    ids = catalog.put([photo(f"{n:05}.jpg") for n in range(10_001)])
    assert len(set(ids)) == 10_001
    assert catalog.by_ids([ids[10_000]])[ids[10_000]].path.name == "10000.jpg"


def test_the_newest_come_first_page_by_page(catalog: Catalog) -> None:
    catalog.put([photo(f"{n}.jpg", mtime_ns=n) for n in range(10)])
    assert [p.path.stem for p in catalog.newest(3)] == ["9", "8", "7"]
    assert [p.path.stem for p in catalog.newest(3, offset=8)] == ["1", "0"]


def test_gone_and_unreadable_photos_are_not_among_the_readable(catalog: Catalog) -> None:
    ids = catalog.put([photo("a"), photo("b", gone=True), photo("c", reason="empty")])
    assert catalog.count() == catalog.count(1) == 1
    assert catalog.count(2) == 0
    assert catalog.readable_ids() == {ids[0]}
    assert [p.path.name for p in catalog.newest(9)] == ["a"]
    assert [p.path.name for p in catalog.failures()] == ["c"]
    assert catalog.count_gone() == 1
    assert catalog.by_path(Path("/photos/b")) is None


def test_the_id_of_a_removed_photo_is_not_given_out_again(catalog: Catalog) -> None:
    [id_] = catalog.put([photo("a")])
    assert catalog.remove([id_]) == 1
    assert catalog.put([photo("b")]) != [id_]
    assert catalog.by_ids([id_]) == {}
