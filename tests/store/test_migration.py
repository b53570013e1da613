"""Libraries of versions 1 and 2 are brought up to date, and no crash on the way loses anything."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from objectbox import Id, Int64
from objectbox.model.properties import Bytes, Index, Int8, Int32, String

from inphotos.encoders import registry
from inphotos.encoders.base import normalize
from inphotos.errors import DiskFullError, LibraryError
from inphotos.events import IndexSummary
from inphotos.indexing import reading
from inphotos.library import Library
from inphotos.phash import NOT_HASHED
from inphotos.photos.decode import decode
from inphotos.store import migrate, schema
from inphotos.store.catalog import Catalog, Photo
from inphotos.store.database import Database
from inphotos.store.files import open_store
from inphotos.store.folders import Folder
from inphotos.store.index import EmbeddingIndex
from inphotos.store.table import PhotoTable

KEYS = [("0123456789abcdef", 8), ("fedcba9876543210", 4)]
COUNT = 60
ODD = b"/photos/trip/caf\xe9.jpg"


class Version1:
    """A library as InPhotos 1 wrote it."""

    def __init__(self, directory: Path, keys: list[tuple[str, int]]) -> None:
        self.directory = directory
        (directory / "store").mkdir(parents=True)
        (directory / "library.json").write_text('{"schema": 1, "written_by": "0.1"}')
        self.folder = schema.entity("Folder", {"id": Id(), "path": Bytes(), "added_ms": Int64()})
        self.photo = schema.entity(
            "Photo",
            {
                "id": Id(),
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
            },
        )
        self.embeddings = schema.embeddings(keys)
        entities = [self.folder, self.photo, *self.embeddings.values()]
        self.store = open_store(directory, directory / "store", entities)

    def put(self, entity: Any, **values: object) -> int:
        return self.store.box(entity).put(entity(**values))

    def put_photo(self, folder_id: int, path: bytes, **values: object) -> int:
        return self.put(self.photo, folder_id=folder_id, path=path, **values)


def vectors(dimension: int) -> np.ndarray:
    chance = np.random.default_rng(dimension)
    return normalize(chance.standard_normal((COUNT, dimension)).astype(np.float32))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library of version 1 with two folders, 60 photos and the indexes of two models."""
    library = Version1(tmp_path / "library", KEYS)
    library.put(library.folder, path=b"/photos", added_ms=5)
    library.put(library.folder, path=b"/", added_ms=6)
    paths = [b"/photos/%d.jpg" % n for n in range(COUNT - 4)]
    paths += [ODD, b"/photos/a/b/c.jpg", b"/top.jpg", b"/srv/x.jpg"]
    for n, path in enumerate(paths):
        id_ = library.put_photo(
            1 if path.startswith(b"/photos") else 2,
            path,
            size=1000 + n,
            mtime_ns=-5 if n == 0 else n * 1_000_000_123,
            content=f"{n:032x}",
            width=40 + n,
            height=30,
            gone=int(n == 1),
            reason="the file is empty" if n == 2 else "",
            decoder=1,
        )
        assert id_ == n + 1
        for (_, dimension), entity in library.embeddings.items():
            library.put(entity, id=id_, vector=vectors(dimension)[n])
    library.store.close()
    return tmp_path / "library"


