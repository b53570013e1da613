"""Which queries to suggest to a user who has not searched yet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inphotos.search.calibration import everyday_captions

#: The everyday captions that a user would click: they name one thing that is easily seen, and
#: nothing private. The first ones are suggested where nothing is known of the photos.
SUGGESTED = (
    *("a beach", "a dog", "a birthday cake", "a cat", "a sunset", "mountains", "flowers"),
    *("snow", "a bride and groom", "a picnic", "a concert", "a horse", "a bird flying"),
    *("ducks on the water", "a butterfly on a flower", "a deer in the forest"),
    *("a field of flowers", "autumn leaves", "a garden", "mushrooms on the ground"),
    *("a snowy mountain", "a desert", "waves", "a lake", "a river", "a waterfall"),
    *("a path in the woods", "a sunrise", "a rainbow", "fog", "stars at night", "the moon"),
    *("a city skyline", "a busy street at night", "a bridge", "an old house", "a church"),
    *("a castle", "a statue", "a fountain", "a playground", "a harbour", "a swimming pool"),
    *("a wall with graffiti", "a red car", "an old car", "a motorcycle", "a bicycle"),
    *("a train", "an aeroplane", "a sailing boat", "a tractor", "a kitchen", "candles"),
    *("a cup of coffee", "a glass of wine", "a breakfast", "a pizza", "sushi"),
    *("meat on a grill", "strawberries", "ice cream", "a teddy bear", "a balloon"),
    *("a guitar", "a Christmas tree", "fireworks", "a campfire", "a tent", "a reflection"),
)

#: So many photos have to match a query that is suggested.
_LEAST_MATCHES = 2
#: A query that matches a larger share of the photos finds nothing in particular.
_LARGEST_SHARE = 0.3
#: The best photos of a query, by which it is told from the others.
_BEST = 4


def suggested(
    scores: npt.NDArray[np.float32] | None, strong: float, wanted: int
) -> tuple[str, ...]:
    """Return queries that find something.

    Chosen is what stands out: the best photos are far above the others. No two of the queries
    have the same photos among their best.

    Args:
        scores: cosine similarities of photos to the everyday captions, shape (photos, captions);
            None where they are not known.
        strong: at or above it a photo matches.
        wanted: how many queries.
    """
    found: list[str] = []
    taken: set[int] = set()
    if scores is not None and len(scores) >= _BEST:
        columns = _columns()
        prominence = _prominence(scores[:, columns], strong)
        for at in np.argsort(-prominence).tolist():
            if len(found) == wanted or not prominence[at]:
                break
            of_photos = scores[:, columns[at]]
            best = {n for n in np.argsort(-of_photos)[:_BEST].tolist() if of_photos[n] >= strong}
            if not best & taken:
                taken |= best
                found.append(SUGGESTED[at])
    others = (query for query in SUGGESTED if query not in found)
    return (*found, *(next(others) for _ in range(wanted - len(found))))


def _prominence(chosen: npt.NDArray[np.float32], strong: float) -> npt.NDArray[np.float32]:
    """Return for each query how far its best photos stand out, 0 where it does not suit."""
    matches = (chosen >= strong).sum(axis=0)
    fits = (matches >= _LEAST_MATCHES) & (matches <= max(_BEST, _LARGEST_SHARE * len(chosen)))
    best = np.sort(chosen, axis=0)[-_BEST:].mean(axis=0)
    spread = np.maximum(chosen.std(axis=0), np.finfo(np.float32).tiny)
    return np.where(fits, (best - chosen.mean(axis=0)) / spread, 0.0).astype(np.float32)


def _columns() -> list[int]:
    captions = everyday_captions()
    return [captions.index(query) for query in SUGGESTED]
