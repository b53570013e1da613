"""The program of a decoder process: requests come in on stdin, decoded photos go out on stdout.

It is started by :mod:`inphotos.photos.decoder_process`, which says what runs where and why. What
it answers is plain bytes in frames, never pickles: the parent must be able to read the answer of a
worker that a hostile file has taken over. So every length is bounded and every value checked.

Frames, numbers in network order:

- from the worker, once, when it is ready: ``GREETING``;
- to the worker: lengths of header and path (2 x 4 bytes), then those two. The header is JSON:
  ``{"spec", "known", "region", "view"}``, a pixel specification or null, the digests that need no
  decoding, the part of the photo that the pixels are to show, or null, and the long edge of the
  photo for the screen, 0 when it is for the encoder. The path is as the file system writes it;
- from the worker: lengths of header, pixels and thumbnails (3 x 4 bytes), then those three. The
  header is JSON: ``{"content", "width", "height", "thumbnails", "metadata",
  "phash"}``, of which
  ``thumbnails`` are the lengths of the JPEGs in the order of ``THUMBNAIL_EDGES``; ``{"known",
  "metadata"}`` with a digest when nothing was decoded; ``{"view"}`` with the sizes of
  :class:`inphotos.photos.view.View`; or ``{"reason", "lasting"}`` when the photo failed. There are
  no pixels when none were asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from PIL import Image

from inphotos.errors import PhotoError, display_path
from inphotos.manners import lower_priority
from inphotos.metadata import Metadata
from inphotos.photos import view
from inphotos.photos.decode import Decoded, Known, Seen, decode, see
from inphotos.photos.picture import MAX_PIXELS
from inphotos.pixels import Pixels, PixelSpec, Region
from inphotos.settings import THUMBNAIL_EDGES

#: The largest photo that is accepted (``picture.MAX_PIXELS``) decodes within it.
MEMORY_BYTES = 4 << 30

GREETING = b"inphotos decoder\n"

BACKGROUND = "background"

Outcome: TypeAlias = Decoded | Known | PhotoError

Answer: TypeAlias = Outcome | view.View

_MAX_REQUEST = 1 << 20
#: The longest metadata that are kept, every character of them escaped, come to 0.7 MB.
_MAX_HEADER = 1 << 20
_MAX_THUMBNAILS = 8 << 20
_MAX_REASON = 500
_JPEG_START = b"\xff\xd8\xff"
_REQUEST_LENGTHS = struct.Struct("!II")
_ANSWER_LENGTHS = struct.Struct("!III")


class ProtocolError(Exception):
    """What came through the pipe is not an answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a worker is asked to decode.

    Attributes:
        path: the photo.
        spec: the pixels that are wanted, or None for none.
        known: digests of contents that need no decoding; a handful, since every request brings
            its own.
        region: the part of the photo that the pixels are to show, or None for all of it.
        view: the long edge, in pixels, of the photo for the screen, which takes the place of
            everything else then; 0 for none.
    """

    path: Path
    spec: PixelSpec | None = None
    known: Sequence[str] = ()
    region: Region | None = None
    view: int = 0


def write_request(stream: IO[bytes], request: Request) -> None:
    """Ask a worker to decode a photo.

    Raises:
        ValueError: the request is larger than a worker takes.
    """
    spec = None if request.spec is None else asdict(request.spec)
    region = None if request.region is None else asdict(request.region)
    known = list(request.known)
    fields = {"spec": spec, "known": known, "region": region, "view": request.view}
    header = json.dumps(fields).encode()
    name = os.fsencode(request.path)
    if max(len(header), len(name)) > _MAX_REQUEST:
        raise ValueError(f"a request of {len(header)} + {len(name)} bytes")
    stream.write(_REQUEST_LENGTHS.pack(len(header), len(name)) + header + name)
    stream.flush()


def read_request(stream: IO[bytes]) -> Request | None:
    """Read what :func:`write_request` wrote; None at the end of the stream."""
    head = stream.read(_REQUEST_LENGTHS.size)
    if not head:
        return None
    header_size, name_size = _REQUEST_LENGTHS.unpack(head)
    fields = json.loads(_read(stream, header_size))
    path = Path(os.fsdecode(_read(stream, name_size)))
    region = None if fields["region"] is None else Region(**fields["region"])
    return Request(path, _spec(fields["spec"]), fields["known"], region, fields["view"])


def write_answer(stream: IO[bytes], outcome: Decoded | Known | Seen | PhotoError) -> None:
    """Send what came of a photo."""
    if isinstance(outcome, Seen):
        _write_view(stream, outcome)
        return
    pixels, thumbnails = b"", b""
    header: dict[str, object]
    if isinstance(outcome, PhotoError):
        header = {"reason": outcome.reason, "lasting": outcome.lasting}
    elif isinstance(outcome, Known):
        header = {"known": outcome.content, "metadata": outcome.metadata.to_json()}
    else:
        jpegs = [outcome.thumbnails[edge] for edge in THUMBNAIL_EDGES]
        header = {
            "content": outcome.content,
            "width": outcome.width,
            "height": outcome.height,
            "thumbnails": [len(jpeg) for jpeg in jpegs],
            "metadata": outcome.metadata.to_json(),
            "phash": outcome.phash,
        }
        pixels = b"" if outcome.pixels is None else outcome.pixels.tobytes()
        thumbnails = b"".join(jpegs)
    text = json.dumps(header).encode()
    stream.write(_ANSWER_LENGTHS.pack(len(text), len(pixels), len(thumbnails)))
    stream.write(text + pixels + thumbnails)
    stream.flush()


def _write_view(stream: IO[bytes], seen: Seen) -> None:
    text = json.dumps(view.header_of(seen)).encode()
    stream.write(_ANSWER_LENGTHS.pack(len(text), view.size_of(seen), 0) + text)
    for part in view.parts_of(seen):
        stream.write(part)
    stream.flush()


def read_answer(stream: IO[bytes], request: Request) -> Answer:
    """Read what a worker made of a request.

    Raises:
        EOFError: the worker has ended.
        ProtocolError: it answered nonsense.
    """
    sizes = _ANSWER_LENGTHS.unpack(_read(stream, _ANSWER_LENGTHS.size))
    header_size, pixels_size, thumbnails_size = sizes
    if (
        header_size > _MAX_HEADER
        or thumbnails_size > _MAX_THUMBNAILS
        or not _may_be(pixels_size, request)
    ):
        raise ProtocolError("the sizes are out of bounds")
    header, pixels, thumbnails = (_read(stream, size) for size in sizes)
    try:
        fields = json.loads(header)
        if "reason" in fields:
            reason = display_path(str(fields["reason"])[:_MAX_REASON])
            return PhotoError(request.path, reason, lasting=fields["lasting"] is not False)
        if "known" in fields:
            metadata = Metadata.from_json(fields.get("metadata"))
            return Known(_one_of(fields["known"], request.known), metadata)
        if request.view:
            return view.checked(pixels, fields["view"], request.view)
        return _decoded(fields, pixels, thumbnails, request.spec)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise ProtocolError("the header is damaged") from error


def main() -> None:
    """Decode what is asked for until stdin ends.

    The arguments are the memory limit in bytes, and ``background`` where nobody waits.
    """
    _limit_memory(int(sys.argv[1]))
    if BACKGROUND in sys.argv[2:]:
        lower_priority()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(GREETING)
    answers.flush()
    while (request := read_request(requests)) is not None:
        write_answer(answers, _outcome(request))


def _outcome(request: Request) -> Decoded | Known | Seen | PhotoError:
    try:
        if request.view:
            return see(request.path, request.view)
        return decode(request.path, request.spec, known=request.known, region=request.region)
    except PhotoError as error:
        return error
    except ImportError as error:
        reason = f"its decoder cannot be loaded ({error.name or type(error).__name__})"
        return PhotoError(request.path, reason, lasting=False)
    except Exception as error:  # a decoder's bug must cost one photo, not the worker
        return PhotoError(request.path, f"the decoder failed on it ({type(error).__name__})")


def _spec(fields: dict[str, Any] | None) -> PixelSpec | None:
    if fields is None:
        return None
    resize, crop = fields["resize"], fields["crop"]
    return PixelSpec(
        resize=resize if isinstance(resize, int) else (resize[0], resize[1]),
        crop=None if crop is None else (crop[0], crop[1]),
        resample=Image.Resampling(fields["resample"]),
    )


def _decoded(
    fields: dict[str, Any], pixels: bytes, thumbnails: bytes, spec: PixelSpec | None
) -> Decoded:
    """Check and put together the answer about a photo that was decoded."""
    return Decoded(
        pixels=_pixels(pixels, spec),
        thumbnails=_thumbnails(thumbnails, fields["thumbnails"]),
        content=_digest(fields["content"]),
        width=_edge(fields["width"]),
        height=_edge(fields["height"]),
        metadata=Metadata.from_json(fields.get("metadata")),
        phash=_hash(fields["phash"]),
    )


def _may_be(pixels_size: int, request: Request) -> bool:
    """Tell whether an answer to the request can have so many bytes of pixels."""
    if request.view:
        return pixels_size <= view.most_bytes(request.view)
    return pixels_size in (0, _pixel_bytes(request.spec))


def _pixel_bytes(spec: PixelSpec | None) -> int:
    if spec is None:
        return 0
    height, width, channels = spec.shape
    return height * width * channels


def _pixels(data: bytes, spec: PixelSpec | None) -> Pixels | None:
    if spec is None:
        return None
    return np.frombuffer(data, dtype=np.uint8).reshape(spec.shape)


def _thumbnails(data: bytes, sizes: list[int]) -> dict[int, bytes]:
    """Cut the JPEGs apart; Qt will read them, so what does not begin as one is not let in."""
    if len(sizes) != len(THUMBNAIL_EDGES) or min(sizes) < 0 or sum(sizes) != len(data):
        raise ValueError("the thumbnails' sizes do not add up")
    jpegs, start = {}, 0
    for edge, size in zip(THUMBNAIL_EDGES, sizes, strict=True):
        jpegs[edge] = data[start : start + size]
        start += size
        if not jpegs[edge].startswith(_JPEG_START):
            raise ValueError("a thumbnail is no JPEG")
    return jpegs


def _digest(text: str) -> str:
    # It becomes part of a path, so it must not be able to lead out of the cache.
    digest = bytes.fromhex(text)
    if len(digest) != 16:
        raise ValueError("a digest of another length")
    return digest.hex()


def _edge(value: object) -> int:
    if not isinstance(value, int) or not 0 < value <= MAX_PIXELS:
        raise ValueError("a photo of no possible size")
    return value


def _hash(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 64:
        raise ValueError("no hash of 64 bits")
    return value


def _one_of(digest: str, known: Sequence[str]) -> str:
    if digest not in known:
        raise ValueError("a digest that was not asked for")
    return digest


def _limit_memory(limit: int) -> None:
    if sys.platform == "win32":
        return  # no such limit there; the time limit remains
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


if __name__ == "__main__":
    main()
