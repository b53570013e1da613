"""Which photos the filters of a query let through, for all photos at once."""

from __future__ import annotations

import operator
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from inphotos.photos.formats import READABLE
from inphotos.search.alike import AlikePhotos
from inphotos.search.dated import undated
from inphotos.search.language.conditions import EARTH_RADIUS_KM, TextField, fold
from inphotos.search.marked import MarkedPhotos
from inphotos.search.query import Comparison, Condition, DateRange, Filter, Flag, Near, TextMatch
from inphotos.search.screenshots import SUFFIXES, has_screen_size, says_screenshot
from inphotos.search.texts import Texts
from inphotos.store.details import NO_RATING
from inphotos.store.marks import MarkBook
from inphotos.store.table import Mask, PhotoTable
from inphotos.store.text_column import TextColumn

Scores = npt.NDArray[np.float32]
Groups = Sequence[Sequence[Filter]]

#: Masks that are kept for the next query, which often has the same filters.
_REMEMBERED = 32

_COMPARE: dict[str, Callable[[Any, float], Mask]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_RAW_SUFFIXES = frozenset(suffix.removeprefix(".") for suffix in READABLE["RAW"])
_EPOCH = datetime(1970, 1, 1)


class FilterMasks:
    """Evaluates filters on the columns of a library's photos.

    What is not known of a photo fulfils no condition, so it stays only where that is negated.

    Attributes:
        marked: what the user thinks of the photos.
    """

    def __init__(
        self,
        table: PhotoTable,
        offline: Callable[[], Collection[int]],
        alike: AlikePhotos | None = None,
        marks: MarkBook | None = None,
    ) -> None:
        """Wire the parts.

        Args:
            table: the photos.
            offline: gives the ids of the folders that cannot be reached.
            alike: finds duplicates; None for what finds them without embeddings.
            marks: the user's favourites, ratings and tags; None for none.
        """
        self._table = table
        self._alike = alike or AlikePhotos(table)
        self._offline = offline
        self.marked = MarkedPhotos(table, marks)
        self._known: OrderedDict[Condition, Mask] = OrderedDict()
        self._state: tuple[object, ...] = ()

    def accepted(self, groups: Groups, scores: Scores | None = None) -> Mask:
        """Tell which photos fulfil every group, that is one filter of each at least.

        Args:
            groups: of filters, as :attr:`Query.conditions` has them.
            scores: cosine similarity of each photo of the table, NaN for those without; None
                where nothing has one.

        Returns:
            For each photo of the table, in its order.
        """
        accepted = np.ones(len(self._table.ids), np.bool_)
        for group in groups:
            fulfilled = np.zeros(len(self._table.ids), np.bool_)
            for filter_ in group:
                fulfilled |= self._matching(filter_.condition, scores) != filter_.negated
            accepted &= fulfilled
        return accepted

    def _matching(self, condition: Condition, scores: Scores | None) -> Mask:
        if is_on_score(condition):
            if scores is None:
                return np.zeros(len(self._table.ids), np.bool_)
            return _compared(condition, scores)
        state = (
            self._table.version,
            frozenset(self._offline()),
            self._alike.basis,
            self.marked.version,
        )
        if state != self._state:
            self._known.clear()
            self._state = state
        if condition not in self._known:
            self._known[condition] = self._evaluated(condition)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(condition)
        return self._known[condition]

    def _evaluated(self, condition: Condition) -> Mask:
        match condition:
            case DateRange():
                return self._taken_in(condition)
            case TextMatch():
                return self._with_text(condition)
            case Comparison():
                return self._with_number(condition)
            case Flag():
                return self._flags()[condition.name]()
            case Near():
                return self._near(condition)

    def _taken_in(self, dates: DateRange) -> Mask:
        taken = self._table.number("taken_ms")
        accepted = ~undated(self._table)
        if dates.start is not None:
            accepted &= taken >= _ms_up(dates.start)
        if dates.end is not None:
            accepted &= taken < _ms_up(dates.end)
        return accepted

    def _with_text(self, match: TextMatch) -> Mask:
        if match.field == "tag":
            return self.marked.with_tag(match)
        accepted = np.zeros(len(self._table.ids), np.bool_)
        for column in self._text_columns(match):
            texts = column.made_of(f"folded {match.field}", partial(_folded, match.field))
            fits = np.logical_or.reduce([texts.consist_of(pieces) for pieces in match.forms])
            unknown = column.place_of("")
            if unknown is not None:
                fits[unknown] = False
            accepted |= fits[column.codes]
        return accepted

    def _text_columns(self, match: TextMatch) -> Sequence[TextColumn]:
        table = self._table
        match match.field:
            case "place":
                return [table.text(name) for name in ("city", "region", "country")]
            case "folder":
                return [table.directory(absolute=is_absolute(match.words))]
            case "name":
                return [table.text("name_text")]
            case "ext":
                return [self._suffixes()]
            case _:
                return [table.text(match.field)]

    def _suffixes(self) -> TextColumn:
        """Return the part of each name that follows its last dot."""
        names = self._table.text("name_text")
        column = TextColumn(names.derived("suffix", _suffix))
        column.codes = column.codes[names.codes]
        return column

    def _with_number(self, comparison: Comparison) -> Mask:
        table = self._table
        match comparison.field:
            case "rating":
                values = self.marked.ratings()
                return np.asarray(_compared(comparison, values) & (values != NO_RATING))
            case "megapixels":
                pixels = table.number("width").astype(np.int64) * table.number("height")
                return _compared(comparison, pixels / 1e6) & (pixels > 0)
            case "bytes":
                return _compared(comparison, table.number("size"))
            case "score":
                raise ValueError("scores are no column")

    def _near(self, near: Near) -> Mask:
        here, there = np.radians(near.latitude), np.radians(self._table.number("latitude"))
        east = np.radians(self._table.number("longitude") - near.longitude)
        # As Near.matches does; where the position is not known, NaN is on no side of a limit.
        chord = np.sin((there - here) / 2) ** 2 + (
            np.cos(here) * np.cos(there) * np.sin(east / 2) ** 2
        )
        distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
        return np.asarray(distance <= near.km)

    def _flags(self) -> dict[str, Callable[[], Mask]]:
        table = self._table
        known = table.number("width") > 0
        width, height = table.number("width"), table.number("height")
        return {
            "undated": lambda: undated(table),
            "portrait": lambda: width < height,
            "landscape": lambda: width > height,
            "square": lambda: known & (width == height),
            "screenshot": self._screenshots,
            "raw": lambda: self._with_suffix(_RAW_SUFFIXES),
            "offline": lambda: np.isin(table.number("folder_id"), list(self._offline())),
            "duplicate": self._duplicates,
            "favorite": self.marked.favorites,
        }

    def _screenshots(self) -> Mask:
        """Named or filed as a screenshot, or as large as a screen and not from a camera."""
        table = self._table
        said = np.zeros(len(table.ids), np.bool_)
        for column, field in (
            (table.text("name_text"), "name"),
            (table.directory(absolute=False), "folder"),
        ):
            texts = column.derived(field, partial(fold, field))  # type: ignore[arg-type]
            last = [text.rpartition("/")[2] for text in texts]
            said |= np.array([says_screenshot(text) for text in last], np.bool_)[column.codes]
        cameras = table.text("camera")
        without_camera = np.array([not camera for camera in cameras.values])[cameras.codes]
        alike = has_screen_size(table.number("width"), table.number("height"))
        said |= alike & without_camera & self._with_suffix(SUFFIXES)
        return said

    def _with_suffix(self, suffixes: Collection[str]) -> Mask:
        column = self._suffixes()
        fits = np.array([suffix.lower() in suffixes for suffix in column.values], np.bool_)
        return np.asarray(fits[column.codes])

    def _duplicates(self) -> Mask:
        """With a copy or a near-duplicate."""
        return self._alike.groups().duplicates


def is_on_score(condition: Condition) -> bool:
    """Tell whether a condition is on what the query makes of a photo, not on the photo."""
    return isinstance(condition, Comparison) and condition.field == "score"


def _compared(comparison: Condition, values: npt.NDArray[Any]) -> Mask:
    assert isinstance(comparison, Comparison)
    return np.asarray(_COMPARE[comparison.operator](values, comparison.number))


def _folded(field: TextField, texts: Sequence[str]) -> Texts:
    return Texts([fold(field, text) for text in texts])


def _ms_up(moment: datetime) -> int:
    """Return a moment in milliseconds since 1970, the next whole one."""
    return -((_EPOCH - moment) // timedelta(milliseconds=1))


def _suffix(name: str) -> str:
    start, _, suffix = name.rpartition(".")
    return suffix if start else ""


def is_absolute(pattern: str) -> bool:
    """Tell whether a pattern of a folder is looked for in absolute paths."""
    return pattern.startswith(("/", "\\")) or pattern[1:2] == ":"
