"""Damaged libraries: opening one says so, the doctor finds what it is, and a repair mends it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import draw_photo

from inphotos.errors import LibraryBusyError, LibraryDamagedError, LibraryError
from inphotos.events import Control, IndexSummary
from inphotos.library import Library
from inphotos.library.backup_shelf import kept
from inphotos.library.damage import damages
from inphotos.library.recovery import journal
from inphotos.library.repair import Repair, Repaired
from inphotos.library.searches import SavedSearch
from inphotos.settings import write_json
from inphotos.store.pages import PageFile, Walked, read_commits

PHOTOS = 60
PAGE = 4096

Harm = Callable[[Path], None]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path) -> Path:
    """A library with all that a user could lose, closed in order, and its photos."""
    place = tmp_path_factory.mktemp("repair")
    for number in range(PHOTOS):
        draw_photo(place / "photos" / f"d{number % 3}" / f"p{number}.jpg", seed=number)
    with Library.open(place / "library", model=str(tiny_clip)) as library:
        library.add_folder(place / "photos")
        list(library.index())
        ids = [result.photo_id for result in library.browse(top=5).results]
        library.marks.set_favorite(ids, True)
        library.marks.add_tags(ids[:2], ["kept"])
        library.searches.save(SavedSearch("Red things", "red"))
        library.choices.allow_near_duplicate_bits(7)
    # The second time, ObjectBox's file of ids has a backup.
    Library.open(place / "library", model=str(tiny_clip)).close()
    return place


@pytest.fixture
def damaged(template: Path, tmp_path: Path) -> Path:
    """The directory of a copy of that library, for a test to damage."""
    return shutil.copytree(template / "library", tmp_path / "library")


def repaired(directory: Path) -> Repaired:
    repair = Repair(directory)
    for _ in repair.run(Control()):
        pass
    return repair.outcome


def check_all_is_there(directory: Path, model: Path) -> int:
    """Check that nothing of the user's is lost, and return how many photos had to be read again."""
    assert list(damages(directory)) == []
    with Library.open(directory, model=str(model)) as library:
        *_, summary = library.index()
        assert isinstance(summary, IndexSummary)
        assert library.status().photos == library.status().indexed == PHOTOS
        assert len(library.folders()) == 1
        assert [search.text for search in library.searches.all] == ["red"]
        assert library.search("is:favorite", top=PHOTOS).total == 5
        assert library.marks.tags() == {"kept": 2}
        assert library.choices.near_duplicate_bits == 7
        assert library.search("red", top=3).results
        assert library.upkeep.mend() == []
        return summary.indexed


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def data(directory: Path) -> Path:
    return directory / "store" / "data.mdb"


def used_pages(directory: Path) -> list[int]:
    """Return the pages that the last commit uses, in the order of the file."""
    file = PageFile(data(directory))
    walked = Walked(np.zeros(file.pages, np.bool_))
    for _ in file.walk(file.commits[0].root, walked, file.commits[0].last_page):
        pass
    return [int(page) for page in np.flatnonzero(walked.seen)]


def overwrite_the_middle(directory: Path) -> None:
    used = used_pages(directory)
    for page in used[len(used) // 2 :][:3]:
        overwrite(data(directory), page * PAGE, b"\xa5" * PAGE)


def truncate(directory: Path) -> None:
    os.truncate(data(directory), data(directory).stat().st_size // 3)


def empty(directory: Path) -> None:
    os.truncate(data(directory), 0)


def remove(directory: Path) -> None:
    data(directory).unlink()


def remove_the_store(directory: Path) -> None:
    shutil.rmtree(directory / "store")


def lose_the_head(directory: Path) -> None:
    overwrite(data(directory), 0, bytes(2 * PAGE))


def lose_the_ids(directory: Path) -> None:
    for name in ("model.json", "model.json.bak"):
        (directory / "store" / name).write_text("{")


def remove_the_ids(directory: Path) -> None:
    for name in ("model.json", "model.json.bak"):
        (directory / "store" / name).unlink()


def lose_the_version(directory: Path) -> None:
    (directory / "library.json").write_text("\0\0")


@pytest.mark.parametrize(
    "harm",
    [
        overwrite_the_middle,
        truncate,
        empty,
        remove,
        remove_the_store,
        lose_the_head,
        lose_the_ids,
        remove_the_ids,
        lose_the_version,
    ],
)
def test_a_damaged_library_says_so_and_is_mended(
    damaged: Path, tiny_clip: Path, harm: Harm
) -> None:
    harm(damaged)
    with pytest.raises(LibraryDamagedError, match="doctor --repair"):
        Library.open(damaged)
    assert any("doctor --repair" in damage.sentence for damage in damages(damaged))
    outcome = repaired(damaged)
    assert outcome.mended
    assert not outcome.lost
    check_all_is_there(damaged, tiny_clip)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("searches.json", b"[1, 2"),
        ("settings.json", b"\xff\xfe"),
        ("marks.jsonl", b'{"version": 1}\nnonsense\n'),
        ("marks.jsonl", b'{"version": 1}\n{"content": "3f\0\0\0'),
        ("marks.jsonl", b'{"version": 1}\n{"content": "3f", "tags": 5}\n'),
        ("marks.jsonl", b'another "version"\n'),
    ],
)
def test_what_the_user_made_comes_from_the_backup(
    damaged: Path, tiny_clip: Path, name: str, content: bytes
) -> None:
    (damaged / name).write_bytes(content)
    assert [damage.paths for damage in damages(damaged)] == [((damaged / name),)]
    repaired(damaged)
    assert any(path.read_bytes() == content for path in damaged.glob("*.damaged*"))
    assert check_all_is_there(damaged, tiny_clip) == 0


