"""A library and all that works on it: the one place where the parts are wired together."""

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
