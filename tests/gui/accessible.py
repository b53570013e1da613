"""What a screen reader is told of widgets, by the rules of Qt, which PyQt gives no access to."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

#: Qt knows what these are: a button, a list, and so on. A plain QWidget would be nothing.
_WITH_A_ROLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
)


def name_of(widget: QWidget) -> str:
    """Return what a widget is called."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text()
    if isinstance(widget, QTabBar):
        return widget.tabText(widget.currentIndex())
    if isinstance(widget, QMenuBar):
        return "menu bar"
    window = widget.window()
    assert window is not None
    buddies = [label.text() for label in window.findChildren(QLabel) if label.buddy() is widget]
    return buddies[0] if buddies else ""


def controls(top: QWidget) -> list[QWidget]:
    """Return what is in sight and takes the focus or a click."""
    found = []
    for widget in top.findChildren(QWidget):
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not widget.isVisibleTo(top) or widget.window() is not top:
            continue
        if widget.focusProxy() is not None:
            continue  # another one stands for it
        if isinstance(widget, QAbstractButton) or takes_focus:
            found.append(widget)
    return [widget for widget in found if not _is_inside_of_qt(widget)]


def without_name(top: QWidget) -> list[str]:
    """Return the controls that a screen reader has no name for."""
    return [_described(widget) for widget in controls(top) if not name_of(widget).strip(" &…")]


def without_role(top: QWidget) -> list[str]:
    """Return the controls of which a screen reader tells neither the kind nor how to use them."""
    return [
        _described(widget)
        for widget in controls(top)
        if not isinstance(widget, _WITH_A_ROLE) and not widget.accessibleDescription()
    ]


def tab_stops(top: QWidget) -> list[QWidget]:
    """Return the controls that Tab has to come to."""
    return [
        widget
        for widget in controls(top)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _is_inside_of_qt(widget: QWidget) -> bool:
    """Tell whether a widget is a part of one of Qt's, which speaks for it."""
    names = (widget.objectName(), widget.metaObject().className() if widget.metaObject() else "")
    return any(name.startswith("qt_") for name in names) or type(widget) is QFrame


def _described(widget: QWidget) -> str:
    parents, parent = [], widget.parentWidget()
    while parent is not None:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()!r} in {' in '.join(parents)}"
