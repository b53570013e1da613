"""Which photos have a date at all."""

from __future__ import annotations

import time

from inphotos.store.table import Mask, PhotoTable

DAY_MS = 86_400_000

#: No file was changed before, wherever it was: a file of these days has a clock that was not set.
_FIRST_FILES_MS = 3 * DAY_MS


def undated(table: PhotoTable) -> Mask:
    """Tell of which photos of the table nothing credible says when they were taken.

    Where nothing else does, the time of the file says it; that is no date if it cannot be right.
    """
    taken = table.number("taken_ms")
    odd = (taken < _FIRST_FILES_MS) | (taken > time.time() * 1000 + DAY_MS)
    if odd.any():
        # The column that tells is long to read, and few libraries need it.
        source = table.text("taken_source")
        odd &= source.codes == source.place_of("")
    return odd
