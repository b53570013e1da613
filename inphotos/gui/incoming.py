"""Files and pictures that come from outside: dropped on the window, or pasted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PyQt6.QtGui import QGuiApplication, QImage

from inphotos.gui.file_urls import path_of
from inphotos.photos.formats import is_raw_name, kind_of


@dataclass(frozen=True, slots=True)
class Incoming:
    """Paths by what they lead to."""

    folders: list[Path] = field(default_factory=list)
    photos: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def local_paths(data: QMimeData | None) -> list[Path]:
    """Return the files and folders that are on this machine."""
    urls = data.urls() if data is not None else []
    return [path_of(url) for url in urls if url.isLocalFile()]


def image_in(data: QMimeData | None) -> QImage | None:
    """Return the picture itself, None where there is none."""
    image = data.imageData() if data is not None and data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def is_picture(data: QMimeData | None) -> bool:
    """Tell whether files or a picture were copied, rather than text."""
    paths = local_paths(data)
    if data is None or not (paths or data.hasImage()):
        return False
    if not data.hasFormat("text/plain"):
        return True
    # File managers add the files' names as text.
    lines = data.text().split("\n")
    return bool(paths) and all(_path_in(line.strip()) in paths for line in lines if line.strip())


def are_photos_copied() -> bool:
    """Tell whether files or a picture are on the clipboard, rather than text."""
    clipboard = QGuiApplication.clipboard()
    return clipboard is not None and is_picture(clipboard.mimeData())


def sort_paths(paths: Iterable[Path]) -> Incoming:
    """Look at what paths lead to; a file that cannot be opened may be a photo."""
    incoming = Incoming()
    for path in paths:
        if path.is_dir():
            incoming.folders.append(path)
        elif _may_be_photo(path):
            incoming.photos.append(path)
        else:
            incoming.others.append(path)
    return incoming


def as_png(image: QImage) -> bytes:
    """Return a picture as a PNG file, which loses nothing."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def _may_be_photo(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return True
    return kind_of(head) is not None or is_raw_name(path.name)


def _path_in(line: str) -> Path:
    url = QUrl(line)
    return path_of(url) if url.isLocalFile() else Path(line)
