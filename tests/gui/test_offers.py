"""What is suggested for a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inphotos.gui.suggestions.offers import MOST, Sources, suggestions
from inphotos.gui.suggestions.things import Thing, folded
from inphotos.library import SavedSearch
from inphotos.search.facets import Facet
from inphotos.search.query import parse


def thing(kind: str, name: str, photos: int = 5, beside: str = "") -> Thing:
    term = {"folder": "folder", "place": "city", "camera": "camera", "date": "date"}[kind]
    value = "2024-05" if kind == "date" else name
    return Thing(kind, name, beside, Facet(name, ((term, value),), photos))  # type: ignore[arg-type]


SOURCES = Sources(
    history=("a dog in the snow", "Dogs on a beach", "hot dog", "sea"),
    saved=(SavedSearch("Best dogs", "dog rating:>=4"), SavedSearch("Sea", "sea")),
    things=(
        thing("folder", "Dogs and cats", 9),
        thing("folder", "Hotdogs"),
        thing("place", "Dogern", 2),
        thing("place", "New York", 7, "United States"),
        thing("place", "York", 8, "United Kingdom"),
        thing("place", "Zürich", 3),
        thing("camera", "Canon EOS R5"),
        thing("date", "May 2024"),
        thing("place", "Dogtown", 0),
    ),
)


def offered(text: str, sources: Sources = SOURCES) -> list[str]:
    return [f"{each.kind} {each.text}" for each in suggestions(text, sources)]


def whole(text: str, name: str) -> str:
    return next(each.whole for each in suggestions(text, SOURCES) if each.text == name)


def test_what_begins_like_the_text_comes_first_and_kinds_stay_together() -> None:
    assert offered("dog") == [
        "saved Best dogs",
        "history Dogs on a beach",
        "history hot dog",
        "history a dog in the snow",
        "folder Dogs and cats",
        "place Dogern",
    ]


def test_an_empty_field_offers_the_last_searches() -> None:
    assert offered(" ") == [
        "history sea",
        "history hot dog",
        "history Dogs on a beach",
        "history a dog in the snow",
    ]
    many = Sources(history=[f"search {number}" for number in range(10_000)])
    assert offered("", many)[0] == "history search 9999"
    assert len(offered("", many)) == len(offered("search", many)) == MOST


def test_a_name_takes_the_place_of_the_words_that_begin_it() -> None:
    assert whole("a dog in zur", "Zürich") == "a dog city:=Zürich "
    assert whole("snow new yo", "New York") == 'snow city:="New York" '
    assert whole("snow yo", "York") == "snow city:=York "
    assert whole("cat may", "May 2024") == "cat date:2024-05 "
    assert offered("a dog ") == ["history a dog in the snow"]


@pytest.mark.parametrize("text", ["camera:", "red car camera:can", 'camera:"canon eo', "camera:=c"])
def test_an_open_filter_offers_what_it_may_be(text: str) -> None:
    assert offered(text) == ["camera Canon EOS R5"]
    before = text.partition("camera:")[0]
    assert suggestions(text, SOURCES)[0].whole == f'{before}camera:="Canon EOS R5" '


def test_filters_are_offered_by_their_names() -> None:
    assert offered("red came") == ["filter camera:"]
    [offer] = suggestions("red came", SOURCES)
    assert (offer.whole, offer.is_open) == ("red camera:", True)
    assert offered("is:scr") == ["filter screenshot"]
    assert whole("dog -is:scr", "screenshot") == "dog -is:screenshot "
    assert offered("in:yor") == ["place York", "place New York"]


def test_what_is_in_the_field_already_is_not_offered() -> None:
    assert offered("hot dog") == ["folder Dogs and cats", "place Dogern"]
    assert offered("sea") == ["saved Sea"]


@given(st.text(alphabet="dogyürk NEWsß-:^", max_size=12))
def test_what_is_taken_is_a_query_and_what_is_bold_was_typed(text: str) -> None:
    queries = [each.facet.query for each in SOURCES.things]
    for offer in suggestions(text, SOURCES):
        if offer.kind in ("folder", "place", "camera", "date"):
            [query] = [query for query in queries if offer.whole.endswith(f"{query} ")]
            assert parse(offer.whole).filters[-1].condition == parse(query).filters[0].condition
        if offer.bold is not None:
            start, end = offer.bold
            assert folded(offer.text[start:end]) in folded(text)
