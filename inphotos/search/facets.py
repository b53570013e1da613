"""What a library can be divided by: folders, dates, places and cameras, with numbers of photos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import numpy.typing as npt

from inphotos.search.dated import undated
from inphotos.search.facet import UNDATED as UNDATED
from inphotos.search.facet import Facet as Facet
from inphotos.search.facet import Facets as Facets
from inphotos.search.filters import is_absolute
from inphotos.search.language.conditions import TextField, fold
from inphotos.store.table import PhotoTable
from inphotos.store.text_column import TextColumn

#: Directories farther down are counted with those that they are in.
MOST_LEVELS = 12


@dataclass(slots=True)
class _Node:
    """A directory while photos are counted.

    Attributes:
        name: of itself.
        path: as it is typed.
        photos: in it and below it.
        inside: the directories in it, by their folded names: of two that differ in case only, a
            query cannot find one alone.
    """

    name: str
    path: str
    photos: int = 0
    inside: dict[str, _Node] = field(default_factory=dict)

    def add(self, below: Sequence[str], text: str, photos: int) -> None:
        """Count the photos of a directory.

        Args:
            below: the folded names that lead there from here.
            text: its path.
            photos: how many it holds itself.
        """
        names = text.split("/")[len(text.split("/")) - len(below) :]
        # A backslash, which is folded to a slash, may be a part of a name.
        fit = all(fold("folder", n) == b for n, b in zip(names, below, strict=True))
        node = self
        node.photos += photos
        for key, name in zip(below[:MOST_LEVELS], names if fit else below, strict=False):
            node = node.inside.setdefault(key, _Node(name, f"{node.path}/{name}"))
            node.photos += photos

    def facet(self) -> Facet:
        """Return it as it is now."""
        inside = _sorted(node.facet() for node in self.inside.values())
        return Facet(self.name, (("folder", f"{self.path}/"),), self.photos, inside)


def read_facets(table: PhotoTable, roots: Sequence[Path]) -> Facets:
    """Count the photos of a table that can be shown.

    Args:
        table: the photos.
        roots: the paths of the library's folders.

    Raises:
        LibraryError: the store cannot be read.
    """
    rows = np.flatnonzero(table.shown)
    no_date = undated(table)[rows]
    return Facets(
        folders=_folders(table, rows, roots),
        dates=_dates(table.number("taken_ms")[rows[~no_date]]),
        undated=int(np.count_nonzero(no_date)),
        places=_places(table.text("country"), table.text("city"), rows),
        cameras=_cameras(table.text("camera"), rows),
    )


def _dates(taken_ms: npt.NDArray[np.int64]) -> tuple[Facet, ...]:
    months = taken_ms.astype("datetime64[ms]").astype("datetime64[M]")
    years: dict[str, list[Facet]] = {}
    for month, photos in zip(*np.unique(months, return_counts=True), strict=True):
        name = str(month)
        facet = Facet(name, (("date", name),), int(photos))
        years.setdefault(name.partition("-")[0], []).append(facet)
    return tuple(
        Facet(year, (("date", year),), sum(each.photos for each in inside), tuple(inside))
        for year, inside in reversed(years.items())
    )


def _cameras(column: TextColumn, rows: npt.NDArray[np.intp]) -> tuple[Facet, ...]:
    folded = _folded(column, "camera")
    photos, names = Counter[str](), dict[str, str]()
    for code, count in _counted(column.codes[rows]):
        photos[folded[code]] += count
        names.setdefault(folded[code], column.values[code])
    return _sorted(
        Facet(names[key], (("camera", names[key]),), count) for key, count in photos.items() if key
    )


def _places(
    countries: TextColumn, cities: TextColumn, rows: npt.NDArray[np.intp]
) -> tuple[Facet, ...]:
    folded = _folded(countries, "country"), _folded(cities, "city")
    joint = countries.codes[rows].astype(np.int64) * len(cities.values) + cities.codes[rows]
    names: dict[str, str] = {}
    found: dict[str, Counter[str]] = {}
    for code, count in _counted(joint):
        country, city = divmod(code, len(cities.values))
        at = folded[0][country], folded[1][city]
        names.setdefault(at[0], countries.values[country])
        names.setdefault(" / ".join(at), cities.values[city])
        found.setdefault(at[0], Counter())[at[1]] += count
    return _sorted(
        _country(names[country], {names[f"{country} / {city}"]: n for city, n in inside.items()})
        for country, inside in found.items()
        if country
    )


def _country(name: str, cities: Mapping[str, int]) -> Facet:
    """Return a country with its cities and their photos; of some the city is not known."""
    term = ("country", name)
    inside = _sorted(Facet(city, (term, ("city", city)), n) for city, n in cities.items() if city)
    return Facet(name, (term,), sum(cities.values()), inside)


def _folders(
    table: PhotoTable, rows: npt.NDArray[np.intp], roots: Sequence[Path]
) -> Mapping[Path, Facet]:
    column = table.directory(absolute=True)
    folded = _folded(column, "folder")
    counted = _counted(column.codes[rows])
    directories = [(folded[code], column.values[code], photos) for code, photos in counted]
    often = Counter(fold("folder", root.name) for root in roots)
    facets = {}
    for root in roots:
        path, name = _text(root).rstrip("/"), _text(PurePath(root.name))
        # The shorter way to write it, where it means this folder only.
        clear = name.strip() and often[fold("folder", root.name)] == 1 and not is_absolute(name)
        node = _Node(name or path, name if clear else path)
        base = fold("folder", path)
        for folded_path, text, photos in directories:
            if folded_path == base or folded_path.startswith(f"{base}/"):
                below = folded_path[len(base) + 1 :]
                node.add(below.split("/") if below else [], text, photos)
        facets[root] = node.facet()
    return facets


def _sorted(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Put facets in the order of their names, numbers in them as such."""
    return tuple(sorted(facets, key=lambda facet: (_natural(facet.name), facet.name)))


def _natural(name: str) -> list[tuple[int, str]]:
    return [
        (int(piece), "") if piece.isdecimal() else (-1, piece)
        for piece in re.split(r"(\d+)", name.casefold())
    ]


def _folded(column: TextColumn, name: TextField) -> Sequence[str]:
    return column.derived(f"folded {name}", partial(fold, name))


def _counted(codes: npt.NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield the different codes, and how often each comes."""
    different, counts = np.unique(codes, return_counts=True)
    yield from zip(different.tolist(), counts.tolist(), strict=True)


def _text(path: PurePath) -> str:
    """Return a path as the table has it: bytes that are not text are replaced."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")
