"""The table of states: what can be shown, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from screenshots.studio import State, Studio

#: The modules whose states there are, in the order of the pictures.
SUBJECTS = (
    "first",
    "grid",
    "finding",
    "sidebar",
    "panel",
    "viewer",
    "files",
    "settings",
    "backups",
    "trouble",
    "hostile",
)


_states: dict[str, State] = {}


def shows(*pictures: str) -> Callable[[Callable[[Studio], None]], Callable[[Studio], None]]:
    """Make a function a state, with the function's name and these pictures."""

    def register(take: Callable[[Studio], None]) -> Callable[[Studio], None]:
        name = take.__name__.replace("_", "-")
        if name in _states:
            raise ValueError(f"There are two states named {name}.")
        _states[name] = State(name, pictures, take)
        return take

    return register


def all_states() -> tuple[State, ...]:
    """Return the states of all subjects."""
    for subject in SUBJECTS:
        import_module(f"screenshots.{subject}")
    return tuple(_states.values())


def states_with(name: str) -> tuple[State, ...]:
    """Return the states that have this name or take a picture of this name; "" means all."""
    return tuple(s for s in all_states() if name in ("", s.name, *s.pictures))
