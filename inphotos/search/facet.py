"""What a library can be divided by, as plain values, which are there before a library is."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNDATED = "is:undated"


@dataclass(frozen=True, slots=True)
class Facet:
    """Photos that have something in common.

    Attributes:
        name: what they have: the name of a directory, country, city or camera; a year or month as
            2024 or 2024-05.
        terms: what finds them, as names of filters with texts that are taken as a whole, or with
            dates.
        photos: how many there are, as ``query`` finds them.
        inside: what they can be divided by further.
    """

    name: str
    terms: tuple[tuple[str, str], ...]
    photos: int
    inside: tuple[Facet, ...] = ()

    @property
    def query(self) -> str:
        """What finds them, as a user would type it; empty where it cannot be typed."""
        from inphotos.search.language.written import exact_filter

        written = [
            f"{name}:{value}" if name == "date" else exact_filter(name, value)
            for name, value in self.terms
        ]
        return " ".join(written) if all(written) else ""


@dataclass(frozen=True, slots=True)
class Facets:
    """What a library can be divided by.

    Attributes:
        folders: those of the library, by their paths, with the directories in them; also those
            that hold no photos.
        dates: the years, the latest first, with their months.
        undated: photos of which nothing says when they were taken, as :data:`UNDATED` finds them.
        places: the countries by name, with their cities.
        cameras: by name.
    """

    folders: Mapping[Path, Facet] = field(default_factory=lambda: MappingProxyType({}))
    dates: tuple[Facet, ...] = ()
    undated: int = 0
    places: tuple[Facet, ...] = ()
    cameras: tuple[Facet, ...] = ()