def assert_all_is_there(database: Database) -> None:
    catalog = Catalog(database)
    assert [folder.path for folder in catalog.folders.all()] == [Path("/photos"), Path("/")]
    photos = {photo.id: photo for photo in (*catalog.photos(1), *catalog.photos(2))}
    assert sorted(photos) == list(range(1, COUNT + 1))
    for id_, photo in photos.items():
        n = id_ - 1
        assert (photo.size, photo.content) == (1000 + n, f"{n:032x}")
        assert (photo.width, photo.height, photo.decoder) == (40 + n, 30, 1)
        assert photo.mtime_ns == (-5 if n == 0 else n * 1_000_000_123)
        assert photo.taken_ms == photo.mtime_ns // 1_000_000
        assert photo.state == ("gone" if n == 1 else "here")
        assert (photo.inode, photo.sidecar, photo.gone_ms, photo.reader) == (0, "", 0, 0)
        assert photo.phash == NOT_HASHED
        if photo.state == "here":
            found = catalog.by_path(photo.path)
            assert found is not None
            assert found.id == id_
    assert os.fsencode(photos[COUNT - 3].path) == ODD
    assert [os.fspath(photos[n].path) for n in (COUNT - 2, COUNT - 1, COUNT)] == [
        "/photos/a/b/c.jpg",
        "/top.jpg",
        "/srv/x.jpg",
    ]
    table = PhotoTable(database, catalog.folders)
    table.refresh()
    names = table.text("name_text")
    assert {id_: names.values[code] for id_, code in zip(table.ids, names.codes, strict=True)} == {
        id_: os.fsencode(photo.path.name).decode("utf-8", "replace")
        for id_, photo in photos.items()
    }
    assert [p.reason for p in catalog.failures()] == ["the file is empty"]
    assert [p.id for p in catalog.gone()] == [2]
    for fingerprint, dimension in KEYS:
        index = EmbeddingIndex(database, fingerprint, dimension)
        wanted = vectors(dimension)
        assert index.count() == COUNT
        for n in range(COUNT):
            assert np.array_equal(index.vector(n + 1), wanted[n])
            assert index.nearest(wanted[n], 1)[0].tolist() == [n + 1]


def version(library: Path) -> int:
    return json.loads((library / "library.json").read_text())["schema"]


def contents(library: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (library / "store").iterdir()
        if path.name == "data.mdb"
    }


def test_everything_of_version_1_is_there_afterwards(old: Path) -> None:
    for _ in range(2):  # and stays
        database = Database(old)
        assert_all_is_there(database)
        database.close()
    assert version(old) == schema.SCHEMA
    assert {path.name for path in old.iterdir()} >= {"store", "library.json"}
    assert not list(old.glob("store.*"))
    assert (old / "store").stat().st_mode & 0o077 == 0


def test_a_converted_library_can_be_written_to(old: Path) -> None:
    database = Database(old)
    catalog = Catalog(database)
    with database.transaction():
        folder = catalog.folders.add(Folder(0, Path("/more")))
        [id_] = catalog.put(
            [Photo(0, 1, catalog.photos(1)[0].directory_id, Path("/new.jpg"), 1, 1)]
        )
        EmbeddingIndex(database, *KEYS[1]).put([id_], np.ones((1, 4), np.float32) / 2)
    assert (folder.id, id_) == (3, COUNT + 1)
    assert EmbeddingIndex(database, *KEYS[1]).count() == COUNT + 1
    database.close()


def test_a_schema_file_that_a_killed_conversion_emptied_is_mended_before_it_is_copied(
    old: Path,
) -> None:
    store = old / "store"
    # The first attempt keeps a backup; then ObjectBox opens the old store and writes the file anew.
    shutil.copy2(store / "model.json", store / "model.json.bak")
    (store / "model.json").write_bytes(b"")
    database = Database(old)
    assert_all_is_there(database)
    database.close()
    assert version(old) == schema.SCHEMA


class CrashError(Exception):
    """Stands for the end of the process."""


