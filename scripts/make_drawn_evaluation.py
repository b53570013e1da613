"""Draw pictures that the demo model was not trained on, with an evaluation file for them.

    python scripts/make_drawn_evaluation.py DIR [--per-scene N] [--seed S] [--split tune|report]
    inphotos eval DIR/eval.json --model demo --kinds

A third of the scenes is left out, so that they can be asked for in vain. What is right is decided
by what is true of each drawing (its claims): for "red car" scene and colour must be right.

Queries with photos are of the kinds scene, colour, count and light. Queries without a photo:
    left-out       a scene that is not drawn here, in all its wordings; the model knows it
    combination    a scene that is here, in a colour that none of its pictures has
    unrelated      things that no drawing shows, and that the training never mentioned
    trained        words that the training used as captions that fit no picture
    nonsense       noise from the keyboard, and numbers

Settings are to be chosen on the split "tune" and figures reported on the split "report": they
share no picture, no scene that is left out and no unrelated word.
"""

from __future__ import annotations

import argparse
import json
import os
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from drawing import HELD_OUT_SEEDS, SCENE_NAMES, Drawing
from drawing.captions import COUNTS, LIGHTS, Caption, bare
from drawing.dataset import draw_all_held_out
from drawing.palette import NAMED
from drawing.registry import SCENES

from inphotos.search.query import parse

SPLITS = ("tune", "report")
HERE = Path(__file__).parent
QUALITY = 90

# Colours that people may call by one another's names, so none of them is asked for in vain where
# the other one is to be seen.
NEIGHBOURS = (
    {"red", "orange", "pink", "brown"},
    {"orange", "yellow", "brown"},
    {"pink", "purple"},
    {"blue", "purple"},
)
# Walls, clouds and the night give almost every picture something of these.
EVERYWHERE = {"white", "grey", "black"}


@dataclass(frozen=True)
class Query:
    """A row of the evaluation file."""

    query: str
    kind: str
    photos: tuple[str, ...] = ()


def make_captions(scene: str) -> Iterator[tuple[str, Caption]]:
    """Queries for a scene as users type them, each with its kind."""
    words = SCENES[scene].words
    here = f"scene:{scene}"
    noun = (words.nouns or (bare(words.names[0]),))[0]
    for name in wordings(scene):
        yield "scene", Caption(name, frozenset({here}))
    for colour in (*NAMED, "colourful"):
        for phrase in coloured(scene, colour):
            yield "colour", Caption(phrase, frozenset({here, f"colour:{colour}"}))
    for count, (number, *_) in COUNTS.items():
        things = noun if count == 1 else (words.plurals or (noun,))[0]
        form = (words.counted or ("{count} {plural}",))[0]
        phrase = bare(form).format(count=number, plural=things, s="" if count == 1 else "s")
        yield "count", Caption(phrase, frozenset({here, f"count:{count}"}))
    for light, phrases in LIGHTS.items():
        name = bare(words.names[0])
        if light not in name:  # as in "city at night"
            yield "light", Caption(f"{name} {phrases[0]}", frozenset({here, f"light:{light}"}))


def wordings(scene: str) -> tuple[str, ...]:
    """The names of a scene."""
    words = SCENES[scene].words
    return tuple(dict.fromkeys((*map(bare, words.names), *words.plurals)))


def coloured(scene: str, colour: str) -> list[str]:
    """Phrases for a scene in a colour."""
    words = SCENES[scene].words
    noun = (words.nouns or (bare(words.names[0]),))[0]
    phrases = [bare(phrase).format(colour=colour) for phrase in words.coloured[:2]]
    return phrases or [f"{colour} {noun}"]


def queries_with_photos(pictures: dict[str, Drawing]) -> list[Query]:
    """Every query that some picture is right for."""
    kinds: dict[str, str] = {}
    right: dict[str, set[str]] = {}
    for scene in sorted({drawing.scene for drawing in pictures.values()}):
        for kind, caption in make_captions(scene):
            # Two scenes may share a name, and what one is called another one may show as well.
            claims = (caption.claims, frozenset({f"tag:{caption.text}"}))
            names = {
                name
                for name, drawing in pictures.items()
                if any(wanted <= drawing.claims for wanted in claims)
            }
            if names:
                kinds.setdefault(caption.text, kind)
                right.setdefault(caption.text, set()).update(names)
    return [Query(text, kinds[text], tuple(sorted(names))) for text, names in right.items()]


def left_out_queries(left_out: list[str], pictures: dict[str, Drawing]) -> list[Query]:
    """The scenes that are not here, in wordings none of whose words fits a picture that is."""
    shown: set[str] = set()
    for drawing in pictures.values():
        words = SCENES[drawing.scene].words
        said = (*words.names, *words.nouns, *words.plurals, *words.settings, *words.tags)
        forms = (*words.coloured, *words.counted)
        shown |= stems(" ".join((*said, *forms, *drawing.facts.tags)))
    shown |= stems(" ".join(phrase for phrases in LIGHTS.values() for phrase in phrases))
    return [
        Query(wording, "left-out")
        for scene in left_out
        for wording in wordings(scene)
        if not any(is_akin(word, other) for word in stems(wording) for other in shown)
    ]


