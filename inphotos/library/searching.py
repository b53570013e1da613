"""What a library can be asked."""

from __future__ import annotations

import contextlib
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from inphotos.encoders.base import Model
from inphotos.errors import LibraryError, ModelError, QueryError, display_path
from inphotos.library.marks import Marks
from inphotos.search.alike import AlikeGroup
from inphotos.search.engine import SearchEngine
from inphotos.search.facets import Facets
from inphotos.search.gathering import KINDS, Kind
from inphotos.search.listing import Listing
from inphotos.search.order import Count, Group, Sort
from inphotos.search.query import Example, Query, Region, parse, with_examples
from inphotos.search.ranking import Distance, Results
from inphotos.search.summary import Summary, sum_up
from inphotos.search.why import Why, filter_reasons
from inphotos.store.catalog import Catalog


class Searching(ABC):
    """The part of a library that finds photos.

    Attributes:
        model_name: the chosen model, whether or not it is on this machine.
        model: the chosen model, or None when it cannot be used.
        model_error: why it cannot be used, or None.
        marks: the user's favourites, ratings and tags.
    """

    def __init__(self, catalog: Catalog, listing: Listing, marks: Marks) -> None:
        self.model_name = ""
        self.model: Model | None = None
        self.model_error: ModelError | None = None
        self.marks = marks
        self._catalog = catalog
        self._listing = listing
        self._engine: SearchEngine | None = None
        self._is_ready_for_words = False

    @abstractmethod
    def load_encoder(self) -> None:
        """Load what reads queries now (seconds) rather than at the first query.

        Raises:
            ModelError: the model cannot be used.
        """

    def search(
        self,
        text: str,
        *,
        examples: Sequence[Example] = (),
        top: int = 20,
        offset: int = 0,
        min_score: float | None = None,
        sort: Sort = "relevance",
        group: Group = "none",
        fold: bool = False,
        explain: bool = False,
        day_first: bool = False,
        southern: bool = False,
    ) -> Results:
        """Find photos by a query; see :meth:`SearchEngine.search`.

        Filters alone need no model.

        Args:
            text: the query, in the language of :mod:`inphotos.search.query`.
            examples: photos to search with; there need be no text beside them.
            top, offset, min_score, sort, group, fold, explain: as the engine says.
            day_first: whether 1/2/2023 is in February.
            southern: whether the seasons are those of the southern half of the earth.
        """
        query = _parsed(text, examples, day_first=day_first, southern=southern)
        if self._engine is None and not query.concepts:
            return self.marks.noted(
                self._listing.list(
                    query,
                    self.model_name,
                    top=top,
                    offset=offset,
                    sort=sort,
                    group=group,
                    fold=fold,
                )
            )
        self._get_ready(query)
        return self.marks.noted(
            self._usable_engine().search(
                query,
                top=top,
                offset=offset,
                min_score=min_score,
                sort=sort,
                group=group,
                fold=fold,
                explain=explain,
            )
        )

    def count(
        self,
        text: str,
        *,
        examples: Sequence[Example] = (),
        day_first: bool = False,
        southern: bool = False,
    ) -> Count:
        """Count the photos that match a query, or all photos for an empty one.

        The arguments and the errors are those of :meth:`search`.
        """
        if not text.strip() and not examples:
            return Count(self._catalog.count())
        query = _parsed(text, examples, day_first=day_first, southern=southern)
        if not query.concepts:
            return Count(self._listing.count(query))
        return self._usable_engine().count(query)

    def suggestions(self, wanted: int) -> tuple[str, ...]:
        """Return queries that find something in these photos.

        Args:
            wanted: how many.

        Returns:
            So many queries: where it is not known yet what is found, everyday ones.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._usable_engine().suggestions(wanted)

    def similar(
        self,
        photo: Path,
        *,
        top: int = 20,
        offset: int = 0,
        region: Region | None = None,
        sort: Sort = "relevance",
        group: Group = "none",
        fold: bool = False,
    ) -> Results:
        """Find photos like another one; see :meth:`SearchEngine.similar`."""
        return self.marks.noted(
            self._usable_engine().similar(
                photo, top=top, offset=offset, region=region, sort=sort, group=group, fold=fold
            )
        )

    def neighbours(self, photo_id: int, *, top: int, fold: bool = False) -> Results:
        """Find the photos most like one of the library; see :meth:`SearchEngine.neighbours`."""
        return self._usable_engine().neighbours(photo_id, top=top, fold=fold)

    def why(
        self,
        photo_id: int,
        text: str,
        *,
        examples: Sequence[Example] = (),
        day_first: bool = False,
        southern: bool = False,
    ) -> Why:
        """Tell what each part of a query finds in a photo; see :meth:`SearchEngine.why`.

        The other arguments and the errors are those of :meth:`search`.

        Args:
            photo_id: the photo; it need not be in the answer.
        """
        query = _parsed(text, examples, day_first=day_first, southern=southern)
        if not query.concepts:
            if not query.filters:
                raise QueryError(query.problems[0].message)
            return Why(query, filters=filter_reasons(query, self._listing, photo_id))
        return self._usable_engine().why(query, photo_id)

    def photo_ids(self, paths: Iterable[Path]) -> list[int]:
        """Return the ids of photos by their paths.

        Raises:
            LibraryError: one of them is not in the library.
        """
        ids = []
        for path in paths:
            photo = self._catalog.by_path(Path(os.path.abspath(path.expanduser())))  # noqa: PTH100
            if photo is None:
                raise LibraryError(
                    f"{display_path(path)} is not in the library; "
                    f"'inphotos index FOLDER' takes in the photos of a folder."
                )
            ids.append(photo.id)
        return ids

    def sum_up(self, photo_ids: Sequence[int]) -> Summary:
        """Return what photos amount to; see :func:`inphotos.search.summary.sum_up`."""
        return sum_up(self._listing, photo_ids)

    def distance(self, first: Path, second: Path) -> Distance:
        """Compare two photos; see :meth:`SearchEngine.distance`."""
        return self._usable_engine().distance(first, second)

    def browse(
        self,
        *,
        top: int,
        offset: int = 0,
        sort: Sort = "date",
        group: Group = "none",
        fold: bool = False,
    ) -> Results:
        """List all photos, without scores; see :meth:`Listing.everything`."""
        return self.marks.noted(
            self._listing.everything(
                self.model_name, top=top, offset=offset, sort=sort, group=group, fold=fold
            )
        )

    def alike(self, photo_id: int, *, top: int, offset: int = 0) -> Results:
        """List the photos that are alike to one, which is among them, the best first."""
        return self.marks.noted(
            self._listing.alike_to(photo_id, self.model_name, top=top, offset=offset)
        )

    def facets(self) -> Facets:
        """Return what the photos can be divided by: folders, dates, places and cameras.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._listing.facets()

    def all_alike(self, *, top: int, offset: int = 0) -> Results:
        """List all photos that are alike to another one; see :meth:`Listing.all_alike`."""
        return self._listing.all_alike(self.model_name, top=top, offset=offset)

    def duplicates(self, kinds: Collection[Kind] = KINDS) -> tuple[AlikeGroup, ...]:
        """Return the groups of photos that are alike, of some kinds."""
        return self._listing.groups(kinds)

    def count_alike(self) -> tuple[int, int]:
        """Return how many groups of photos that are alike there are, and how many photos in them.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._listing.count_alike()

    def count_known_alike(self) -> tuple[int, bool]:
        """Return how many photos are known to be in groups, and whether those are all.

        Unlike :meth:`count_alike` it does not wait for the others, which takes a while in a large
        library.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._listing.count_known_alike()

    def find_alike(self) -> None:
        """Wait until it is known which photos are alike, for those who have one answer only.

        Otherwise the first answers of a large library are not folded.

        Raises:
            LibraryError: the store cannot be read.
        """
        self._listing.count_alike()

    def _get_ready(self, query: Query) -> None:
        """Load the text tower beside what is kept of the photos, ahead of the first words.

        The query would load one after the other. In a new process they are most of its time.
        """
        has_words = any(concept.photo is None for concept in query.concepts)
        if self._is_ready_for_words or not has_words or not self._usable_model().has_text:
            return
        self._is_ready_for_words = True
        threading.Thread(target=self._load_quietly, name="text tower").start()
        self._usable_engine().thresholds()

    def _load_quietly(self) -> None:
        with contextlib.suppress(ModelError):  # the query says what is wrong
            self.load_encoder()

    def _usable_model(self) -> Model:
        if self.model is None:
            assert self.model_error is not None
            raise self.model_error
        return self.model

    def _usable_engine(self) -> SearchEngine:
        self._usable_model()
        assert self._engine is not None
        return self._engine


def _parsed(text: str, examples: Sequence[Example], *, day_first: bool, southern: bool) -> Query:
    if examples and not text.strip():
        return with_examples(Query(""), examples)
    return with_examples(parse(text, day_first=day_first, southern=southern), examples)
