"""What was measured of the ways of running a model, as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from inphotos.encoders.chosen import VARIABLE
from inphotos.encoders.converted import Tower
from inphotos.encoders.runtimes import Runtime
from inphotos.encoders.verdict import DIFFERENT, FAILED, SLOW, UNAVAILABLE, Candidate
from inphotos.library.runtimes import RuntimeState

_PROBLEMS = {
    FAILED: "could not be prepared",
    DIFFERENT: "not taken: it finds other photos",
    SLOW: "slower than others, so not compared",
}

#: What runs a tower as long as nothing was measured.
UNMEASURED = "torch"


def name_of(runtime: Runtime | None) -> str:
    """Return the name of what runs a tower."""
    return UNMEASURED if runtime is None else runtime.name


def why(state: RuntimeState, tower: Tower) -> str:
    """Say in a few words why a tower is run as it is."""
    if state.demanded:
        return f"as {VARIABLE} says"
    runtime = getattr(state.chosen, tower)
    if runtime is not None and getattr(state.override, tower) == runtime.name:
        return "as you wanted"
    if state.verdict is None:
        return "nothing was measured yet"
    taken = state.verdict.taken(tower)
    if taken is None or runtime is None or taken.runtime != runtime.name:
        return state.verdict.failure or "what was measured cannot be used any more"
    reference = state.verdict.of(tower)[0]
    return f"{taken.speed / reference.speed:.1f} times as quick as {reference.runtime}"


def lines(state: RuntimeState) -> Iterator[str]:
    """Yield the lines of the table; none where nothing was measured."""
    found = state.verdict
    if found is None or not found.images:
        return
    whose = "your own photos" if found.own else "pictures that come with InPhotos"
    machine = found.machine
    if machine is not None:
        yield f"Measured on {machine.processor} ({machine.cores} cores)."
    yield f"Compared by {found.pictures} of {whose}."
    units: dict[Tower, str] = {"image": "pictures/s", "text": "texts/s"}
    for tower, unit in units.items():
        rows = found.of(tower)
        if not rows:
            continue
        yield f"  {tower:16} {unit:>11} {'closeness':>10} {'same nearest':>13}"
        for candidate in sorted(rows, key=lambda c: -c.speed):
            if candidate.problem == UNAVAILABLE:
                continue  # half of them are for machines of other kinds
            in_use = getattr(state.chosen, tower)
            mark = "*" if in_use is not None and in_use.name == candidate.runtime else " "
            yield f"{mark} {_row(candidate)}"


def document(state: RuntimeState) -> dict[str, object]:
    """Return the same for programs."""
    found = state.verdict
    towers: tuple[Tower, ...] = ("image", "text")
    rows = {
        tower: [
            {
                "runtime": c.runtime,
                "per_second": round(c.speed, 2),
                "cosine": round(c.cosine, 6),
                "same_nearest": round(c.same, 4),
                "problem": c.problem,
            }
            for c in found.of(tower)
        ]
        for tower in towers
        if found is not None
    }
    return {
        "image": name_of(state.chosen.image),
        "text": name_of(state.chosen.text),
        "override": {"image": state.override.image, "text": state.override.text},
        "pictures": found.pictures if found else 0,
        "own": found.own if found else False,
        "failure": found.failure if found else "",
        "measured": rows,
    }


def _row(candidate: Candidate) -> str:
    problem = _PROBLEMS.get(candidate.problem, "")
    if not candidate.speed:
        return f"{candidate.runtime:16} {problem}"
    row = f"{candidate.runtime:16} {candidate.speed:11.1f}"
    if candidate.problem != SLOW:
        row += f" {candidate.cosine:10.5f} {100 * candidate.same:11.1f} %"
    return f"{row}  {problem}".rstrip()
