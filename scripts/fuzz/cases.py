"""Which file is tried: the same number gives the same bytes, whatever was tried before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from fuzz.bombs import bomb, heavy_bomb, hostile_packet
from fuzz.mutations import mutated
from fuzz.seeds import Seed

#: Every so many files is one that takes seconds to decode, or to give up on.
HEAVY_EVERY = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A file to be tried.

    Attributes:
        number: which one it is.
        kind: of the seed, for the summary.
        deed: what was done to it.
        suffix: what its name ends in.
        data: its bytes.
        sidecar: of the XMP file beside it, None for none.
    """

    number: int
    kind: str
    deed: str
    suffix: str
    data: bytes
    sidecar: bytes | None


def make_case(number: int, base: int, seeds: Sequence[Seed]) -> Case:
    """Return a case.

    Args:
        number: of the file, from 0.
        base: number of the whole run.
        seeds: from :func:`fuzz.seeds.make_seeds`.
    """
    chance = Random(f"{base}:{number}")
    if number % HEAVY_EVERY == HEAVY_EVERY - 1:
        deed, made = heavy_bomb(chance)
        return Case(number, made.kind, f"bomb: {deed}", made.suffix, made.data, None)
    if chance.random() < 0.06:
        deed, made = bomb(chance)
        return Case(number, made.kind, f"bomb: {deed}", made.suffix, made.data, None)
    # Formats with many seeds do not get all of the time.
    kind = chance.choice(sorted({seed.kind for seed in seeds}))
    seed = chance.choice([seed for seed in seeds if seed.kind == kind])
    if kind == "XMP":
        return _with_sidecar(number, seed, seeds, chance)
    deed, data = mutated(seed, seeds, chance)
    suffix = seed.suffix
    if chance.random() < 0.1:
        suffix = chance.choice([other for other in seeds if other.kind != "XMP"]).suffix
    return Case(number, kind, deed, suffix, data, None)


def _with_sidecar(number: int, seed: Seed, seeds: Sequence[Seed], chance: Random) -> Case:
    """Return a sound photo with a sidecar that is not."""
    if chance.random() < 0.5:
        name, packet = hostile_packet(chance)
        deed = f"bomb: {name}"
    else:
        deed, packet = mutated(seed, seeds, chance)
    return Case(number, "XMP", deed, seeds[0].suffix, seeds[0].data, packet)
