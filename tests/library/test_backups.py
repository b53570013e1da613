"""Backups of what nobody could make again from the photos, and restoring them."""

from __future__ import annotations

import errno
import json
import math
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import draw_photo
from library_runs import ids, run

from inphotos.errors import DiskFullError, LibraryError, LibraryNewerError
from inphotos.library import Library, SavedSearch
from inphotos.library.backup_file import MarkedPhoto
from inphotos.library.backup_shelf import KeptBackup, superfluous
from inphotos.library.backups import EVERY_SECONDS, Backup, Holds, kept, newest, read, shelf
from inphotos.search.query import Example, Region
from inphotos.store.marks import Mark

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=1)))
ODD_NAME = os.fsdecode(b"caf\xe9 \xff.jpg")
SEA = SavedSearch("Sea", "the sea", (Example(Path("/x/a.jpg"), Region(0.1, 0.2, 0.3, 0.4)),))


def photo_marks(library: Library) -> dict[str, Mark]:
    """Return the marks of the photos in the library, by name."""
    results = library.browse(top=100).results
    return {r.path.name: mark for r in results if (mark := library.marks.of(r.photo_id))}


def waiting(library: Library) -> int:
    path = library.directory / "waiting-marks.json"
    return len(json.loads(path.read_text())["entries"]) if path.exists() else 0


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with photos, one of them in a folder inside, one with a name that is no text."""
    folder = tmp_path_factory.mktemp("album")
    for name in ("a.jpg", "trip/b.jpg", ODD_NAME, "plain.bmp"):
        draw_photo(folder / name)
    return folder


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, album: Path) -> Path:
    """The directory of a closed library with all that is backed up."""
    directory = tmp_path_factory.mktemp("marked") / "library"
    with Library.open(directory, model="none") as library:
        library.add_folder(album)
        library.exclude(album, ["raw/"])
        run(library)
        by_name = {path.name: id_ for path, id_ in ids(library).items()}
        library.marks.set_favorite([by_name["a.jpg"], by_name["plain.bmp"]], True)
        library.marks.set_rating([by_name["b.jpg"]], 4)
        library.marks.add_tags([by_name[ODD_NAME]], ["Sommer", "été"])
        library.searches.save(SEA)
        library.choices.fold_alike(False)
    return directory


MARKS = {
    "a.jpg": Mark(favorite=True),
    "plain.bmp": Mark(favorite=True),
    "b.jpg": Mark(rating=4),
    ODD_NAME: Mark(tags=("Sommer", "été")),
}


@pytest.fixture
def own(marked: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of that library, open."""
    shutil.copytree(marked, tmp_path / "own")
    with Library.open(tmp_path / "own", model="none") as library:
        yield library


@pytest.fixture
def backup(marked: Path) -> Backup:
    """The backup that was made as that library was closed."""
    found = newest(marked)
    assert found is not None
    return found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Library]:
    """A new, empty library."""
    with Library.open(tmp_path / "fresh", model="none") as library:
        yield library


# The document


def test_a_closed_library_has_a_backup_of_all_that_is_the_users(
    marked: Path, backup: Backup, album: Path
) -> None:
    assert backup.holds == Holds(folders=1, searches=1, photos=4)
    assert (backup.folders[0].path, backup.folders[0].exclusions) == (album, ("raw/",))
    assert backup.searches == (SEA,)
    assert backup.settings["fold"] is False
    places = {Path(p.path).name: (p.folder, p.path, p.size, p.mark) for p in backup.photos}
    size = (album / "trip" / "b.jpg").stat().st_size
    assert places["b.jpg"] == (str(album), "trip/b.jpg", size, Mark(rating=4))
    assert places[ODD_NAME][3] == MARKS[ODD_NAME]
    files = [shelf(marked), *shelf(marked).iterdir()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o700, 0o600}


def test_a_backup_is_utf_8_for_people_and_json_for_programs(marked: Path) -> None:
    content = kept(marked)[0].path.read_bytes()
    assert '"tags": ["Sommer", "été"]' in content.decode("utf-8")
    assert json.loads(content)["inphotos_backup"] == 1


def test_equal_libraries_have_equal_backups(own: Library, tmp_path: Path) -> None:
    first, second = own.backups.collect(), own.backups.write(tmp_path / "b.json")
    assert second == replace(first, created=second.created)
    assert read(tmp_path / "b.json").photos == first.photos


