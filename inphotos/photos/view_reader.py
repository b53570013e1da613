"""Photos for the screen, decoded in processes of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inphotos.errors import PhotoError
from inphotos.photos.decoder_service import DecoderService

if TYPE_CHECKING:
    from inphotos.photos.view import View

#: Two that the user is about to see, and one at full size that takes its time.
WORKERS = 3

#: Whoever looks at a photo for long should not wait for a process with the next one.
IDLE_SECONDS = 180.0


class ViewReader:
    """Reads photos as large as they are to be seen; safe from any thread."""

    def __init__(self) -> None:
        """Prepare; processes start when a photo is wanted."""
        self._decoders = DecoderService(WORKERS, IDLE_SECONDS)

    def read(self, path: Path, edge: int) -> View:
        """Return a photo upright, its long edge ``edge`` pixels, or less where it has less.

        Of photos beyond ``decode.MAX_SEEN_PIXELS`` it is less, too.

        Raises:
            PhotoError: it cannot be read.
            CancelledError: the reader was closed.
            DecoderError: no process can be started for it.
        """
        from inphotos.photos.view import View

        outcome = self._decoders.decode(path, view=edge)
        if isinstance(outcome, PhotoError):
            raise outcome
        assert isinstance(outcome, View)
        return outcome

    def close(self) -> None:
        """End all decodes at once; whoever waits for one gets an error."""
        self._decoders.close()
