"""The list behind the grid keeps its promises to the view while results come and go."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest
from PyQt6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.model import RESULT_ROLE, GridModel
from inphotos.gui.grid.sections import Section
from inphotos.search.ranking import Match, Result


def result(photo_id: int, *, match: Match | None = None, score: float | None = None) -> Result:
    path = Path(f"/photos/{photo_id}.jpg")
    return Result(photo_id, photo_id, path, f"{photo_id:064x}", 4, 3, score, match)


def results(*photo_ids: int) -> list[Result]:
    return [result(photo_id) for photo_id in photo_ids]


def ids(model: GridModel) -> list[int]:
    return [model.index(row).data(RESULT_ROLE).photo_id for row in range(model.rowCount())]


def tens(result: Result) -> str:
    return f"{result.photo_id // 10}0 and more"


def divided(model: GridModel) -> list[Section]:
    """Divide the rows of a model anew."""
    sections, first = [], 0
    for title, run in groupby(model.results, tens):
        count = len(list(run))
        sections.append(Section(first, count, title))
        first += count
    return sections


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
    model.replace([result(5, match="strong", score=0.3124)], complete=True)
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == ["5.jpg", "strong match · score 0.312", "/photos"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "5.jpg, strong match"


def test_there_are_no_sections_unless_they_are_wanted(model: GridModel) -> None:
    model.replace(results(1, 2, 30), complete=True)
    assert list(model.sections) == []
    model.set_sections(tens)
    assert list(model.sections) == [Section(0, 2, "00 and more"), Section(2, 1, "30 and more")]
    model.set_sections(None)
    assert list(model.sections) == []


def test_any_update_leads_to_the_sections_of_the_new_rows(model: GridModel) -> None:
    model.set_sections(tens)
    chance = random.Random(3)
    for _ in range(60):
        model.update(results(*chance.sample(range(40), chance.randrange(30))), complete=True)
        assert list(model.sections) == divided(model)


def test_sections_are_right_at_every_step_of_an_update(model: GridModel) -> None:
    model.set_sections(tens)
    model.replace(results(*range(30)), complete=True)
    steps: list[bool] = []

    def look(*_: object) -> None:
        steps.append(list(model.sections) == divided(model))

    for step in (model.rowsRemoved, model.layoutChanged, model.dataChanged, model.rowsInserted):
        step.connect(look)
    model.update(results(25, 3, 90, 4, 12, 91), complete=True)
    assert len(steps) >= 5
    assert all(steps)


def test_a_page_goes_on_with_the_last_section(model: GridModel) -> None:
    model.set_sections(tens)
    model.replace(results(1, 2, 11), complete=False)
    before = model.sections
    model.append(results(12, 13, 25), complete=True)
    assert list(model.sections) == divided(model)
    assert [section.count for section in model.sections] == [2, 3, 1]
    assert [section.count for section in before] == [2, 1]


def test_a_photo_that_changes_its_section_divides_the_rows_otherwise(model: GridModel) -> None:
    places = {1: "Porto", 2: "Porto", 3: "Faro"}
    model.set_sections(lambda result: places[result.photo_id])
    model.replace(results(1, 2, 3), complete=True)
    assert [section.title for section in model.sections] == ["Porto", "Faro"]
    places[2] = "Faro"
    model.update(results(1, 2, 3), complete=True)
    assert list(model.sections) == [Section(0, 1, "Porto"), Section(1, 2, "Faro")]


def test_tells_that_the_last_section_is_complete(model: GridModel, qtbot: QtBot) -> None:
    model.set_sections(tens)
    model.replace(results(1, 2), complete=False)
    assert not model.complete
    with qtbot.waitSignal(model.sections_changed, timeout=1000):
        model.append([], complete=True)
    assert model.complete


def test_says_the_section_of_a_photo(model: GridModel) -> None:
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    model.replace(results(12), complete=True)
    assert model.index(0).data(role) is None
    model.set_sections(tens)
    assert model.index(0).data(role) == "10 and more"
