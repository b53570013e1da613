"""What the parts of a query are called, in the language of the window.

The library has English labels for them. Other languages get theirs from what a part means, not
from those words: "last summer" is the months that it stands for.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PyQt6.QtCore import QCoreApplication, QDate, QLocale

from inphotos.errors import display_path
from inphotos.gui.numbers import is_english, plain, size
from inphotos.search.query import (
    Comparison,
    Concept,
    Condition,
    DateRange,
    Filter,
    Flag,
    Near,
    Part,
    TextMatch,
)

_SIGNS = {">=": "≥", "<=": "≤"}


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("part_labels", text)


def label(part: Part) -> str:
    """Return what the chip of a part says."""
    if is_english():
        return part.label
    if isinstance(part, Concept):
        return _concept(part)
    if isinstance(part, Filter):
        called = _condition(part.condition)
        return tr("not {label}").format(label=called) if part.negated else called
    return part.label


def _concept(concept: Concept) -> str:
    text = concept.text
    if concept.photo is not None:
        like = tr("like {name}") if concept.region is None else tr("like a part of {name}")
        text = like.format(name=display_path(concept.photo.name or concept.photo))
    if abs(concept.weight) != 1:
        text += f" ×{plain(abs(concept.weight))}"
    return tr("not {label}").format(label=text) if concept.weight < 0 else text


def _condition(condition: Condition) -> str:
    match condition:
        case DateRange():
            return _dates(condition.start, condition.end)
        case TextMatch(field=field):
            words = condition.words
            if field == "folder" and words != condition.pattern and len(words) > 1:
                words = words.removesuffix("/")
            return f"{_name(field)}: {words}"
        case Comparison():
            return _comparison(condition)
        case Flag(name=flag):
            return _flag(flag)
        case Near():
            return tr("within {km} km of {latitude}, {longitude}").format(
                km=plain(condition.km),
                latitude=plain(condition.latitude),
                longitude=plain(condition.longitude),
            )


def _comparison(condition: Comparison) -> str:
    limit = plain(condition.number)
    if condition.field == "bytes":
        limit = size(int(condition.number))
    elif condition.field == "megapixels":
        limit = tr("{number} MP").format(number=limit)
    sign = _SIGNS.get(condition.operator, condition.operator)
    return f"{_name(condition.field)} {sign} {limit}"


def _name(field: str) -> str:
    return {
        "camera": tr("camera"),
        "lens": tr("lens"),
        "folder": tr("folder"),
        "name": tr("name"),
        "ext": tr("kind of file"),
        "place": tr("place"),
        "country": tr("country"),
        "city": tr("city"),
        "tag": tr("tag"),
        "rating": tr("rating"),
        "megapixels": tr("size"),
        "bytes": tr("size"),
        "score": tr("score"),
    }[field]


def _flag(name: str) -> str:
    return {
        "favorite": tr("favourite"),
        "undated": tr("undated"),
        "portrait": tr("portrait"),
        "landscape": tr("landscape"),
        "square": tr("square"),
        "screenshot": tr("screenshot"),
        "raw": "RAW",
        "offline": tr("offline"),
        "duplicate": tr("duplicate"),
    }[name]


def _dates(start: datetime | None, end: datetime | None) -> str:
    """Return what a stretch of time is called; ``end`` is no part of it."""
    if start is None:
        return tr("before {date}").format(date=_moment(end))
    if end is None:
        return tr("since {date}").format(date=_moment(start))
    last = end - timedelta(microseconds=1)
    if _begins_year(start) and _begins_year(end):
        return _span(str(start.year), str(last.year))
    if start.day == end.day == 1:
        return _span(_month(start), _month(last))
    return _span(_day(start), _day(last))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _moment(moment: datetime | None) -> str:
    """Return the year, month or day that begins at a moment, whatever is the longest."""
    assert moment is not None  # a range is open on one side at most
    if _begins_year(moment):
        return str(moment.year)
    return _month(moment) if moment.day == 1 else _day(moment)


def _begins_year(moment: datetime) -> bool:
    return (moment.month, moment.day) == (1, 1)


def _month(moment: datetime) -> str:
    return f"{QLocale().standaloneMonthName(moment.month)} {moment.year}"


def _day(moment: datetime) -> str:
    date = QDate(moment.year, moment.month, moment.day)
    # TRANSLATORS: how a day is written, in the letters of Qt's QDate.
    return QLocale().toString(date, tr("d MMMM yyyy"))
