"""Which photo a file is, once its content is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from inphotos.indexing.changes import Changes, Claim, as_new, moved
from inphotos.store.catalog import Photo


class Identities:
    """Matches the files that were read with the photos that have lost theirs.

    A photo whose own file is still to be read may keep it, so a file that equals such a photo has
    to wait.

    Attributes:
        moved: how many photos were found under another path.
    """

    def __init__(self, changes: Changes, claims: Iterable[Claim]) -> None:
        """Match for ``changes``; photos that are found are taken out of its displaced ones."""
        self._changes = changes
        self._undecided = {c.photo.id for c in claims if c.is_decisive and c.photo.id}
        self._claimed: set[int] = set()
        self._origins: defaultdict[str, list[Photo]] = defaultdict(list)
        for photo in changes.displaced.values():
            if photo.content:
                self._origins[photo.content].append(photo)
        self.moved = 0

    def decide(self) -> None:
        """Let nobody wait any longer: every file with a say has been read."""
        self._undecided.clear()

    def was_read(self, photo: Photo) -> None:
        """Note that the file of a photo has been read, whatever came of it."""
        self._undecided.discard(photo.id)

    def keep(self, photo: Photo) -> None:
        """Leave a photo to its file, which could not be read."""
        self._changes.displaced.pop(photo.id, None)

    def identify(self, claim: Claim, content: str) -> Photo | None:
        """Return the photo that a file is, at the place of that file.

        Args:
            claim: the file.
            content: digest of what is in it.

        Returns:
            None while that depends on files that are still to be read.
        """
        photo = claim.photo
        displaced = self._changes.displaced
        is_taken = photo.id in self._claimed
        is_itself = bool(photo.id) and photo.content == content and not is_taken
        # Files without a say are in the library already: what has lost its file is settled.
        if is_itself or not claim.is_decisive:
            displaced.pop(photo.id, None)
            return photo
        lost = [p for p in self._origins.get(content, ()) if p.id in displaced]
        free = [p for p in lost if p.id not in self._undecided]
        if free:
            return self._move(min(free, key=lambda p: p.state == "gone"), photo)
        if lost:
            return None
        if is_taken:
            return as_new(photo)
        displaced.pop(photo.id, None)
        return photo

    def failed(self, photo: Photo) -> Photo:
        """Return the photo that a file is that cannot be read."""
        if photo.id in self._claimed:
            return as_new(photo)
        self._changes.displaced.pop(photo.id, None)
        return photo

    def _move(self, origin: Photo, photo: Photo) -> Photo:
        del self._changes.displaced[origin.id]
        self._changes.absent.discard(origin.id)
        self._claimed.add(origin.id)
        if photo.id and photo.id not in self._claimed:  # overwritten, it may turn up elsewhere
            self._changes.displaced.setdefault(photo.id, photo)
            self._changes.absent.add(photo.id)
        self.moved += 1
        return moved(origin, photo)
