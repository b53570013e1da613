"""Searches that the user has saved under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from inphotos.errors import QueryError, display_path
from inphotos.library.kept_list import KeptList
from inphotos.search.query import Example, Region

#: A name is to be read in a narrow list.
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name.

    Attributes:
        name: what the user calls it; unique, whatever its case.
        text: the query as it was typed, so that "last week" goes on with time.
        examples: the photos of the query.
    """

    name: str
    text: str
    examples: tuple[Example, ...] = ()


class SavedSearches(KeptList[SavedSearch]):
    """The saved searches of a library, in the user's order.

    Whatever changes them does so in memory; :meth:`write` makes it last.
    """

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        """Read the saved searches of the library in ``directory``."""
        super().__init__(directory / "searches.json", read_only=read_only)

    @property
    def all(self) -> tuple[SavedSearch, ...]:
        """All of them."""
        with self._lock:
            return tuple(self._entries)

    def find(self, name: str) -> SavedSearch | None:
        """Return the search with this name, whatever its case; None when there is none."""
        with self._lock:
            place = self._place(name)
            return None if place is None else self._entries[place]

    def named(self, name: str) -> SavedSearch:
        """Return the search with this name.

        Raises:
            QueryError: there is none.
        """
        with self._lock:
            return self._entries[self._known(name)]

    def save(self, search: SavedSearch, place: int | None = None) -> SavedSearch:
        """Save a search, in the place of one of the same name if there is one.

        Args:
            search: its name is tidied up.
            place: where to put a new one; the default is the end.

        Returns:
            It as it was saved.

        Raises:
            QueryError: the name or the query is empty.
        """
        search = replace(search, name=tidy_name(search.name), text=search.text.strip())
        if not (search.text or search.examples):
            raise QueryError("There is nothing to save: the query is empty.")
        with self._lock:
            known = self._place(search.name)
            if known is not None:
                self._entries[known] = search
            else:
                self._entries.insert(len(self._entries) if place is None else place, search)
            self._changed = True
        return search

    def rename(self, name: str, new: str) -> SavedSearch:
        """Give a search another name, and return it.

        Raises:
            QueryError: there is no such search, or the new name is empty or another one's.
        """
        new = tidy_name(new)
        with self._lock:
            place = self._known(name)
            if self._place(new) not in (None, place):
                raise QueryError(
                    f"There is a saved search called “{display_path(new)}” already; "
                    f"choose another name."
                )
            self._entries[place] = replace(self._entries[place], name=new)
            self._changed = True
            return self._entries[place]

    def remove(self, name: str) -> tuple[SavedSearch, int]:
        """Remove a search; return it and the place that it had.

        Raises:
            QueryError: there is no such search.
        """
        with self._lock:
            place = self._known(name)
            self._changed = True
            return self._entries.pop(place), place

    def move(self, name: str, place: int) -> None:
        """Put a search before the one that is now at ``place``, or at the end.

        Raises:
            QueryError: there is no such search.
        """
        with self._lock:
            before = self._known(name)
            search = self._entries.pop(before)
            self._entries.insert(place - 1 if place > before else place, search)
            self._changed = True

    def _place(self, name: str) -> int | None:
        wanted = _key(name)
        places = (at for at, entry in enumerate(self._entries) if _key(entry.name) == wanted)
        return next(places, None)

    def _known(self, name: str) -> int:
        place = self._place(name)
        if place is None:
            raise QueryError(
                f"There is no saved search called “{display_path(name)}”; "
                f"'inphotos searches' lists those that there are."
            )
        return place

    def _as_json(self, entry: SavedSearch) -> Any:
        return search_as_json(entry)

    def _from_json(self, value: Any) -> SavedSearch | None:
        return search_from_json(value)

    def _read(self) -> list[SavedSearch]:
        by_name: dict[str, SavedSearch] = {}
        for entry in super()._read():
            # Written by hand, a name may be there twice.
            by_name.setdefault(_key(entry.name), entry)
        return list(by_name.values())


def tidy_name(name: str) -> str:
    """Return a name on one line, without what cannot be printed.

    Raises:
        QueryError: nothing is left of it.
    """
    tidied = _tidied(name)
    if not tidied:
        raise QueryError("The search needs a name.")
    return tidied


def suggested_name(text: str) -> str:
    """Return what a query could be called: its words, the first letter large."""
    words = _tidied(text)
    return words[:1].upper() + words[1:]


def search_as_json(search: SavedSearch) -> dict[str, Any]:
    """Return a search as plain values for a JSON document."""
    return {
        "name": search.name,
        "text": search.text,
        "examples": examples_as_json(search.examples),
    }


def search_from_json(value: Any) -> SavedSearch | None:
    """Return the search that :func:`search_as_json` gave values of; None if they make no sense."""
    match value:
        case {"name": str(name), "text": str(text), **rest}:
            examples = examples_from_json(rest.get("examples") or [])
            if examples is not None and _tidied(name) and (text.strip() or examples):
                return SavedSearch(_tidied(name), text.strip(), examples)
    return None


def examples_as_json(examples: Sequence[Example]) -> list[Any]:
    """Return the photos of a query as plain values for a JSON document."""
    return [_example_as_json(example) for example in examples]


def examples_from_json(value: Any) -> tuple[Example, ...] | None:
    """Return what :func:`examples_as_json` gave; None where one of them makes no sense.

    Without one of its photos it would be another query.
    """
    if type(value) is not list:
        return None
    examples = [_example_from_json(each) for each in value]
    known = tuple(example for example in examples if example is not None)
    return known if len(known) == len(examples) else None


def _example_as_json(example: Example) -> Any:
    region = example.region
    return {
        "photo": str(example.photo),
        "region": None if region is None else list(astuple(region)),
        "weight": example.weight,
        "marked": example.marked,
    }


def _example_from_json(value: Any) -> Example | None:
    try:
        part = value["region"]
        region = None if part is None else Region(*map(float, part))
        return Example(Path(value["photo"]), region, float(value["weight"]), bool(value["marked"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _tidied(name: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:LONGEST_NAME].rstrip()


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
