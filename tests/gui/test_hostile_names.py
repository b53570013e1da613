"""What the window shows of photos whose names and metadata are made to break it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, row_of, shown, until
from hostile_names import HTML, NAMES, TEXTS, make_album
from PyQt6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, QUrl
from PyQt6.QtGui import QAction, QGuiApplication
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inphotos.errors import LibraryError, display_path
from inphotos.gui.breaks import breakable, whole
from inphotos.gui.desktop import copy_files
from inphotos.gui.dialogs.failures import FailuresDialog
from inphotos.gui.file_urls import path_of, url_of
from inphotos.gui.grid.dragging import files_of
from inphotos.gui.main_window import MainWindow
from inphotos.gui.tool_tips import as_lines, as_plain
from inphotos.library import Library
from inphotos.library.searches import SavedSearch

ROLES = Qt.ItemDataRole

#: What Qt takes for HTML must hold it escaped, and what a menu shows must double its "&".
MARK = "<img"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path) -> Path:
    """A library with the photos, tags and a saved search of hostile names."""
    home = tmp_path_factory.mktemp("hostile")
    paths = make_album(home / "pictures")
    paths[0].with_name(f"{HTML}\n\u202e.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with Library.open(home / "library") as library:
        library.use_model(str(tiny_clip))
        library.add_folder(paths[0].parent)
        list(library.index())
        photos = [result.photo_id for result in library.browse(top=100).results]
        library.marks.add_tags(photos[:3], [HTML, "\u202etag", "{0} %s & x"])
        library.searches.save(SavedSearch(HTML, "cat"))
        library.searches.save(SavedSearch("\u202e{0}\x07 & " + "w" * 300, "dog"))
    return home


@pytest.fixture
def window(tmp_path: Path, template: Path, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    shutil.copytree(template / "library", tmp_path / "library")
    window = open_window(tmp_path / "library")
    window.resize(1300, 850)
    until(qtbot, lambda: len(shown(window)) == len(NAMES) + len(TEXTS))
    return window


def problems(root: QObject) -> Iterator[str]:
    """Yield what is wrong with the texts of a window."""
    for widget in (*root.findChildren(QWidget), root):
        yield from _rich(widget, widget.toolTip(), "tool tip")
        yield from _raw(widget, widget.accessibleName(), widget.accessibleDescription())
        yield from _raw(widget, widget.windowTitle(), widget.toolTip())
        if isinstance(widget, QLabel):
            yield from _raw(widget, widget.text())
            if widget.textFormat() != Qt.TextFormat.PlainText:
                yield from _rich(widget, widget.text(), "text")
        if isinstance(widget, QAbstractButton):
            yield from _mnemonic(widget, widget.text())
        if isinstance(widget, QMenu):
            yield from _mnemonic(widget, widget.title())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in rows(widget.model()):
                yield from _rich(widget, index.data(ROLES.ToolTipRole), "tool tip of a row")
                texts = (ROLES.DisplayRole, ROLES.AccessibleTextRole, ROLES.ToolTipRole)
                yield from _raw(widget, *(index.data(role) for role in texts))
    for action in root.findChildren(QAction):
        yield from _rich(action, action.toolTip(), "tool tip")
        yield from _mnemonic(action, action.text())


def rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Yield every cell of a model."""
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        first = model.index(row, 0, parent)
        yield first
        beside = (first.siblingAtColumn(column) for column in (1, 2, 3))
        yield from (index for index in beside if index.isValid())
        yield from rows(model, first)


def _rich(where: QObject, text: object, what: str) -> Iterator[str]:
    if isinstance(text, str) and Qt.mightBeRichText(text) and MARK in text:
        yield f"{what} of {type(where).__name__} is taken for HTML: {text[:80]!r}"


def _mnemonic(where: QObject, text: str) -> Iterator[str]:
    yield from _raw(where, text)
    if "Q&A" in text:
        yield f"text of {type(where).__name__} loses its &: {text[:80]!r}"


def _raw(where: QObject, *texts: object) -> Iterator[str]:
    for text in texts:
        # At a zero-width space the panel lets a long name go on in the next line.
        if isinstance(text, str) and not all(c.isprintable() or c in "\n\t\u200b" for c in text):
            yield f"{type(where).__name__} shows characters that are none: {text[:80]!r}"


def test_the_grid_and_the_sidebar_show_names_as_they_are(window: MainWindow) -> None:
    model = window.grid.model()
    assert any(MARK in model.index(row, 0).data() for row in range(model.rowCount()))
    assert [*problems(window)] == []


