"""Addresses of files, for other programs and from them, whatever bytes are in their names."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PyQt6.QtCore import QUrl


def url_of(path: Path) -> QUrl:
    """Return the address of a file, whose path is absolute."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        # Qt's texts have no place for bytes that are not UTF-8; in an address they are escaped.
        return QUrl.fromEncoded(path.as_uri().encode())
    return QUrl.fromLocalFile(str(path))


def path_of(url: QUrl) -> Path:
    """Return the file that an address leads to."""
    local = url.toLocalFile()
    if "\ufffd" not in local:
        return Path(local)
    escaped = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(escaped)))
