"""Two processes on one library: what is asked is answered, what would write is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import draw_photo
from holding import OtherProcess, held

from inphotos import cli
from inphotos.errors import LibraryBusyError
from inphotos.library import Library, SavedSearch
from inphotos.store import snapshot
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex
from inphotos.store.snapshot import Snapshot, open_to_read

PHOTOS = 9

#: What a process that only reads may write to: who reads at the moment.
_LOCKS = {"lock.mdb", "library.readers"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of nine photos, two of them alike."""
    place = tmp_path_factory.mktemp("world")
    for number in range(PHOTOS - 1):
        draw_photo(place / "photos" / f"{number}.jpg", seed=number)
    shutil.copy(place / "photos" / "0.jpg", place / "photos" / "again.jpg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INPHOTOS_MODELS", str(place / "models"))
        with Library.open(place / "library", model="demo") as library:
            library.add_folder(place / "photos")
            list(library.index())
            library.searches.save(SavedSearch("dogs", "dog"))
    return place


@pytest.fixture
def other(world: Path) -> Iterator[OtherProcess]:
    with held(world / "library") as process:
        yield process


def run(world: Path, *words: object) -> int:
    options = ["--library", str(world / "library"), "--model", "demo", "--json"]
    return cli.main([*options, *map(str, words)])


def answer(world: Path, capsys: pytest.CaptureFixture[str], *words: object) -> object:
    """Return what a command says, without what is never the same twice."""
    assert run(world, *words) == 0
    document = json.loads(capsys.readouterr().out)
    for changing in ("took_ms", "seconds", "bytes"):
        if isinstance(document, dict):
            document.pop(changing, None)
    return document


def contents(library: Path) -> dict[str, str]:
    return {
        str(path.relative_to(library)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in library.rglob("*")
        if path.is_file() and path.name not in _LOCKS
    }


def questions(world: Path) -> list[tuple[object, ...]]:
    photos = world / "photos"
    return [
        ("search", "a red square"),
        ("search", "ext:jpg", "--fold"),
        ("similar", photos / "1.jpg"),
        ("distance", photos / "1.jpg", photos / "2.jpg"),
        ("duplicates",),
        ("info", photos / "3.jpg", "--query", "a dog"),
        ("status",),
        ("searches", "list", "--count"),
    ]


def test_whatever_only_asks_is_answered_as_if_it_were_alone(
    world: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    alone = [answer(world, capsys, *words) for words in questions(world)]
    with held(world / "library"):
        before = contents(world / "library")
        assert [answer(world, capsys, *words) for words in questions(world)] == alone
        assert run(world, "export", tmp_path / "copies", "ext:jpg", "--top", "3") == 0
        assert len(list((tmp_path / "copies").iterdir())) == 3
        assert contents(world / "library") == before


@pytest.mark.parametrize(
    "words",
    [
        ("index",),
        ("compact",),
        ("forget", "/photos"),
        ("mark", "/photos/1.jpg", "--favorite"),
        ("searches", "save", "cats", "cat"),
    ],
    ids=lambda words: words[0],
)
def test_whatever_writes_is_told_who_has_the_library(
    world: Path, other: OtherProcess, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(world, *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"InPhotos (process {other.pid}, the window) has the library" in said.err
    assert "Traceback" not in said.err


def test_a_command_at_work_is_named(world: Path) -> None:
    with held(world / "library", "index") as other:
        with pytest.raises(LibraryBusyError) as raised:
            Database(world / "library")
        assert f"(process {other.pid}, 'inphotos index') is at work on" in str(raised.value)
        assert raised.value.work == "index"


def test_a_reader_sees_one_moment_and_the_next_one_what_was_committed_since(world: Path) -> None:
    library = shutil.copytree(world / "library", world / "moments")
    with held(library) as other:
        first = open_to_read(library, "search")
        assert isinstance(first, Snapshot)
        index = EmbeddingIndex(first, *next(iter(first.schema.embeddings)))
        query = index.read()[1][0]
        nearest = index.nearest(query, PHOTOS)
        other.do("put 30")
        assert (Catalog(first).count(), index.count()) == (PHOTOS, PHOTOS)
        assert len(index.read()[0]) == PHOTOS
        for now, before in zip(index.nearest(query, PHOTOS), nearest, strict=True):
            assert np.array_equal(now, before)
        first.close()
        second = open_to_read(library, "search")
        index = EmbeddingIndex(second, *next(iter(second.schema.embeddings)))
        assert (index.count(), len(index.read()[0])) == (PHOTOS + 30, PHOTOS + 30)
        assert len(index.nearest(query, 99)[0]) == PHOTOS + 30
        with pytest.raises(LibraryBusyError), second.transaction():
            pass
        second.close()


def test_a_commit_while_the_store_is_opened_does_not_mix_two_moments(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = shutil.copytree(world / "library", world / "mixed")
    with held(library) as other:
        opened = []
        plain = snapshot.open_store

        def disturbed(*given, **named):
            store = plain(*given, **named)
            if not opened:
                other.do("put 5")
            opened.append(store)
            return store

        monkeypatch.setattr(snapshot, "open_store", disturbed)
        database = open_to_read(library, "search")
        assert len(opened) == 2
        index = EmbeddingIndex(database, *next(iter(database.schema.embeddings)))
        assert index.count() == len(index.read()[0]) == PHOTOS + 5
        database.close()


def test_the_schema_does_not_change_under_a_reader(world: Path) -> None:
    library = shutil.copytree(world / "library", world / "schema")
    with held(library) as other:
        database = open_to_read(library, "search")
        before = (library / "store" / "model.json").read_bytes()
        other.begin("index")
        for _ in range(20):  # it would have been done by now
            assert Catalog(database).count() == PHOTOS
            assert (library / "store" / "model.json").read_bytes() == before
        database.close()
        other.wait()
        database = open_to_read(library, "search")
        assert ("f" * 16, 4) in database.schema.embeddings
        with pytest.raises(LibraryBusyError, match="indexed with this model"):
            database.ensure_index("e" * 16, 4)
        database.close()


def test_a_reader_leaves_what_the_other_process_is_writing(world: Path) -> None:
    library = shutil.copytree(world / "library", world / "torn")
    (library / "searches.json").write_text('{"version": 1, "entr')
    (library / "marks.jsonl").write_text('{"version": 1}\n{"content": "aa", "fav')
    with held(library):
        before = contents(library)
        with Library.open(library, model="demo", reading=True) as opened:
            assert opened.searches.all == ()
        assert contents(library) == before


def test_the_locks_of_a_killed_process_do_not_count(world: Path) -> None:
    library = shutil.copytree(world / "library", world / "killed")
    with held(library) as other:
        reader = open_to_read(library, "search")
        other.kill()
        assert (library / "library.pid").exists()
        reader.close()
    database = Database(library)
    assert Catalog(database).count() == PHOTOS
    database.close()
