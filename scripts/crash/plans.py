"""Draws what a process does with a library before it is killed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from crash.check import Known
from crash.disk import EXCLUSIONS
from crash.promises import SETTINGS, State, Step

_TAGS = ("Summer", "Oma", "to print")
_TEXTS = ("a dog", "the sea at night", "cake -candles")


class Planner:
    """Draws plans for one library."""

    def __init__(
        self, chance: random.Random, roots: Sequence[Path], models: Sequence[Path]
    ) -> None:
        """Take the folders and the models that there are."""
        self._chance = chance
        self._roots = [str(root) for root in roots]
        self._models = [str(model) for model in models]

    def first(self) -> list[Step]:
        """Return what makes a library."""
        steps = [Step("use_model", (self._models[0],))]
        steps += [Step("add", (root,)) for root in self._roots]
        return [*steps, Step("index")]

    def draw(self, state: State, photos: Mapping[int, Known]) -> list[Step]:
        """Return the steps of a process.

        Args:
            state: what the user has told the library.
            photos: those that it has.
        """
        drawn = self._chance.choices(
            (
                self._index,
                self._tell,
                self._switch_model,
                self._forget,
                self._compact,
                self._exclude,
                self._take_over,
            ),
            (8, 4, 2, 2, 3, 1, 1),
        )[0](state)
        if state.settings["model"] not in self._models:  # killed before that was chosen
            drawn = [Step("use_model", (self._models[0],)), *drawn]
        elif self._chance.random() < 0.3:
            drawn = [*self._tell(state), *drawn]
        contents = sorted({p.content for p in photos.values() if p.content and p.state == "here"})
        return [self._of_photos(step, contents) for step in drawn]

    def _index(self, _state: State) -> list[Step]:
        return [Step(self._chance.choice(("index", "index", "index_while_searching")))]

    def _tell(self, state: State) -> list[Step]:
        """What the user tells the library, several things."""
        steps = []
        for _ in range(self._chance.randrange(2, 7)):
            what = self._chance.choice(("mark", "mark", "mark", "search", "remember", "choose"))
            if what == "mark":
                kind = self._chance.choice(("favorite", "rating", "tag"))
                value = {
                    "favorite": self._chance.random() < 0.7,
                    "rating": self._chance.choice((None, 0, 3, 5)),
                    "tag": self._chance.choice(_TAGS),
                }[kind]
                steps.append(Step("mark", ((), kind, value)))
            elif what == "search":
                name = self._chance.choice(("Dogs", "Sea", "Birthdays"))
                is_removed = name in state.searches and self._chance.random() < 0.3
                text = self._chance.choice(_TEXTS)
                steps.append(
                    Step("remove_search", (name,))
                    if is_removed
                    else Step("save_search", (name, text))
                )
            elif what == "remember":
                steps.append(Step("remember", (self._chance.choice(_TEXTS),)))
            else:
                name = self._chance.choice(list(SETTINGS))
                steps.append(Step("choose", (name, self._chance.choice(SETTINGS[name]))))
        return steps

    def _switch_model(self, state: State) -> list[Step]:
        used = state.settings["model"]
        others = [model for model in self._models if model != used]
        if self._chance.random() < 0.4:
            return [Step("go_over", (self._chance.choice(others),))]
        steps = [Step("use_model", (self._chance.choice(others),)), Step("index")]
        if used in self._models and self._chance.random() < 0.5:
            steps += [Step("use_model", (used,)), Step("index")]
        return steps

    def _forget(self, state: State) -> list[Step]:
        forgotten = [f for f in state.folders if self._chance.random() < 0.6]
        steps = [Step("forget", (folder,)) for folder in forgotten]
        if self._chance.random() < 0.5:
            steps.append(Step("compact"))
        kept = [folder for folder in state.folders if folder not in forgotten]
        if not any(root.startswith(f"{folder}/") for folder in kept for root in self._roots):
            steps += [Step("add", (root,)) for root in self._roots if root not in kept]
        return [*steps, Step("index")]

    def _compact(self, _state: State) -> list[Step]:
        return [Step("index"), Step("accept_removals"), Step("compact"), Step("search")]

    def _exclude(self, state: State) -> list[Step]:
        folder = self._chance.choice(sorted(state.folders) or self._roots)
        if folder not in self._roots or folder not in state.folders:
            return self._index(state)
        patterns = self._chance.choice(EXCLUSIONS)
        return [Step("exclude", (folder, list(patterns))), Step("retry"), Step("index")]

    def _take_over(self, state: State) -> list[Step]:
        """Add the folder that the others are in; what is excluded would be written otherwise."""
        if any(state.folders.values()):
            return self._index(state)
        return [Step("add", (str(Path(self._roots[0]).parent),)), Step("index")]

    def _of_photos(self, step: Step, contents: Sequence[str]) -> Step:
        if step.what != "mark":
            return step
        marked = self._chance.sample(contents, min(len(contents), self._chance.choice((1, 2, 5))))
        return Step("mark", (marked, *step.values[1:]))
