"""Encoding batches on a thread of its own, while the thread before it commits the last one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple

from inphotos.encoders.base import Encoder
from inphotos.indexing.records import Record, embeddings
from inphotos.store.columns import Vectors

#: One that is being encoded and one that waits, so that the encoder never does.
_MOST = 2


class Encoded(NamedTuple):
    """A batch that is ready to be committed.

    Attributes:
        records: the photos.
        vectors: their embeddings by the position of the record.
    """

    records: Sequence[Record]
    vectors: dict[int, Vectors]


class EncodingLine:
    """Batches on their way to the store, in the order in which they were put in.

    Use it as a context manager; what has not been taken out by then is given up. Of its methods,
    each is to be called by the one thread that commits.
    """

    def __init__(self) -> None:
        """Start without a batch, and with a thread once there is one."""
        self._thread = ThreadPoolExecutor(1, "encoding")
        self._line: deque[tuple[Sequence[Record], Future[dict[int, Vectors]]]] = deque()

    def __enter__(self) -> EncodingLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def __len__(self) -> int:
        return len(self._line)

    def __contains__(self, content: str) -> bool:
        """Tell whether a photo with this digest is on its way."""
        return any(
            record.photo.content == content for records, _ in self._line for record in records
        )

    @property
    def is_due(self) -> bool:
        """Whether the first batch is to be taken out: it is ready, or the line is full."""
        return bool(self._line) and (len(self._line) >= _MOST or self._line[0][1].done())

    def put(self, records: Sequence[Record], encoder: Encoder | None) -> None:
        """Let a batch be encoded."""
        try:
            encoding = self._thread.submit(embeddings, records, encoder)
        except RuntimeError:  # the system allows no more threads: it takes longer without one
            encoding = Future()
            encoding.set_result(embeddings(records, encoder))
        self._line.append((records, encoding))

    def give_up_waiting(self) -> None:
        """Leave out the batches whose encoding has not begun."""
        self._line = deque(entry for entry in self._line if not entry[1].cancel())

    def take(self) -> Encoded:
        """Take out the first batch, waiting until it is encoded.

        Raises:
            ModelError: the encoder cannot encode it.
        """
        records, encoding = self._line.popleft()
        return Encoded(records, encoding.result())
