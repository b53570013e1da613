"""Pictures that the project draws itself: demo pictures, training pictures, small test pictures.

`draw("car-on-a-road", seed, (640, 480))` gives a picture together with what is true of it.
"""

from __future__ import annotations

from .studio import (
    DEMO_SEEDS,
    HELD_OUT_SEEDS,
    SCENE_NAMES,
    TRAINING_SEEDS,
    Drawing,
    draw,
)

__all__ = ["DEMO_SEEDS", "HELD_OUT_SEEDS", "SCENE_NAMES", "TRAINING_SEEDS", "Drawing", "draw"]
