"""A program that decodes photos one after the other, for what InPhotos does to be compared with.

It is a process of its own, as decoders are, because nobody knows what is in the files. The
arguments are what :func:`arguments` gives. For each line on its input, ``FULLY`` or ``BY_STEPS``,
it prints a line of JSON: the seconds of each photo; in the latter case, those of one core for each
of ``STEPS``. It ends when its input does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image

from inphotos.manners import lower_priority
from inphotos.photos.decode import content_digest, decode
from inphotos.photos.formats import kind_of
from inphotos.photos.metadata import read_metadata
from inphotos.photos.picture import Need, Picture, read_picture
from inphotos.photos.raw import is_raw, read_raw
from inphotos.pixels import PixelSpec, fit
from inphotos.settings import THUMBNAIL_EDGES

FULLY = "fully"
BY_STEPS = "by steps"

#: The last one is what is left of the whole, as it cannot be done without the others.
STEPS = (
    "read the file, digest",
    "read the metadata",
    "decode, upright",
    "make thumbnails and pixels",
)


def arguments(paths: Sequence[Path], spec: PixelSpec) -> list[str]:
    """Return what to start the program with."""
    fields = {"resize": spec.resize, "crop": spec.crop, "resample": int(spec.resample)}
    return [json.dumps(fields), *map(str, paths)]


def main() -> None:
    """Do as the module says."""
    lower_priority()
    fields = json.loads(sys.argv[1])
    resize, crop = fields["resize"], fields["crop"]
    spec = PixelSpec(
        resize if isinstance(resize, int) else (resize[0], resize[1]),
        None if crop is None else (crop[0], crop[1]),
        Image.Resampling(fields["resample"]),
    )
    paths = [Path(name) for name in sys.argv[2:]]
    decode(paths[0], spec)  # loads what is loaded once
    for line in sys.stdin:
        measure = _fully if line.strip() == FULLY else _by_steps
        seconds = [measure(path, spec) for path in paths]
        print(json.dumps(seconds), flush=True)  # noqa: T201


def _fully(path: Path, spec: PixelSpec) -> float:
    """Decode a photo in full and bring it to an encoder's size."""
    started = time.perf_counter()
    fit(_picture(path, path.read_bytes(), None).image, spec)
    return time.perf_counter() - started


def _by_steps(path: Path, spec: PixelSpec) -> list[float]:
    """Decode a photo as InPhotos does, first step by step, then in one go.

    Of the processor's time: waiting for it would fall on one step or another by chance.
    """
    moments = [time.process_time()]
    data = path.read_bytes()
    content_digest(data)
    moments.append(time.process_time())
    read_metadata(data, kind_of(data[:64]), path, 0, None)
    moments.append(time.process_time())
    _picture(path, data, Need(spec.short_edge, max(THUMBNAIL_EDGES)))
    moments.append(time.process_time())
    decode(path, spec)
    whole = time.process_time() - moments[-1]
    parts = [after - before for before, after in pairwise(moments)]
    return [*parts, max(0.0, whole - sum(parts))]


def _picture(path: Path, data: bytes, need: Need | None) -> Picture:
    kind = kind_of(data[:64])
    if kind is None or is_raw(path, data, kind):
        return read_raw(data, need)
    return read_picture(data, kind, need)


if __name__ == "__main__":
    main()
