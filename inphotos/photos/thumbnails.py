"""Small versions of photos, kept below the library."""

from __future__ import annotations

from pathlib import Path

from inphotos.settings import THUMBNAIL_EDGE, write_atomically


class ThumbnailCache:
    """Thumbnails by the content of their photo, so that none is ever shown for another photo."""

    def __init__(self, directory: Path) -> None:
        """Use ``directory``/thumbnails, made when the first thumbnail is stored."""
        self._directory = directory / "thumbnails" / str(THUMBNAIL_EDGE)

    def path(self, content: str) -> Path:
        """Return where the thumbnail of a photo with this digest is or would be."""
        return self._directory / content[:2] / f"{content[2:]}.jpg"

    def store(self, content: str, jpeg: bytes) -> None:
        """Keep a thumbnail.

        Raises:
            OSError: it cannot be written.
        """
        path = self.path(content)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, jpeg, durable=False)

    def remove(self, content: str) -> None:
        """Forget a thumbnail, if it is there."""
        if content:
            self.path(content).unlink(missing_ok=True)
