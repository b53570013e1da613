"""What the window asks of the desktop around it: open a photo, show where it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QMimeData, QUrl
from PyQt6.QtGui import QDesktopServices, QGuiApplication


def open_file(path: Path) -> bool:
    """Open a file in the program that the user has chosen for its kind."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_file_manager(path: Path) -> bool:
    """Show the file in its folder, selected where the file manager can do that."""
    if sys.platform == "win32":
        # Explorer wants one argument with its own quoting, and its status says nothing.
        subprocess.Popen(f'explorer /select,"{path}"')
        return True
    if sys.platform == "darwin":
        return subprocess.run(["open", "-R", str(path)], check=False).returncode == 0
    return _show_over_dbus(path) or open_file(path.parent)


def copy_paths(paths: Sequence[Path]) -> None:
    """Put files on the clipboard: as lines of text for editors, as files for file managers."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is None:
        return
    data = QMimeData()
    data.setText("\n".join(str(path) for path in paths))
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    clipboard.setMimeData(data)


def _show_over_dbus(path: Path) -> bool:
    """Ask the desktop's file manager by the interface that all of them share (freedesktop.org)."""
    from PyQt6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    manager = QDBusInterface(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        bus,
    )
    url = QUrl.fromLocalFile(str(path)).toString()
    reply = manager.call("ShowItems", [url], "")
    return reply.type() == QDBusMessage.MessageType.ReplyMessage
