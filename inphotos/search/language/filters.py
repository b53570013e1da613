"""Reads the filters of a query, such as ``rating:>=4``."""

from __future__ import annotations

import difflib
import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast, get_args
from urllib.parse import unquote_to_bytes, urlsplit

from inphotos.region import Region
from inphotos.search.language.calendar import Clock
from inphotos.search.language.conditions import (
    FILTERS,
    Comparison,
    Condition,
    DateRange,
    Flag,
    FlagName,
    Near,
    NumberField,
    Operator,
    TextField,
    TextMatch,
)
from inphotos.search.language.dates import read_before, read_date, read_since
from inphotos.search.language.regions import EXAMPLE, read_region, split_region

#: What people call them elsewhere.
_MEANT = {
    "album": "folder",
    "directory": "folder",
    "extension": "ext",
    "file": "name",
    "filename": "name",
    "format": "ext",
    "has": "is",
    "in": "place",
    "keyword": "tag",
    "keywords": "tag",
    "label": "tag",
    "loc": "place",
    "location": "place",
    "month": "date",
    "mp": "size",
    "path": "folder",
    "similar": "like",
    "since": "after",
    "stars": "rating",
    "tagged": "tag",
    "tags": "tag",
    "taken": "date",
    "time": "date",
    "type": "ext",
    "until": "before",
    "when": "date",
    "where": "place",
    "year": "date",
}

_FLAGS = cast("tuple[FlagName, ...]", get_args(FlagName))
_FLAG_ALIASES: dict[str, FlagName] = {"favourite": "favorite", "fav": "favorite"}
_FLAG_LABELS: dict[FlagName, str] = {"raw": "RAW"}

_SIGNS: dict[str, Operator] = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=", "==": "="}
_NUMBER = re.compile(
    r"(?P<sign>>=|<=|=>|=<|==|>|<|=|≥|≤)?\s*(?P<number>[-+]?\d{1,15}(?:[.,]\d{1,9})?)"
    r"\s*(?P<unit>[a-z]*)(?P<more>\+?)"
)
_UNITS: dict[str, tuple[NumberField, float]] = {
    "mp": ("megapixels", 1),
    "megapixel": ("megapixels", 1),
    "megapixels": ("megapixels", 1),
    "b": ("bytes", 1),
    "kb": ("bytes", 1e3),
    "mb": ("bytes", 1e6),
    "gb": ("bytes", 1e9),
}
_NEAR = re.compile(
    r"(?P<lat>[-+]?\d{1,2}(?:\.\d{1,12})?)\s*,\s*(?P<lon>[-+]?\d{1,3}(?:\.\d{1,12})?)"
    r"(?:\s*,\s*(?P<distance>\d{1,8}(?:\.\d{1,6})?)\s*(?P<unit>km|m|mi)?)?",
    re.IGNORECASE,
)
_KM = {"": 1.0, "km": 1.0, "m": 0.001, "mi": 1.609344}
_DEFAULT_KM = 10.0
_FARTHEST_KM = 20_038  # half-way around the equator


class BadFilterError(Exception):
    """A filter cannot be read.

    Attributes:
        suggestion: what could be meant, as it would be typed, or empty.
    """

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


def read_filter(name: str, value: str, clock: Clock) -> tuple[Condition, str]:
    """Read one filter other than ``like:``.

    Args:
        name: in lower case.
        value: what follows the colon, without quotation marks.

    Returns:
        The condition and what its chip says.

    Raises:
        BadFilterError: there is no such filter, or its value makes no sense.
    """
    _check(name, value)
    return _READERS[name](value, clock)


def read_photo(value: str) -> tuple[Path, Region | None]:
    """Read the value of ``like:``, a path or a ``file:`` address, and maybe a part of the photo.

    An address can stand for names that are not text, or that hold ``#xywh=`` themselves (as %23).

    Returns:
        The photo, and the part of it that is meant; None for all of it.

    Raises:
        BadFilterError: there is none, or the part makes no sense.
    """
    _check("like", value)
    address, region = split_region(value)
    if address.lower().startswith("file:"):
        raw = unquote_to_bytes(urlsplit(address.replace("?", "%3F").replace("#", "%23")).path)
        path = os.fsdecode(raw)
        if re.match(r"/[A-Za-z]:", path):  # file:///C:/photos
            path = path[1:]
    else:
        path = address
    if not path or "\0" in path:
        raise BadFilterError(f"“like:” needs the path of a photo, as in {FILTERS['like']}.")
    if region is None:
        return Path(path), None
    try:
        return Path(path), read_region(region)
    except ValueError as error:
        raise BadFilterError(
            "A part of a photo is given in percent of its width and height (left, top, width, "
            f"height), as in {FILTERS['like']}#{EXAMPLE}; a file that is called so is named by "
            "its address, with %23 for #.",
            f"like:{_quoted(address)}",
        ) from error


def _check(name: str, value: str) -> None:
    if name not in FILTERS:
        raise _unknown(name, value)
    if not value:
        raise BadFilterError(
            f"“{name}:” needs a value right after the colon, as in {FILTERS[name]}."
        )


def _unknown(name: str, value: str) -> BadFilterError:
    close = difflib.get_close_matches(name, FILTERS, n=1, cutoff=0.6)
    meant = _MEANT.get(name) or (close[0] if close else "")
    if not meant:
        words = f'"{name}:{value}"'
        return BadFilterError(
            f"There is no filter “{name}:”; in quotation marks it is searched for as words.", words
        )
    return BadFilterError(
        f"There is no filter “{name}:”; did you mean “{meant}:”?", f"{meant}:{_quoted(value)}"
    )