@pytest.mark.parametrize("name", ["searches.json", "marks.jsonl"])
def test_what_was_lost_unnoticed_comes_from_an_older_backup(
    damaged: Path, tiny_clip: Path, name: str
) -> None:
    lines = (damaged / name).read_bytes().splitlines(keepends=True)
    # The last lines are those with the tags: marks that were given first can still be read.
    (damaged / name).write_bytes(b"".join([*lines[:-2], b"nonsense\n"]))
    with Library.open(damaged, model=str(tiny_clip)) as library:
        library.add_folder(damaged.parent)  # so that there is another backup
        library.forget_folder(damaged.parent)
    assert damages(damaged)
    repaired(damaged)
    check_all_is_there(damaged, tiny_clip)


def test_settings_that_were_lost_unnoticed_come_from_an_older_backup(
    damaged: Path, tiny_clip: Path
) -> None:
    (damaged / "settings.json").write_bytes(b"[")
    for _ in range(2):
        with Library.open(damaged, model=str(tiny_clip)) as library:
            library.choices.fold_alike(not library.choices.fold)  # there is another backup, then
    assert [damage.kind for damage in damages(damaged)] == ["settings"]
    repaired(damaged)
    check_all_is_there(damaged, tiny_clip)


def test_what_of_a_list_was_lost_long_ago_comes_from_a_backup_older_than_that(
    damaged: Path, tiny_clip: Path
) -> None:
    with Library.open(damaged, model=str(tiny_clip)) as library:
        library.searches.save(SavedSearch("Blue things", "blue"))
    document = json.loads((damaged / "searches.json").read_text())
    document["entries"][0] = None
    write_json(damaged / "searches.json", document)
    for _ in range(2):
        Library.open(damaged, model=str(tiny_clip)).close()
    repaired(damaged)
    with Library.open(damaged, model=str(tiny_clip)) as library:
        assert {search.text for search in library.searches.all} == {"red", "blue"}


def test_a_folder_that_was_forgotten_does_not_come_back_with_a_list(
    damaged: Path, tiny_clip: Path
) -> None:
    (damaged / "searches.json").write_bytes(b"[")
    with Library.open(damaged, model=str(tiny_clip)) as library:
        library.forget_folder(library.folders()[0].path)
    repaired(damaged)
    with Library.open(damaged, model=str(tiny_clip)) as library:
        assert [search.text for search in library.searches.all] == ["red"]
        assert library.folders() == ()


def test_a_damaged_backup_is_set_aside_once(damaged: Path) -> None:
    backup = kept(damaged)[0].path
    os.truncate(backup, backup.stat().st_size - 40)
    assert [damage.paths for damage in damages(damaged)] == [(backup,)]
    (aside,) = repaired(damaged).aside
    assert aside.parent == backup.parent
    assert list(damages(damaged)) == []


@pytest.mark.parametrize("name", ["searches.json", "marks.jsonl"])
def test_a_list_that_is_gone_comes_from_a_backup_that_has_it(
    damaged: Path, tiny_clip: Path, name: str
) -> None:
    (damaged / name).unlink()
    with Library.open(damaged, model=str(tiny_clip)) as library:
        library.add_folder(damaged.parent)  # so that there is another backup
        library.forget_folder(damaged.parent)
    assert len(list(damages(damaged))) == 1
    repaired(damaged)
    check_all_is_there(damaged, tiny_clip)


