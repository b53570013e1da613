"""What the user typed becomes a query, whatever it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from query_table import CASES, NOW, Case

from inphotos.errors import QueryError
from inphotos.search.query import (
    FILTERS,
    Comparison,
    Concept,
    Filter,
    Flag,
    Near,
    Part,
    Query,
    Span,
    TextMatch,
    parse,
)


def read(text: str) -> Query:
    return parse(text, now=NOW)


def meaning(query: Query) -> tuple[list[str], list[str]]:
    return (
        [" | ".join(concept.label for concept in term) for term in query.terms],
        [" | ".join(filter_.label for filter_ in group) for group in query.conditions],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.text))
def test_a_query_means_what_the_table_says(case: Case) -> None:
    query = read(case.text)
    found = [problem.label for problem in query.problems]
    assert (*meaning(query), found) == (
        list(case.concepts),
        list(case.filters),
        list(case.problems),
    )


def test_the_table_is_long_and_says_everything_once() -> None:
    assert len({case.text for case in CASES}) == len(CASES) >= 150


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\x00", "\u200b\ufeff", "\u3000"])
def test_nothing_is_the_only_error(text: str) -> None:
    with pytest.raises(QueryError, match="query is empty"):
        parse(text)


def test_a_concept_has_weight_words_and_place() -> None:
    query = read('dog -"many people"^2')
    assert query.concepts == (
        Concept("dog", None, 1.0, 0, (Span(0, 3),), "dog"),
        Concept("many people", None, -2.0, 1, (Span(4, 20),), "not many people ×2"),
    )


def test_words_around_a_filter_are_one_concept_in_two_places() -> None:
    (concept,) = read("dog place:paris on a beach").concepts
    assert concept.text == "dog on a beach"
    assert concept.spans == (Span(0, 3), Span(16, 26))


def test_a_photo_is_a_concept() -> None:
    (concept,) = read('like:"/my photos/cat.jpg"').concepts
    assert (concept.text, concept.photo) == ("", Path("/my photos/cat.jpg"))


@pytest.mark.skipif(os.name == "nt", reason="names of files are text on Windows")
def test_an_address_stands_for_a_file_name_that_is_not_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 #1?.jpg"))
    (concept,) = read(f"like:{path.as_uri()}").concepts
    assert concept.photo == path
    assert concept.label == r"like caf\udce9 #1?.jpg"


def test_filters_are_typed() -> None:
    query = read(
        '-camera:"Canon EOS" rating:>=4 is:raw near:1.5,-2,3 size:>2mb size:<10mp score:0.2'
    )
    assert [(filter_.name, filter_.condition, filter_.negated) for filter_ in query.filters] == [
        ("camera", TextMatch("camera", "Canon EOS"), True),
        ("rating", Comparison("rating", ">=", 4), False),
        ("is", Flag("raw"), False),
        ("near", Near(1.5, -2, 3), False),
        ("size", Comparison("bytes", ">", 2_000_000), False),
        ("size", Comparison("megapixels", "<", 10), False),
        ("score", Comparison("score", ">=", 0.2), False),
    ]


def test_every_example_of_a_filter_is_understood() -> None:
    for example_ in FILTERS.values():
        query = read(example_)
        assert query.problems == ()
        assert len(query.parts) == 1


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("raiting:5", "rating:5"),
        ("camra:canon", "camera:canon"),
        ('album:"my trip"', 'folder:"my trip"'),
        ("year:2019", "date:2019"),
        ("keyword:dog", "tag:dog"),
        ("zzz:5", '"zzz:5"'),
        ("is:favorit", "is:favorite"),
        ("is:zzz", ""),
        ("near:paris", "place:paris"),
        ('near:"new york"', 'place:"new york"'),
        ("size:10", "size:>=10mp"),
        ("size:<10", "size:<10mp"),
        ("size:=2mb", "size:>=2mb"),
        ("date:soon", ""),
    ],
)
def test_a_problem_suggests_what_could_be_meant(text: str, suggestion: str) -> None:
    query = read(f"dog {text} beach")
    (problem,) = query.problems
    assert problem.suggestion == suggestion
    assert problem.message.count(". ") == 0
    assert problem.message.endswith((".", "?"))
    assert [concept.text for concept in query.concepts] == ["dog beach"]


def test_a_suggestion_that_is_taken_solves_the_problem() -> None:
    for text in ("raiting:5", "zzz:5", "is:favorit", "near:paris", "size:=2mb", "rating:9"):
        query = read(f"dog {text}")
        (problem,) = query.problems
        better = read(query.replaced(problem, problem.suggestion))
        assert better.problems == ()
        assert len(better.parts) == 2


@pytest.mark.parametrize(
    ("text", "label", "left"),
    [
        ("dog  beach   rating:>=4", "rating ≥ 4", "dog  beach"),
        ("dog -people beach", "not people", "dog beach"),
        ("beach NOT people sunset", "not people", "beach sunset"),
        ("dog in 2019 on a beach", "2019", "dog on a beach"),
        ("dog in 2019 on a beach", "dog on a beach", "in 2019"),
        ("dog OR cat", "dog", "cat"),
        ("dog OR cat", "cat", "dog"),
        ("dog OR cat OR bird", "cat", "dog OR bird"),
        ('dog OR "red car" tree', "red car", "dog AND tree"),
        ("dog AND cat AND bird", "cat", "dog AND bird"),
        ("2018 or 2019 or 2020 dog", "2019", "2018 or 2020 dog"),
        ("2018 and 2019 dog", "2019", "2018 dog"),
        ("2018 and 2019 dog", "2018", "2019 dog"),
        ("dog OR rating:5", "OR", "dog AND rating:5"),
        ("dog OR rating:5", "rating = 5", "dog"),
        ("foo:bar dog", "foo:bar", "dog"),
        ("dog", "dog", ""),
    ],
)
def test_a_chip_can_be_removed_from_the_text(text: str, label: str, left: str) -> None:
    query = read(text)
    assert query.without(part_called(query, label)) == left


@pytest.mark.parametrize(
    ("text", "label", "new", "edited"),
    [
        ("dog -people beach", "not people", "-cars", "dog -cars beach"),
        ("dog in 2019 on a beach", "dog on a beach", "cat", "cat in 2019"),
        ("dog OR cat", "cat", " two  birds ", "dog OR two birds"),
        ("dog OR cat", "cat", " ", "dog"),
        ("dog raiting:5", "raiting:5", "rating:5", "dog rating:5"),
    ],
)
def test_a_chip_can_be_edited_in_the_text(text: str, label: str, new: str, edited: str) -> None:
    query = read(text)
    assert query.replaced(part_called(query, label), new) == edited


def test_a_chip_of_another_query_is_refused() -> None:
    with pytest.raises(ValueError, match="another query"):
        read("dog").without(read("cat").concepts[0])


def test_queries_are_values() -> None:
    text = 'dog -"cat" OR 2019 like:a.jpg rating:>=4 foo:bar'
    assert read(text) == read(text)
    assert len({read(text), read(text), read("dog")}) == 2


def test_the_clock_is_asked_when_no_time_is_given() -> None:
    (filter_,) = parse("today").filters
    assert filter_.accepts(datetime.now().replace(microsecond=0))


def test_what_is_not_known_stays_only_where_it_is_taken_away() -> None:
    wanted, unwanted = read("place:paris -place:paris").filters
    assert (wanted.accepts(None), unwanted.accepts(None)) == (False, True)
    assert (wanted.accepts("Paris"), unwanted.accepts("Paris")) == (True, False)


ANYTHING = st.text(st.characters(), max_size=80)
SNIPPETS = st.sampled_from(
    [
        *(case.text for case in CASES),
        *FILTERS.values(),
        *('"', "“", "”", "«", "-", "+", "^", "^2", ":", "OR", "AND", "NOT", "-x", "+y"),
        *("and", "or", "the", "in", "of", "..", "2019", "last", "summer", "may", "31"),
    ]
)
MIXTURES = st.lists(st.one_of(SNIPPETS, ANYTHING), max_size=12).map(" ".join)
GLUED = st.lists(st.one_of(SNIPPETS, ANYTHING), max_size=6).map("".join)


@settings(deadline=None)
@given(st.one_of(ANYTHING, MIXTURES, GLUED))
@example("dog " * 2_500)
@example('"' * 10_000)
@example("2019 " * 2_000)
@example("-a OR " * 2_000)
@example("\ud800" * 10_000)
@example("rating:" + "9" * 10_000)
@example("dog^" + "9" * 10_000)
@example("9" * 10_000 + " days ago")
@example("999 years ago")
def test_whatever_is_typed_has_a_meaning(text: str) -> None:
    try:
        query = read(text)
    except QueryError:
        return
    assert query.parts
    assert len(query.text) == len(text)
    query.text.encode()
    for part in query.parts:
        assert part.label
        for span in part.spans:
            assert 0 <= span.start < span.end <= len(text)
    assert read(query.text) == query


#: Without what means something else beside its neighbours, such as two dates or "july" and "2019",
#: and without quotation marks left open.
CHIPS = st.sampled_from(
    [
        *("dog", "on a beach", "t-shirt", "🐕", '"red car"', '"in snow"^2', "+snow", "-people"),
        *("NOT cats", "tree^2", "OR", "AND", "like:a.jpg", "-like:b.jpg", "rating:>=4"),
        *("-is:raw", "NOT place:paris", "date:2019", "ext:png", "ext:jpg", "foo:bar", "is:purple"),
        *("3 june 2017", "-", '""'),
    ]
)


@given(st.lists(CHIPS, min_size=1, max_size=8).map(" ".join), st.data())
@settings(max_examples=300, deadline=None)
def test_removing_a_chip_leaves_the_others_as_they_were(text: str, data: st.DataObject) -> None:
    query = read(text)
    part = data.draw(st.sampled_from(query.parts))
    rest = query.without(part)
    others = [other for other in query.parts if other != part]
    if not others:
        assert rest == ""
        return
    left = read(rest)
    assert contents(left.concepts) == contents(query.concepts, part)
    assert contents(left.filters) == contents(query.filters, part)
    if all(len(concept.spans) == 1 for concept in query.concepts):
        assert grouped(left) == grouped(query, part)


def contents(parts: Sequence[Concept | Filter], without: Part | None = None) -> list[str]:
    """Return what parts are, wherever they stand."""
    return sorted(repr(replace(part, spans=(), group=0)) for part in parts if part != without)


def grouped(query: Query, without: Part | None = None) -> list[list[str]]:
    """Return what is an alternative to what."""
    groups = [contents(group, without) for group in (*query.terms, *query.conditions)]
    return sorted(group for group in groups if group)


def part_called(query: Query, label: str) -> Part:
    return next(part for part in query.parts if part.label == label)
