"""Reads the file of a store page by page, without ObjectBox.

ObjectBox keeps its data in the format of LMDB, which trusts what it finds: an offset that points
nowhere ends the process. What reads here checks every number before it follows it, so that a
damaged file can be examined, and what is whole in it be saved, at no risk.

The format (LMDB 0.9, little-endian; https://git.openldap.org, ``mdb.c``): pages of one size, of
which the first two take turns in saying what the last commit is and where the tree of that commit
has its root. A page of the tree starts with its own number, flags, and the bounds of its free
room; offsets of its nodes follow. A node has a key and, in a leaf, a value; a value that is too
long for a page has pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_HEADER = 16  # bytes before the offsets of the nodes
_NODE = 8  # bytes before a node's key
_META_BYTES = _HEADER + 136
_MAGIC = 0xBEEFC0DE
_VERSION = 1

_BRANCH, _LEAF, _OVERFLOW, _META = 1, 2, 4, 8
_BIG_VALUE = 1
_LONGEST_KEY = 511
_NO_PAGE = (1 << 64) - 1

_PAGE_SIZES = tuple(1 << bits for bits in range(9, 17))

#: Pages looked at in one go: 8 MB of pages of 4 KiB.
_CHUNK = 2_048

#: A tree of a terabyte is less deep; a loop of pages is not to be followed for ever.
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class Commit:
    """What one of the first two pages says.

    Attributes:
        place: which of the two pages, 0 or 1.
        number: the later commit has the larger one.
        page_size: bytes.
        root: page of the tree's root, None when it is empty.
        free_root: page of the root of the tree of pages that are free, None when it is empty.
        last_page: number of the last page that is in use.
        entries: how many keys the tree has.
    """

    place: int
    number: int
    page_size: int
    root: int | None
    free_root: int | None
    last_page: int
    entries: int


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys and values, in the order of the keys.

    Attributes:
        heads: the first 16 bytes of each key, filled up with zeros, as two numbers (n, 2).
        key_sizes: bytes of each key.
        starts: where each value is in the file.
        sizes: bytes of each value.
    """

    heads: npt.NDArray[np.uint64]
    key_sizes: Ints
    starts: Ints
    sizes: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, wanted: Mask) -> Entries:
        """Return some of them."""
        return Entries(
            self.heads[wanted], self.key_sizes[wanted], self.starts[wanted], self.sizes[wanted]
        )


@dataclass(slots=True)
class Walked:
    """What came of walking a tree; complete only once the walk has ended.

    Attributes:
        seen: for each page of the file, whether the tree has it.
        damaged: how many pages made no sense, or were left out because of one that did not.
        depth: levels of pages.
        keys_are_numbers: the keys are in the order of the 64-bit numbers that they are, and not in
            that of their bytes.
    """

    seen: Mask
    damaged: int = 0
    depth: int = 0
    keys_are_numbers: bool = False
    _last: tuple[int, int] | None = field(default=None, repr=False)


