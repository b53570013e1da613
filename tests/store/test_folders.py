"""Folders and directories in the catalog."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.folders import Directory, Folder, relative_path

ODD = os.fsdecode(b"caf\xe9")


def test_a_folder_comes_back_as_it_was_stored(catalog: Catalog) -> None:
    stored = Folder(0, Path("/mnt", ODD), "uuid:1-2", f"photos/{ODD}", ("old/", "*.png", "!x y"))
    added = catalog.folders.add(stored)
    assert added == replace(stored, id=added.id)
    assert catalog.folders.all() == (Folder(1, Path("/photos")), added)


def test_a_changed_folder_stays_in_its_place(catalog: Catalog) -> None:
    second = catalog.folders.add(Folder(0, Path("/b")))
    moved = Folder(1, Path("/media/photos"), "uuid:3", "", ("a",))
    catalog.folders.change(moved)
    assert catalog.folders.all() == (moved, second)


@pytest.mark.parametrize("path", ["", "trip", f"trip/{ODD}/day 1\n"])
def test_a_directory_comes_back_as_it_was_stored(catalog: Catalog, path: str) -> None:
    stored = Directory(0, 7, path, settled=bytes(range(16)), is_mount=True)
    [id_] = catalog.folders.put_directories([stored])
    assert catalog.folders.directories(7) == [replace(stored, id=id_)]
    assert len(catalog.folders.directories(1)) == 1


def test_the_ids_of_many_directories_follow_their_order(catalog: Catalog) -> None:
    ids = catalog.folders.put_directories([Directory(0, 7, f"{n}") for n in range(10_001)])
    stored = {directory.id: directory.path for directory in catalog.folders.directories(7)}
    assert [stored[id_] for id_ in ids] == [f"{n}" for n in range(10_001)]


def test_unsettling_leaves_the_rest_of_a_directory(catalog: Catalog) -> None:
    ids = catalog.folders.put_directories(
        [Directory(0, 7, "a", b"x", is_mount=True), Directory(0, 7, "b", b"y")]
    )
    catalog.folders.unsettle([ids[0], 99_999])
    first, second = catalog.folders.directories(7)
    assert first == Directory(ids[0], 7, "a", b"", is_mount=True)
    assert second.settled == b"y"


def test_a_removed_folder_takes_its_directories_along(catalog: Catalog) -> None:
    other = catalog.folders.add(Folder(0, Path("/other")))
    catalog.folders.put_directories([Directory(0, other.id, "a"), Directory(0, other.id, "b")])
    catalog.folders.remove(other.id)
    assert [folder.id for folder in catalog.folders.all()] == [1]
    assert catalog.folders.directories(other.id) == []
    assert len(catalog.folders.directories(1)) == 1


def test_photos_go_with_the_path_of_their_folder(catalog: Catalog, database: Database) -> None:
    with database.transaction():
        catalog.put([Photo(0, 1, 1, Path("/photos/a.jpg"), 1, 1)])
    assert catalog.photos(1)[0].path == Path("/photos/a.jpg")
    with database.transaction():
        catalog.folders.change(Folder(1, Path("/media/drive")))
    assert catalog.photos(1)[0].path == Path("/media/drive/a.jpg")
    assert catalog.by_path(Path("/photos/a.jpg")) is None


def test_a_change_that_failed_leaves_the_paths(catalog: Catalog, database: Database) -> None:
    catalog.put([Photo(0, 1, 1, Path("/photos/a.jpg"), 1, 1)])
    with pytest.raises(ZeroDivisionError), database.transaction():
        catalog.folders.change(Folder(1, Path("/elsewhere")))
        assert catalog.photos(1)[0].path == Path("/elsewhere/a.jpg")
        raise ZeroDivisionError
    assert catalog.photos(1)[0].path == Path("/photos/a.jpg")


def test_paths_are_relative_as_directories_are_named() -> None:
    assert relative_path(Path("/a/b/c"), Path("/a")) == "b/c".replace("/", os.sep)
    assert relative_path(Path("/a"), Path("/a")) == ""
