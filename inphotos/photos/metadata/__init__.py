"""A photo's metadata: when, where and with what it was taken, and what people wrote about it."""

from inphotos.photos.metadata.reading import read_metadata
from inphotos.photos.metadata.sidecar import (
    find_sidecar,
    find_sidecars,
    is_own_sidecar,
    read_sidecar,
    sidecar_name,
)

__all__ = [
    "READER_VERSION",
    "find_sidecar",
    "find_sidecars",
    "is_own_sidecar",
    "read_metadata",
    "read_sidecar",
    "sidecar_name",
]

#: Counts up when a later version reads more: what an older one has read is then read again.
READER_VERSION = 1
