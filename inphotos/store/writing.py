"""One write transaction of an ObjectBox store.

The binding's own closes a transaction once more whose commit has failed. The native library has
freed it by then, so that a full disk would damage the memory of the process.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from objectbox import c


class WriteTransaction:
    """Commits what a block writes, or nothing of it where the block or the commit fails."""

    __slots__ = ("_store", "_transaction")

    def __init__(self, store: Any) -> None:
        """Take an open store."""
        self._store = store
        self._transaction: Any = None

    def __enter__(self) -> None:
        self._transaction = c.obx_txn_write(self._store._c_store)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        transaction, self._transaction = self._transaction, None
        if kind is None:
            c.obx_txn_success(transaction)  # closes it in any case
        else:
            c.obx_txn_close(transaction)
