"""A picture being painted, in units of its own height, so that any size shows the same scene."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

import numpy as np
from PIL import Image
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

from .palette import mix, rgb

Fill = str | QColor | QBrush | QGradient
Point = tuple[float, float]


def _brush(fill: Fill) -> QBrush:
    if isinstance(fill, QBrush):
        return fill
    return QBrush(QColor(fill)) if isinstance(fill, str) else QBrush(fill)


def _stops(gradient: QGradient, colours: Sequence[str | QColor]) -> None:
    last = len(colours) - 1
    for i, colour in enumerate(colours):
        gradient.setColorAt(i / last, QColor(colour))


def down(*colours: str | QColor) -> QBrush:
    """A gradient from the top of whatever shape it fills to its bottom."""
    gradient = QLinearGradient(0, 0, 0, 1)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    _stops(gradient, colours)
    return QBrush(gradient)


def across(*colours: str | QColor) -> QBrush:
    """A gradient from the left edge of whatever shape it fills to its right."""
    gradient = QLinearGradient(0, 0, 1, 0)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    _stops(gradient, colours)
    return QBrush(gradient)


def round_light(colour: str | QColor, depth: float = 0.45) -> QBrush:
    """The shading of a solid body lit from the upper left, relative to the shape it fills."""
    gradient = QRadialGradient(0.5, 0.5, 0.72, 0.33, 0.26)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    gradient.setColorAt(0.0, mix(colour, "#fffaf0", depth * 0.9))
    gradient.setColorAt(0.4, QColor(colour))
    gradient.setColorAt(1.0, mix(colour, "#15172b", depth))
    return QBrush(gradient)


def polygon(points: Sequence[Point]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def smooth(points: Sequence[Point], closed: bool = True) -> QPainterPath:
    """A Catmull-Rom curve through the points."""
    n = len(points)
    path = QPainterPath(QPointF(*points[0]))
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2))
        path.cubicTo(
            QPointF(p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6),
            QPointF(p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6),
            QPointF(*p2),
        )
    if closed:
        path.closeSubpath()
    return path


class Canvas:
    """Paints on a QImage.

    x runs from 0 to `w` (the picture's width over its height), y from 0 (top) to 1.

    Attributes:
        rng: the one source of chance, so that a seed gives one picture.
        w: width in units of the height.
        cx: the middle, w / 2.
        u: the shorter side, min(w, 1): what must stay in view is sized by it and kept within
            `cx` ± u / 2, because the encoder sees only the middle square.
    """

    def __init__(self, size: tuple[int, int], rng: Random) -> None:
        width, height = size
        self.rng = rng
        self.w = width / height
        self.cx = self.w / 2
        self.u = min(1.0, self.w)
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._image.fill(QColor("#808080"))
        self._painter = QPainter(self._image)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.scale(height, height)

    @contextmanager
    def at(
        self, x: float, y: float, scale: float = 1.0, angle: float = 0.0, flip: bool = False
    ) -> Iterator[None]:
        """Draw in a frame of its own: origin at (x, y), turned by `angle` degrees clockwise."""
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.rotate(angle)
        self._painter.scale(-scale if flip else scale, scale)
        yield
        self._painter.restore()

    @contextmanager
    def clipped(self, path: QPainterPath) -> Iterator[None]:
        """Draw only inside the path."""
        self._painter.save()
        self._painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        yield
        self._painter.restore()

    def shape(self, path: QPainterPath, fill: Fill) -> None:
        self._painter.fillPath(path, _brush(fill))

    def poly(self, points: Sequence[Point], fill: Fill) -> None:
        self.shape(polygon(points), fill)

    def blob(self, points: Sequence[Point], fill: Fill) -> None:
        self.shape(smooth(points), fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: Fill, r: float = 0.0) -> None:
        """A rectangle from its top left corner; `r` rounds its corners."""
        self._painter.setBrush(_brush(fill))
        if r:
            self._painter.drawRoundedRect(QRectF(x, y, w, h), r, r)
        else:
            self._painter.drawRect(QRectF(x, y, w, h))

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Fill) -> None:
        """An ellipse from its centre."""
        self._painter.setBrush(_brush(fill))
        self._painter.drawEllipse(QPointF(x, y), rx, ry)

    def dot(self, x: float, y: float, r: float, fill: Fill) -> None:
        self.oval(x, y, r, r, fill)

    def stroke(
        self, points: Sequence[Point], width: float, colour: Fill, curved: bool = False
    ) -> None:
        """An open line with round ends."""
        pen = QPen(_brush(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        path = QPainterPath(QPointF(*points[0]))
        if curved:
            path = smooth(points, closed=False)
        else:
            for x, y in points[1:]:
                path.lineTo(x, y)
        self._painter.strokePath(path, pen)

    def ring(self, x: float, y: float, r: float, width: float, colour: Fill) -> None:
        path = QPainterPath()
        path.addEllipse(QPointF(x, y), r, r)
        self._painter.strokePath(path, QPen(_brush(colour), width))

    def arc(
        self, x: float, y: float, r: float, start: float, sweep: float, width: float, colour: Fill
    ) -> None:
        """Part of a circle's line; degrees, counter-clockwise from three o'clock."""
        path = QPainterPath()
        path.arcMoveTo(QRectF(x - r, y - r, 2 * r, 2 * r), start)
        path.arcTo(QRectF(x - r, y - r, 2 * r, 2 * r), start, sweep)
        self._painter.strokePath(
            path,
            QPen(_brush(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap),
        )

    def glow(
        self, x: float, y: float, r: float, colour: str | QColor, strength: float = 0.8
    ) -> None:
        """Light that fades out to nothing at distance `r`."""
        gradient = QRadialGradient(x, y, r)
        for stop, share in ((0.0, 1.0), (0.25, 0.55), (0.55, 0.18), (1.0, 0.0)):
            gradient.setColorAt(stop, rgb(colour, strength * share))
        self._painter.setBrush(QBrush(gradient))
        self._painter.drawEllipse(QPointF(x, y), r, r)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.4) -> None:
        """A soft dark patch, as a body casts on the ground under it."""
        with self.at(x, y):
            self._painter.scale(rx, ry)
            self.glow(0, 0, 1.25, "#10101c", strength)

    def backdrop(self, *colours: str | QColor, top: float = 0.0, bottom: float = 1.0) -> None:
        """A vertical gradient over the whole width."""
        self.rect(-0.01, top, self.w + 0.02, bottom - top, down(*colours))

    def ridge(
        self,
        y: float,
        height: float,
        fill: Fill,
        jagged: bool = False,
        waves: float = 2.0,
        bottom: float = 1.0,
    ) -> list[Point]:
        """Hills (or, jagged, mountains) over the whole width around `y`, filled down to `bottom`.

        Returns the skyline from left to right.
        """
        steps = 48
        phases = [self.rng.uniform(0, math.tau) for _ in range(4)]
        line: list[Point] = []
        for i in range(steps + 1):
            t = i / steps
            if jagged:
                level = sum(
                    (abs(((t * waves * f + p / math.tau) % 1.0) - 0.5) * 4 - 1) * a
                    for f, p, a in zip(
                        (1, 2.3, 5.1, 9.7), phases, (0.6, 0.3, 0.14, 0.08), strict=True
                    )
                )
            else:
                level = sum(
                    math.sin(t * waves * f * math.tau + p) * a
                    for f, p, a in zip(
                        (0.5, 1.0, 1.7, 3.1), phases, (0.45, 0.35, 0.2, 0.06), strict=True
                    )
                )
            line.append((t * (self.w + 0.04) - 0.02, y - height * level / 2))
        shape = [*line, (self.w + 0.02, bottom), (-0.02, bottom)]
        self.shape(polygon(shape), fill)
        return line

    def finish(self, vignette: float = 0.28, grain: float = 1.2) -> Image.Image:
        """Darken the corners, add a film's grain (`grain`: standard deviation in 8-bit levels)
        and hand the picture over as RGB."""
        radius = math.hypot(self.w, 1.0) / 2 * 1.08
        gradient = QRadialGradient(self.cx, 0.5, radius)
        gradient.setColorAt(0.0, rgb("#000008", 0.0))
        gradient.setColorAt(0.55, rgb("#000008", vignette * 0.12))
        gradient.setColorAt(1.0, rgb("#000008", vignette))
        self.rect(-0.01, -0.01, self.w + 0.02, 1.02, QBrush(gradient))
        self._painter.end()
        image = self._image.convertToFormat(QImage.Format.Format_RGB888)
        bits = image.constBits()
        assert bits is not None
        bits.setsize(image.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
        noise = np.random.default_rng(self.rng.getrandbits(32)).normal(
            0.0, grain, (image.height(), image.width(), 1)
        )
        return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))
