"""Libraries as each released version wrote them open in this one, and newer ones are left alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from inphotos import cli
from inphotos.events import IndexSummary
from inphotos.library import Library
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database
from inphotos.store.schema import SCHEMA

LIBRARIES = Path(__file__).parents[1] / "data" / "libraries"
PHOTOS = {"0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"}


def unpacked(place: Path, version: int) -> Path:
    """Return the library that a version wrote, with its photos and its model beside it."""
    for name in ("world", f"schema-{version}"):
        with tarfile.open(LIBRARIES / f"{name}.tar.xz") as archive:
            archive.extractall(place, filter="data")
    return place / "library"


def bring_home(library: Path, photos: Path) -> None:
    """Let a library have its folder where the photos were unpacked, on whatever machine."""
    database = Database(library)
    catalog = Catalog(database)
    with database.transaction():
        [folder] = catalog.folders.all()
        catalog.folders.change(replace(folder, path=photos, volume="", below=""))
    database.close()


def contents(library: Path) -> dict[str, str]:
    return {
        str(path.relative_to(library)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in library.rglob("*")
        if path.is_file() and path.name not in {"library.lock", "library.pid", "library.readers"}
    }


def test_every_schema_version_has_a_library() -> None:
    there = {path.name for path in LIBRARIES.glob("schema-*.tar.xz")}
    wanted = {f"schema-{version}.tar.xz" for version in range(1, SCHEMA + 1)}
    assert there == wanted, "run scripts/make_library_fixture.py"


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_library_of_each_version_is_all_there_and_nothing_is_encoded_again(
    tmp_path: Path, version: int
) -> None:
    path = unpacked(tmp_path, version)
    bring_home(path, tmp_path / "photos")
    with Library.open(path, model=str(tmp_path / "model")) as library:
        [folder] = library.folders()
        assert (folder.path, folder.photos) == (tmp_path / "photos", len(PHOTOS))
        assert [photo.path.name for photo in library.failures()] == ["broken.jpg"]
        assert library.status().indexed == len(PHOTOS)
        for result in library.browse(top=9).results:
            found = library.similar(result.path, top=9).results
            assert {other.path.name for other in found} == PHOTOS - {result.path.name}
        *_, summary = library.index()
        assert isinstance(summary, IndexSummary)
        assert (summary.found, summary.indexed, summary.unchanged) == (7, 0, 7)
        if version >= 3:
            assert [saved.name for saved in library.searches.all] == ["red ones"]
            assert library.history.texts == ("a red square",)
            ids = library.photo_ids([tmp_path / "photos/1.jpg", tmp_path / "photos/trip/3.jpg"])
            first, second = (library.marks.of(id_) for id_ in ids)
            assert (first.favorite, second.rating, second.tags) == (True, 4, ("sea",))


def test_a_library_of_a_newer_version_is_refused_and_not_a_byte_of_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = unpacked(tmp_path, SCHEMA)
    (library / "library.json").write_text(json.dumps({"schema": SCHEMA + 1, "written_by": "9"}))
    (library / "settings.json").write_text(json.dumps({"model": "demo", "from_later": [1]}))
    before = contents(library)
    for words in (["status"], ["search", "red"], ["index", str(tmp_path)], ["compact"]):
        assert cli.main(["--library", str(library), *words]) == 2
        said = capsys.readouterr()
        assert "was written by a newer InPhotos; update InPhotos" in said.err
        assert "Traceback" not in said.err
    assert contents(library) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
@pytest.mark.parametrize("version", range(1, SCHEMA))
def test_a_migration_that_is_killed_at_any_step_goes_on_the_next_time(
    tmp_path: Path, version: int
) -> None:
    library = unpacked(tmp_path, version)
    walk = Path(__file__).with_name("version_walk.py")
    (tmp_path / "steps").mkdir()
    done = subprocess.run(
        [sys.executable, str(walk), str(library), str(tmp_path / "steps")],
        capture_output=True,
        text=True,
        check=True,
    )
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert [step["killed"] for step in steps] == [True] * (len(steps) - 1) + [False]
    reached = {step["step"].split()[0] for step in steps[:-1]}
    assert {"shutil.copyfile", "os.rename", "os.remove", "os.rmdir"} <= reached
    whole = json.loads(steps[-1]["content"])
    assert whole["schema"] == SCHEMA
    assert len(whole["photos"]) == 7
    assert len(whole["ids"]) == 6
    for step in steps:
        assert json.loads(step["content"]) == {**whole, "left": []}, step["step"]
