"""What a filter asks of a photo, and whether a photo's value fulfils it.

A value that is not known (None, or no text at all) fulfils nothing.
"""

from __future__ import annotations

import math
import operator
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, TypeAlias

TextField = Literal["camera", "lens", "folder", "name", "ext", "place", "country", "city", "tag"]
NumberField = Literal["rating", "megapixels", "bytes", "score"]
Operator = Literal["=", ">", ">=", "<", "<="]
FlagName = Literal[
    "favorite",
    "undated",
    "portrait",
    "landscape",
    "square",
    "screenshot",
    "raw",
    "offline",
    "duplicate",
]

#: An example of each filter, for the user.
FILTERS = {
    "date": "date:2023-07",
    "after": "after:2021",
    "before": "before:2021",
    "camera": "camera:canon",
    "lens": "lens:50mm",
    "folder": "folder:holidays",
    "name": "name:IMG_*",
    "ext": "ext:heic",
    "place": "place:paris",
    "country": "country:portugal",
    "city": "city:porto",
    "near": "near:48.86,2.35,5",
    "rating": "rating:>=4",
    "tag": "tag:holiday",
    "is": "is:favorite",
    "size": "size:>10mp",
    "score": "score:>0.25",
    "like": "like:photo.jpg",
}

_COMPARE: dict[Operator, Callable[[float, float], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}

#: Texts that a pattern is the whole of.
_WHOLE: tuple[TextField, ...] = ("ext", "tag")

#: Extensions of one format.
_SAME_FORMAT = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif", "heif": "heic"}

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True, slots=True)
class DateRange:
    """From a time up to, but not including, another; on the clock where the photo was taken.

    Attributes:
        start, end: without a time zone; None where that side is open, never both.
    """

    start: datetime | None
    end: datetime | None

    def matches(self, value: datetime | None) -> bool:
        """Whether a photo was taken in it."""
        if value is None:
            return False
        return (self.start is None or value >= self.start) and (
            self.end is None or value < self.end
        )

    def overlaps(self, other: DateRange) -> bool:
        """Whether a photo can be of both."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Words in a text, whatever their case and accents.

    Attributes:
        field: which text.
        pattern: as typed. It may stand anywhere in the text; with ``*``, which stands for
            anything, it is the whole text. An extension and a tag are always the whole: "art" is
            no part of "party". After ``=`` it is
            the whole text too, and ``*`` stands for itself; a folder that ends in a slash then
            means what is below it as well.
    """

    field: TextField
    pattern: str

    def matches(self, value: str | Iterable[str] | None) -> bool:
        """Whether a text, or one of several, has it."""
        if value is None:
            return False
        texts = [value] if isinstance(value, str) else value
        folded = [fold(self.field, text) for text in texts]
        return any(_consists_of(pieces, text) for pieces in self.forms for text in folded)

    @property
    def words(self) -> str:
        """The pattern without the sign that says that it is the whole text."""
        return self.pattern.removeprefix("=")

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """What a text may consist of; one of them is enough.

        Each is pieces with anything between one and the next, or nothing. Texts are compared as
        :func:`fold` leaves them. A single piece is the whole text.
        """
        return _forms(self.field, self.pattern)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number on one side of a limit.

    Attributes:
        field: ``rating`` in stars, ``megapixels`` in millions of pixels, ``bytes`` of the file,
            ``score`` as cosine similarity.
        operator: between the photo's number and the limit.
        number: the limit.
    """

    field: NumberField
    operator: Operator
    number: float

    def matches(self, value: float | None) -> bool:
        """Whether a photo's number is on that side."""
        return value is not None and _COMPARE[self.operator](value, self.number)


@dataclass(frozen=True, slots=True)
class Flag:
    """A property that a photo has or has not."""

    name: FlagName

    def matches(self, value: bool | None) -> bool:
        """Whether the photo has it."""
        return bool(value)


@dataclass(frozen=True, slots=True)
class Near:
    """Within a distance of a position.

    Attributes:
        latitude, longitude: degrees, WGS 84, north and east positive.
        km: the distance in kilometres.
    """

    latitude: float
    longitude: float
    km: float

    def matches(self, value: tuple[float, float] | None) -> bool:
        """Whether a latitude and longitude are that near, along the surface of the earth."""
        return value is not None and self.distance(value) <= self.km

    def distance(self, value: tuple[float, float]) -> float:
        """Return how far a latitude and longitude are, in kilometres."""
        # The haversine formula, which keeps its precision at short distances.
        here, there = math.radians(self.latitude), math.radians(value[0])
        east = math.radians(value[1] - self.longitude)
        chord = (
            math.sin((there - here) / 2) ** 2
            + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
        )
        return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


Condition: TypeAlias = DateRange | TextMatch | Comparison | Flag | Near


@lru_cache(maxsize=256)
def _forms(field: TextField, pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return what a text may consist of, see :attr:`TextMatch.forms`."""
    folded = fold(field, pattern.removeprefix("="))
    if pattern.startswith("="):
        if field == "folder" and folded.endswith("/"):
            return (folded[:-1],), (folded, "")
        return ((folded,),)
    is_whole = field in _WHOLE or "*" in folded
    return (tuple((folded if is_whole else f"*{folded}*").split("*")),)


def _consists_of(pieces: Sequence[str], text: str) -> bool:
    first, last, middle = pieces[0], pieces[-1], pieces[1:-1]
    if len(pieces) == 1:
        return text == first
    start, end = len(first), len(text) - len(last)
    if not (text.startswith(first) and text.endswith(last) and start <= end):
        return False
    # A regular expression of many ".*" can take for ever; looking for one piece after the other
    # cannot.
    for piece in middle:
        found = text.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return True


def fold(field: TextField, text: str) -> str:
    """Return a text without what does not matter in a comparison, such as case and accents."""
    if text.isascii():
        plain = text.lower()
    else:
        # Accents are separate characters after NFKD, so that "zurich" finds "Zürich".
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    if field == "folder":
        return plain.replace("\\", "/")
    if field == "ext":
        bare = plain.removeprefix(".")
        return _SAME_FORMAT.get(bare, bare)
    return plain
