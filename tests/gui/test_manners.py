"""Indexing stands back: for battery power, and for whoever uses the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import MakePhoto
from gui.helpers import PATIENCE_MS, Battery, OpenWindow, shown, until, until_idle
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inphotos.gui import runs
from inphotos.gui.main_window import MainWindow


def menu_entry(window: MainWindow, text: str) -> object:
    (entry,) = [
        action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if action.text() == text
    ]
    return entry


def test_photos_are_browsed_on_battery_and_read_on_mains_power(
    qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path, battery: Battery
) -> None:
    window = open_window(model=str(tiny_clip))
    menu_entry(window, "Index Only on Mains Power").trigger()
    window.session.add_folders([pictures])
    until(qtbot, lambda: window.footer.text == "Waiting for mains power")
    until(qtbot, lambda: len(shown(window)) == 20)
    assert {result.content for result in shown(window)} == {""}
    battery.plug(True)
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: all(result.content for result in shown(window)))


def test_the_choice_holds_at_once_and_is_remembered(
    qtbot: QtBot,
    open_window: OpenWindow,
    pictures: Path,
    tiny_clip: Path,
    tmp_path: Path,
    battery: Battery,
) -> None:
    window = open_window(model=str(tiny_clip))
    entry = menu_entry(window, "Index Only on Mains Power")
    entry.trigger()
    settings = tmp_path / "library" / "settings.json"
    until(qtbot, lambda: settings.exists() and json.loads(settings.read_text())["only_on_mains"])
    window.session.add_folders([pictures])
    until(qtbot, lambda: window.session.runs.state == "waiting")
    entry.trigger()
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: not json.loads(settings.read_text())["only_on_mains"])
    entry.trigger()
    until(qtbot, lambda: json.loads(settings.read_text())["only_on_mains"])
    window.close()
    again = open_window(tmp_path / "library", model=str(tiny_clip))
    assert menu_entry(again, "Index Only on Mains Power").isChecked()


def test_waiting_work_can_be_stopped(
    qtbot: QtBot, open_window: OpenWindow, pictures: Path, tiny_clip: Path, battery: Battery
) -> None:
    window = open_window(model=str(tiny_clip))
    window.session.index_only_on_mains(True)
    window.session.add_folders([pictures])
    until(qtbot, lambda: window.session.runs.state == "waiting")
    with qtbot.waitSignal(window.session.runs.stopped, timeout=PATIENCE_MS):
        window.footer.stop_button.click()
    assert window.session.runs.state == "idle"


def test_compacting_tells_what_it_removed(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    for name in ("photo01.jpg", "photo02.jpg"):
        (pictures / name).unlink()
    followed.session.index()
    until_idle(qtbot, followed, photos=18)
    states: list[str] = []
    followed.session.runs.changed.connect(states.append)
    menu_entry(followed, "Compact Library").trigger()
    until(qtbot, lambda: followed.notice.text)
    assert followed.notice.text.startswith("Removed what 2 deleted photos left behind; ")
    assert followed.notice.text.endswith("kB freed.")
    assert states == ["compacting", "idle"]
    assert followed.session.library.upkeep.leavings() == 0
    assert len(shown(followed)) == 18


def test_indexing_goes_on_after_a_compaction_came_between(
    qtbot: QtBot, followed: MainWindow, pictures: Path, make_photo: MakePhoto
) -> None:
    make_photo(pictures / "new.jpg")
    followed.session.index()
    followed.session.runs.pause()
    menu_entry(followed, "Compact Library").trigger()
    until_idle(qtbot, followed, photos=21)
    # A run that is paused between a photo's thumbnails and its commit leaves thumbnails that no
    # photo has yet: the compaction removes them, and indexing makes them again.
    assert followed.notice.text.startswith(("There was nothing to remove", "Removed thumbnails"))


def test_an_idle_library_is_compacted_quietly(
    qtbot: QtBot,
    followed: MainWindow,
    tmp_path: Path,
    make_photo: MakePhoto,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = tmp_path / "second"
    make_photo(second / "one.jpg")
    make_photo(second / "two.jpg")
    followed.session.add_folders([second])
    until_idle(qtbot, followed, photos=22)
    library = followed.session.library
    states: list[str] = []
    followed.session.runs.changed.connect(states.append)
    followed.session.forget_folder(second)
    until(qtbot, lambda: library.upkeep.leavings(spare_seconds=3600) == 2)
    # The library has been left alone for long.
    monkeypatch.setattr(runs, "IDLE_MS", 10)
    followed.session.runs.note_use()
    until(qtbot, lambda: library.upkeep.leavings(spare_seconds=3600) == 0)
    assert states == []
    assert followed.notice.text == ""


def test_nothing_is_compacted_while_photos_may_still_turn_up(
    qtbot: QtBot, followed: MainWindow, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "IDLE_MS", 10)
    ended: list[object] = []
    followed.session._index_worker.compaction_ended.connect(
        lambda _, outcome, error: ended.append((outcome, error))
    )
    (pictures / "photo01.jpg").unlink()
    followed.session.index()
    until(qtbot, lambda: ended)
    assert set(ended) == {(None, None)}
    assert followed.session.library.upkeep.leavings() == 1
    assert followed.notice.text == ""
