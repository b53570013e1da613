"""The way back and forth, and the way through the history, without a window."""

from __future__ import annotations

import pytest

from inphotos.gui.grid.view import GridPlace
from inphotos.gui.history_walk import HistoryWalk
from inphotos.gui.navigation import MOST, Navigation
from inphotos.gui.queries import Everything, Words

DOG, CAT, BIRD = Words("dog"), Words("cat"), Words("bird")
PLACE = GridPlace(7, -20, 9)


@pytest.fixture
def navigation() -> Navigation:
    return Navigation(Everything())


def way(navigation: Navigation) -> list[object]:
    """Return all queries, from the first; the navigation is at the first one then."""
    while navigation.can_go_back:
        navigation.back()
    queries = [navigation.current.query]
    while navigation.can_go_forward:
        queries.append(navigation.forward().query)
    return queries


def test_queries_are_visited_one_after_the_other(navigation: Navigation) -> None:
    assert not navigation.can_go_back
    navigation.visit(DOG)
    navigation.visit(CAT)
    assert navigation.back().query == DOG
    assert navigation.can_go_forward
    assert navigation.back().query == Everything()
    assert not navigation.can_go_back
    assert navigation.forward().query == DOG


def test_there_is_nothing_beyond_the_ends(navigation: Navigation) -> None:
    for step in (navigation.back, navigation.forward):
        with pytest.raises(IndexError):
            step()


def test_the_place_comes_back_with_the_query(navigation: Navigation) -> None:
    navigation.visit(DOG)
    navigation.leave(480, PLACE)
    navigation.visit(CAT)
    visit = navigation.back()
    assert (visit.rows, visit.place) == (480, PLACE)


def test_a_new_query_forgets_the_way_forward(navigation: Navigation) -> None:
    navigation.visit(DOG)
    navigation.visit(CAT)
    navigation.back()
    navigation.visit(BIRD)
    assert not navigation.can_go_forward
    assert way(navigation) == [Everything(), DOG, BIRD]


def test_the_same_query_again_is_no_step(navigation: Navigation) -> None:
    navigation.visit(DOG)
    navigation.visit(DOG)
    navigation.visit(DOG, typed=True)
    assert way(navigation) == [Everything(), DOG]


def test_typing_is_one_step(navigation: Navigation) -> None:
    for text in ("d", "do", "dog"):
        navigation.visit(Words(text), typed=True)
    assert way(navigation) == [Everything(), DOG]


def test_what_is_settled_is_kept_when_typing_goes_on(navigation: Navigation) -> None:
    navigation.visit(DOG, typed=True)
    navigation.settle()
    navigation.visit(Words("dog on"), typed=True)
    navigation.visit(Words("dog on a beach"), typed=True)
    assert way(navigation) == [Everything(), DOG, Words("dog on a beach")]


def test_what_is_typed_and_deleted_again_leaves_no_trace(navigation: Navigation) -> None:
    navigation.leave(240, PLACE)
    navigation.visit(DOG, typed=True)
    navigation.visit(Everything(), typed=True)
    assert not navigation.can_go_back
    assert navigation.current.place == PLACE
    navigation.visit(CAT, typed=True)
    assert way(navigation) == [Everything(), CAT]


def test_showing_everything_is_a_step(navigation: Navigation) -> None:
    navigation.visit(DOG, typed=True)
    navigation.visit(Everything())
    navigation.visit(CAT, typed=True)
    assert way(navigation) == [Everything(), DOG, Everything(), CAT]


def test_going_back_keeps_what_was_being_typed(navigation: Navigation) -> None:
    navigation.visit(DOG)
    navigation.visit(CAT, typed=True)
    navigation.back()
    navigation.visit(BIRD, typed=True)
    assert way(navigation) == [Everything(), DOG, BIRD]


def test_a_query_that_fails_is_no_step(navigation: Navigation) -> None:
    navigation.visit(DOG)
    navigation.confirm()
    navigation.visit(CAT)
    navigation.visit(BIRD, typed=True)
    navigation.revert()
    assert navigation.current.query == DOG
    assert way(navigation) == [Everything(), DOG]


def test_the_way_does_not_grow_for_ever(navigation: Navigation) -> None:
    for number in range(3 * MOST):
        navigation.visit(Words(str(number)))
    queries = way(navigation)
    assert len(queries) == MOST
    assert queries[-1] == Words(str(3 * MOST - 1))


def walk_through(*texts: str) -> HistoryWalk:
    walk = HistoryWalk()
    walk.texts = lambda: texts
    return walk


def test_the_walk_goes_back_and_returns_to_what_was_typed() -> None:
    walk = walk_through("oldest", "newer", "newest")
    assert not walk.is_under_way
    assert [walk.older("draft"), walk.older("newest"), walk.older("newer")] == [
        "newest",
        "newer",
        "oldest",
    ]
    assert walk.older("oldest") is None
    assert walk.is_under_way
    assert [walk.newer(), walk.newer(), walk.newer()] == ["newer", "newest", "draft"]
    assert not walk.is_under_way


def test_what_stands_in_the_field_is_no_step_of_the_walk() -> None:
    walk = walk_through("dog", "cat")
    assert walk.older(" cat ") == "dog"
    assert walk_through("cat").older("cat") is None
    assert walk_through().older("cat") is None


def test_the_walk_begins_anew_after_its_end() -> None:
    walk = walk_through("dog", "cat")
    walk.older("")
    walk.end()
    assert walk.older("bird") == "cat"
    assert walk.newer() == "bird"


def test_the_walk_is_not_disturbed_by_what_it_adds_itself() -> None:
    texts = ["dog", "cat", "bird"]
    walk = HistoryWalk()
    walk.texts = lambda: texts
    assert walk.older("") == "bird"
    texts[:] = ["dog", "cat", "bird", "other"]
    assert walk.older("bird") == "cat"
