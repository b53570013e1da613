"""What a library can be divided by as rows of the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLocale

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.sidebar.model import Entry

if TYPE_CHECKING:
    from inphotos.search.facets import Facet


@dataclass(frozen=True, slots=True)
class Look:
    """How facets of one kind are shown.

    Attributes:
        name: gives what the user reads for a facet's name.
        sign: the name of their icon; empty for none.
        inside: how those in them are shown; None for alike.
    """

    name: Callable[[str], str]
    sign: str
    inside: Look | None = None


def month_name(name: str) -> str:
    """Return what a month such as 2024-05 is called, without its year."""
    return QLocale().standaloneMonthName(int(name.rpartition("-")[2]))


DIRECTORIES = Look(display_path, "folder")
YEARS = Look(display_path, "calendar", Look(month_name, ""))
COUNTRIES = Look(display_path, "place", Look(display_path, ""))


def entries_of(facets: Sequence[Facet], look: Look) -> list[Entry]:
    """Return the rows of those facets that a query can find."""
    return [_entry(facet, look) for facet in facets if facet.query]


def inside_of(facet: Facet, look: Look) -> Callable[[], Sequence[Entry]] | None:
    """Return what gives the rows in the row of a facet; None where there are none."""
    return partial(entries_of, facet.inside, look.inside or look) if facet.inside else None


def _entry(facet: Facet, look: Look) -> Entry:
    text = look.name(facet.name)
    tip = f"{text}\n{wording.photos(facet.photos)}"
    return Entry(
        facet.query, text, look.sign, tip, wording.number(facet.photos), inside_of(facet, look)
    )
