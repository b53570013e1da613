"""Which directories and photos below a folder are passed over."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from inphotos.errors import FolderError, display_path

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Directories that programs, systems and network drives keep for themselves, in lower case.
#: Names that start with a dot (.Trash-1000, .thumbnails, .dropbox.cache) are passed over as well.
SKIPPED_DIRECTORIES = frozenset(
    {
        "$recycle.bin",
        "recycler",
        "system volume information",
        "lost+found",
        "lost.dir",
        "node_modules",
        "__macosx",
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "#recycle",
        "#snapshot",
    }
)

#: A directory that holds a file of this name wants no part in collections of pictures, and so
#: for all that is below it (Android's media scanner set the custom).
NO_MEDIA = ".nomedia"

#: As git does it: names that differ in case only are one name to these systems.
_IGNORES_CASE = sys.platform in ("win32", "darwin")


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is passed over below one folder. The folder itself never is: the user chose it.

    Attributes:
        patterns: the user's own, in the manner of a ``.gitignore`` file: ``old/`` is every
            directory of that name, ``trips/2019`` that path from the folder on, ``*.png`` every
            such file, ``!keep.png`` takes one back. Hidden and system directories are passed over
            whatever the patterns say.
    """

    patterns: tuple[str, ...] = ()

    def excludes_directory(self, relative: str) -> bool:
        """Tell whether a directory is passed over, taking for granted that its parents are not.

        Args:
            relative: its path from the folder on, with the system's separator.
        """
        if is_never_taken(relative[relative.rfind(os.sep) + 1 :]):
            return True
        return bool(self.patterns) and _matches(self.patterns, relative + os.sep)

    def excludes_photo(self, relative: str) -> bool:
        """Tell whether a pattern excludes a photo in a directory that is not passed over."""
        return bool(self.patterns) and _matches(self.patterns, relative)

    def excludes_below(self, relative: str) -> bool:
        """Tell whether a directory is passed over for its own sake or for that of a parent."""
        return any(self.excludes_directory(part) for part in self_and_parents(relative))


def is_never_taken(name: str) -> bool:
    """Tell by a directory's name whether it is passed over whatever the user says."""
    return name.startswith(".") or name.lower() in SKIPPED_DIRECTORIES


def self_and_parents(relative: str) -> Iterator[str]:
    """Yield a relative path and those of the directories around it, but for the root itself."""
    while relative:
        yield relative
        relative = os.path.dirname(relative)  # noqa: PTH120 - relative paths are text here


def is_hidden(info: os.stat_result) -> bool:
    """Tell whether Windows or macOS hides an entry, whatever its name."""
    attributes: int = getattr(info, "st_file_attributes", 0)
    flags: int = getattr(info, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & stat.UF_HIDDEN)


def check_pattern(text: str) -> str:
    """Return a pattern that the user typed as ``Exclusions`` takes it.

    Raises:
        FolderError: it is empty, an absolute path, leads out of the folder or means nothing.
    """
    pattern = text.strip()
    if os.sep == "\\":
        pattern = pattern.replace("\\", "/")
    shown = display_path(pattern)
    if not pattern:
        raise FolderError(
            "The pattern is empty; type the name of what to leave out, such as old/ or *.png."
        )
    bare = pattern.removeprefix("!")
    if bare.startswith(("/", "~")) or PureWindowsPath(bare).drive:
        raise FolderError(
            f"The pattern {shown} is a full path; write it as seen from the folder, "
            "such as trips/2019."
        )
    if ".." in bare.split("/"):
        raise FolderError(
            f"The pattern {shown} leads out of the folder; write it without '..', "
            "as seen from the folder."
        )
    if not _is_meaningful(pattern):
        raise FolderError(
            f"The pattern {shown} matches nothing; use names with * and ?, such as old/ or *.png."
        )
    return pattern


def pattern_below(directory: str, pattern: str) -> str:
    """Return a pattern of a directory as one of the folder around it, meaning the same.

    Args:
        directory: its path from the folder on, with the system's separator.
        pattern: as :func:`check_pattern` returns it.
    """
    place = re.sub(r"([\\*?\[\]! #])", r"\\\1", directory.replace(os.sep, "/"))
    negation = "!" if pattern.startswith("!") else ""
    bare = pattern.removeprefix("!")
    is_anywhere = "/" not in bare.rstrip("/")
    return f"{negation}{place}/{'**/' if is_anywhere else ''}{bare}"


def _is_meaningful(pattern: str) -> bool:
    if any(char in pattern for char in "\0\r\n"):
        return False
    try:
        return all(compiled.include is not None for compiled in _compile((pattern,)).patterns)
    except ValueError:
        return False


def _matches(patterns: tuple[str, ...], relative: str) -> bool:
    return _compile(patterns).match_file(relative.lower() if _IGNORES_CASE else relative)


@lru_cache(maxsize=64)
def _compile(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # few folders have any patterns

    # To git a leading "#" is a comment; here it is a name (#recycle on some network drives).
    lines = ("\\" + line if line.startswith("#") else line for line in patterns)
    return GitIgnoreSpec.from_lines([line.lower() if _IGNORES_CASE else line for line in lines])