class PageFile:
    """The pages of a store's file.

    Attributes:
        data: the bytes of the file, mapped.
        commits: those that can be read, the latest first.
        page_size: bytes.
        pages: how many pages the file has.
    """

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            OSError: it cannot be read.
        """
        size = path.stat().st_size
        self.data: Bytes = (
            np.memmap(path, np.uint8, "r").view(np.ndarray) if size else np.zeros(0, np.uint8)
        )
        self.commits = read_commits(self.data[: longest_head()].tobytes())
        self.page_size = self.commits[0].page_size if self.commits else 4096
        self.pages = len(self.data) // self.page_size
        whole = self.data[: self.pages * self.page_size]
        self._pages = whole.reshape(self.pages, self.page_size)

    def walk(self, root: int | None, walked: Walked, last_page: int) -> Iterator[Entries]:
        """Yield what a tree holds, going on beyond pages that make no sense.

        Args:
            root: page of its root.
            walked: takes in what is seen on the way.
            last_page: number of the last page that the tree may have.
        """
        level = np.array([] if root is None else [root], np.int64)
        last_page = min(last_page, self.pages - 1)
        while len(level):
            walked.depth += 1
            level = self._not_seen(level, walked, last_page)
            below: list[Ints] = []
            for start in range(0, len(level), _CHUNK):
                numbers = level[start : start + _CHUNK]
                pages = self._pages[numbers]
                good = _makes_sense(pages, numbers)
                walked.damaged += int((~good).sum())
                pages, numbers = pages[good], numbers[good]
                is_leaf = _flags(pages) == _LEAF
                branches, leaves = pages[~is_leaf], pages[is_leaf]
                if len(branches):
                    below.append(self._children(branches, walked))
                if len(leaves):
                    yield self._entries(leaves, numbers[is_leaf], walked, last_page)
            level = np.concatenate(below) if below else np.zeros(0, np.int64)
            if walked.depth == _DEEPEST:
                walked.damaged += len(level)
                return

    def leaves(self, numbers: Ints) -> Iterator[Entries]:
        """Yield what these pages hold, those that are leaves and make sense."""
        walked = Walked(np.zeros(self.pages, np.bool_))
        for start in range(0, len(numbers), _CHUNK):
            chunk = numbers[start : start + _CHUNK]
            pages = self._pages[chunk]
            wanted = _makes_sense(pages, chunk) & (_flags(pages) == _LEAF)
            if wanted.any():
                walked._last = None
                walked.seen[:] = False
                yield self._entries(pages[wanted], chunk[wanted], walked, self.pages - 1)

    def free_pages(self, commit: Commit) -> Mask | None:
        """Return which pages of the file are free, None where that cannot be read."""
        free = np.zeros(self.pages, np.bool_)
        # Each entry lists what one commit has freed, under the number of that commit.
        walked = Walked(np.zeros(self.pages, np.bool_), keys_are_numbers=True)
        for entries in self.walk(commit.free_root, walked, commit.last_page):
            for start, size in zip(entries.starts.tolist(), entries.sizes.tolist(), strict=True):
                numbers = self.data[start : start + size // 8 * 8].copy().view(np.int64)
                # The count comes first; LMDB may have kept room for more.
                if not len(numbers) or not 0 <= numbers[0] < len(numbers):
                    return None
                listed = numbers[1 : 1 + numbers[0]]
                if (listed < 0).any() or (listed > commit.last_page).any():
                    return None
                free[listed[listed < self.pages]] = True
        return None if walked.damaged else free | walked.seen

    def _not_seen(self, level: Ints, walked: Walked, last_page: int) -> Ints:
        """Leave out pages that are not there, or were met before; note the others as seen."""
        there = (level > 1) & (level <= last_page)
        _, first = np.unique(level, return_index=True)
        once = np.zeros(len(level), np.bool_)
        once[first] = True
        good = there & once
        good[good] = ~walked.seen[level[good]]
        walked.damaged += int((~good).sum())
        walked.seen[level[good]] = True
        return level[good]

    def _children(self, pages: Bytes, walked: Walked) -> Ints:
        nodes = _Nodes(pages)
        numbers = nodes.number(0, 2) | nodes.number(2, 2) << np.int64(16) | nodes.number(4, 2) << 32
        fits = nodes.keys_fit(0)
        walked.damaged += int((~fits).sum())
        return numbers[fits]

    def _entries(self, pages: Bytes, numbers: Ints, walked: Walked, last_page: int) -> Entries:
        nodes = _Nodes(pages)
        sizes = nodes.number(0, 2) | nodes.number(2, 2) << np.int64(16)
        flags = nodes.number(4, 2)
        is_big = flags == _BIG_VALUE
        good = ((flags == 0) | is_big) & nodes.keys_fit(1)
        good &= nodes.ends() + np.where(is_big, 8, sizes) <= self.page_size
        starts = numbers[nodes.page] * self.page_size + nodes.ends()
        big = np.flatnonzero(good & is_big)
        if len(big):
            good[big], starts[big] = self._big_values(starts[big], sizes[big], walked, last_page)
        heads = nodes.heads(good)
        in_order = _in_order(heads, nodes.key_sizes[good], walked)
        # A page counts once, however much of it is damaged.
        bad = np.union1d(nodes.page[~good], nodes.page[good][~in_order])
        walked.damaged += len(bad)
        return Entries(heads, nodes.key_sizes[good], starts[good], sizes[good])

    def _big_values(
        self, pointers: Ints, sizes: Ints, walked: Walked, last_page: int
    ) -> tuple[Mask, Ints]:
        """Return which of the values that have their own pages are whole, and where they start."""
        first = numbers_at(self.data, pointers, 8)
        needed = (_HEADER - 1 + sizes) // self.page_size + 1
        good = (first > 1) & (first <= last_page) & (first + needed - 1 <= last_page)
        headers = self._pages[np.where(good, first, 0), :_HEADER]
        good &= _numbers(headers, 0, 8) == first
        good &= (_numbers(headers, 10, 2) == _OVERFLOW) & (_numbers(headers, 12, 4) == needed)
        for offset in range(int(needed[good].max(initial=0))):
            has = good & (offset < needed)
            good[has] &= ~walked.seen[first[has] + offset]
            walked.seen[first[has] + offset] = True
        return good, first * self.page_size + _HEADER


def longest_head() -> int:
    """Return how many bytes the first two pages can take."""
    return 2 * _PAGE_SIZES[-1]


def read_commits(head: bytes) -> list[Commit]:
    """Return what the first two pages say, the latest first; those that make no sense are left out.

    Args:
        head: the beginning of the file, both pages at least.
    """
    found = [_commit(head, 0, 0)]
    sizes = [found[0].page_size] if found[0] else _PAGE_SIZES
    second = (_commit(head, 1, size) for size in sizes)
    found.append(next((commit for commit in second if commit is not None), None))
    commits = [commit for commit in found if commit is not None]
    return sorted(commits, key=lambda commit: -commit.number)


def _commit(head: bytes, place: int, start: int) -> Commit | None:
    page = head[start : start + _META_BYTES]
    if len(page) < _META_BYTES:
        return None

    def number(offset: int, size: int) -> int:
        return int.from_bytes(page[offset : offset + size], "little")

    page_size = number(40, 4)
    if (
        number(0, 8) != place
        or number(10, 2) != _META
        or number(16, 4) != _MAGIC
        or number(20, 4) != _VERSION
        or page_size not in _PAGE_SIZES
        or (start and start != page_size)
    ):
        return None
    last_page, roots = number(136, 8), [number(start, 8) for start in (80, 128)]
    if any(root != _NO_PAGE and not 1 < root <= last_page for root in roots):
        return None
    free_root, root = (None if root == _NO_PAGE else root for root in roots)
    return Commit(place, number(144, 8), page_size, root, free_root, last_page, number(120, 8))


class _Nodes:
    """The nodes of some pages of one kind, one after the other.

    Attributes:
        page: the place of each node's page among the pages.
        at: where each node starts in its page.
        key_sizes: bytes of each node's key.
    """

    def __init__(self, pages: Bytes) -> None:
        counts = (_numbers(pages, 12, 2) - _HEADER) // 2
        self.page = np.repeat(np.arange(len(pages)), counts)
        place = np.arange(len(self.page)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._flat = pages.reshape(-1)
        self._size = pages.shape[1]
        self._base = self.page * self._size
        self._upper = _numbers(pages, 14, 2)[self.page]
        at = numbers_at(self._flat, self._base + _HEADER + 2 * place, 2)
        # What points outside of its page is not followed; keys_fit() tells which they are.
        self._inside = (at >= self._upper) & (at <= self._size - _NODE)
        self.at = np.where(self._inside, at, self._size - _NODE)
        self._first = place == 0
        self.key_sizes = self.number(6, 2)

    def number(self, offset: int, size: int) -> Ints:
        """Return a number in the head of each node."""
        return numbers_at(self._flat, self._base + self.at + offset, size)

    def ends(self) -> Ints:
        """Return where each key ends in its page."""
        return self.at + _NODE + self.key_sizes

    def keys_fit(self, shortest: int) -> Mask:
        """Return which nodes and keys are within their pages."""
        fits: Mask = self._inside & (self.ends() <= self._size) & (self.key_sizes <= _LONGEST_KEY)
        # The first key of a branch may be empty: nothing is before it.
        fits &= self.key_sizes >= np.where(self._first, shortest, 1)
        return fits

    def heads(self, wanted: Mask) -> npt.NDArray[np.uint64]:
        """Return the first 16 bytes of some keys as two numbers each."""
        sizes = self.key_sizes[wanted]
        steps = np.arange(16)
        at = (self._base + self.at + _NODE)[wanted, None] + steps
        bytes_ = self._flat[np.minimum(at, len(self._flat) - 1)]
        bytes_[steps >= sizes[:, None]] = 0
        heads: npt.NDArray[np.uint64] = bytes_.view(">u8").astype(np.uint64)
        return heads


def _makes_sense(pages: Bytes, numbers: Ints) -> Mask:
    """Tell which pages could be pages of a tree, by what they say of themselves."""
    lower, upper = _numbers(pages, 12, 2), _numbers(pages, 14, 2)
    flags = _flags(pages)
    good: Mask = (_numbers(pages, 0, 8) == numbers) & ((flags == _LEAF) | (flags == _BRANCH))
    good &= (lower >= _HEADER) & (lower % 2 == 0) & (lower <= upper) & (upper <= pages.shape[1])
    good &= (lower > _HEADER) | (flags == _LEAF)
    return good


def _flags(pages: Bytes) -> Ints:
    return _numbers(pages, 10, 2)


def _in_order(heads: npt.NDArray[np.uint64], sizes: Ints, walked: Walked) -> Mask:
    """Tell which keys come after the ones before them."""
    high, low = heads[:, 0], heads[:, 1]
    if walked.keys_are_numbers:
        high = high.byteswap()
    ordered = np.ones(len(heads), np.bool_)
    ordered[1:] = (high[1:] > high[:-1]) | ((high[1:] == high[:-1]) & (low[1:] >= low[:-1]))
    same = (high[1:] == high[:-1]) & (low[1:] == low[:-1])
    ordered[1:][same] = sizes[1:][same] > sizes[:-1][same]
    if len(heads):
        if walked._last is not None:
            ordered[0] = (int(high[0]), int(low[0])) >= walked._last
        walked._last = (int(high[-1]), int(low[-1]))
    return ordered


def _numbers(rows: Bytes, offset: int, size: int) -> Ints:
    """Return the unsigned number of ``size`` bytes at ``offset`` in each row."""
    found = np.ascontiguousarray(rows[:, offset : offset + size]).view(f"<u{size}")
    return found[:, 0].astype(np.int64)


def numbers_at(data: Bytes, at: Ints, size: int) -> Ints:
    """Return the unsigned numbers of ``size`` bytes at these places."""
    return _numbers(data[at[:, None] + np.arange(size)], 0, size)
