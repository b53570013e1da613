"""Telling photos that are only in the cloud from photos that are here.

Opening such a file would download it, so it is never opened: its name and its attributes, which
cost no download, have to do. Windows (OneDrive, Dropbox, iCloud, Nextcloud) and macOS (iCloud and
all file providers) mark the file itself. Elsewhere a client leaves a small stub under a longer
name. A file without blocks on disk is no sign of one: Linux keeps small files inside the inode.
"""

from __future__ import annotations

import os
import stat

from inphotos.photos.formats import is_photo

#: Windows' FILE_ATTRIBUTE_* that say that reading brings the content from elsewhere. Python's
#: ``stat`` module knows only the first.
_WINDOWS_MARKS = (
    stat.FILE_ATTRIBUTE_OFFLINE
    | 0x0004_0000  # FILE_ATTRIBUTE_RECALL_ON_OPEN
    | 0x0040_0000  # FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
)

#: macOS' SF_DATALESS of <sys/stat.h>.
_SF_DATALESS = 0x4000_0000

#: What clients add to the name of a file whose content is not here: Nextcloud and ownCloud
#: ("virtual files"), odrive.
STUB_SUFFIXES = (".nextcloud", ".owncloud", ".cloud", ".odrive")

_ICLOUD = ".icloud"


def is_placeholder(info: os.stat_result, name: str) -> bool:
    """Tell whether reading a file would first download it.

    Args:
        info: what the system says of the file.
        name: the file's name, without directories.
    """
    attributes: int = getattr(info, "st_file_attributes", 0)
    flags: int = getattr(info, "st_flags", 0)
    marked = attributes & _WINDOWS_MARKS or flags & _SF_DATALESS
    return bool(marked) or photo_of_stub(name) is not None


def photo_of_stub(name: str) -> str | None:
    """Return the name of the photo that a stub stands for; None when it is no photo's stub.

    Older macOS has ``.name.jpg.icloud`` in the place of ``name.jpg``, hidden from the user.
    """
    if name.startswith(".") and name.endswith(_ICLOUD):
        photo = name[1 : -len(_ICLOUD)]
    else:
        suffix = next((suffix for suffix in STUB_SUFFIXES if name.endswith(suffix)), None)
        if suffix is None:
            return None
        photo = name.removesuffix(suffix)
    return photo if is_photo(photo) and not photo.startswith(".") else None
