"""The script that draws an evaluation set for the bundled model."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import make_drawn_evaluation as script
import pytest
from drawing import SCENE_NAMES
from drawing.dataset import draw_held_out
from drawing.registry import SCENES

from inphotos.evaluation import sets
from inphotos.search.query import parse

FEW = ("--per-scene", "1", "--per-kind", "8", "--workers", "1")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> sets.EvaluationSet:
    """One picture of each scene that is not left out."""
    directory = tmp_path_factory.mktemp("set") / "drawn"
    script.main([str(directory), *FEW])
    return sets.read(directory / "eval.json")


def test_the_set_is_read_and_its_pictures_are_there(drawn: sets.EvaluationSet) -> None:
    there = {path.name for path in drawn.photos.iterdir()}
    assert set(drawn.names()) == there
    assert len(there) == len(SCENE_NAMES) - len(SCENE_NAMES) // 3
    kinds = {question.kind for question in drawn.questions if question.photos}
    assert kinds == {"scene", "colour", "count", "light"}
    absent = {question.kind for question in drawn.questions if not question.photos}
    assert absent == {"left-out", "combination", "unrelated", "trained", "nonsense"}


def test_right_pictures_are_of_the_scene_that_is_asked_for(drawn: sets.EvaluationSet) -> None:
    for question in drawn.questions:
        for name in question.photos:
            words = SCENES[drawn.labels[name][0]].words
            said = " ".join((*words.names, *words.nouns, *words.plurals, *words.tags))
            said += " ".join((*words.coloured, *words.counted))
            assert script.stems(question.query) & script.stems(said), question


def test_what_is_left_out_is_not_drawn(drawn: sets.EvaluationSet) -> None:
    left_out = set(script.left_out_scenes("report"))
    assert not left_out & {scene for labels in drawn.labels.values() for scene in labels}
    asked = {wording for scene in left_out for wording in script.wordings(scene)}
    assert {q.query for q in drawn.questions if q.kind == "left-out"} <= asked


def test_every_query_is_read_as_plain_words(drawn: sets.EvaluationSet) -> None:
    for question in drawn.questions:
        query = parse(question.query)
        assert [concept.text for concept in query.concepts] == [question.query]
        assert not query.filters


def test_the_same_arguments_make_the_same_set(drawn: sets.EvaluationSet, tmp_path: Path) -> None:
    script.main([str(tmp_path / "again"), *FEW])
    again = tmp_path / "again" / "eval.json"
    assert again.read_bytes() == drawn.file.read_bytes()
    for path in drawn.photos.iterdir():
        assert (again.parent / "pictures" / path.name).read_bytes() == path.read_bytes()


def test_the_two_splits_have_nothing_in_common(drawn: sets.EvaluationSet, tmp_path: Path) -> None:
    script.main([str(tmp_path / "tune"), *FEW, "--split", "tune"])
    tune = json.loads((tmp_path / "tune" / "eval.json").read_text(encoding="utf-8"))
    assert not set(tune["labels"]) & set(drawn.labels)
    for kind in ("left-out", "unrelated", "trained", "nonsense"):
        other = {row["query"] for row in tune["queries"] if row["kind"] == kind}
        assert not other & {q.query for q in drawn.questions if q.kind == kind}
    assert not set(script.left_out_scenes("tune")) & set(script.left_out_scenes("report"))


def test_combinations_avoid_colours_that_look_alike() -> None:
    scene = "car-on-a-road"
    drawings = (draw_held_out((scene, seed)) for seed in range(10_000, 10_100))
    red = next(drawing for drawing in drawings if drawing.facts.colour == "red")
    asked = " ".join(q.query for q in script.combination_queries({"a.jpg": red}))
    for colour in ("red", "orange", "pink", "brown"):
        assert colour not in asked
    assert "blue" in asked


def test_a_word_of_what_is_shown_leaves_a_wording_out() -> None:
    tent = draw_held_out(("tent", 10_000))
    asked = {q.query for q in script.left_out_queries(["tent", "pizza"], {"a.jpg": tent})}
    assert asked == set(script.wordings("pizza"))


def test_nothing_is_asked_in_vain_that_a_picture_may_show() -> None:
    assert script.is_akin("sun", "sunset")
    assert script.is_akin("candlelight", "candle")
    assert not script.is_akin("cat", "car")
    assert not script.is_akin("a", "airplane")
    for drawing in (draw_held_out((scene, 10_000)) for scene in SCENE_NAMES):
        for query in script.combination_queries({"a.jpg": drawing}):
            assert not {"white", "grey", "black"} & set(query.query.split()) or "and" in query.query


def test_nonsense_is_no_word() -> None:
    unrelated = Path(script.__file__).with_name("unrelated_words.txt").read_text().split()
    rng = Random(0)
    for _ in range(200):
        text = script.nonsense(rng)
        assert text.strip()
        assert text not in unrelated


def test_pictures_run_out(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="not so many pictures"):
        script.main([str(tmp_path / "set"), "--per-scene", "100", "--seed", "50"])
    with pytest.raises(SystemExit, match="is not empty"):
        script.main([str(tmp_path.parent)])
