"""Evaluations against what the library itself answers, read to the end and counted slowly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MakePhoto

from inphotos.errors import CancelledError, EvaluationError, ModelNotInstalledError
from inphotos.evaluation import sets, tables
from inphotos.evaluation.run import Evaluation, Report
from inphotos.evaluation.tables import Answer
from inphotos.events import Control, PhotoFailed, Progress
from inphotos.library import Library


@pytest.fixture
def folder(tmp_path: Path, make_photo: MakePhoto) -> Path:
    """Seventy photos: more than one page of an answer."""
    folder = tmp_path / "photos"
    for n in range(70):
        make_photo(folder / f"{n:02}.png", size=(40, 30), seed=n)
    return folder


@pytest.fixture
def library(tmp_path: Path, tiny_clip: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", model=str(tiny_clip)) as library:
        yield library


def run(library: Library, folder: Path, document: Any, top: int | None = None) -> Report:
    file = folder.parent / "eval.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    evaluation = Evaluation(sets.read(file, folder), library, top)
    *_, report = evaluation.run(Control())
    assert isinstance(report, Report)
    return report


def query(words: str, *photos: str, kind: str = "") -> dict[str, Any]:
    return {"query": words, "photos": list(photos), "kind": kind}


def test_ranks_are_those_of_the_whole_answer(library: Library, folder: Path) -> None:
    names = [f"{n:02}.png" for n in range(0, 70, 7)]
    report = run(library, folder, {"queries": [query("red boat", *names), query("a tree")]})
    shown = library.search("red boat", top=1000)
    ranks = tuple(r.rank for r in shown.results if r.path.name in names)
    answer, without = report.answers
    assert (answer.right, answer.ranks) == (10, ranks)
    assert ranks[-1] > 50
    assert answer.verdict == shown.verdict
    assert answer.best == shown.results[0].score
    assert (without.right, without.ranks) == (0, ())
    assert without.best == library.search("a tree", top=1).results[0].score


def test_matches_are_counted_over_the_whole_answer(library: Library, folder: Path) -> None:
    report = run(library, folder, {"queries": [query("boat", "03.png", "44.png")]})
    shown = library.search("boat", top=1000).results
    for match in ("strong", "maybe"):
        called = [r.path.name for r in shown if r.match == match]
        assert getattr(report.answers[0], match) == len(called)
        right = {"03.png", "44.png"}.intersection(called)
        assert getattr(report.answers[0], f"{match}_right") == len(right)


def test_an_answer_is_read_as_far_as_anything_counts(
    library: Library, tmp_path: Path, make_photo: MakePhoto
) -> None:
    asked = make_photo(tmp_path / "asked.png")
    folder = tmp_path / "copies"
    folder.mkdir()
    for n in range(120):
        (folder / f"{n:03}.png").write_bytes(asked.read_bytes())
    report = run(library, folder, {"queries": [query(f'like:"{asked}"', "000.png")]})
    # More than two pages of equal scores, the right one last; and all of them are matches.
    assert report.answers[0].ranks == (120,)
    assert (report.answers[0].strong, report.answers[0].strong_right) == (120, 1)
    # The listed order of copies, and where reading stops, are no matter of what is asked for.
    report = run(library, folder, {"queries": [query(f'like:"{asked}"')]})
    assert report.answers[0].strong == 120


def test_ties_are_read_to_their_end_where_nothing_matches(library: Library, folder: Path) -> None:
    worst = library_order(library, folder, "boat")[-1]
    for n in range(60):
        (folder / f"copy {n:02}.png").write_bytes((folder / worst).read_bytes())
    report = run(library, folder, {"queries": [query("boat", worst)]})
    assert report.answers[0].ranks == (130,)


def test_no_further_than_the_top_is_looked(library: Library, folder: Path) -> None:
    worst = library_order(library, folder, "boat")[-1]
    report = run(library, folder, {"queries": [query("boat", worst)]}, top=60)
    assert report.answers[0].shown == 60
    assert report.answers[0].ranks == ()
    report = run(library, folder, {"queries": [query("boat", worst)]})
    assert report.answers[0].ranks == (70,)


def library_order(library: Library, folder: Path, words: str) -> list[str]:
    library.add_folder(folder)
    list(library.index())
    return [r.path.name for r in library.search(words, top=1000).results]


def test_copies_count_against_the_right_one(
    library: Library, folder: Path, make_photo: MakePhoto
) -> None:
    best = library_order(library, folder, "boat")[0]
    for n in range(3):
        (folder / f"copy {n}.png").write_bytes((folder / best).read_bytes())
    report = run(library, folder, {"queries": [query("boat", best)]})
    assert report.answers[0].ranks == (4,)


def test_filters_and_lists_are_asked_as_well(library: Library, folder: Path) -> None:
    (folder / "trip").mkdir()
    (folder / "00.png").rename(folder / "trip" / "00.png")
    report = run(
        library,
        folder,
        {
            "queries": [
                query("boat folder:trip", "trip/00.png"),
                query("boat folder:trip", "01.png"),
                query("folder:trip", "trip/00.png"),
                query("boat folder:nowhere"),
                query("boat sise:>3"),
            ]
        },
    )
    filtered, hidden, listed, nothing, misspelt = report.answers
    assert filtered.ranks == (1,)
    assert hidden.ranks == ()
    assert (listed.ranks, listed.verdict, listed.best) == ((1,), None, None)
    assert not listed.says_nothing
    assert nothing.says_nothing
    assert misspelt.shown > 0
    [(asked, said)] = report.troubles
    assert asked == "boat sise:>3"
    assert "sise" in said


def test_photos_with_a_label_in_common_are_alike(library: Library, folder: Path) -> None:
    labels = {
        "10.png": ["cat", "dog"],
        "11.png": ["dog"],
        "12.png": ["cat"],
        "13.png": ["owl"],
        "gone.png": ["owl"],
    }
    report = run(library, folder, {"labels": labels})
    assert [(a.query, a.right) for a in report.similar] == [
        ("10.png", 2),
        ("11.png", 1),
        ("12.png", 1),
    ]
    for answer, right in zip(report.similar, ({"11", "12"}, {"10"}, {"10"}), strict=True):
        shown = library.similar(folder / answer.query, top=1000).results
        # The photos without a label are neither right nor wrong.
        judged = [r.path.stem for r in shown if r.path.name in labels]
        assert answer.ranks == tuple(judged.index(stem) + 1 for stem in judged if stem in right)
        strong = [r.path.stem for r in shown if r.match == "strong" and r.path.name in labels]
        assert answer.strong == len(strong)
        assert answer.strong_right == len(right.intersection(strong))
    assert report.answers == ()
    assert report.missing == ("gone.png",)
    assert report.unnamed == 66


def test_missing_and_unreadable_photos_end_nothing(library: Library, folder: Path) -> None:
    (folder / "05.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    document = {
        "queries": [
            query("boat", "gone.png", "06.png"),
            query("tree", "gone.png"),
            query("house", "05.png"),
        ]
    }
    file = folder / "eval.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    events = list(Evaluation(sets.read(file), library, None).run(Control()))
    assert [e.path.name for e in events if isinstance(e, PhotoFailed)] == ["05.png"]
    report = events[-1]
    assert isinstance(report, Report)
    assert (report.photos, report.missing) == (69, ("gone.png",))
    assert [name for name, _ in report.unreadable] == ["05.png"]
    assert [(a.query, a.right) for a in report.answers] == [("boat", 1)]
    assert [asked for asked, _ in report.troubles] == ["tree", "house"]


def test_progress_counts_the_queries(library: Library, folder: Path) -> None:
    file = folder / "eval.json"
    file.write_text(json.dumps([{"file": "00.png", "captions": ["a", "b", "c"]}]), "utf-8")
    events = list(Evaluation(sets.read(file), library, None).run(Control()))
    asking = [e for e in events if isinstance(e, Progress) and e.phase == "evaluating"]
    assert [(e.done, e.total) for e in asking] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert asking[-1].seconds_left == 0


def test_an_evaluation_can_be_cancelled_between_two_queries(library: Library, folder: Path) -> None:
    file = folder / "eval.json"
    file.write_text(json.dumps([{"file": "00.png", "captions": ["a", "b", "c"]}]), "utf-8")
    control = Control()
    asked = 0
    with pytest.raises(CancelledError):
        for event in Evaluation(sets.read(file), library, None).run(control):
            if isinstance(event, Progress) and event.phase == "evaluating":
                asked += 1
                control.cancel()
    assert asked == 1


def test_a_library_is_kept_and_used_again(library: Library, folder: Path) -> None:
    first = run(library, folder, {"queries": [query("boat", "00.png")]})
    (folder / "70.png").write_bytes((folder / "00.png").read_bytes())
    second = run(library, folder, {"queries": [query("boat", "00.png")]})
    assert (first.photos, second.photos) == (70, 71)
    assert len(library.folders()) == 1


def test_a_library_with_other_photos_is_refused(
    library: Library, folder: Path, make_photo: MakePhoto
) -> None:
    make_photo(folder.parent / "own" / "holiday.jpg")
    library.add_folder(folder.parent / "own")
    with pytest.raises(EvaluationError, match=r"has other photos, of .*own; choose a directory"):
        run(library, folder, {"queries": [query("boat", "00.png")]})
    assert [status.path for status in library.folders()] == [folder.parent / "own"]


def test_a_library_whose_photos_have_vanished_is_refused(library: Library, folder: Path) -> None:
    run(library, folder, {"queries": [query("boat", "00.png")]})
    for n in range(1, 70):
        (folder / f"{n:02}.png").unlink()
    with pytest.raises(EvaluationError, match="69 photos have vanished"):
        run(library, folder, {"queries": [query("boat", "00.png")]})


def test_words_are_no_question_to_a_model_without_words(
    tmp_path: Path, folder: Path, tiny_mobilenet: Path
) -> None:
    labels = {"00.png": ["a"], "01.png": ["a"]}
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        queries = [query("boat", "00.png"), query("tree")]
        report = run(library, folder, {"queries": queries, "labels": labels})
        assert report.answers == ()
        assert len(report.similar) == 2
        assert [asked for asked, _ in report.troubles] == ["boat", "tree"]
        with pytest.raises(EvaluationError, match=r"There is nothing to ask: .* understand words"):
            run(library, folder, {"queries": queries})


def test_nothing_to_ask_is_said(library: Library, folder: Path) -> None:
    with pytest.raises(EvaluationError, match="No two photos share a label"):
        run(library, folder, {"labels": {"00.png": ["a"], "01.png": ["b"]}})
    with pytest.raises(EvaluationError, match="None of its photos is there"):
        run(library, folder, {"queries": [query("boat", "gone.png")]})


def test_a_model_that_is_not_there_is_told_of(tmp_path: Path, folder: Path) -> None:
    with (
        Library.open(tmp_path / "library", model="siglip2-b-16") as library,
        pytest.raises(ModelNotInstalledError),
    ):
        run(library, folder, {"queries": [query("boat", "00.png")]})


def answer(**changes: Any) -> Answer:
    plain: dict[str, Any] = {
        "query": "x",
        "kind": "",
        "right": 1,
        "ranks": (1,),
        "shown": 10,
        "verdict": "strong",
        "best": 0.5,
        "strong": 1,
        "maybe": 0,
        "strong_right": 1,
        "maybe_right": 0,
    }
    return Answer(**plain | changes)


def test_what_is_found_is_summed_up() -> None:
    answers = [
        answer(right=2, ranks=(1, 4), strong=2, maybe=2, strong_right=1, maybe_right=1),
        answer(ranks=(6,), verdict="maybe", strong=0, strong_right=0, maybe=3),
        answer(ranks=(30,), verdict="none", strong=0, strong_right=0),
        answer(right=4, ranks=(2,), strong=1, strong_right=0),
        answer(right=0, ranks=()),  # another sort of query
    ]
    table = tables.found(answers)
    assert table.queries == 4
    assert table.recall_at_1.value == 1 / 4
    assert table.recall_at_5.value == 2 / 4
    assert table.recall_at_10.value == 3 / 4
    assert table.median_rank == 4
    by_hand = (0.75 + 1 / 6 + 1 / 30 + 1 / 8) / 4
    assert table.mean_average_precision.value == pytest.approx(by_hand)
    assert table.precision_at_5.value == pytest.approx((1 / 2 + 0 + 0 + 1 / 4) / 4)
    assert table.says_nothing.value == 1 / 4
    assert (table.strong_are_right.value, table.strong_are_right.of) == (1 / 3, 3)
    assert table.right_are_strong.value == 1 / 8
    assert table.right_are_matches.value == 2 / 8


def test_what_is_not_there_is_summed_up() -> None:
    absent = [
        answer(right=0, ranks=(), verdict="none"),
        answer(right=0, ranks=(), verdict=None, shown=0),  # no photo passes the filters
        answer(right=0, ranks=(), verdict="maybe"),
        answer(right=0, ranks=(), verdict="strong"),
        answer(verdict="none"),  # another sort of query
    ]
    table = tables.absent(absent)
    assert table.queries == 4
    assert table.says_nothing.value == 2 / 4
    assert table.says_maybe.value == table.says_strong.value == 1 / 4


def test_kinds_are_summed_up_on_their_own() -> None:
    answers = [answer(kind="b"), answer(kind="a", ranks=(2,)), answer(kind="b", ranks=(3,))]
    kinds = tables.by_kind(answers, tables.found)
    assert list(kinds) == ["b", "a"]
    assert [table.queries for table in kinds.values()] == [2, 1]
    assert [table.recall_at_1.value for table in kinds.values()] == [0.5, 0.0]
