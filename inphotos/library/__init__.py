"""A library and all that works on it: the one place where the parts are wired together.

What is named here is loaded when it is first used, so that the window can be painted before the
parts of a library, which take longer to load than the window itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inphotos.library.choices import StrictnessKind
    from inphotos.library.library import Library
    from inphotos.library.marks import Mark
    from inphotos.library.pasted import is_pasted
    from inphotos.library.reports import (
        Compacted,
        FolderStatus,
        PhotoDetails,
        PhotoFailure,
        Status,
    )
    from inphotos.library.searches import SavedSearch

__all__ = [
    "Compacted",
    "FolderStatus",
    "Library",
    "Mark",
    "PhotoDetails",
    "PhotoFailure",
    "SavedSearch",
    "Status",
    "StrictnessKind",
    "is_pasted",
]

_MODULES = {
    "Library": "library",
    "SavedSearch": "searches",
    "StrictnessKind": "choices",
    "is_pasted": "pasted",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'reports')}"), name)
