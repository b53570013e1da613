"""The commands that back up and restore."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import draw_photo
from library_runs import ids
from library_runs import run as bring_up_to_date

from inphotos.cli import main
from inphotos.library import Library, SavedSearch
from inphotos.library.backups import read


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a library ``one`` with a marked photo and a search, and no other."""
    world = tmp_path_factory.mktemp("world")
    photo = draw_photo(world / "photos" / "a.jpg")
    with Library.open(world / "one", model="none") as library:
        library.add_folder(photo.parent)
        bring_up_to_date(library)
        library.marks.set_rating(list(ids(library).values()), 4)
        library.searches.save(SavedSearch("Sea", "the sea"))
    return world


def run(library: Path, *words: object) -> int:
    return main(["--library", str(library), "--model", "none", *map(str, words)])


def answer(capfd: pytest.CaptureFixture[str], library: Path, *words: object) -> Any:
    capfd.readouterr()
    run(library, "--json", *words)
    return json.loads(capfd.readouterr().out)


def test_a_backup_is_written_where_the_user_wants_it_or_printed(
    world: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.json"
    document = answer(capfd, world / "one", "backup", file)
    assert document == {"path": str(file), "folders": 1, "searches": 1, "photos": 1}
    assert run(world / "one", "backup", "-") == 0
    printed, written = json.loads(capfd.readouterr().out), json.loads(file.read_text())
    assert (printed["photos"], printed["searches"]) == (written["photos"], written["searches"])
    assert run(world / "one", "backup", world / "photos" / "a.jpg") == 2
    assert "is there already and is not a backup" in capfd.readouterr().err


def test_automatic_backups_are_listed_also_of_a_library_in_use(
    world: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Library.open(world / "one", model="none"):
        document = answer(capfd, world / "one", "backup")
        assert run(world / "one", "backup") == 0
    assert document["directory"] == str(world / "one" / "backups")
    (row,) = document["backups"]
    assert (row["folders"], row["searches"], row["photos"]) == (1, 1, 1)
    assert "1 saved search and the marks of 1 photo" in capfd.readouterr().out
    assert run(world / "two", "backup") == 1
    assert "There is no automatic backup" in capfd.readouterr().err


def test_a_backup_is_restored_once_and_looked_at_before(
    world: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, two = tmp_path / "b.json", tmp_path / "two"
    run(world / "one", "backup", file)
    tried = answer(capfd, two, "restore", file, "--dry-run")
    done = answer(capfd, two, "restore", file)
    assert tried == {**done, "dry_run": True}
    assert (done["folders"], done["searches"]) == ([str(world / "photos")], ["Sea"])
    assert (done["photos"], done["waiting"], done["kept"]) == (1, 1, 0)
    assert run(two, "restore", file) == 1
    assert "in the library already" in capfd.readouterr().out


def test_what_the_library_has_is_replaced_on_demand(
    world: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    library = shutil.copytree(world / "one", tmp_path / "library")
    file, photo = tmp_path / "b.json", world / "photos" / "a.jpg"
    run(library, "backup", file)
    run(library, "mark", photo, "--rating", 1)
    capfd.readouterr()
    assert run(library, "restore", file) == 1
    assert "'--overwrite' replaces them" in capfd.readouterr().err
    assert run(library, "restore", file, "--overwrite") == 0
    (told,) = capfd.readouterr().err.splitlines()
    before = told.removeprefix("How the library was before is in ").removesuffix(".")
    assert [photo.mark.rating for photo in read(Path(before)).photos] == [1]
    with Library.open(library, model="none") as opened:
        assert opened.details(photo).mark.rating == 4


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(
    world: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(world / "two", "restore", world / "photos" / "a.jpg") == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("inphotos: ")
    assert "is not a backup of InPhotos" in line
    assert not (world / "two").exists()
