"""What the window asks of the desktop around it: open a photo, show where it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QMetaType, QMimeData
from PyQt6.QtGui import QDesktopServices, QGuiApplication, QImage

from inphotos.gui.file_urls import url_of

if TYPE_CHECKING:
    from inphotos.pixels import Pixels


def open_file(path: Path) -> bool:
    """Open a file in the program that the user has chosen for its kind."""
    return QDesktopServices.openUrl(url_of(path))


def show_in_file_manager(paths: Sequence[Path]) -> bool:
    """Show files of one folder there, selected where the file manager can do that.

    Returns:
        Whether a file manager was found; one may still refuse, and then the folder is opened.
    """
    import subprocess

    if sys.platform == "win32":
        # Explorer wants one argument with its own quoting, selects one file, and its status says
        # nothing.
        subprocess.Popen(f'explorer /select,"{paths[0]}"')
        return True
    if sys.platform == "darwin":
        subprocess.Popen(["open", "-R", *map(str, paths)])
        return True
    return _show_over_dbus(paths) or open_file(paths[0].parent)


def copy_files(paths: Sequence[Path]) -> None:
    """Put files on the clipboard: as lines of text for editors, as files for file managers."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is None:
        return
    data = QMimeData()
    data.setText("\n".join(str(path) for path in paths))
    _add_urls(data, paths)
    clipboard.setMimeData(data)


def copy_picture(path: Path, pixels: Pixels, png: bytes) -> None:
    """Put what is to be seen on a photo on the clipboard, and its file beside it.

    Args:
        path: the file.
        pixels: uint8, RGB, shape (height, width, 3).
        png: the same as a PNG, because Qt would make one at each paste, and nothing goes on in
            the window meanwhile.
    """
    clipboard = QGuiApplication.clipboard()
    if clipboard is None:
        return
    height, width, _ = pixels.shape
    # The copy has bytes of its own.
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    data = QMimeData()
    data.setImageData(image)
    data.setData("image/png", png)
    _add_urls(data, [path])
    clipboard.setMimeData(data)


def _add_urls(data: QMimeData, paths: Sequence[Path]) -> None:
    urls = [url_of(path) for path in paths]
    data.setUrls(urls)
    # The file managers of GNOME, Xfce and Cinnamon paste files only where they are told so.
    lines = [b"copy", *(url.toEncoded().data() for url in urls)]
    data.setData("x-special/gnome-copied-files", b"\n".join(lines))


def _show_over_dbus(paths: Sequence[Path]) -> bool:
    """Ask the desktop's file manager by the interface that all of them share (freedesktop.org).

    The answer is not waited for: a file manager that has to start first takes seconds.
    """
    from PyQt6.QtDBus import (
        QDBusArgument,
        QDBusConnection,
        QDBusMessage,
        QDBusPendingCallWatcher,
        QDBusPendingReply,
    )

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    urls = [url_of(path).toEncoded().data().decode() for path in paths]
    # Of itself a Python list goes out as an array of variants, which no file manager takes.
    call.setArguments([QDBusArgument(urls, QMetaType.fromName(b"QStringList").id()), ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call), QCoreApplication.instance())

    def on_finished() -> None:
        if QDBusPendingReply(watcher).isError():
            open_file(paths[0].parent)
        watcher.deleteLater()

    watcher.finished.connect(on_finished)
    return True
