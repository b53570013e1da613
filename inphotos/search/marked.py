"""What the user's marks say of all photos at once, beside what their files say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from inphotos.search.language.conditions import TextMatch, fold
from inphotos.search.texts import Texts
from inphotos.store.details import NO_RATING
from inphotos.store.marks import Mark, MarkBook
from inphotos.store.table import Mask, Numbers, PhotoTable
from inphotos.store.text_column import TextColumn

#: What keeps keywords apart in their column.
_BETWEEN = "\n"


class MarkedPhotos:
    """Brings marks, which are kept by content, to the photos of a table."""

    def __init__(self, table: PhotoTable, marks: MarkBook | None) -> None:
        """Take the photos and their marks; None for no marks."""
        self._table = table
        self._book = marks
        self._known: _Columns | None = None

    @property
    def version(self) -> int:
        """Another one whenever the marks have changed."""
        return 0 if self._book is None else self._book.version

    def favorites(self) -> Mask:
        """Tell which photos are favourites."""
        columns = self._columns()
        if columns is None:
            return np.zeros(len(self._table.ids), np.bool_)
        return np.asarray(columns.favorite[columns.contents.codes])

    def ratings(self) -> Numbers:
        """Return the stars of each photo, the user's before the file's, or ``NO_RATING``."""
        ratings, columns = self._table.number("rating"), self._columns()
        if columns is None:
            return ratings
        given = columns.stars[columns.contents.codes]
        return np.where(given == NO_RATING, ratings, given)

    def with_tag(self, match: TextMatch) -> Mask:
        """Tell which photos have a tag, of the user's or among the file's keywords."""
        keywords = self._table.text("keywords")
        fits = keywords.made_of("words", _Words).have(match.forms[0])
        fulfilled = np.asarray(fits[keywords.codes])
        columns = self._columns()
        if columns is not None:
            wanted = {tag for tag in columns.tagged if match.matches(tag)}
            places = [place for tag in wanted for place in columns.tagged[tag]]
            has = np.zeros(len(columns.contents.values), np.bool_)
            has[np.array(places, np.intp)] = True
            fulfilled |= has[columns.contents.codes]
        return fulfilled

    def tags_at(self, row: int) -> tuple[str, ...]:
        """Return the tags of one photo, the user's and then other keywords of the file."""
        keywords, columns = self._table.text("keywords"), self._columns()
        words = filter(None, keywords.values[int(keywords.codes[row])].split(_BETWEEN))
        if columns is None:
            return tuple(words)
        place = int(columns.contents.codes[row])
        own = [tag for tag, places in columns.tagged.items() if place in places]
        return tuple(dict.fromkeys((*sorted(own), *words)))

    def counts(self) -> dict[str, int]:
        """Return the tags that there are, each with how many photos have it at least."""
        keywords = self._table.text("keywords")
        shown = np.bincount(keywords.codes[self._table.shown], minlength=len(keywords.values))
        counts: dict[str, int] = {}
        for text, count in zip(keywords.values, shown.tolist(), strict=True):
            for word in filter(None, text.split(_BETWEEN)):
                counts[word] = counts.get(word, 0) + count
        # A tag that was written to a sidecar is one of the file's keywords too.
        for tag, count in ({} if self._book is None else self._book.tags()).items():
            counts[tag] = max(count, counts.get(tag, 0))
        return {word: count for word, count in counts.items() if count}

    def _columns(self) -> _Columns | None:
        """Return the marks as they are now, None where no photo has ever had one."""
        if self._book is None or not (self._book.version or self._book.all()):
            return None
        contents = self._table.text("content")
        if self._known is None or self._known.contents is not contents:
            self._known = _Columns(contents)
        self._known.update(self._book)
        return self._known


class _Columns:
    """The marks of each different content, in the order of a column of them.

    Attributes:
        contents: the column.
        favorite: for each of its values, whether photos with it are favourites.
        stars: the user's rating, or ``NO_RATING``.
        tagged: the places of the values that have a tag, by tag.
    """

    def __init__(self, contents: TextColumn) -> None:
        self.contents = contents
        self.favorite: Mask = np.zeros(0, np.bool_)
        self.stars: npt.NDArray[np.int8] = np.zeros(0, np.int8)
        self.tagged: dict[str, set[int]] = {}
        self._version = 0
        self._tags: dict[int, tuple[str, ...]] = {}

    def update(self, book: MarkBook) -> None:
        """Take in what has changed in the column and in the marks."""
        values, known = self.contents.values, len(self.favorite)
        # In this order: what changes meanwhile is taken in the next time, too.
        version = book.version
        changed = book.changed_since(self._version)
        if len(values) > known:
            changed += values[known:] if known else book.all()
            more = len(values) - known
            self.favorite = np.append(self.favorite, np.zeros(more, np.bool_))
            self.stars = np.append(self.stars, np.full(more, NO_RATING, np.int8))
        for content in changed:
            place = self.contents.place_of(content)
            if place is not None:
                self._put(place, book.of(content))
        self._version = version

    def _put(self, place: int, mark: Mark) -> None:
        self.favorite[place] = mark.favorite
        self.stars[place] = NO_RATING if mark.rating is None else mark.rating
        if place in self._tags or mark.tags:
            for tag in self._tags.pop(place, ()):
                self.tagged[tag].discard(place)
            for tag in mark.tags:
                self.tagged.setdefault(tag, set()).add(place)
            self._tags[place] = mark.tags


class _Words:
    """The words of many lists of them, looked through at once."""

    def __init__(self, lists: Sequence[str]) -> None:
        pairs = [(n, word) for n, text in enumerate(lists) for word in _folded(text)]
        self._count = len(lists)
        self._owners: npt.NDArray[np.intp] = np.array([n for n, _ in pairs], np.intp)
        self._texts = Texts([word for _, word in pairs])

    def have(self, pieces: Sequence[str]) -> Mask:
        """Tell which lists have a word that consists of these pieces."""
        fits = np.zeros(self._count, np.bool_)
        fits[self._owners[self._texts.consist_of(pieces)]] = True
        return fits


def _folded(text: str) -> Iterable[str]:
    return (fold("tag", word) for word in text.split(_BETWEEN) if word)