def test_a_file_that_is_no_backup_is_never_written_over(own: Library, album: Path) -> None:
    before = (album / "a.jpg").read_bytes()
    with pytest.raises(LibraryError, match="is there already and is not a backup"):
        own.backups.write(album / "a.jpg")
    assert (album / "a.jpg").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (lambda b: b[: len(b) // 2], LibraryError, "is damaged; choose an older one"),
        (lambda b: b.replace(b'"folders": [', b'"folders": [[],', 1), LibraryError, "is damaged"),
        (lambda b: re.sub(rb'"size": \d+', b'"size": 1e999', b), LibraryError, "is damaged"),
        (lambda b: re.sub(rb'\+\d\d:\d\d",', b'",', b, count=1), LibraryError, "is damaged"),
        (lambda b: b.replace(b'backup": 1', b'backup": 9', 1), LibraryNewerError, "newer InPhotos"),
        (lambda _: b"{}", LibraryError, "is not a backup of InPhotos"),
        (lambda _: b"\xff\xd8\xff", LibraryError, "is not a backup of InPhotos"),
        (lambda _: b"[" * 100_000, LibraryError, "is not a backup of InPhotos"),
    ],
)
def test_a_file_that_cannot_be_restored_is_refused_with_a_sentence(
    marked: Path, tmp_path: Path, change, error, sentence
) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(change(kept(marked)[0].path.read_bytes()))
    with pytest.raises(error, match=sentence):
        read(path)


def test_a_backup_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"b\.json cannot be read: there is no such file"):
        read(tmp_path / "b.json")


# Automatic backups


def test_the_same_is_not_backed_up_twice(own: Library) -> None:
    before = kept(own.directory)
    (photo, *_) = ids(own).values()
    former = own.marks.set_rating([photo], 1)
    own.marks.restore(former)
    own.backups.keep(at_once=True)
    assert kept(own.directory) == before


def test_changes_are_backed_up_now_and_then_and_at_the_end(own: Library) -> None:
    own.backups.clock = lambda: kept(own.directory)[-1].created + timedelta(seconds=100)
    count, (photo, *_) = len(kept(own.directory)), ids(own).values()
    own.marks.set_rating([photo], 1)
    assert own.backups.keep() == EVERY_SECONDS - 100
    assert len(kept(own.directory)) == count
    own.backups.clock = lambda: NOON + timedelta(days=1000)
    assert own.backups.keep() is None
    assert len(kept(own.directory)) == count + 1
    own.searches.remove("Sea")
    own.searches.write()
    own.close()
    assert kept(own.directory)[0].holds == Holds(folders=1, searches=0, photos=4)


