"""Thumbnails on demand: from the cache, or else from the photo itself."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from inphotos.errors import CancelledError, DecoderError, PhotoError
from inphotos.photos.decoded import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.photos.thumbnails import ThumbnailCache
from inphotos.pixels import Pixels, PixelSpec

if TYPE_CHECKING:
    from inphotos.photos.worker import Answer

log = logging.getLogger(__name__)

#: Photos that are decoded at the same time; the indexer needs the cores too.
WORKERS = 2

#: Files whose digest is remembered; about 300 bytes each.
_REMEMBERED = 10_000

#: A file as it was when it was read: path, size, time of modification.
_Version: TypeAlias = tuple[Path, int, int]


class ThumbnailMaker:
    """Gives thumbnails of photos, whether or not they have been indexed; safe from any thread.

    A thumbnail is kept under the digest of the very bytes that it was made of. What the catalog
    says of a photo only decides whether that thumbnail is the one that was asked for.
    """

    def __init__(self, cache: ThumbnailCache) -> None:
        """Make thumbnails and keep them in ``cache``; processes start when one is wanted."""
        self._cache = cache
        self._decoders = DecoderService(WORKERS)
        self._lock = threading.Lock()
        self._under_way: dict[_Version, Future[str]] = {}
        self._digests: OrderedDict[_Version, str] = OrderedDict()

    @property
    def kept_bytes(self) -> int:
        """Bytes of all thumbnails that are kept; the first time, all files are looked at."""
        return self._cache.total_bytes

    def limit(self, limit_bytes: int) -> None:
        """Keep no more than so many bytes of thumbnails from now on."""
        self._cache.limit(limit_bytes)

    def clear(self) -> None:
        """Delete all thumbnails; they are made again as photos are seen."""
        self._cache.evict(0)

    def find(self, content: str, edge: int) -> Path | None:
        """Return a thumbnail that is there already, without delay.

        Args:
            content: digest of the photo, "" while it is not known.
            edge: the square that it is shown in, device pixels.
        """
        return self._cache.find(content, edge)

    def get(self, path: Path, content: str, edge: int) -> Path | None:
        """Return a thumbnail, made now where need be, which can take seconds.

        Args:
            path: the photo.
            content: digest of the photo that the thumbnail is to show; "" for whatever the file
                holds now.
            edge: the square that it is shown in, device pixels.

        Returns:
            The file, too small for ``edge`` where no better one can be had; None when there is
            none: the photo cannot be read, is another one now, or the maker was closed.
        """
        kept = self._cache.find(content, edge)
        if kept is not None:
            return kept
        found = self._read(path, edge)
        if found and content in ("", found):
            kept = self._cache.find(found, edge)
        return kept or (self._cache.find_smaller(content, edge) if content else None)

    def picture(self, path: Path, edge: int) -> Pixels:
        """Return a photo upright, as large as it is, but its long edge at most ``edge`` pixels.

        Raises:
            PhotoError: it cannot be read.
            CancelledError: the maker was closed.
            DecoderError: no process can be started for it.
        """
        seen = _decoded(self._decoders.decode(path))
        scale = min(1.0, edge / max(seen.width, seen.height))
        size = (max(1, round(seen.height * scale)), max(1, round(seen.width * scale)))
        pixels = _decoded(self._decoders.decode(path, PixelSpec(size, None))).pixels
        assert pixels is not None
        return pixels

    def close(self) -> None:
        """End decodes at once; whoever waits for one gets None, now and from now on."""
        self._decoders.close()

    def _read(self, path: Path, edge: int) -> str:
        """Make the thumbnails of a photo and return its digest, "" when it cannot be read."""
        try:
            info = path.stat()
        except (OSError, ValueError):
            return ""
        version = (path, info.st_size, info.st_mtime_ns)
        with self._lock:
            known = self._digests.get(version)
            # Of a file that cannot be read there is nothing to find, and no use in trying again.
            if known is not None and (not known or self._cache.find(known, edge)):
                self._digests.move_to_end(version)
                return known
            decoding = self._under_way.get(version)
            is_mine = decoding is None
            if decoding is None:
                decoding = self._under_way[version] = Future()
        if is_mine:
            self._decode(version, decoding)
        return decoding.result()

    def _decode(self, version: _Version, decoding: Future[str]) -> None:
        """Decode for all who wait for ``decoding``, which has a result in any case."""
        digest, is_lasting = "", False
        try:
            outcome = self._decoders.decode(version[0])
            if isinstance(outcome, Decoded):
                self._cache.store(outcome.content, outcome.thumbnails)
                digest, is_lasting = outcome.content, True
            else:
                is_lasting = isinstance(outcome, PhotoError) and outcome.lasting
        except CancelledError:
            pass
        except (DecoderError, OSError) as error:  # no process, or no room on the library's disk
            log.warning("No thumbnail of %s: %s", version[0], error)
        finally:
            with self._lock:
                del self._under_way[version]
                if is_lasting:
                    self._digests[version] = digest
                    if len(self._digests) > _REMEMBERED:
                        self._digests.popitem(last=False)
            decoding.set_result(digest)


def _decoded(outcome: Answer) -> Decoded:
    if isinstance(outcome, PhotoError):
        raise outcome
    assert isinstance(outcome, Decoded)  # no contents were named that would be known
    return outcome
