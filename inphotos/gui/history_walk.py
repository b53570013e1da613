"""Going through former searches in the search field, as in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class HistoryWalk:
    """Steps from what was typed to older texts, and back to it."""

    def __init__(self) -> None:
        self.texts: Callable[[], Sequence[str]] = tuple
        self._steps: list[str] = []
        self._at = 0

    @property
    def is_under_way(self) -> bool:
        """Whether an older text is shown."""
        return bool(self._steps)

    def older(self, text: str) -> str | None:
        """Return the text before the one that is shown, None when there is none.

        Args:
            text: what stands in the field; it comes back at the end of the way.
        """
        if not self._steps:
            # As they are now: what the walk itself adds to the history does not change its way.
            former = [other for other in self.texts() if other != text.strip()]
            if not former:
                return None
            self._steps, self._at = [*former, text], len(former)
        if self._at == 0:
            return None
        self._at -= 1
        return self._steps[self._at]

    def newer(self) -> str:
        """Return the text after the one that is shown; the walk has to be under way."""
        self._at += 1
        text = self._steps[self._at]
        if self._at == len(self._steps) - 1:
            self.end()
        return text

    def end(self) -> None:
        """Begin anew next time: the user has typed, or searched for something else."""
        self._steps = []
