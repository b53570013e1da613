"""What a window says, and which of it is still in the language of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PyQt6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from inphotos.gui.sentences import literals_of, pattern_of


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield all that a widget and the visible ones in it say, show and have read out."""
    inside = [each for each in widget.findChildren(QWidget) if each.isVisible()]
    for each in [widget, *inside]:
        yield from (each.toolTip(), each.accessibleName(), each.accessibleDescription())
        if each.isWindow():
            yield each.windowTitle()
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        elif isinstance(each, QLineEdit):
            yield each.placeholderText()
        elif isinstance(each, QGroupBox):
            yield each.title()
        elif isinstance(each, QComboBox):
            yield from (each.itemText(place) for place in range(each.count()))
        elif isinstance(each, QTabBar):
            yield from (each.tabText(place) for place in range(each.count()))
        elif isinstance(each, QHeaderView):
            model = each.model()
            assert model is not None
            for place in range(each.count()):
                yield str(model.headerData(place, each.orientation()) or "")
        elif isinstance(each, QAbstractItemView):
            yield from _rows(each.model(), QModelIndex())


def texts_of_menu(menu: QMenu) -> Iterator[str]:
    """Yield what the entries of a menu say, and of the menus in it."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        yield from (action.text(), action.toolTip())
        inner = action.menu()
        if inner is not None and action.isEnabled():
            yield from texts_of_menu(inner)


def unspoken(texts: Iterator[str], translations: Mapping[str, str]) -> set[str]:
    """Return those texts that are as in the source, though their translation is another.

    Args:
        texts: what a window says.
        translations: texts of the source, with fields in braces, and what they are translated to.
    """
    # What another text is translated to is no sign of English, such as "Name" or "Tags".
    others = {_plain(other) for other in translations.values()}
    sources = {
        _plain(source): _plain(other)
        for source, other in translations.items()
        if _plain(source) not in others and any(len(word) > 2 for word in _words(source))
    }
    return {
        f"{text} ({source})"
        for text in map(_plain, filter(None, texts))
        for source, other in sources.items()
        if _fits(text, source) and not _fits(text, other)
    }


def _fits(text: str, template: str) -> bool:
    literals = literals_of(template)
    return all(each in text for each in literals) and bool(pattern_of(template).fullmatch(text))


def _words(template: str) -> list[str]:
    letters = "".join(char if char.isalpha() else " " for char in "".join(literals_of(template)))
    return letters.split()


def _plain(text: str) -> str:
    """Return a text without mnemonics and the marks of a tooltip."""
    return text.removeprefix("<qt>").removesuffix("</qt>").replace("&", "").strip()


def _rows(model: QAbstractItemModel | None, parent: QModelIndex) -> Iterator[str]:
    assert model is not None
    for row in range(model.rowCount(parent)):
        # A list keeps to itself how many columns it has.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                text = index.data(role)
                if isinstance(text, str):
                    yield text
        yield from _rows(model, model.index(row, 0, parent))
