"""Pictures that InPhotos has made and keeps, which are thumbnails, read and given round corners."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QBuffer, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QImageReader, QPainter, QPainterPath

# PyQt makes the members of a class when one of them is asked for, in Python, so another thread can
# come in between: two that draw the first picture would make two kinds of QImage.Format, and Qt
# would take but one of them from then on. An import is made by one thread alone.
_FITTING = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = QPainter.RenderHint.Antialiasing
_TRANSPARENT = Qt.GlobalColor.transparent
_WITH_ALPHA = QImage.Format.Format_ARGB32_Premultiplied
#: How pictures without transparency are held.
PLAIN = QImage.Format.Format_RGB32


def read_jpeg(path: Path, square: int | None = None) -> QImage | None:
    """Read a JPEG file; for any thread.

    Args:
        path: the file.
        square: an edge in pixels; the picture is scaled to fit such a square, if given.

    Returns:
        The picture, or None where there is none any more, or it cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError:  # thrown out meanwhile, for want of room or because its photo was removed
        return None
    buffer = QBuffer()
    buffer.setData(content)
    # Only as what it should be: a decoder that a photo has taken over could have made anything.
    reader = QImageReader(buffer, b"jpeg")
    reader.setAutoDetectImageFormat(False)
    # PyQt lets go of Python's lock in read(), and Qt looks for the decoder under a lock of its own,
    # reading from the buffer, which takes Python's: two threads would wait for each other. Asked
    # for the size first, Qt finds the decoder with Python's lock held throughout.
    size = reader.size()
    if not size.isValid():
        return None
    if square is not None:
        fitting = size.scaled(QSize(square, square), _FITTING)
        reader.setScaledSize(fitting)
    image = reader.read()
    return None if image.isNull() else image


def rounded(image: QImage, radius: float, ratio: float) -> QImage:
    """Return a picture with round corners; for any thread.

    Args:
        image: the picture, in device pixels.
        radius: of the corners, in pixels.
        ratio: device pixels for each pixel.
    """
    result = QImage(image.size(), _WITH_ALPHA)
    result.fill(_TRANSPARENT)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(result.rect()), radius * ratio, radius * ratio)
    painter = QPainter(result)
    painter.setRenderHint(_SMOOTH)
    painter.setClipPath(shape)
    painter.drawImage(0, 0, image)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
