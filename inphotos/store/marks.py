"""What the user thinks of photos: favourites, ratings and tags, which nothing could make again.

They are not in the ObjectBox store, which takes one writer at a time: compaction writes for
minutes, and a click on a heart is not to wait for that. They have a file of their own::

    marks.jsonl    {"version": 1}
                   {"content": "3f0c…", "favorite": true, "rating": 4, "tags": ["summer"]}

A line says what holds of a photo from then on, so that a change only adds to the end of the file,
however many there are, and a crash can spoil no more than the line that was being written. What
no longer counts is left out when the library is opened.

A photo is known by the digest of its content. So its marks outlast a move, a folder that is
forgotten and added again, and the store itself; copies of a photo have the same marks.
"""

from __future__ import annotations

import codecs
import json
import logging
import os
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inphotos.errors import LibraryNewerError, display_path
from inphotos.metadata import MAX_KEYWORD, MAX_KEYWORDS, clean_line
from inphotos.settings import write_atomically
from inphotos.store.trouble import translated_os_errors, unreadable_file

log = logging.getLogger(__name__)

VERSION = 1

#: The file is written anew when it has so many lines that no longer count, and more than that do.
_MOST_SPENT = 1_000

HIGHEST_RATING = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user thinks of a photo.

    Attributes:
        favorite: it is a favourite.
        rating: stars, 0 to 5; None while the user has given none, and the file's own counts.
        tags: in the order in which they were given; each once, whatever its case.
    """

    favorite: bool = False
    rating: int | None = None
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return self != UNMARKED


UNMARKED = Mark()


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: on one line, not empty, each once whatever its case."""
    cleaned = (clean_line(tag, MAX_KEYWORD) for tag in tags)
    unique: dict[str, str] = {}
    for tag in filter(None, cleaned):
        unique.setdefault(tag.casefold(), tag)
    return tuple(unique.values())[:MAX_KEYWORDS]


#: Many photos have the same tags.
_clean_tags = lru_cache(maxsize=4096)(clean_tags)