def crash_at(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let the conversion end where a step would begin."""

    def crash(*_: object, **__: object) -> None:
        raise CrashError

    rename = Path.rename

    def crash_at_rename(path: Path, target: Path) -> Path:
        if path.name == step.removeprefix("rename "):
            raise CrashError
        return rename(path, target)

    if step.startswith("rename "):
        monkeypatch.setattr(Path, "rename", crash_at_rename)
    elif step == "copied":
        monkeypatch.setitem(migrate._STEPS, 1, crash)
    else:
        monkeypatch.setattr(migrate, step, crash)


@pytest.mark.parametrize(
    "step",
    [
        "copied",
        "_write_rows",
        "rename store",
        "rename store.converting",
        "_confirm",
        "write_version",
    ],
)
def test_a_crash_at_any_step_loses_nothing(
    old: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        crash_at(patch, step)
        with pytest.raises(CrashError):
            Database(old)
    database = Database(old)
    assert_all_is_there(database)
    database.close()
    assert version(old) == schema.SCHEMA
    assert not list(old.glob("store.*"))


def test_a_crash_while_the_old_store_is_removed_loses_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = shutil.rmtree

    def stop_half_way(path: Path) -> None:
        if path.name == "store.former":
            (path / "data.mdb").unlink()
            raise CrashError
        plain(path)

    with monkeypatch.context() as patch:
        patch.setattr(migrate.shutil, "rmtree", stop_half_way)
        with pytest.raises(CrashError):
            Database(old)
    database = Database(old)
    assert_all_is_there(database)
    database.close()
    assert not list(old.glob("store.*"))


def test_a_copy_that_was_cut_off_is_made_anew(old: Path) -> None:
    (old / "store.converting").mkdir()
    (old / "store.converting" / "data.mdb").write_bytes(b"half a copy")
    database = Database(old)
    assert_all_is_there(database)
    database.close()


def test_a_full_disk_leaves_the_library_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(old)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_ROOM_TO_SPARE", 1 << 62)
        with pytest.raises(DiskFullError, match="no room left"):
            Database(old)
    assert contents(old) == before
    assert version(old) == 1
    assert not list(old.glob("store.*"))
    database = Database(old)
    assert_all_is_there(database)
    database.close()


def test_a_place_that_cannot_be_written_leaves_the_library_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(migrate.shutil, "copy2", refuse)
        with pytest.raises(LibraryError, match=r"cannot be written \(Permission denied\)"):
            Database(old)
    assert not list(old.glob("store.*"))
    database = Database(old)
    assert_all_is_there(database)
    database.close()


def test_a_library_whose_version_file_was_lost_is_converted_all_the_same(old: Path) -> None:
    (old / "library.json").unlink()
    database = Database(old)
    assert_all_is_there(database)
    database.close()
    assert version(old) == schema.SCHEMA


def test_a_library_of_version_1_without_a_store_yet_opens_empty(tmp_path: Path) -> None:
    (tmp_path / "library.json").write_text('{"schema": 1}')
    database = Database(tmp_path)
    assert Catalog(database).folders.all() == ()
    database.close()
    assert version(tmp_path) == schema.SCHEMA


def test_a_converted_library_reads_metadata_and_encodes_nothing(
    tmp_path: Path, photos: Path, tiny_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = registry.resolve(str(tiny_clip), Path("nowhere"))
    encoder = registry.load(model)
    key = (model.fingerprint, model.dimension)
    library = Version1(tmp_path / "library", [key])
    library.put(library.folder, path=os.fsencode(photos), added_ms=1)
    ids = {}
    for path in sorted(photos.rglob("*.*")):
        decoded = decode(path, model.pixels)
        vector = normalize(encoder.encode_images([decoded.pixels]))[0]
        info = path.stat()
        ids[path] = library.put_photo(
            1,
            os.fsencode(path),
            size=info.st_size,
            mtime_ns=info.st_mtime_ns,
            content=decoded.content,
            width=decoded.width,
            height=decoded.height,
            gone=0,
            reason="",
            decoder=2,
        )
        library.put(library.embeddings[key], id=ids[path], vector=vector)
    library.store.close()
    decoded_again = []
    plain = reading.DecoderPool.decode_all

    def recording(*given):
        for task, outcome in plain(*given):
            decoded_again.append(type(outcome).__name__)
            yield task, outcome

    monkeypatch.setattr(reading.DecoderPool, "decode_all", recording)
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as opened:
        assert len(opened.search("anything").results) == 5
        assert opened.details(photos / "a.jpg").metadata is None
        *_, summary = opened.index()
        assert isinstance(summary, IndexSummary)
        assert (summary.found, summary.indexed, summary.unchanged) == (5, 0, 5)
        assert decoded_again == ["Known"] * 5  # read for their metadata, not decoded
        assert {r.path: r.photo_id for r in opened.browse(top=9).results} == ids
        metadata = opened.details(photos / "a.jpg").metadata
        assert metadata is not None
        assert metadata.taken is not None
        decoded_again.clear()
        list(opened.index())
        assert decoded_again == []


class Version2:
    """A library as InPhotos wrote it before there were perceptual hashes."""

    def __init__(self, directory: Path, keys: list[tuple[str, int]]) -> None:
        (directory / "store").mkdir(parents=True)
        (directory / "library.json").write_text('{"schema": 2, "written_by": "0.2"}')
        photo = schema._photo()
        del photo["phash"]
        self.now = schema.current(keys)
        self.photo = schema.entity("Photo", photo)
        entities = [e for e in self.now.entities() if e is not self.now.photo] + [self.photo]
        self.store = open_store(directory, directory / "store", entities)

    def put_photo(self, n: int, **values: object) -> None:
        name = f"{n}.jpg"
        self.store.box(self.photo).put(
            self.photo(
                id=n, folder_id=1, directory_id=1, name=name.encode(), name_text=name, size=n,
                mtime_ns=n, inode=n, sidecar="", content=f"{n:032x}", width=3, height=2,
                taken_ms=n, state=0, gone_ms=0, trouble=0, reason="", decoder=2, reader=1, **values,
            )
        )  # fmt: skip


def version_2(directory: Path) -> Path:
    """Write a library of version 2 with one folder and 60 photos, and their embeddings."""
    library = Version2(directory, KEYS)
    now = library.now
    library.store.box(now.folder).put(
        now.folder(path=b"/photos", added_ms=5, volume="v", below=b"b", exclusions="*.png")
    )
    library.store.box(now.directory).put(
        now.directory(folder_id=1, path=b"", settled=b"s", is_mount=1)
    )
    for n in range(1, COUNT + 1):
        library.put_photo(n)
        for (_, dimension), entity in now.embeddings.items():
            library.store.box(entity).put(entity(id=n, vector=vectors(dimension)[n - 1]))
    library.store.close()
    return directory


def assert_version_2_is_there(database: Database) -> None:
    catalog = Catalog(database)
    [folder] = catalog.folders.all()
    assert (folder.path, folder.exclusions) == (Path("/photos"), ("*.png",))
    photos = catalog.photos(1)
    assert [(p.id, p.content, p.inode, p.reader, p.phash) for p in photos] == [
        (n, f"{n:032x}", n, 1, NOT_HASHED) for n in range(1, COUNT + 1)
    ]
    assert catalog.not_hashed() == list(range(1, COUNT + 1))
    for fingerprint, dimension in KEYS:
        index = EmbeddingIndex(database, fingerprint, dimension)
        assert np.array_equal(index.read()[1], vectors(dimension))


def test_photos_of_version_2_have_no_hash_yet(tmp_path: Path) -> None:
    library = version_2(tmp_path / "library")
    for _ in range(2):
        database = Database(library)
        assert_version_2_is_there(database)
        database.close()
    assert version(library) == schema.SCHEMA == 3
    database = Database(library)
    catalog = Catalog(database)
    with database.transaction():
        catalog.put([replace(catalog.photos(1)[0], phash=(1 << 64) - 1)])
    table = PhotoTable(database, catalog.folders)
    table.refresh()
    assert table.number("phash").view(np.uint64)[:2].tolist() == [(1 << 64) - 1, NOT_HASHED]
    assert catalog.not_hashed() == list(range(2, COUNT + 1))
    database.close()


def test_a_crash_while_hashes_are_made_room_for_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = version_2(tmp_path / "library")

    def crash(*_: object) -> None:
        raise CrashError

    with monkeypatch.context() as patch:
        patch.setitem(migrate._STEPS, 2, crash)
        with pytest.raises(CrashError):
            Database(library)
    assert version(library) == 2
    database = Database(library)
    assert_version_2_is_there(database)
    database.close()
