"""The window that is open takes in what a second start of InPhotos brings."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtNetwork import QLocalServer, QLocalSocket

from inphotos import handover
from inphotos.handover import TAKEN, Visit

#: A line with more is no visit: the system's own limit for the arguments of a program is lower.
_LONGEST = 1 << 22


class SingleInstance(QObject):
    """Listens for further starts on the library that this process holds.

    Signals:
        visited(Visit): there was one, and what it was started with.
    """

    visited = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def listen(self, library_directory: Path) -> None:
        """Listen from now on; only for a library that this process has opened.

        Nobody else holds it then, so that a socket that is there was left by a process that died.
        """
        at = handover.address(library_directory)
        if at is not None and not self._server.isListening():
            QLocalServer.removeServer(at)
            self._server.listen(at)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_new_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(partial(self._on_ready_read, connection))
            connection.disconnected.connect(connection.deleteLater)
            self._on_ready_read(connection)  # what has come already is not told of again

    def _on_ready_read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            if connection.bytesAvailable() > _LONGEST:
                connection.abort()
            return
        visit = Visit.read(connection.readLine().data())
        if visit is not None:
            connection.write(TAKEN)
            connection.flush()
            self.visited.emit(visit)
        connection.disconnectFromServer()
