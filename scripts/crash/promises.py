"""What the library has promised to keep: what was acknowledged before the process was killed."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from inphotos.library.choices import first_settings

#: Settings that are changed, and to what.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "fold": (True, False),
    "gentle": (True, False),
    "only_on_mains": (True, False),
    "near_duplicate_bits": (3, 8),
}

#: Searches that are remembered.
MOST_REMEMBERED = 200


@dataclass(frozen=True)
class Step:
    """One thing that a process does with the library.

    Attributes:
        what: name of the method of :class:`crash.work.Work`.
        values: its arguments.
    """

    what: str
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        """Return it as it is shown in a report."""
        return f"{self.what}({', '.join(map(repr, self.values))})"


@dataclass
class State:
    """What a user has told the library.

    Attributes:
        folders: with what is excluded from each.
        marks: favourite, rating and tags by content.
        searches: name and text of those saved.
        history: what was searched for.
        settings: by name, also the model.
    """

    folders: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, list[Any]] = field(default_factory=dict)
    searches: dict[str, str] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_new_library(cls) -> State:
        """Return what a library begins with."""
        first = first_settings()
        return cls(settings={name: getattr(first, name) for name in (*SETTINGS, "model")})

    def after(self, step: Step, marked: list[str] | None = None) -> State:
        """Return what it is after a step.

        Args:
            step: the step.
            marked: contents that the library said it had marked.
        """
        state, values = copy.deepcopy(self), step.values
        match step.what:
            case "add":
                inside = [folder for folder in state.folders if folder.startswith(f"{values[0]}/")]
                for folder in inside:
                    del state.folders[folder]
                state.folders[values[0]] = []
            case "forget":
                state.folders.pop(values[0], None)
            case "exclude":
                state.folders[values[0]] = list(values[1])
            case "use_model" | "go_over":
                state.settings["model"] = values[0]
            case "choose":
                state.settings[values[0]] = values[1]
            case "mark":
                for content in values[0] if marked is None else marked:
                    state._mark(content, *values[1:])
            case "save_search":
                state.searches[values[0]] = values[1]
            case "remove_search":
                state.searches.pop(values[0], None)
            case "remember":
                others = [text for text in state.history if text != values[0]]
                state.history = [*others, values[0]][-MOST_REMEMBERED:]
        return state

    def _mark(self, content: str, kind: str, value: Any) -> None:
        favorite, rating, tags = self.marks.get(content, [False, None, []])
        if kind == "favorite":
            favorite = value
        elif kind == "rating":
            rating = value
        elif value not in tags:
            tags = [*tags, value]
        self.marks[content] = [favorite, rating, tags]
        if self.marks[content] == [False, None, []]:
            del self.marks[content]


def broken_promises(was: State, may_be: State, found: State) -> list[str]:
    """Return what a library has not kept.

    Args:
        was: what was acknowledged.
        may_be: with the step that was under way.
        found: what the library says.
    """
    broken = []
    for name in ("folders", "marks", "searches", "settings"):
        kept, possible, there = getattr(was, name), getattr(may_be, name), getattr(found, name)
        for key in kept.keys() | possible.keys():
            allowed = [kept.get(key), possible.get(key)]
            if there.get(key) not in allowed:
                broken.append(f"{name}: {key!r} is {there.get(key)!r}, not {allowed[0]!r}")
    if found.history not in (was.history, may_be.history):
        broken.append(f"history: {found.history} instead of {was.history}")
    unknown = found.folders.keys() - was.folders.keys() - may_be.folders.keys()
    broken += [f"folders: {folder!r} is not known" for folder in sorted(unknown)]
    return broken
