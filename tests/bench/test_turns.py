"""Measuring by turns, and what is made of the figures."""

from __future__ import annotations

import pytest
from bench.steps import finish

from inphotos.bench.results import Spread, Table, estimate
from inphotos.bench.turns import LEAST_TURNS, Way, by_turns, times_as_fast
from inphotos.errors import CancelledError
from inphotos.events import Control


def test_the_first_turn_does_not_count_and_each_round_begins_with_another_way() -> None:
    order: list[str] = []

    def way(name: str) -> Way:
        return lambda: order.append(name) or float(len(order))

    taken = finish(by_turns({"a": way("a"), "b": way("b")}, 1e-9, Control()))
    assert order == ["a", "b", "a", "b", "b", "a", "a", "b"]
    assert taken == {"a": [3.0, 6.0, 7.0], "b": [4.0, 5.0, 8.0]}
    assert len(taken["a"]) == LEAST_TURNS


def test_measuring_goes_on_for_as_long_as_is_asked_for() -> None:
    control, turns = Control(), []
    with pytest.raises(CancelledError):
        for _ in by_turns({"a": lambda: turns.append(1) or 0.0}, 3600, control):
            if len(turns) > 10 * LEAST_TURNS:
                control.cancel()
    assert len(turns) == 10 * LEAST_TURNS + 1


def test_ratios_are_taken_turn_by_turn() -> None:
    # The machine was ten times slower in the second round.
    assert times_as_fast([2.0, 20.0, 2.2], [1.0, 10.0, 1.0]) == 2.0


def test_a_spread_holds_the_middle_and_the_ends() -> None:
    assert Spread.of([3.0, 1.0, 2.0, 10.0]) == Spread(2.5, 1.0, 10.0, 4)


def test_the_parts_of_indexing_add_up_to_an_estimate() -> None:
    parts = {"decode": 0.06, "encode": 0.03, "store": 0.01}
    tables = [Table(part, "", (), seconds_per_photo=cost) for part, cost in parts.items()]
    found = estimate(10_000, [*tables, Table("search", "", ())])
    assert found is not None
    assert found.seconds == pytest.approx(1000)
    assert found.shares == pytest.approx({"decode": 0.6, "encode": 0.3, "store": 0.1})
    assert estimate(10_000, tables[:2]) is None
