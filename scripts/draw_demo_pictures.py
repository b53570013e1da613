"""Draw the bundled demo pictures and write their captions beside them.

    python scripts/draw_demo_pictures.py

The pictures come from drawing.DEMO_SEEDS, which the training of the demo model never uses; the same
script always writes the same pictures. captions.json holds one row per picture:
{"file", "scene", "facts": {"colour", "count", "light", "tags"}, "captions": […]}.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from drawing import DEMO_SEEDS, SCENE_NAMES, Drawing, draw

OUT = Path(__file__).resolve().parent.parent / "inphotos" / "data" / "demo" / "pictures"
# Mostly landscape, as people's photos are.
SIZES = (
    (640, 480),
    (640, 426),
    (640, 480),
    (480, 640),
    (640, 360),
    (540, 540),
    (640, 480),
    (426, 640),
)
# How many seeds to look at for every picture that is kept.
CHOICE = 10


def choose_seeds(scene: str, number: int, offset: int) -> list[tuple[int, tuple[int, int]]]:
    """Seeds and sizes for a scene's pictures, so chosen that colours, counts and lights all come
    up: of the next few seeds the one wins whose facts are the rarest so far."""
    seen: Counter[str] = Counter()
    chosen = []
    for i in range(number):
        size = SIZES[(i + offset) % len(SIZES)]
        small = (size[0] // 10, size[1] // 10)
        seeds = DEMO_SEEDS[i * CHOICE : (i + 1) * CHOICE]
        claims = {seed: draw(scene, seed, small).claims for seed in seeds}
        best = min(seeds, key=lambda seed: sum(seen[claim] for claim in claims[seed]))
        seen.update(claims[best])
        chosen.append((best, size))
    return chosen


def write_pictures(out: Path, per_scene: int, quality: int) -> list[dict[str, object]]:
    """Write the JPEG files into `out` and return the rows of captions.json."""
    rows: list[dict[str, object]] = []
    for offset, scene in enumerate(SCENE_NAMES):
        for i, (seed, size) in enumerate(choose_seeds(scene, per_scene, offset), start=1):
            drawing: Drawing = draw(scene, seed, size)
            name = f"{scene}-{i:02}.jpg"
            drawing.image.save(out / name, quality=quality, optimize=True, progressive=True)
            rows.append(
                {
                    "file": name,
                    "scene": scene,
                    "facts": asdict(drawing.facts),
                    "captions": list(drawing.captions),
                }
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-scene", type=int, default=6)
    parser.add_argument("--quality", type=int, default=81, help="of the JPEG files")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for old in arguments.out.glob("*.jpg"):
        old.unlink()
    rows = write_pictures(arguments.out, arguments.per_scene, arguments.quality)
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (arguments.out / "captions.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in arguments.out.iterdir())
    print(f"{len(rows)} pictures of {len(SCENE_NAMES)} scenes, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