class MarkBook:
    """The marks of one library in memory, and their file. Any thread may use it.

    Attributes:
        path: the file.
        aside: where a damaged file is kept.
        version: another one after every change.
    """

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        """Read the marks of the library in ``directory``; a file that is not there has none.

        Args:
            directory: the library's.
            read_only: another process writes them, so that the file is not put in order.
        """
        self._read_only = read_only
        self.path = directory / "marks.jsonl"
        self.aside = directory / "marks.damaged.jsonl"
        self.version = 0
        self._lock = threading.RLock()
        self._is_newer = False
        self._unreadable: OSError | None = None
        self._begins_line = True
        self._marks: dict[str, Mark] = {}
        self._changed: list[tuple[str, ...]] = []  # by each version but the first
        self._read()

    def of(self, content: str) -> Mark:
        """Return the mark of the photos with this content."""
        return self._marks.get(content, UNMARKED)

    def all(self) -> dict[str, Mark]:
        """Return the marks by content, of all photos that have one."""
        with self._lock:
            return dict(self._marks)

    def changed_since(self, version: int) -> list[str]:
        """Return the contents whose marks have changed since a version."""
        with self._lock:
            return [content for change in self._changed[version:] for content in change]

    def tags(self) -> Counter[str]:
        """Return all tags, with how many different photos have each."""
        return Counter(tag for mark in self.all().values() for tag in mark.tags)

    def change(self, marks: Mapping[str, Mark]) -> None:
        """Let these marks, by content, take the place of the former ones, for good.

        Raises:
            LibraryNewerError: a later version of InPhotos wrote the file; it is left as it is.
            DiskFullError, LibraryError: it cannot be written; nothing has changed.
        """
        with self._lock:
            news = {content: mark for content, mark in marks.items() if mark != self.of(content)}
            if not news:
                return
            self._append(news)
            self._take_in(news)
            self._changed.append(tuple(news))
            self.version += 1

    def carry_over(self, contents: Mapping[str, str]) -> None:
        """Give photos that were edited the marks that they had.

        Args:
            contents: the digest of each now, by what it was; one that has marks keeps its own.

        Raises:
            LibraryError: see :meth:`change`.
        """
        with self._lock:
            if contents:
                self._check_was_read()
            self.change(
                {
                    now: self._marks[was]
                    for was, now in contents.items()
                    if was in self._marks and now and now not in self._marks
                }
            )

    def _take_in(self, marks: Mapping[str, Mark]) -> None:
        for content, mark in marks.items():
            if mark:
                self._marks[content] = mark
            else:
                self._marks.pop(content, None)

    def _append(self, marks: Mapping[str, Mark]) -> None:
        if self._is_newer:
            raise LibraryNewerError(
                f"{display_path(self.path)} was written by a newer InPhotos and is left as it is; "
                f"update InPhotos to change it."
            )
        self._check_was_read()
        text = "".join(_line(content, mark) for content, mark in marks.items())
        with translated_os_errors(self.path.parent):
            if not self.path.exists():
                write_atomically(self.path, f"{_HEADER}{text}".encode())
                self._begins_line = True
                return
            with self.path.open("ab", buffering=0) as file:
                before, begun = file.tell(), self._begins_line
                left = memoryview((text if begun else f"\n{text}").encode())
                self._begins_line = False  # as long as it is not known how much of it is there
                try:
                    while left:
                        left = left[file.write(left) :]
                    os.fsync(file.fileno())
                except OSError:
                    # Half a change must not count the next time.
                    file.truncate(before)
                    self._begins_line = begun
                    raise
            self._begins_line = True

    def _check_was_read(self) -> None:
        """Refuse changes of marks that are not known: the former ones would be lost."""
        if self._unreadable is not None:
            raise unreadable_file(self.path, self._unreadable) from self._unreadable

    def _read(self) -> None:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            log.warning("%s cannot be read: %s", self.path, error)
            self._unreadable = error
            return
        lines = content.split(b"\n")
        # A line that was not finished has no end, and is not missed: nobody was told it was kept.
        torn = lines.pop()
        self._begins_line = not torn
        # Without the line that it begins with, the file is not what it was.
        spoiled = int(not content.startswith(b'{"version"')) + int(not is_unfinished(torn))
        for values in _parsed(lines):
            try:
                self._read_values(values)
            except (ValueError, TypeError, KeyError, AttributeError):
                spoiled += 1
        if self._is_newer:
            return
        if spoiled:
            log.warning("%s: %d lines make no sense", self.path, spoiled)
            if not self._try(lambda: write_atomically(self.aside, content)):
                return  # there would be nothing left of them
        if spoiled or torn or len(lines) > 2 * len(self._marks) + _MOST_SPENT:
            self._try(self._write_anew)

    def _read_values(self, values: Any) -> None:
        if "version" in values:
            self._is_newer = values["version"] > VERSION
            return
        self._take_in({values["content"] + "": from_json(values)})

    def _write_anew(self) -> None:
        lines = (_line(content, mark) for content, mark in self._marks.items())
        write_atomically(self.path, "".join([_HEADER, *lines]).encode())
        self._begins_line = True

    def _try(self, write: Callable[[], None]) -> bool:
        if self._read_only:
            return False
        try:
            write()
        except OSError as error:
            log.warning("%s cannot be put in order: %s", self.path, error)
            return False
        return True


_HEADER = json.dumps({"version": VERSION}) + "\n"


def is_unfinished(end: bytes) -> bool:
    """Tell whether the end of the file is as a crash leaves it: nothing, or part of a line.

    A larger part of a damaged file would be lost unnoticed, were its end taken for that.
    """
    begin = b'{"content": "'
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(end)
    except UnicodeDecodeError:
        return False
    # JSON has other signs for these; a page that was lost may be full of them.
    has_control = any(unicodedata.category(char) == "Cc" for char in text)
    return not has_control and (end.startswith(begin) or begin.startswith(end))


def _parsed(lines: list[bytes]) -> list[Any]:
    """Return what lines say; None for those that are no JSON."""
    try:
        # All at once takes a third of the time.
        return list(json.loads(b"[%s]" % b",".join(lines)))
    except (ValueError, RecursionError):
        return [_parsed_alone(line) for line in lines if line.strip()]


def _parsed_alone(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _line(content: str, mark: Mark) -> str:
    return json.dumps({"content": content, **as_json(mark)}, ensure_ascii=False) + "\n"


def as_json(mark: Mark) -> dict[str, Any]:
    """Return a mark as plain values for a JSON document; what it does not have is left out."""
    values: dict[str, Any] = {}
    if mark.favorite:
        values["favorite"] = True
    if mark.rating is not None:
        values["rating"] = mark.rating
    if mark.tags:
        values["tags"] = list(mark.tags)
    return values


def from_json(values: Mapping[str, Any]) -> Mark:
    """Return the mark that :func:`as_json` gave values of; what makes no sense is left out.

    Raises:
        TypeError: the tags are no list.
    """
    rating = values.get("rating")
    known = type(rating) is int and 0 <= rating <= HIGHEST_RATING  # not True, which is 1 too
    tags = _clean_tags(tuple(tag for tag in values.get("tags", ()) if isinstance(tag, str)))
    return Mark(values.get("favorite") is True, rating if known else None, tags)
