"""The way through queries, back and forth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inphotos.gui.queries import Query

if TYPE_CHECKING:
    from inphotos.gui.grid.view import GridPlace

#: More than anyone goes back.
MOST = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """A query that was shown.

    Attributes:
        query: what was asked for.
        rows: how many rows had been asked for when it was left.
        place: where the grid was when it was left; None while it is the one that is shown.
    """

    query: Query
    rows: int = 0
    place: GridPlace | None = None


@dataclass(frozen=True, slots=True)
class _State:
    visits: tuple[Visit, ...]
    at: int
    typing: bool


class Navigation:
    """The visits in their order, and which of them is the current one.

    A query that is being typed is one visit, whatever it was half-way, until it is settled.
    """

    def __init__(self, first: Query) -> None:
        self._state = _State((Visit(first),), 0, typing=False)
        self._confirmed = self._state

    @property
    def current(self) -> Visit:
        """The visit that is shown, or under way."""
        return self._state.visits[self._state.at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a visit before the current one."""
        return self._state.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a visit after the current one."""
        return self._state.at < len(self._state.visits) - 1

    def visit(self, query: Query, *, typed: bool = False) -> None:
        """Go to another query; those after the current one are forgotten.

        Args:
            query: what is asked for.
            typed: the user is typing it, and may go on.
        """
        state = self._state
        if query == self.current.query:
            self._state = replace(state, typing=state.typing and typed)
            return
        kept = state.visits[: state.at + 1]
        if typed and state.typing:
            kept = kept[:-1]
            if kept[-1].query == query:  # all that was typed has been deleted again
                self._state = _State(kept, len(kept) - 1, typing=False)
                return
        kept = (*kept, Visit(query))[-MOST:]
        self._state = _State(kept, len(kept) - 1, typed)

    def leave(self, rows: int, place: GridPlace | None) -> None:
        """Note where the current visit is left."""
        state = self._state
        left = replace(self.current, rows=rows, place=place)
        visits = (*state.visits[: state.at], left, *state.visits[state.at + 1 :])
        self._state = replace(state, visits=visits)

    def settle(self) -> None:
        """Keep the current visit, whatever the user types next."""
        self._state = replace(self._state, typing=False)

    def back(self) -> Visit:
        """Go to the visit before, and return it; there has to be one."""
        return self._step(-1)

    def forward(self) -> Visit:
        """Go to the visit after, and return it; there has to be one."""
        return self._step(1)

    def confirm(self) -> None:
        """Take note that the current visit is shown."""
        self._confirmed = self._state

    def revert(self) -> None:
        """Be where :meth:`confirm` was called last: the visit after that could not be shown."""
        self._state = self._confirmed

    def _step(self, by: int) -> Visit:
        at = self._state.at + by
        if not 0 <= at < len(self._state.visits):
            raise IndexError("there is no visit there")
        self._state = _State(self._state.visits, at, typing=False)
        return self.current
