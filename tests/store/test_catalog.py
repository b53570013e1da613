"""Photos in the catalog."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.folders import Directory, Folder
from inphotos.store.index import EmbeddingIndex


def photo(name: str, *, mtime_ns: int = 1, size: int = 10, **other: object) -> Photo:
    return Photo(0, 1, 1, Path("/photos") / name, size, mtime_ns, **{"content": "ab", **other})


def test_a_photo_comes_back_as_it_was_stored(catalog: Catalog) -> None:
    stored = photo(
        "a.jpg",
        size=1 << 40,
        mtime_ns=1_700_000_000_123_456_789,
        inode=12345,
        sidecar="7:8",
        width=4000,
        height=3000,
        taken_ms=-86_400_000,
        state="gone",
        gone_ms=1_700_000_000_000,
        reason="the file is empty",
        decoder=3,
        reader=2,
        phash=1 << 63,
    )
    assert all(getattr(stored, f.name) != f.default for f in fields(Photo) if f.name != "id")
    [id_] = catalog.put([stored])
    assert catalog.by_ids([id_]) == {id_: replace(stored, id=id_)}


@pytest.mark.parametrize("inode", [0, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
def test_file_numbers_of_any_size_come_back(catalog: Catalog, inode: int) -> None:
    [id_] = catalog.put([photo("a.jpg", inode=inode)])
    assert catalog.by_ids([id_])[id_].inode == inode


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
    assert catalog.all_ids() == set(ids)
    assert catalog.put([photo("last.jpg")]) == [max(ids) + 1]


def test_each_count_and_list_has_the_photos_that_it_should(catalog: Catalog) -> None:
    ids = catalog.put(
        [
            photo("shown"),
            photo("unread", content=""),
            photo("missing", state="missing"),
            photo("gone", state="gone", gone_ms=1000),
            photo("failed", content="", reason="empty"),
            photo("failed and gone", content="", reason="empty", state="gone", gone_ms=2000),
        ]
    )
    assert catalog.all_ids() == set(ids)
    assert catalog.count() == catalog.count(1) == 3
    assert catalog.count_here(1) == 3
    assert [p.path.name for p in catalog.missing()] == ["missing"]
    assert catalog.count_missing() == catalog.count_missing(1) == 1
    assert [p.path.name for p in catalog.failures()] == ["failed"]
    assert {p.path.name for p in catalog.gone()} == {"gone", "failed and gone"}
    assert [p.path.name for p in catalog.gone(before_ms=2000)] == ["gone"]
    assert len(catalog.photos(1)) == len(list(catalog.in_directories([1]))) == 6
    for other_folder in (catalog.count(2), catalog.count_here(2), catalog.count_missing(2)):
        assert other_folder == 0


def test_a_photo_is_found_by_its_path_unless_it_is_gone(catalog: Catalog) -> None:
    catalog.put([photo("a", state="gone"), photo("b", state="missing"), photo("c", reason="no")])
    assert catalog.by_path(Path("/photos/a")) is None
    for name in ("b", "c"):
        found = catalog.by_path(Path("/photos", name))
        assert found is not None
        assert found.path.name == name
    for path in ("/photos", "/photos/b/c", "/elsewhere/b", "/photosb"):
        assert catalog.by_path(Path(path)) is None


def test_paths_below_folders_inside_folders_are_found(catalog: Catalog, database: Database) -> None:
    with database.transaction():
        inner = catalog.folders.add(Folder(0, Path("/photos/trips/2020")))
        ids = catalog.folders.put_directories(
            [Directory(0, 1, "trips"), Directory(0, inner.id, ""), Directory(0, inner.id, "x/y")]
        )
        places = ["/photos/trips", "/photos/trips/2020", "/photos/trips/2020/x/y"]
        stored = [
            Photo(0, inner.id if n else 1, id_, Path(place, "p.jpg"), 1, 1)
            for n, (id_, place) in enumerate(zip(ids, places, strict=True))
        ]
        photo_ids = catalog.put(stored)
    for photo_id, place in zip(photo_ids, places, strict=True):
        found = catalog.by_path(Path(place, "p.jpg"))
        assert found is not None
        assert found.id == photo_id
    assert catalog.by_path(Path("/photos/trips/2020/x/p.jpg")) is None


def test_photos_are_found_by_size_and_by_content_when_they_were_read(catalog: Catalog) -> None:
    catalog.put(
        [
            photo("a", size=1, content="aa"),
            photo("b", size=2, content="aa", state="gone"),
            photo("c", size=2, content=""),
            photo("d", size=3, content="bb"),
        ]
    )
    assert {p.path.name for p in catalog.of_sizes({1, 2})} == {"a", "b"}
    assert {p.path.name for p in catalog.of_content("aa")} == {"a", "b"}
    assert catalog.of_content("") == []
    assert catalog.contents() == {"aa", "bb", ""}


def test_asking_for_more_than_one_query_takes_gives_all(catalog: Catalog) -> None:
    catalog.put([photo(f"{n}", size=n) for n in range(6_000)])
    assert len(list(catalog.of_sizes(range(6_000)))) == 6_000


def test_the_id_of_a_removed_photo_is_not_given_out_again(catalog: Catalog) -> None:
    [id_] = catalog.put([photo("a")])
    assert catalog.remove([id_]) == 1
    assert catalog.put([photo("b")]) != [id_]
    assert catalog.by_ids([id_]) == {}


def test_a_new_photo_never_gets_the_embedding_of_a_removed_one(
    catalog: Catalog, database: Database
) -> None:
    index = EmbeddingIndex(database, "0123456789abcdef", 4)
    with database.transaction():
        ids = catalog.put([photo("a"), photo("b")])
        index.put(ids, np.eye(4, dtype=np.float32)[:2])
        catalog.remove(ids)
    database.close()
    reopened = Database(database.directory)  # ObjectBox begins to count anew here
    with reopened.transaction():
        [id_] = Catalog(reopened).put([photo("c")])
    assert EmbeddingIndex(reopened, "0123456789abcdef", 4).vector(id_) is None
    reopened.close()


def test_ids_given_out_in_a_transaction_that_failed_are_nobodys(
    catalog: Catalog, database: Database
) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        [lost] = catalog.put([photo("a")])
        raise ZeroDivisionError
    with database.transaction():
        [kept] = catalog.put([photo("b")])
    assert catalog.by_ids([lost, kept]) == {kept: replace(photo("b"), id=kept)}


def test_directories_without_photos_can_be_cleared_away(
    catalog: Catalog, database: Database
) -> None:
    with database.transaction():
        [_, used, mount] = catalog.folders.put_directories(
            [
                Directory(0, 1, "empty"),
                Directory(0, 1, "used"),
                Directory(0, 1, "drive", is_mount=True),
            ]
        )
        catalog.put([replace(photo("p"), directory_id=used, path=Path("/photos/used/p"))])
        catalog.remove_empty_directories()
    assert {d.id for d in catalog.folders.directories(1)} == {used, mount}


def test_photos_whose_folder_was_forgotten_a_moment_ago_are_left_out(
    catalog: Catalog, database: Database
) -> None:
    ids = catalog.put([photo("a"), photo("b")])
    with database.transaction():
        catalog.folders.remove(1)  # and another thread still has the rows of its photos
    assert catalog.by_ids(ids) == {}
    assert catalog.photos(1) == []
