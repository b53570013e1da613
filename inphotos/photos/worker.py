"""The program of a decoder process: paths come in on stdin, decoded photos go out on stdout.

It is started by :mod:`inphotos.photos.decoders`, which says what runs where and why. What it
answers is plain bytes in frames, never pickles: the parent must be able to read the answer of a
worker that a hostile file has taken over.

Frames, numbers in network order:

- to the worker: length (4 bytes), path as the file system writes it;
- from the worker: lengths of header, pixels and thumbnail (3 x 4 bytes), then those three. The
  header is JSON: ``{"content", "width", "height"}``, or ``{"reason"}`` when the photo failed.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

import numpy as np
from PIL import Image

from inphotos.errors import PhotoError
from inphotos.photos.decode import Decoded, decode
from inphotos.pixels import PixelSpec

#: The largest photo that is accepted (``picture.MAX_PIXELS``) decodes within it.
MEMORY_BYTES = 4 << 30

_MAX_HEADER = 64 << 10
_MAX_THUMBNAIL = 8 << 20
_LENGTHS = struct.Struct("!III")
_LENGTH = struct.Struct("!I")


class ProtocolError(Exception):
    """What came through the pipe is not an answer."""


def pack_spec(spec: PixelSpec) -> str:
    """Write a pixel specification as the worker's argument."""
    return json.dumps(asdict(spec))


def unpack_spec(text: str) -> PixelSpec:
    """Read what :func:`pack_spec` wrote."""
    fields = json.loads(text)
    resize, crop = fields["resize"], fields["crop"]
    return PixelSpec(
        resize=resize if isinstance(resize, int) else (resize[0], resize[1]),
        crop=None if crop is None else (crop[0], crop[1]),
        resample=Image.Resampling(fields["resample"]),
    )


def write_request(stream: IO[bytes], path: Path) -> None:
    """Ask a worker to decode ``path``."""
    name = os.fsencode(path)
    stream.write(_LENGTH.pack(len(name)) + name)
    stream.flush()


def read_answer(stream: IO[bytes], path: Path, spec: PixelSpec) -> Decoded | PhotoError:
    """Read what a worker made of ``path``.

    Raises:
        EOFError: the worker has ended.
        ProtocolError: it answered nonsense.
    """
    header_size, pixels_size, thumbnail_size = _LENGTHS.unpack(_read(stream, _LENGTHS.size))
    height, width, channels = spec.shape
    expected = height * width * channels
    if (
        header_size > _MAX_HEADER
        or thumbnail_size > _MAX_THUMBNAIL
        or pixels_size not in (0, expected)
    ):
        raise ProtocolError("the sizes are out of bounds")
    header, pixels, thumbnail = (
        _read(stream, size) for size in (header_size, pixels_size, thumbnail_size)
    )
    try:
        fields = json.loads(header)
        if "reason" in fields:
            return PhotoError(path, str(fields["reason"])[:500])
        if not pixels_size:
            raise ProtocolError("there are no pixels")
        return Decoded(
            pixels=np.frombuffer(pixels, dtype=np.uint8).reshape(spec.shape),
            thumbnail=thumbnail,
            content=bytes.fromhex(fields["content"]).hex(),
            width=int(fields["width"]),
            height=int(fields["height"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ProtocolError("the header is damaged") from error


def main() -> None:
    """Decode what is asked for until stdin ends."""
    spec = unpack_spec(sys.argv[1])
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(_LENGTH.size):
        name = requests.read(_LENGTH.unpack(head)[0])
        _answer(answers, Path(os.fsdecode(name)), spec)


def _answer(stream: IO[bytes], path: Path, spec: PixelSpec) -> None:
    pixels = thumbnail = b""
    try:
        decoded = decode(path, spec)
    except PhotoError as error:
        header: dict[str, object] = {"reason": error.reason}
    except Exception as error:  # a decoder's bug must cost one photo, not the worker
        header = {"reason": f"the decoder failed on it ({type(error).__name__})"}
    else:
        header = {
            "content": decoded.content,
            "width": decoded.width,
            "height": decoded.height,
        }
        pixels, thumbnail = decoded.pixels.tobytes(), decoded.thumbnail
    text = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(text), len(pixels), len(thumbnail)))
    stream.write(text + pixels + thumbnail)
    stream.flush()


def _limit_memory() -> None:
    if sys.platform == "win32":
        return  # no such limit there; the time limit remains
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


if __name__ == "__main__":
    main()
