"""Makes the store of a new library, whole or not at all.

ObjectBox makes its files one after the other, and a process that is killed meanwhile leaves some of
them, which nobody could tell from a store that was damaged. So they are made aside::

    store.making/    the new store, until it is finished
"""

from __future__ import annotations

import shutil
from pathlib import Path

from inphotos.store import schema
from inphotos.store.files import open_store
from inphotos.store.trouble import translated_os_errors


def make_store(library: Path, files: Path) -> None:
    """Make an empty store in ``files``, unless there is anything in it already.

    Raises:
        LibraryError: it cannot be made; nothing is there then.
    """
    making = files.with_suffix(".making")
    with translated_os_errors(library):
        if making.exists():
            shutil.rmtree(making)
        if any(files.iterdir()):
            return
        making.mkdir(mode=0o700)
    open_store(library, making, schema.current([]).entities()).close()
    with translated_os_errors(library):
        files.rmdir()
        making.rename(files)
