"""Whether a photo's file is there."""

from __future__ import annotations

import os
from pathlib import Path


def is_gone(path: Path) -> bool:
    """Tell whether there is no such file.

    One that cannot be asked for (a disk that gives errors, a folder that may not be entered) is not
    gone: for all that is known it is there.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
