"""What is in the library by name: folders, places, cameras, months and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from inphotos.errors import display_path
from inphotos.gui.sidebar.facet_entries import month_name
from inphotos.search.language.conditions import fold

if TYPE_CHECKING:
    from inphotos.search.facets import Facet, Facets

ThingKind = Literal["folder", "place", "camera", "date"]


@dataclass(frozen=True)
class Thing:
    """Something by which photos can be found.

    Attributes:
        kind: what it is.
        name: what the user reads.
        beside: what tells it from others of that name; may be empty.
        facet: its photos.
    """

    kind: ThingKind
    name: str
    beside: str
    facet: Facet

    @cached_property
    def folded(self) -> str:
        """The name to compare by."""
        return folded(self.name)


def folded(text: str) -> str:
    """Return a text without what does not matter in a comparison, such as case and accents."""
    return fold("name", text)


def things_of(facets: Facets) -> list[Thing]:
    """Return everything that a library can be divided by."""
    return [
        *_directories(facets.folders.values(), ""),
        *(thing for country in facets.places for thing in _place(country)),
        *(Thing("camera", display_path(each.name), "", each) for each in facets.cameras),
        *(thing for year in facets.dates for thing in _date(year)),
    ]


def _directories(facets: Iterable[Facet], parent: str) -> Iterator[Thing]:
    for facet in facets:
        name = display_path(facet.name)
        yield Thing("folder", name, parent, facet)
        yield from _directories(facet.inside, name)


def _place(country: Facet) -> Sequence[Thing]:
    name = display_path(country.name)
    cities = [Thing("place", display_path(city.name), name, city) for city in country.inside]
    return [Thing("place", name, "", country), *cities]


def _date(year: Facet) -> Sequence[Thing]:
    months = [Thing("date", f"{month_name(m.name)} {year.name}", "", m) for m in year.inside]
    return [Thing("date", year.name, "", year), *months]
