"""What was found out about the ways of running a model on this machine, kept beside its files.

Two small files lie in the directory of a model's converted files: ``choice.json``, the verdict, and
``override.json``, which the user writes by a command or in the settings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from inphotos.encoders import converted
from inphotos.encoders.base import Model
from inphotos.encoders.machine import Machine
from inphotos.owner_only import make_directory
from inphotos.settings import write_json

CHOICE: Final = "choice.json"
OVERRIDE: Final = "override.json"

#: What a candidate's problem can be.
UNAVAILABLE: Final = "unavailable"
FAILED: Final = "failed"
DIFFERENT: Final = "different"
SLOW: Final = "slow"


@dataclass(frozen=True, slots=True)
class Candidate:
    """How one runtime did with one tower.

    Attributes:
        runtime: its name.
        speed: pictures per second in batches, or texts per second one by one; 0.0 where it does not
            run.
        cosine: the mean cosine similarity of its embeddings to those of full precision.
        same: the share of the ten nearest pictures that stay the same, 0 to 1.
        problem: why it may not be taken: its library or device is not here, something broke, its
            embeddings are not close enough, or it is so slow that these were not compared; ""
            where it may.
    """

    runtime: str
    speed: float = 0.0
    cosine: float = 0.0
    same: float = 0.0
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether it may be taken."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured, and what is taken for it.

    Attributes:
        machine: what it holds for; None where that is not known.
        image, text: names of the runtimes that were taken; "" for torch on the best device.
        images, texts: the candidates for pictures and for texts, none for a model without words.
        pictures: how many pictures were compared.
        own: whether they were the user's own photos rather than those that come with InPhotos.
        failure: why nothing could be measured; the choice is an older one then.
        directory: where the model's own files were.
    """

    machine: Machine | None = None
    image: str = ""
    text: str = ""
    images: tuple[Candidate, ...] = ()
    texts: tuple[Candidate, ...] = ()
    pictures: int = 0
    own: bool = False
    failure: str = ""
    directory: str = ""

    def of(self, tower: converted.Tower) -> tuple[Candidate, ...]:
        """Return the candidates for a tower."""
        return self.images if tower == "image" else self.texts

    def taken(self, tower: converted.Tower) -> Candidate | None:
        """Return how the runtime did that was taken for a tower."""
        name = self.image if tower == "image" else self.text
        return next((c for c in self.of(tower) if c.runtime == name), None)

    def save(self, path: Path) -> None:
        """Write it; raises OSError where that is not possible."""
        make_directory(path.parent)
        write_json(path, asdict(self))


@dataclass(frozen=True, slots=True)
class Override:
    """The runtimes that the user wants in any case; "" for what the verdict says."""

    image: str = ""
    text: str = ""


def load(model: Model) -> Verdict | None:
    """Return the verdict on a model, None where there is none or it cannot be read."""
    return read(converted.directory(model) / CHOICE)


def read(path: Path) -> Verdict | None:
    """Read a verdict; what is missing in it or of another type has its default."""
    stored = _read(path)
    if stored is None:
        return None
    machine = stored.get("machine")
    known: dict[str, Any] = {
        "machine": _made(Machine, machine) if isinstance(machine, dict) else None,
        "images": _candidates(stored.get("images")),
        "texts": _candidates(stored.get("texts")),
    }
    plain: dict[str, Any] = {
        name: value
        for name, kind in (
            *(("image", str), ("text", str), ("failure", str), ("directory", str)),
            *(("pictures", int), ("own", bool)),
        )
        if isinstance(value := stored.get(name), kind)
    }
    return Verdict(**known, **plain)


def load_override(model: Model) -> Override:
    """Return what the user wants for a model in any case."""
    stored = _read(converted.directory(model) / OVERRIDE) or {}
    texts = {n: v for n in ("image", "text") if isinstance(v := stored.get(n), str)}
    return Override(**texts)


def save_override(model: Model, wanted: Override) -> None:
    """Remember what the user wants; raises OSError where it cannot be written."""
    path = converted.directory(model) / OVERRIDE
    if wanted == Override():
        path.unlink(missing_ok=True)
        return
    make_directory(path.parent)
    write_json(path, asdict(wanted))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return stored if isinstance(stored, dict) else None


def _candidates(stored: object) -> tuple[Candidate, ...]:
    rows = stored if isinstance(stored, list) else []
    made = (_made(Candidate, row) for row in rows if isinstance(row, dict))
    return tuple(candidate for candidate in made if candidate is not None)


def _made(kind: type[Any], stored: Mapping[str, Any]) -> Any:
    """Return a value of a class of plain fields, None where one of them does not fit."""
    names = {f.name for f in fields(kind)}
    values = {n: tuple(v) if isinstance(v, list) else v for n, v in stored.items() if n in names}
    try:
        return kind(**values)
    except TypeError:
        return None