def is_akin(word: str, other: str) -> bool:
    """Whether one word begins with the other one, as "sunset" with "sun"."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) > 2 and long.startswith(short))


def stems(text: str) -> set[str]:
    """The words of a text that say what is to be seen, in the singular."""
    small = {"a", "an", "the", "on", "in", "at", "of", "with", "over", "and", "under", "by", "to"}
    small |= {"{colour}", "{count}", "{plural}"}
    return {word.removesuffix("s") for word in text.split() if word not in small}


def combination_queries(pictures: dict[str, Drawing]) -> list[Query]:
    """Scenes in colours that they are not to be seen in."""
    found = []
    for scene in sorted({drawing.scene for drawing in pictures.values()}):
        seen = {d.facts.colour for d in pictures.values() if d.scene == scene and d.facts.colour}
        if not seen or "colourful" in seen:
            continue
        for colour in sorted(NAMED.keys() - EVERYWHERE):
            close = {other for group in NEIGHBOURS if colour in group for other in group}
            if not seen & (close | {colour}):
                found += [Query(phrase, "combination") for phrase in coloured(scene, colour)]
    return found


def nonsense(rng: Random) -> str:
    """What a cat types that walks over the keyboard."""
    row = rng.choice(("qwertyuiop", "asdfghjkl", "zxcvbnm", string.ascii_lowercase))
    sort = rng.randrange(4)
    if sort == 0:
        return "".join(rng.choices(row, k=rng.randint(3, 12)))
    if sort == 1:
        return "".join(rng.choices(string.digits, k=rng.randint(5, 9)))
    if sort == 2:
        return " ".join("".join(rng.choices(row, k=rng.randint(2, 6))) for _ in range(3))
    return "".join(rng.choices(string.ascii_letters + string.digits, k=rng.randint(6, 14)))


def split_of(items: list[str], split: str) -> list[str]:
    """One of two halves that have nothing in common; always the same ones."""
    shuffled = sorted(items)
    Random("split").shuffle(shuffled)
    return shuffled[SPLITS.index(split) :: len(SPLITS)]


def left_out_scenes(split: str) -> list[str]:
    """A third of the scenes, another one for each split."""
    shuffled = list(SCENE_NAMES)
    Random("left out").shuffle(shuffled)
    third = len(shuffled) // 3
    first = SPLITS.index(split) * third
    return sorted(shuffled[first : first + third])


def is_plain(text: str) -> bool:
    """Whether a query is read as the words that it consists of, and nothing else."""
    query = parse(text)
    concepts = [concept.text for concept in query.concepts]
    return concepts == [text] and not query.filters and not query.problems


def make_set(arguments: argparse.Namespace) -> tuple[dict[str, Drawing], list[Query]]:
    """The pictures by file name, and what is asked."""
    split = arguments.split
    rng = Random(f"{split}/{arguments.seed}")
    left_out = left_out_scenes(split)
    half = len(HELD_OUT_SEEDS) // len(SPLITS)
    first = SPLITS.index(split) * half + arguments.seed * arguments.per_scene
    seeds = HELD_OUT_SEEDS[first : first + arguments.per_scene]
    if len(seeds) < arguments.per_scene or first + arguments.per_scene > half * (
        SPLITS.index(split) + 1
    ):
        raise SystemExit("There are not so many pictures that the model was not trained on.")
    jobs = [(scene, seed) for scene in SCENE_NAMES if scene not in left_out for seed in seeds]
    drawn = draw_all_held_out(jobs, arguments.workers)
    pictures = {
        f"{scene}-{seed}.jpg": drawing for (scene, seed), drawing in zip(jobs, drawn, strict=True)
    }
    unrelated = (HERE / "unrelated_phrases.txt").read_text().splitlines()
    trained = (HERE / "unrelated_words.txt").read_text().splitlines()
    queries = [
        *queries_with_photos(pictures),
        *left_out_queries(left_out, pictures),
        *combination_queries(pictures),
        *(Query(text, "unrelated") for text in split_of(unrelated, split)),
        *(Query(text, "trained") for text in split_of(trained, split)),
        *(Query(nonsense(rng), "nonsense") for _ in range(arguments.per_kind)),
    ]
    return pictures, chosen(queries, arguments.per_kind, rng)


def chosen(queries: list[Query], per_kind: int, rng: Random) -> list[Query]:
    """At most so many queries of each kind, so that no kind drowns the others."""
    kinds: dict[str, list[Query]] = {}
    for query in queries:
        if is_plain(query.query):
            kinds.setdefault(query.kind, []).append(query)
    return [
        query
        for those in kinds.values()
        for query in (rng.sample(those, per_kind) if len(those) > per_kind else those)
    ]


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path, metavar="DIR", help="a new or empty directory")
    parser.add_argument("--per-scene", type=int, default=12, help="pictures of each scene")
    parser.add_argument("--per-kind", type=int, default=100, help="queries of each kind at most")
    parser.add_argument("--seed", type=int, default=0, help="another number, another set")
    parser.add_argument("--split", choices=SPLITS, default="report")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    arguments = parser.parse_args(words)
    directory: Path = arguments.directory
    if directory.exists() and any(directory.iterdir()):
        raise SystemExit(f"{directory} is not empty; choose another directory.")
    pictures, queries = make_set(arguments)
    (directory / "pictures").mkdir(parents=True)
    for name, drawing in pictures.items():
        drawing.image.save(directory / "pictures" / name, quality=QUALITY)
    document = {
        "photos": "pictures",
        "queries": [{"query": q.query, "kind": q.kind, "photos": list(q.photos)} for q in queries],
        "labels": {name: [drawing.scene] for name, drawing in pictures.items()},
    }
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (directory / "eval.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(pictures)} pictures, {len(queries)} queries: {directory / 'eval.json'}")


if __name__ == "__main__":
    main()