def _date(
    name: str, read: Callable[[str, Clock], tuple[DateRange, str] | None]
) -> Callable[[str, Clock], tuple[Condition, str]]:
    def reader(value: str, clock: Clock) -> tuple[Condition, str]:
        found = read(value, clock)
        if found is None:
            raise BadFilterError(
                f"“{value}” is not a date; write it as in {FILTERS[name]}, "
                f'{name}:2023-07-14 or {name}:"last summer".'
            )
        return found

    return reader


def _text(field: TextField) -> Callable[[str, Clock], tuple[Condition, str]]:
    def reader(value: str, _clock: Clock) -> tuple[Condition, str]:
        words = value.removeprefix("=")
        if not words:
            raise BadFilterError(f"“{field}:=” needs a value right after, as in {FILTERS[field]}.")
        if field == "folder" and words != value and len(words) > 1:
            words = words.removesuffix("/")
        return TextMatch(field, value), f"{field}: {words}"

    return reader


def _flag(value: str, _clock: Clock) -> tuple[Condition, str]:
    word = value.lower()
    singular = word.removesuffix("s") if word not in _FLAGS else word
    flag = _FLAG_ALIASES.get(singular, singular)
    for known in _FLAGS:
        if flag == known:
            return Flag(known), _FLAG_LABELS.get(known, known)
    close = difflib.get_close_matches(word, _FLAGS, n=1, cutoff=0.5)
    suggestion = f"is:{close[0]}" if close else ""
    raise BadFilterError(f"“is:” knows {', '.join(_FLAGS)}; not “{value}”.", suggestion)


def _rating(value: str, _clock: Clock) -> tuple[Condition, str]:
    sign, number, unit = _number("rating", value, "=")
    if unit not in ("", "star", "stars") or not 0 <= number <= 5:
        raise BadFilterError(
            f"A rating is a number of stars from 0 to 5, as in {FILTERS['rating']}.",
            FILTERS["rating"],
        )
    return Comparison("rating", sign, number), _comparison("rating", sign, f"{number:g}")


def _size(value: str, _clock: Clock) -> tuple[Condition, str]:
    sign, number, unit = _number("size", value, ">=")
    if unit not in _UNITS or number < 0 or sign == "=":
        better = ">=" if sign == "=" else sign
        known = unit if unit in _UNITS else "mp"
        raise BadFilterError(
            f"A size is in megapixels or megabytes, as in {FILTERS['size']} or size:<500kb.",
            f"size:{better}{abs(number):g}{known}",
        )
    field, factor = _UNITS[unit]
    shown = "MP" if field == "megapixels" else unit.upper()
    label = _comparison("size", sign, f"{number:g} {shown}")
    return Comparison(field, sign, number * factor), label


def _score(value: str, _clock: Clock) -> tuple[Condition, str]:
    sign, number, unit = _number("score", value, ">=")
    if unit or not -1 <= number <= 1:
        raise BadFilterError(
            f"A score is a number from -1 to 1, as in {FILTERS['score']}.", FILTERS["score"]
        )
    return Comparison("score", sign, number), _comparison("score", sign, f"{number:g}")


def _near(value: str, _clock: Clock) -> tuple[Condition, str]:
    match = _NEAR.fullmatch(value)
    if match is None:
        suggestion = "" if re.search(r"\d", value) else f"place:{_quoted(value)}"
        raise BadFilterError(
            f"“near:” takes latitude, longitude and kilometres, as in {FILTERS['near']}; "
            f"“place:” takes the name of a place.",
            suggestion,
        )
    latitude, longitude = float(match["lat"]), float(match["lon"])
    km = _DEFAULT_KM
    if match["distance"]:
        km = float(match["distance"]) * _KM[(match["unit"] or "").lower()]
    if abs(latitude) > 90 or abs(longitude) > 180 or not 0 < km <= _FARTHEST_KM:
        raise BadFilterError(
            "A latitude is from -90 to 90, a longitude from -180 to 180, and a distance above 0, "
            f"as in {FILTERS['near']}.",
            FILTERS["near"],
        )
    return Near(latitude, longitude, km), f"within {km:g} km of {latitude:g}, {longitude:g}"


def _number(name: str, value: str, default: Operator) -> tuple[Operator, float, str]:
    """Return the sign, the number and its unit."""
    match = _NUMBER.fullmatch(value.strip().lower())
    if match is None or (match["sign"] and match["more"]):
        raise BadFilterError(
            f"“{name}:” takes a number, as in {FILTERS[name]}; not “{value}”.", FILTERS[name]
        )
    sign = match["sign"] or (">=" if match["more"] else default)
    number = float(match["number"].replace(",", "."))
    if number == 0:
        number = math.fabs(number)  # "-0" would show as such
    return _SIGNS.get(sign) or cast("Operator", sign), number, match["unit"]


def _comparison(name: str, sign: Operator, number: str) -> str:
    shown = {">=": "≥", "<=": "≤"}.get(sign, sign)
    return f"{name} {shown} {number}"


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value


_READERS: dict[str, Callable[[str, Clock], tuple[Condition, str]]] = {
    "date": _date("date", read_date),
    "after": _date("after", read_since),
    "before": _date("before", read_before),
    "camera": _text("camera"),
    "lens": _text("lens"),
    "folder": _text("folder"),
    "name": _text("name"),
    "ext": _text("ext"),
    "place": _text("place"),
    "tag": _text("tag"),
    "country": _text("country"),
    "city": _text("city"),
    "near": _near,
    "rating": _rating,
    "is": _flag,
    "size": _size,
    "score": _score,
}
