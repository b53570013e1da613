"""Work that leaves the processor alone half of the time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from inphotos.events import IndexEvent, PhotosIndexed
from inphotos.gui.jobs import Job

#: A rest is never longer, so that a change of mind takes effect soon.
LONGEST_REST_SECONDS = 5.0


def rested(events: Iterator[IndexEvent], job: Job) -> Iterator[IndexEvent]:
    """Pass on what the indexer tells; in a gentle job, rest after a batch as long as it took.

    The decoder processes come to rest with it, because they are only a little ahead. Cancelling
    ends a rest.
    """
    worked_since = time.monotonic()
    for event in events:
        yield event
        if not isinstance(event, PhotosIndexed):
            continue
        if job.is_gentle():
            worked = time.monotonic() - worked_since
            job.control.cancelled.wait(min(worked, LONGEST_REST_SECONDS))
        worked_since = time.monotonic()
