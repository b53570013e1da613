"""The window's icons: one line-art family in SVG, drawn in the colour of the text around them."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PyQt6.QtSvg import QSvgRenderer
from PyQt6.QtWidgets import QWidget


def icon(
    name: str,
    role: QPalette.ColorRole | QColor = QPalette.ColorRole.ButtonText,
    turn: float = 0,
) -> QIcon:
    """Return the icon ``icons/<name>.svg`` in the palette's colour for ``role``, or in a colour.

    Args:
        name: of the drawing.
        role: of the colour.
        turn: degrees by which it is turned clockwise.
    """
    return QIcon(_LineIconEngine(name, role, turn))


def application_icon() -> QIcon:
    """Return the icon of the application itself, which has colours of its own."""
    renderer = QSvgRenderer(QByteArray(_source("inphotos").encode()))
    result = QIcon()
    for edge in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(edge, edge)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result


def application_png(edge: int) -> bytes:
    """Return the icon of the application as a PNG file of ``edge`` x ``edge`` pixels."""
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(_source("inphotos").encode())).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


class IconView(QWidget):
    """An icon on its own, sharp at every scale and in the theme's colour of the moment."""

    def __init__(
        self,
        name: str,
        edge: int,
        role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self.setFixedSize(edge, edge)
        self.show_icon(name)

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = icon(name, self._role)
        self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


@cache
def _source(name: str) -> str:
    return (files("inphotos.gui") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _renderer(drawing: str) -> QSvgRenderer:
    """Return what draws an SVG; to read it takes longer, and tiles ask for it again and again."""
    return QSvgRenderer(QByteArray(drawing.encode()))


class _LineIconEngine(QIconEngine):
    """Draws one SVG in the palette's colour of the moment, so a change of theme needs no code."""

    def __init__(self, name: str, role: QPalette.ColorRole | QColor, turn: float = 0) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._turn = turn

    def _colour(self, mode: QIcon.Mode) -> QColor:
        if isinstance(self._role, QColor):
            return self._role
        disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        # In a list, on the ground of the selected row.
        selected = mode == QIcon.Mode.Selected
        role = QPalette.ColorRole.HighlightedText if selected else self._role
        return QGuiApplication.palette().color(group, role)

    def clone(self) -> QIconEngine:
        return _LineIconEngine(self._name, self._role, self._turn)

    def paint(
        self,
        painter: QPainter | None,
        rect: QRect,
        mode: QIcon.Mode,
        state: QIcon.State,  # noqa: ARG002
    ) -> None:
        drawing = _source(self._name).replace("currentColor", self._colour(mode).name())
        middle = QRectF(rect).center()
        assert painter is not None
        painter.save()
        painter.translate(middle)
        painter.rotate(self._turn)
        painter.translate(-middle)
        _renderer(drawing).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # of a button that was squeezed to nothing
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap
