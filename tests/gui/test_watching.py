"""The window follows what happens in the folders."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from conftest import MakePhoto
from gui.helpers import (
    PATIENCE_MS,
    OpenWindow,
    row_of,
    shown,
    until,
    until_idle,
    until_watching,
)
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.library import Library


def paths(window: MainWindow) -> set[Path]:
    return {result.path for result in shown(window)}


def test_a_new_photo_shows_up_by_itself(
    qtbot: QtBot, followed: MainWindow, pictures: Path, make_photo: MakePhoto
) -> None:
    new = make_photo(pictures / "trip" / "new.jpg")
    until(qtbot, lambda: new in paths(followed))
    until_idle(qtbot, followed, photos=21)
    assert shown(followed)[0].path == new
    until(qtbot, lambda: followed.footer.text == "21 photos in 1 folder · 1 new")


def test_a_deleted_photo_goes(qtbot: QtBot, followed: MainWindow, pictures: Path) -> None:
    (pictures / "photo07.jpg").unlink()
    until(qtbot, lambda: pictures / "photo07.jpg" not in paths(followed))
    until(qtbot, lambda: followed.footer.text == "19 photos in 1 folder · 1 removed")


def test_a_moved_photo_stays_the_current_one_in_its_place(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    followed.resize(420, 360)
    grid = followed.grid
    grid.setCurrentIndex(grid.model().index(row_of(followed, "photo09.jpg"), 0))
    grid.verticalScrollBar().setValue(grid.visualRect(grid.currentIndex()).top())
    photo_id, place = grid.current_result().photo_id, grid.visualRect(grid.currentIndex())
    (pictures / "sorted").mkdir()
    (pictures / "photo09.jpg").rename(pictures / "sorted" / "bird.jpg")
    until(qtbot, lambda: pictures / "sorted" / "bird.jpg" in paths(followed))
    assert grid.current_result().photo_id == photo_id
    assert grid.current_result().path.name == "bird.jpg"
    assert grid.visualRect(grid.currentIndex()) == place


def test_photos_that_vanish_from_the_top_do_not_move_the_others(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    followed.resize(420, 360)
    grid, bar = followed.grid, followed.grid.verticalScrollBar()
    columns = grid.viewport().width() // grid.gridSize().width()
    row = columns * 5
    bar.setValue(grid.visualRect(grid.model().index(row, 0)).top())
    held = shown(followed)[row].photo_id
    # A whole line above, and the photo that is the first in sight.
    first = shown(followed)[row - 1]
    for result in (*shown(followed)[: columns - 1], first):
        result.path.unlink()
    until_idle(qtbot, followed, photos=20 - columns)
    index = grid.model().index(row - columns, 0)
    assert shown(followed)[row - columns].photo_id == held
    assert grid.visualRect(index).top() == 0


def test_a_quiet_run_that_finds_nothing_is_not_seen(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    until(qtbot, lambda: followed.footer.text.startswith("20 photos in 1 folder"))
    states: list[str] = []
    followed.session.runs.changed.connect(states.append)
    with qtbot.waitSignal(followed.session.indexed, timeout=PATIENCE_MS):
        followed.session.runs.look_again({pictures: frozenset({""})})
    assert states == []
    # What the first run came to may be told beside it for some seconds.
    assert followed.footer.text.startswith("20 photos in 1 folder")


def test_a_folder_that_goes_away_marks_its_photos_until_it_is_back(
    qtbot: QtBot, followed: MainWindow, pictures: Path, tmp_path: Path
) -> None:
    pictures.rename(tmp_path / "away")
    until(qtbot, lambda: {result.presence for result in shown(followed)} == {"offline"})
    until(qtbot, lambda: "Not reachable now" in followed.notice.text)
    (tmp_path / "away").rename(pictures)
    until(qtbot, lambda: {result.presence for result in shown(followed)} == {"here"})
    assert len(shown(followed)) == 20
    assert followed.notice.text == ""


def test_a_folder_that_is_added_is_watched_and_a_forgotten_one_is_not(
    qtbot: QtBot, followed: MainWindow, pictures: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    second = tmp_path / "second"
    make_photo(second / "first.jpg")
    followed.session.add_folders([second])
    until_watching(qtbot, followed, second)
    make_photo(second / "later.jpg")
    until(qtbot, lambda: second / "later.jpg" in paths(followed))
    followed.session.forget_folder(pictures)
    until(qtbot, lambda: not followed.session.watching.covers(pictures))
    until_idle(qtbot, followed, photos=2)


def test_changes_during_a_run_are_looked_at_after_it(
    qtbot: QtBot, followed: MainWindow, pictures: Path, make_photo: MakePhoto
) -> None:
    runs = followed.session.runs
    make_photo(pictures / "one.jpg")
    followed.session.index()
    runs.pause()
    make_photo(pictures / "trip" / "two.jpg")
    runs.look_again({pictures: frozenset({"trip"})})
    assert runs.state == "paused"
    runs.resume()
    until(qtbot, lambda: {"one.jpg", "two.jpg"} <= {path.name for path in paths(followed)})


def test_the_indexer_is_told_what_is_in_sight(qtbot: QtBot, followed: MainWindow) -> None:
    followed.resize(420, 360)
    runs, grid = followed.session.runs, followed.grid
    first, last = shown(followed)[0].photo_id, shown(followed)[-1].photo_id
    grid.scrollTo(grid.model().index(19, 0))
    until(qtbot, lambda: last in runs.looked_at and first not in runs.looked_at)
    grid.scrollTo(grid.model().index(0, 0))
    until(qtbot, lambda: first in runs.looked_at and last not in runs.looked_at)


def test_closing_while_changes_come_in_is_clean(
    qtbot: QtBot, followed: MainWindow, pictures: Path, make_photo: MakePhoto, tmp_path: Path
) -> None:
    for number in range(5):
        make_photo(pictures / f"late{number}.jpg")
    with qtbot.waitSignal(followed.session.runs.photos_found, timeout=PATIENCE_MS):
        pass
    shutil.rmtree(pictures / "trip", ignore_errors=True)
    (pictures / "photo01.jpg").unlink()
    followed.close()
    assert followed.session.library is None
    with Library.open(tmp_path / "library"):  # it was let go
        pass


def test_photos_can_be_browsed_before_they_are_read(
    qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path
) -> None:
    os.utime(pictures / "photo04.jpg", (1_800_000_000, 1_800_000_000))
    window = open_window(model=str(tiny_clip))
    contents: list[set[str]] = []
    window.session.answered.connect(
        lambda _: contents.append({result.content for result in shown(window)})
    )
    window.session.runs.photos_found.connect(window.session.runs.pause)
    window.session.add_folders([pictures])
    until(qtbot, lambda: len(shown(window)) == 20)
    assert shown(window)[0].path.name == "photo04.jpg"
    assert {""} in contents
    window.session.runs.resume()
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: all(result.content for result in shown(window)))