def test_what_is_not_opened_for_long_loses_no_backup() -> None:
    backups: list[KeptBackup] = []
    # Three a day for a hundred days, then nothing for a year, then one.
    moments = [NOON + timedelta(days=n // 3, hours=n % 3) for n in range(300)]
    for number, moment in enumerate([*moments, NOON + timedelta(days=500)]):
        each = KeptBackup(Path(str(number)), number, moment.date(), moment, Holds(1, 1, 1))
        backups.insert(0, each)
        for superfluous_one in superfluous(backups):
            backups.remove(superfluous_one)
    last = (NOON + timedelta(days=500)).date()
    days = [(last - backup.day).days for backup in backups]
    newest_five, other_days, other_weeks = days[:5], days[5:9], days[9:]
    assert newest_five == [0, 401, 401, 401, 402]
    assert other_days == [403, 404, 405, 406]  # with 0, 401 and 402 the last seven that have one
    assert other_weeks == [409, 416, 423, 430, 437]  # Sundays, the last of their weeks


def test_the_fullest_backup_outlasts_a_library_that_began_anew(
    marked: Path, tmp_path: Path, album: Path
) -> None:
    directory = tmp_path / "anew"
    shutil.copytree(shelf(marked), shelf(directory))
    before = kept(directory)
    with Library.open(directory, model="none") as library:
        library.backups.keep(at_once=True)
        assert kept(directory) == before  # nothing could be lost of it
        library.add_folder(album)
        for n in range(30):
            moment = NOON + timedelta(days=10 * n)
            library.backups.clock = lambda moment=moment: moment
            library.exclude(album, [f"{n}/"])
            library.backups.keep(at_once=True)
    assert before[0] in kept(directory)
    assert len(kept(directory)) < 20
    assert newest(directory) == read(kept(directory)[0].path)


def test_a_damaged_backup_is_passed_over(own: Library) -> None:
    own.searches.remove("Sea")
    own.searches.write()
    own.backups.keep(at_once=True)
    last, former = kept(own.directory)
    last.path.write_bytes(last.path.read_bytes()[:-40])
    assert newest(own.directory) == read(former.path)


def test_a_backup_without_an_offset_from_utc_is_passed_over(own: Library) -> None:
    (only,) = kept(own.directory)
    content = only.path.read_text()
    only.path.write_text(re.sub(r'(\+\d\d:\d\d)",', '",', content, count=1))
    own.searches.remove("Sea")
    own.searches.write()
    assert own.backups.keep() is None  # there is none that is too young
    (new,) = kept(own.directory)
    assert new.path != only.path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_a_pipe_is_not_waited_for(own: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="is there already and is not a backup"):
        own.backups.write(tmp_path / "pipe")


def test_a_disk_that_refuses_stands_in_nobodys_way(own: Library) -> None:
    shutil.rmtree(shelf(own.directory))
    shelf(own.directory).write_text("no directory")
    with pytest.raises(LibraryError, match="cannot be written"):
        own.backups.keep(at_once=True)
    own.close()
    with Library.open(own.directory, model="none") as again:
        assert photo_marks(again) == MARKS


# Restoring


def test_marks_wait_for_photos_that_come_later(
    fresh: Library, backup: Backup, album: Path, tmp_path: Path
) -> None:
    restored = fresh.backups.restore(backup)
    assert (restored.folders, restored.searches, restored.photos) == ((album,), ("Sea",), 4)
    assert (restored.waiting, restored.settings) == (4, ("fold",))
    assert (fresh.searches.all, fresh.choices.fold) == ((SEA,), False)
    assert waiting(fresh) == 4
    fresh.close()
    with Library.open(fresh.directory, model="none") as later:
        # The places are in the next backup, too, while their photos are not here.
        assert later.backups.collect().photos == backup.photos
        run(later)
        assert later.folders()[0].exclusions == ("raw/",)
        assert photo_marks(later) == MARKS
        assert waiting(later) == 0


def test_marks_find_photos_in_another_place_and_edited_ones_in_the_same(
    fresh: Library, backup: Backup, album: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(album / "a.jpg", folder / "renamed.jpg")
    draw_photo(folder / "plain.bmp", seed=9)  # without compression: as large as the former one
    fresh.backups.restore(replace(backup, folders=()))
    fresh.add_folder(folder)
    run(fresh)
    assert photo_marks(fresh) == {"renamed.jpg": MARKS["a.jpg"], "plain.bmp": MARKS["plain.bmp"]}
    assert waiting(fresh) == 2


def test_a_mark_is_not_given_where_two_photos_could_be_meant(
    fresh: Library, backup: Backup, tmp_path: Path
) -> None:
    for seed, name in enumerate(("one", "two")):
        draw_photo(tmp_path / name / "plain.bmp", seed=seed)
        fresh.add_folder(tmp_path / name)
    run(fresh)
    fresh.backups.restore(replace(backup, folders=()))
    assert photo_marks(fresh) == {}
    assert waiting(fresh) == 4


def test_what_the_library_has_stays_unless_it_is_to_be_replaced(
    own: Library, backup: Backup, album: Path
) -> None:
    by_name = {path.name: id_ for path, id_ in ids(own).items()}
    own.marks.set_rating([by_name["a.jpg"]], 2)
    own.marks.set_rating([by_name["b.jpg"]], None)
    own.searches.save(replace(SEA, text="the ocean"))
    own.exclude(album, [])
    restored = own.backups.restore(backup)
    assert (restored.photos, restored.kept, restored.searches) == (1, 3, ())
    assert photo_marks(own) == {**MARKS, "a.jpg": Mark(favorite=True, rating=2)}
    assert own.searches.named("Sea").text == "the ocean"
    over = own.backups.restore(backup, overwrite=True)
    assert (over.photos, over.kept, over.searches, over.excluding) == (1, 0, ("Sea",), (album,))
    assert photo_marks(own) == MARKS
    assert own.searches.all == (SEA,)
    assert own.folders()[0].exclusions == ("raw/",)
    assert not own.backups.restore(backup, overwrite=True)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_restore_can_be_taken_back(own: Library, backup: Backup, overwrite: bool) -> None:
    by_name = {path.name: id_ for path, id_ in ids(own).items()}
    own.marks.set_rating([by_name["a.jpg"]], 2)
    own.marks.set_rating([by_name["b.jpg"]], None)
    own.choices.fold_alike(True)
    away = MarkedPhoto("f00d", Mark(favorite=True), "/x", "y.jpg", 5)
    more = replace(
        backup,
        folders=(*backup.folders, replace(backup.folders[0], path=Path("/nowhere/at/all"))),
        searches=(replace(SEA, text="the ocean"), SavedSearch("Hills", "hills")),
        photos=(*backup.photos, away),
    )
    before = own.backups.collect()
    restored = own.backups.restore(more, overwrite=overwrite)
    assert (restored.away, restored.waiting) == ((Path("/nowhere/at/all"),), 1)
    own.backups.undo(restored)
    after = own.backups.collect()
    assert after == replace(before, created=after.created)
    assert waiting(own) == 0


def test_a_preview_changes_nothing(fresh: Library, backup: Backup) -> None:
    preview = fresh.backups.preview(backup)
    assert not fresh.backups.collect().holds
    assert fresh.backups.restore(backup) == preview


def test_a_restore_that_fails_in_the_middle_changes_nothing(fresh: Library, backup: Backup) -> None:
    before = fresh.backups.collect()
    (fresh.directory / "marks.jsonl").mkdir()  # the last that is written
    with pytest.raises(LibraryError, match="cannot be written"):
        fresh.backups.restore(backup)
    after = fresh.backups.collect()
    assert after == replace(before, created=after.created)
    assert not list(fresh.directory.glob("restoring*"))
    fresh.close()
    (fresh.directory / "marks.jsonl").rmdir()
    with Library.open(fresh.directory, model="none") as again:
        assert not again.backups.collect().holds


def test_a_restore_that_cannot_be_taken_back_is_finished_at_the_next_opening(
    fresh: Library, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def refuse(handle: int) -> None:
        if (fresh.directory / "searches.json").exists():  # the first that is written
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(DiskFullError):
            fresh.backups.restore(backup)
    fresh.close()
    with Library.open(fresh.directory, model="none") as again:
        held = again.backups.collect()
        assert (held.holds, held.settings) == (backup.holds, backup.settings)
        assert not list(fresh.directory.glob("restoring*"))


def test_marks_that_make_no_sense_do_not_wait(marked: Path, tmp_path: Path) -> None:
    shutil.copytree(marked, tmp_path / "own")
    document = {"version": 1, "entries": [{"content": "f00d", "path": "a", "size": math.inf}]}
    (tmp_path / "own" / "waiting-marks.json").write_text(json.dumps(document))
    with Library.open(tmp_path / "own", model="none") as library:
        assert photo_marks(library) == MARKS


#: Restores a backup in children that end in the middle, at each write in turn.
INTERRUPTED = """
import os, sys
from pathlib import Path
from inphotos import settings
from inphotos.library import Library
from inphotos.library.backups import read
from inphotos.store import database, marks

def until(count, function):
    def counted(*arguments, **options):
        nonlocal count
        count -= 1
        if count < 0:
            os._exit(9)
        return function(*arguments, **options)
    return counted

backup = read(Path(sys.argv[1]))
for writes in range(100):
    directory = Path(sys.argv[2]) / str(writes)
    child = os.fork()
    if not child:
        with Library.open(directory, model="none") as library:
            gate = until(writes, lambda: None)
            for owner, name in ((os, "fsync"), (os, "replace"), (database.Database, "transaction"),
                                (marks.MarkBook, "_append")):
                function = getattr(owner, name)
                setattr(owner, name,
                        lambda *a, _function=function, **o: (gate(), _function(*a, **o))[1])
            library.backups.restore(backup)
            os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with Library.open(directory, model="none") as library:
        held = library.backups.collect()
        whole = (held.holds, held.settings, held.photos) == (
            backup.holds, backup.settings, backup.photos)
        nothing = not held.holds and held.settings["fold"]
        print(status, "whole" if whole else "nothing" if nothing else held.holds,
              len(list(directory.glob("restoring*"))))
    if status == 0:
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_restore_that_is_cut_off_is_finished_at_the_next_opening(
    marked: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, kept(marked)[0].path, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "9 nothing 0"  # before anything was on disk
    assert lines[-1] == "0 whole 0"
    assert set(lines) == {"9 nothing 0", "9 whole 0", "0 whole 0"}
    assert lines.count("9 whole 0") >= 4
