"""What has changed in a store since one last looked, to keep copies in memory up to date."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

#: More ids than this are not remembered one by one: reading everything is as quick.
_MOST_IDS = 100_000


class ChangeLog:
    """The rows that committed transactions have written; safe to share between threads."""

    def __init__(
        self, on_note: Callable[[str, frozenset[int] | None], None] = lambda _, __: None
    ) -> None:
        """Begin; ``on_note`` is told what :meth:`note` is, ahead of the commit."""
        self._on_note = on_note
        self._lock = threading.Lock()
        self._pending: list[tuple[str, frozenset[int] | None]] = []
        self._entries: list[tuple[str, frozenset[int] | None]] = []
        self._first = 0  # position of the first entry that is still remembered
        self._ids = 0

    def note(self, table: str, ids: Iterable[int] | None = None) -> None:
        """Note what the transaction under way writes.

        Args:
            table: name of the entity.
            ids: which rows; None for any of them.
        """
        rows = None if ids is None else frozenset(ids)
        self._on_note(table, rows)
        self._pending.append((table, rows))

    def commit(self) -> None:
        """Publish what was noted; to be called once others can read it."""
        with self._lock:
            self._entries += self._pending
            self._ids += sum(len(ids or ()) for _, ids in self._pending)
            self._pending = []
            if self._ids > _MOST_IDS:
                self._first += len(self._entries)
                self._entries = []
                self._ids = 0

    @property
    def position(self) -> int:
        """Stands for this moment; to be asked for before reading, so that nothing is missed."""
        with self._lock:
            return self._first + len(self._entries)

    def since(self, position: int, table: str) -> frozenset[int] | None:
        """Return which rows of a table have been written since; None when any may have been."""
        with self._lock:
            if position < self._first:
                return None
            entries = self._entries[position - self._first :]
        changed: set[int] = set()
        for name, ids in entries:
            if name == table:
                if ids is None:
                    return None
                changed |= ids
        return frozenset(changed)
