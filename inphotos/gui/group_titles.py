"""What stands above the groups of photos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QDate, QDir, QLocale, Qt

from inphotos.errors import display_path

if TYPE_CHECKING:
    from inphotos.search.arrangements import Group
    from inphotos.search.ranking import Result


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("group_titles", text)


def title_of(group: Group, roots: Sequence[Path]) -> Callable[[Result], str] | None:
    """Return what gives the title above a photo; None where there are no groups.

    It holds for the day on which it is asked for, because of "Today".

    Args:
        group: what makes a group.
        roots: the folders of the library.
    """
    title: Callable[[str], str]
    if group == "day":
        title = partial(_day, today=QDate.currentDate())
    elif group == "folder":
        title = partial(_directory, names=_clear_names(roots))
    elif group == "place":
        title = _place
    else:
        return None
    # There are far fewer groups than photos.
    of_key = cache(title)
    return lambda result: of_key(result.group)


def match_title(result: Result) -> str:
    """Return the title above photos that match words as well as this one."""
    if result.match == "strong":
        return tr("Matches")
    return tr("Possible matches") if result.match == "maybe" else _others()


def closest_title(_: Result) -> str:
    """Return the title above photos of which none matches."""
    return tr("Closest anyway")


def likeness_title(result: Result) -> str:
    """Return the title above photos that are as much like a photo as this one."""
    return tr("The same kind of picture") if result.match == "strong" else _others()


def alike_title(result: Result) -> str:
    """Return the title above a group of photos that are alike."""
    titles = {"copies": tr("Copies"), "near": tr("Nearly the same"), "burst": tr("A burst")}
    # Rows that are about to be replaced are in groups of another kind.
    return titles.get(result.group.partition(" ")[0], "")


def _others() -> str:
    return tr("Others, the closest first")


def _day(key: str, today: QDate) -> str:
    day = QDate.fromString(key, Qt.DateFormat.ISODate)
    if not day.isValid():
        return key or tr("No date")
    age = day.daysTo(today)
    if age in (0, 1):
        return tr("Yesterday") if age else tr("Today")
    return QLocale().toString(day, QLocale.FormatType.LongFormat)


def _directory(key: str, names: Mapping[str, str]) -> str:
    for root, name in names.items():
        if key == root or key.startswith(f"{root}/"):
            key = name + key[len(root) :]
            break
    return display_path(QDir.toNativeSeparators(key)) or tr("Unknown folder")


def _place(key: str) -> str:
    return display_path(key) or tr("Unknown place")


def _clear_names(roots: Sequence[Path]) -> dict[str, str]:
    """Return the names of folders by their paths; one that two have does not tell which it is."""
    often = Counter(root.name for root in roots)
    # Bytes that are not text are replaced, as in the keys of groups.
    return {
        root.as_posix().encode("utf-8", "replace").decode(): root.name
        for root in roots
        if root.name and often[root.name] == 1
    }
