"""Reads and writes what the window keeps beside the library: the fields of a dataclass."""

from __future__ import annotations

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from PyQt6.QtCore import QByteArray, QSettings

from inphotos.gui.queries import Arrangement
from inphotos.owner_only import tighten
from inphotos.search.arrangements import GROUPS, SORTS

FILE_NAME = "window.ini"

#: Orders and groups as they are written, such as ``name day``.
_ARRANGEMENTS = {f"{sort} {group}": Arrangement(sort, group) for sort in SORTS for group in GROUPS}

T = TypeVar("T")


def load_values(kind: type[T], library_directory: Path) -> T:
    """Read the fields of a dataclass; what is missing or makes no sense gets its default.

    Args:
        kind: a dataclass, all of whose fields have a default: text, a number, a truth value,
            bytes of Qt, or an :class:`Arrangement`.
        library_directory: the library beside which they are kept.
    """
    stored = _settings(library_directory)
    values = {}
    for field in fields(kind):  # type: ignore[arg-type]
        assert field.default is not MISSING
        values[field.name] = _read(stored.value(field.name), field.default)
    return kind(**values)


def save_values(values: object, library_directory: Path) -> None:
    """Write the fields of a dataclass; others that are kept there stay as they are."""
    stored = _settings(library_directory)
    for field in fields(values):  # type: ignore[arg-type]
        value = getattr(values, field.name)
        if isinstance(value, Arrangement):
            value = f"{value.sort} {value.group}"
        stored.setValue(field.name, value)
    stored.sync()
    tighten(library_directory / FILE_NAME)


def _read(stored: Any, default: Any) -> Any:
    if stored is None:
        return default
    if isinstance(default, bool):
        # An INI file has text only.
        return {"true": True, "false": False}.get(str(stored).lower(), default)
    if isinstance(default, int):
        try:
            return int(stored)
        except (TypeError, ValueError):
            return default
    if isinstance(default, Arrangement):
        return _ARRANGEMENTS.get(str(stored), default)
    if isinstance(default, QByteArray):
        return stored if isinstance(stored, QByteArray) else default
    return str(stored)


def _settings(library_directory: Path) -> QSettings:
    return QSettings(str(library_directory / FILE_NAME), QSettings.Format.IniFormat)