def test_derived_files_are_made_anew(damaged: Path, tiny_clip: Path) -> None:
    calibration = next((damaged / "calibration").iterdir())
    os.truncate(calibration, 300)
    thumbnail = next((damaged / "thumbnails").rglob("*.jpg"))
    os.truncate(thumbnail, 30)
    left = [damaged / name / ".tmp-left" for name in ("store", "thumbnails")]
    for path in left:
        path.write_bytes(b"unfinished")
    assert {damage.kind for damage in damages(damaged)} == {"derived", "thumbnails", "leftovers"}
    repaired(damaged)
    assert not thumbnail.exists()
    assert not any(path.exists() for path in left)
    check_all_is_there(damaged, tiny_clip)


def test_nothing_is_done_to_a_sound_library(damaged: Path, tiny_clip: Path) -> None:
    outcome = repaired(damaged)
    assert outcome == Repaired()
    assert check_all_is_there(damaged, tiny_clip) == 0


def test_a_torn_last_commit_gives_way_to_the_one_before(damaged: Path, tiny_clip: Path) -> None:
    last, former = read_commits(data(damaged).read_bytes())
    assert last.root is not None
    assert last.root != former.root
    overwrite(data(damaged), last.root * PAGE, bytes(PAGE))
    outcome = repaired(damaged)
    assert "The catalog is as the last complete change left it." in outcome.mended
    assert check_all_is_there(damaged, tiny_clip) <= 1


def test_what_can_be_read_is_not_read_again(damaged: Path, tiny_clip: Path) -> None:
    content = data(damaged).read_bytes()
    pages = [page for page in used_pages(damaged) if b"p31.jpg" in content[page * PAGE :][:PAGE]]
    for page in pages:
        overwrite(data(damaged), page * PAGE, bytes(PAGE))
    repaired(damaged)
    assert 0 < check_all_is_there(damaged, tiny_clip) < PHOTOS // 2


def test_the_damaged_store_is_kept(damaged: Path) -> None:
    overwrite_the_middle(damaged)
    before = data(damaged).read_bytes()
    (aside,) = repaired(damaged).aside
    assert (aside / "data.mdb").read_bytes() == before


def test_a_repair_that_was_interrupted_goes_on(damaged: Path, tiny_clip: Path) -> None:
    lose_the_head(damaged)
    (damaged / "searches.json").write_text("{")
    steps = 0
    while True:
        steps += 1
        run = Repair(damaged).run(Control())
        if not all(next(run, None) is not None for _ in range(steps)):
            break
        run.close()  # as a process that is ended does, it lets go of the library
    assert steps > 10
    assert not journal(damaged).exists()
    check_all_is_there(damaged, tiny_clip)


def test_a_salvaged_store_takes_its_place_at_the_next_opening(
    damaged: Path, tiny_clip: Path
) -> None:
    (damaged / "store").rename(damaged / "store.salvaged")
    assert [damage.kind for damage in damages(damaged)] == ["unfinished"]
    Library.open(damaged, model=str(tiny_clip)).close()
    assert check_all_is_there(damaged, tiny_clip) == 0


def test_a_salvaged_store_that_was_not_finished_is_removed(damaged: Path, tiny_clip: Path) -> None:
    (damaged / "store.salvaged").mkdir()
    (damaged / "store.salvaged" / "data.mdb").write_bytes(b"half")
    repaired(damaged)
    assert not (damaged / "store.salvaged").exists()
    assert check_all_is_there(damaged, tiny_clip) == 0


def test_a_library_in_use_is_not_touched(damaged: Path, tiny_clip: Path) -> None:
    with Library.open(damaged, model=str(tiny_clip)), pytest.raises(LibraryBusyError):
        repaired(damaged)


def test_a_newer_library_is_not_touched(damaged: Path) -> None:
    write_json(damaged / "library.json", {"schema": 999})
    before = sorted(path.name for path in damaged.iterdir())
    with pytest.raises(LibraryError, match="newer InPhotos"):
        repaired(damaged)
    assert sorted(path.name for path in damaged.iterdir()) == before


def test_no_library_is_made_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        repaired(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_without_a_backup_the_folders_have_to_be_added_again(damaged: Path) -> None:
    shutil.rmtree(damaged / "backups")
    remove(damaged)
    assert any("add them again" in sentence for sentence in repaired(damaged).lost)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_library_that_others_can_read_is_closed(damaged: Path) -> None:
    damaged.chmod(0o755)
    assert [damage.kind for damage in damages(damaged)] == ["permissions"]
    repaired(damaged)
    assert list(damages(damaged)) == []
    assert damaged.stat().st_mode & 0o777 == 0o700
