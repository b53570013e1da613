"""The list behind the grid keeps its promises to the view while results come and go."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PyQt6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.model import RESULT_ROLE, GridModel
from inphotos.search.ranking import Match, Result


def result(photo_id: int, *, match: Match | None = None, score: float | None = None) -> Result:
    path = Path(f"/photos/{photo_id}.jpg")
    return Result(photo_id, photo_id, path, f"{photo_id:064x}", 4, 3, score, match)


def results(*photo_ids: int) -> list[Result]:
    return [result(photo_id) for photo_id in photo_ids]


def ids(model: GridModel) -> list[int]:
    return [model.index(row).data(RESULT_ROLE).photo_id for row in range(model.rowCount())]


@pytest.fixture
def model(qtbot: QtBot) -> GridModel:
    made = GridModel()
    made.tester = QAbstractItemModelTester(  # kept alive with the model
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


def test_replaces_all_rows(model: GridModel) -> None:
    model.replace(results(1, 2, 3), complete=True)
    model.replace(results(9, 8), complete=True)
    assert ids(model) == [9, 8]


def test_any_update_leads_to_the_new_rows_in_their_order(model: GridModel) -> None:
    chance = random.Random(7)
    for _ in range(60):
        wanted = chance.sample(range(40), chance.randrange(30))
        model.update(results(*wanted), complete=True)
        assert ids(model) == wanted


def test_an_update_keeps_hold_of_a_photo(model: GridModel) -> None:
    model.replace(results(1, 2, 3), complete=True)
    held = QPersistentModelIndex(model.index(1))
    model.update(results(7, 3, 8, 9, 2), complete=True)
    assert QModelIndex(held).data(RESULT_ROLE).photo_id == 2


def test_a_photo_is_shown_once(model: GridModel) -> None:
    model.replace(results(1, 2), complete=False)
    model.append(results(2, 3, 3), complete=True)
    assert ids(model) == [1, 2, 3]


def test_asks_for_more_once_until_more_has_come(model: GridModel, qtbot: QtBot) -> None:
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    model.replace(results(1), complete=False)
    asked.clear()
    model.replace(results(1, 2), complete=False)
    root = QModelIndex()
    while model.canFetchMore(root):
        model.fetchMore(root)
    assert len(asked) == 1
    model.append(results(3), complete=False)
    assert model.canFetchMore(root)
    model.append([], complete=True)
    assert not model.canFetchMore(root)


def test_asks_again_when_no_rows_came(model: GridModel) -> None:
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    model.replace(results(1), complete=False)
    root = QModelIndex()
    model.fetchMore(root)
    assert not model.canFetchMore(root)
    model.go_on()
    model.fetchMore(root)
    assert len(asked) == 2


def test_says_name_match_and_score(model: GridModel) -> None:
    model.replace([result(5, match="strong", score=0.3125)], complete=True)
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == ["5.jpg", "strong match · score 0.312", "/photos"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "5.jpg, strong match"