def test_the_panel_and_the_viewer_show_names_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    window.info.action.trigger()
    panel = window.info.panel
    tagged = shown(window)[0].path.name
    for name in (
        tagged,
        os.fsdecode(NAMES[0]),
        *(f"text{number:02}.jpg" for number in range(len(TEXTS))),
    ):
        row = row_of(window, name)
        window.grid.setCurrentIndex(window.grid.model().index(row, 0))
        until(qtbot, lambda name=name: panel.name.value == display_path(name))
        until(qtbot, lambda: panel.facts.rows.get("file"))
        if name == tagged:
            until(qtbot, lambda: window.marks_box.editor.chips)
        assert [*problems(window)] == []
    window.viewer.open(shown(window), row_of(window, os.fsdecode(NAMES[0])))
    until(qtbot, lambda: HTML in window.viewer.bar.title[0])
    assert [*problems(window)] == []
    window.viewer.leave()


def test_failures_are_listed_as_they_are(window: MainWindow) -> None:
    window.footer.failures_button.click()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, FailuresDialog)]
    [dialog] = [dialog for dialog in dialogs if dialog.isVisible()]
    assert dialog.list.topLevelItemCount() == 1
    assert [*problems(dialog)] == []
    dialog.close()


def test_a_question_about_a_folder_is_no_html(window: MainWindow) -> None:
    window.folders.ask_to_forget(Path("/photos") / HTML)
    [box] = window.findChildren(QMessageBox)
    assert MARK in box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.close()


def test_suggestions_show_names_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    until(qtbot, lambda: window.memory.book.facets.folders)
    window.activateWindow()
    until(qtbot, window.search_bar.field.hasFocus)
    qtbot.keyClicks(window.search_bar.field, "img")
    suggestions = window.memory.suggesting.list
    until(qtbot, lambda: any(MARK in each.text for each in suggestions.offered))
    assert [*problems(window)] == []


def test_bytes_that_are_not_utf_8_survive_in_addresses(window: MainWindow) -> None:
    photos = shown(window)
    data = files_of(photos)
    assert data is not None
    assert {os.fsencode(path_of(url)) for url in data.urls()} == {
        os.fsencode(photo.path) for photo in photos
    }
    copy_files([photo.path for photo in photos])
    pasted = QGuiApplication.clipboard().mimeData()
    lines = bytes(pasted.data("x-special/gnome-copied-files")).splitlines()[1:]
    assert [path_of(QUrl.fromEncoded(line)) for line in lines] == [p.path for p in photos]
    assert all(path_of(url_of(photo.path)) == photo.path for photo in photos)


def test_a_long_name_neither_widens_the_window_nor_is_cut_off(window: MainWindow) -> None:
    told = f"Not reachable now: /media/{'x' * 250}. The photos there stay in the library."
    window.notice.tell(told, "Try Again", lambda: None)
    assert window.minimumSizeHint().width() < 800
    assert window.notice.text == told
    window.error_page.show_error(LibraryError(told))
    body = window.error_page.body
    assert body.minimumSizeHint().width() < body.parentWidget().width()
    window.folders.ask_to_forget(Path("/media") / ("!" * 250))
    [box] = window.findChildren(QMessageBox)
    assert box.width() < 600
    box.close()


@pytest.mark.parametrize("text", ["w" * 4000, "/media/" * 600, "<b>" * 1300, "e\u0301" * 2000])
def test_a_tool_tip_of_a_long_name_has_room_on_the_screen(text: str) -> None:
    for tip in (as_lines(text), as_plain(text)):
        label = QLabel(tip)
        label.setWordWrap(True)
        assert label.minimumSizeHint().width() < 400
        assert label.heightForWidth(400) < 800


def test_an_accent_stays_with_its_letter_where_a_name_is_broken() -> None:
    name = "e\u0301" * 40
    pieces = breakable(name).split("\u200b")
    assert len(pieces) > 2
    assert "".join(pieces) == name
    assert all(piece.startswith("e") for piece in pieces)


def test_a_long_keyword_is_cut_and_its_tool_tip_has_all_of_it(window: MainWindow) -> None:
    word = "w" * 90
    editor = window.marks_box.editor
    editor.show_tags((), ("short", word))
    short, long = editor.keyword_labels
    assert (short.text(), short.accessibleName()) == ("short", "short")
    assert long.text().endswith("w…")
    assert word in whole(long.toolTip())
    assert long.accessibleName() == word


def test_a_tool_tip_is_html_only_where_it_would_be_taken_for_it() -> None:
    assert as_lines("a.jpg\n/photos") == "a.jpg\n/photos"
    assert as_lines("<b>a</b>\n&") == "<qt>&lt;b&gt;a&lt;/b&gt;<br>&amp;</qt>"
    assert as_plain("") == ""
