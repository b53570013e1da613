"""What several photos amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from inphotos.search.listing import Listing

_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Summary:
    """Several photos.

    Attributes:
        photos: how many of them the library knows.
        bytes: of their files together.
        first, last: when the first and the last of them were taken, without a time zone; None
            where there are none.
    """

    photos: int
    bytes: int
    first: datetime | None
    last: datetime | None


def sum_up(listing: Listing, photo_ids: Sequence[int]) -> Summary:
    """Return what photos of a library amount to; those that it does not know are left out.

    Raises:
        LibraryError: the store cannot be read.
    """
    table = listing.table
    table.refresh()
    rows = table.rows_of(np.unique(np.array(photo_ids, np.int64)))
    rows = rows[rows >= 0]
    if not len(rows):
        return Summary(0, 0, None, None)
    taken = table.number("taken_ms")[rows]
    first, last = (
        _EPOCH + timedelta(milliseconds=int(moment)) for moment in (taken.min(), taken.max())
    )
    return Summary(len(rows), int(table.number("size")[rows].sum()), first, last)
