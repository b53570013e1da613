"""Numbers and outcomes in the words of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication

from inphotos.errors import display_path
from inphotos.events import Progress
from inphotos.gui.queries import Like, Query, Words
from inphotos.search.ranking import Result

_MEGABYTE = 1_000_000


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("wording", text)


def photos(count: int) -> str:
    """Return such as ``1 photo`` or ``1,234 photos``."""
    return tr("1 photo") if count == 1 else tr("{count:,} photos").format(count=count)


def unreadable(count: int) -> str:
    """Return such as ``3 photos could not be read``."""
    return tr("{photos} could not be read").format(photos=photos(count))


def size(count: int) -> str:
    """Return a number of bytes such as ``609 MB``."""
    if count < 10 * _MEGABYTE:
        return tr("{size:.1f} MB").format(size=count / _MEGABYTE)
    if count < 1000 * _MEGABYTE:
        return tr("{size:.0f} MB").format(size=count / _MEGABYTE)
    return tr("{size:.1f} GB").format(size=count / _MEGABYTE / 1000)


def time_left(seconds: float) -> str:
    """Return such as ``about 2 minutes left``, as coarse as the estimate is."""
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if seconds < 50:
        return tr("less than a minute left")
    if minutes <= 1:
        return tr("about a minute left")
    if minutes < 60:
        return tr("about {count} minutes left").format(count=minutes)
    if hours <= 1:
        return tr("about an hour left")
    return tr("about {count} hours left").format(count=hours)


def progress(event: Progress) -> str:
    """Return what is going on and how far it is, in one line."""
    if event.phase == "loading":
        return tr("Loading the model…")
    if event.phase == "scanning":
        found = tr("{photos} found").format(photos=photos(event.done))
        return " · ".join([tr("Looking for photos…"), *([found] if event.done else [])])
    downloading = event.phase == "downloading"
    number = size if downloading else "{:,}".format
    parts = [number(event.done)]
    if event.total is not None:
        of = tr("{done} of {total}") if downloading else tr("{done} of {total} photos")
        parts = [of.format(done=number(event.done), total=number(event.total))]
    if event.rate > 0:
        parts.append(
            tr("{size}/s").format(size=size(round(event.rate)))
            if downloading
            else tr("{rate} photos/s").format(rate=_rate(event.rate))
        )
    if event.seconds_left is not None:
        parts.append(time_left(event.seconds_left))
    return " · ".join(parts)


def heading(query: Query, results: Sequence[Result], total: int, *, complete: bool) -> str:
    """Return the line above the grid: what is shown, and how well it matches.

    Args:
        query: what was asked for.
        results: the rows shown.
        total: photos that were searched.
        complete: there is nothing beyond the rows.
    """
    if isinstance(query, Words):
        return _words_heading(_shortened(query.text), results, complete=complete)
    if isinstance(query, Like):
        name = _shortened(display_path(query.photo.name))
        return tr("Photos similar to “{name}”").format(name=name)
    return tr("{photos}, newest first").format(photos=photos(total))


def _words_heading(text: str, results: Sequence[Result], *, complete: bool) -> str:
    if not results:
        return tr("Nothing found for “{text}”").format(text=text)
    matches = sum(result.match in ("strong", "maybe") for result in results)
    if matches == 0:
        return tr("Nothing matches “{text}”. The closest photos:").format(text=text)
    if matches == 1:
        return tr("1 match for “{text}”").format(text=text)
    if matches == len(results) and not complete:
        return tr("More than {count:,} matches for “{text}”").format(count=matches, text=text)
    return tr("{count:,} matches for “{text}”").format(count=matches, text=text)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _rate(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
