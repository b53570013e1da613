"""What the user's marks say of all photos at once, beside what their files say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from inphotos.search.language.conditions import TextMatch, fold
from inphotos.search.texts import Texts
from inphotos.store.details import NO_RATING
from inphotos.store.marks import Mark, MarkBook
from inphotos.store.table import Mask, Numbers, PhotoTable

#: What keeps keywords apart in their column.
_BETWEEN = "\n"


class MarkedPhotos:
    """Brings marks, which are kept by content, to the photos of a table."""

    def __init__(self, table: PhotoTable, marks: MarkBook | None) -> None:
        """Take the photos and their marks; None for no marks."""
        self._table = table
        self._book = marks

    @property
    def version(self) -> int:
        """Another one whenever the marks have changed."""
        return 0 if self._book is None else self._book.version

    def favorites(self) -> Mask:
        """Tell which photos are favourites."""
        return self._that(lambda mark: mark.favorite)

    def ratings(self) -> Numbers:
        """Return the stars of each photo, the user's before the file's, or ``NO_RATING``."""
        ratings = self._table.number("rating")
        rated = {c: m.rating for c, m in self._all().items() if m.rating is not None}
        if not rated:
            return ratings
        contents = self._table.text("content")
        stars = np.full(len(contents.values), NO_RATING, ratings.dtype)
        for content, rating in rated.items():
            place = contents.place_of(content)
            if place is not None:
                stars[place] = rating
        given = stars[contents.codes]
        return np.where(given == NO_RATING, ratings, given)

    def with_tag(self, match: TextMatch) -> Mask:
        """Tell which photos have a tag, of the user's or among the file's keywords."""
        keywords = self._table.text("keywords")
        fits = keywords.made_of("words", _Words).have(match.pieces)
        given = {tag for mark in self._all().values() for tag in mark.tags}
        wanted = {tag for tag in given if match.matches(tag)}
        return fits[keywords.codes] | self._that(lambda mark: not wanted.isdisjoint(mark.tags))

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

    def _all(self) -> Mapping[str, Mark]:
        return {} if self._book is None else self._book.all()

    def _that(self, wanted: Callable[[Mark], bool]) -> Mask:
        """Tell which photos have a mark that fulfils something."""
        marked = [content for content, mark in self._all().items() if wanted(mark)]
        if not marked:
            return np.zeros(len(self._table.ids), np.bool_)
        contents = self._table.text("content")
        fits = np.zeros(len(contents.values), np.bool_)
        places = [contents.place_of(content) for content in marked]
        fits[np.array([place for place in places if place is not None], np.intp)] = True
        return np.asarray(fits[contents.codes])


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
