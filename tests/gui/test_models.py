"""Getting a model, and changing it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, Battery, OpenWindow, until, until_heading, until_idle
from hub_server import HubServer
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tiny_models import make_tiny_clip

from inphotos.encoders import download, registry
from inphotos.gui.main_window import MainWindow
from inphotos.settings import DEFAULT_MODEL

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, lacking: Path, album: Path) -> MainWindow:
    """A window with a folder, whose model (the default one) is not on this machine."""
    opened = open_window(lacking, folders=[album])
    until(qtbot, lambda: opened.models.card.isVisible())
    return opened


@pytest.fixture
def first_window(qtbot: QtBot, open_window: OpenWindow, album: Path) -> MainWindow:
    """A window with a folder in a new library, which the built-in model searches."""
    opened = open_window(folders=[album])
    until_idle(qtbot, opened, photos=20)
    until(qtbot, lambda: opened.models.card.isVisible())
    return opened


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub that has a small model in the place of the default one."""
    default = registry.known()[0]
    files = make_tiny_clip(tmp_path / "published", dimension=default.dimension)
    with HubServer(default.repo, default.revision, files) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a hub where nobody listens."""
    monkeypatch.setattr(download, "_RETRY_SECONDS", 0.01)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")


def test_a_missing_model_is_explained(window: MainWindow) -> None:
    page = window.models.card
    assert "609 MB" in page.text
    assert "Nothing about your photos is sent" in page.text
    assert page.download_button.text() == "Download (609 MB)"
    assert page.built_in_button.isVisible()
    assert page.folder_button.isVisible()
    assert window.photos_page.isVisible()


def test_a_new_library_is_searched_with_the_built_in_model(
    qtbot: QtBot, first_window: MainWindow
) -> None:
    card = first_window.models.card
    assert first_window.models.in_use == "compact"
    assert "It knows everyday things; the full model knows far more." in card.text
    assert card.download_button.text() == "Download (609 MB)"
    assert not card.built_in_button.isVisible()
    assert first_window.footer.note == "Built-in model: knows everyday things"
    first_window.search_for("sea")
    until_heading(qtbot, first_window, "sea")
    qtbot.mouseClick(card.close_button, LEFT)
    assert not card.isVisible()


def test_the_full_model_follows_the_built_in_one_without_a_gap(
    qtbot: QtBot, first_window: MainWindow, hub: HubServer, battery: Battery
) -> None:
    models = first_window.models
    first_window.session.runs.only_on_mains = True  # so that nothing is encoded
    qtbot.mouseClick(models.card.download_button, LEFT)
    until(qtbot, lambda: models.following == DEFAULT_MODEL)
    until(qtbot, lambda: not models.card.isVisible())
    assert models.in_use == "compact"
    first_window.search_for("sea")
    until_heading(qtbot, first_window, "sea")
    battery.plug(True)
    until(qtbot, lambda: models.in_use == DEFAULT_MODEL)
    assert models.following == ""
    assert not models.card.isVisible()


def test_the_built_in_model_takes_the_place_of_one_that_is_not_here(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.mouseClick(window.models.card.built_in_button, LEFT)
    until(qtbot, lambda: window.models.in_use == "compact")
    until_idle(qtbot, window, photos=20)
    assert window.models.wanted == DEFAULT_MODEL
    assert window.models.card.isVisible()
    assert not window.models.card.built_in_button.isVisible()
    assert "the full model knows far more" in window.models.card.text


def test_a_download_makes_photos_searchable(
    qtbot: QtBot, window: MainWindow, hub: HubServer
) -> None:
    until_idle(qtbot, window, photos=20)
    qtbot.mouseClick(window.models.card.download_button, LEFT)
    assert window.models.card.stop_button.isVisible()
    until(qtbot, lambda: not window.models.card.isVisible())
    until_idle(qtbot, window, photos=20)
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    until(qtbot, lambda: registry.known()[0].name in menu_texts(window))


def test_a_download_can_be_stopped_and_taken_up_again(
    qtbot: QtBot, window: MainWindow, hub: HubServer
) -> None:
    hub.faults.block_seconds = 0.05
    page = window.models.card
    with qtbot.waitSignal(window.session.downloads.progressed, timeout=PATIENCE_MS):
        qtbot.mouseClick(page.download_button, LEFT)
    with qtbot.waitSignal(window.session.downloads.stopped, timeout=PATIENCE_MS):
        qtbot.mouseClick(page.stop_button, LEFT)
    assert page.download_button.text() == "Go On Downloading"
    hub.faults.block_seconds = 0.0
    qtbot.mouseClick(page.download_button, LEFT)
    until_idle(qtbot, window, photos=20)


def test_a_hub_that_cannot_be_reached(qtbot: QtBot, window: MainWindow, no_hub: None) -> None:
    page = window.models.card
    qtbot.mouseClick(page.download_button, LEFT)
    until(qtbot, lambda: page.trouble)
    assert page.isVisible()
    assert page.download_button.text() == "Try Again"
    assert page.folder_button.isVisible()


def test_a_model_from_a_folder(
    qtbot: QtBot,
    window: MainWindow,
    tiny_clip: Path,
    choose: Callable[[Path], None],
) -> None:
    choose(tiny_clip)
    qtbot.mouseClick(window.models.card.folder_button, LEFT)
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: "tiny-clip" in menu_texts(window))


def test_a_folder_without_a_model_is_told_of(
    qtbot: QtBot, window: MainWindow, album: Path, choose: Callable[[Path], None]
) -> None:
    choose(album)
    qtbot.mouseClick(window.models.card.folder_button, LEFT)
    until(qtbot, lambda: window.notice.text)
    assert window.models.card.isVisible()


def test_a_model_without_words_says_what_it_can_do(
    qtbot: QtBot, open_window: OpenWindow, album: Path, tiny_mobilenet: Path
) -> None:
    window = open_window(folders=[album], model=str(tiny_mobilenet))
    until_idle(qtbot, window, photos=20)
    field = window.search_bar.field
    assert "compares photos only" in field.placeholderText()
    qtbot.keyClicks(field, "sea")
    until(qtbot, lambda: "does not understand words" in window.notice.text)
    with qtbot.waitSignal(window.search.answered, timeout=PATIENCE_MS):
        window.search.refresh()
    assert "does not understand words" in window.notice.text
    field.clear()
    until(qtbot, lambda: window.notice.text == "")
    qtbot.keyClicks(field, "name:photo07")
    until_heading(qtbot, window, "1 photo matches")
    assert window.footer.note == "tiny-mobilenet compares photos only"
    window.examples.find_similar(album / "photo05.jpg")
    until_heading(qtbot, window, "Photos similar to “photo05.jpg”")


def test_another_model_indexes_the_photos_again(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, tiny_mobilenet: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    with qtbot.waitSignal(window.session.runs.finished, timeout=PATIENCE_MS) as finished:
        window.models.use(str(tiny_mobilenet))
    assert finished.args[1].indexed == 20
    until_heading(qtbot, window, "20 photos, newest first")
    assert window.search_bar.text() == ""


def test_the_former_model_answers_while_another_one_is_prepared(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, battery: Battery
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    former = window.models.in_use
    window.session.runs.only_on_mains = True  # so that nothing is encoded
    window.models.use("demo")
    until(qtbot, lambda: "demo (being prepared)" in menu_texts(window))
    assert f"searching goes on with {Path(former).name}" in window.notice.text
    window.search_for("sea")
    until_heading(qtbot, window, "“sea”")
    qtbot.mouseClick(window.notice.button, LEFT)
    until(qtbot, lambda: "demo" in menu_texts(window))
    assert (window.models.in_use, window.models.following) == (former, "")
    battery.plug(True)
    until_idle(qtbot, window, photos=20)
    assert window.models.in_use == former


def test_it_is_told_when_the_next_model_answers(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, tiny_mobilenet: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.models.use(str(tiny_mobilenet))
    until(qtbot, lambda: "From now on you search with tiny-mobilenet" in window.notice.text)
    until(qtbot, lambda: window.models.in_use == str(tiny_mobilenet))
    assert window.models.following == ""
    assert window.footer.note == "tiny-mobilenet compares photos only"


def test_filters_outlast_a_model_that_understands_words(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, tiny_mobilenet: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.search_for("name:photo07")
    until_heading(qtbot, window, "1 photo matches")
    with qtbot.waitSignal(window.session.runs.finished, timeout=PATIENCE_MS):
        window.models.use(str(tiny_mobilenet))
    until(qtbot, lambda: window.footer.note == "tiny-mobilenet compares photos only")
    until_idle(qtbot, window, photos=1)
    assert window.search_bar.text() == "name:photo07"


def menu_texts(window: MainWindow) -> list[str]:
    return [action.text() for action in window.models.menu.actions()]
