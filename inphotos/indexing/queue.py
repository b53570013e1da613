"""The order of work: what may have moved, what the user looks at, then the newest photos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from inphotos.indexing.changes import Claim
from inphotos.photos.decoders import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Job):
    """A file to be read, and what it may be."""

    claim: Claim


class WorkQueue:
    """The files that are still to be read; iterate over it to take them out.

    What is most urgent is decided anew for each.
    """

    def __init__(self, claims: Iterable[Claim], looked_at: Callable[[], Sequence[int]]) -> None:
        """Queue up.

        Args:
            claims: the files.
            looked_at: gives the ids of the photos that the user sees at that moment.
        """
        ordered = sorted(claims, key=lambda c: (not c.is_decisive, -c.photo.taken_ms))
        self._waiting = dict(enumerate(ordered))
        self._by_photo = {c.photo.id: n for n, c in self._waiting.items() if c.photo.id}
        self._looked_at = looked_at

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Task]:
        while self._waiting:
            claim = self._next()
            yield Task(claim.photo.path, claim.known, claim=claim)

    def put_back(self, claim: Claim) -> None:
        """Queue a file up again."""
        self._waiting[max(self._waiting, default=-1) + 1] = claim

    def drop(self, folder_id: int) -> list[Claim]:
        """Take out all files of a folder and return them."""
        dropped = [n for n, c in self._waiting.items() if c.photo.folder_id == folder_id]
        return [self._waiting.pop(number) for number in dropped]

    def _next(self) -> Claim:
        first = next(iter(self._waiting))
        if not self._waiting[first].is_decisive:
            for photo_id in self._looked_at():
                number = self._by_photo.get(photo_id)
                if number is not None and number in self._waiting:
                    return self._waiting.pop(number)
        return self._waiting.pop(first)
