#!/usr/bin/env python3
"""Write the photos that the compact model was not trained on, with an evaluation file for them.

    python scripts/make_label_evaluation.py DIR --photos DIR
    inphotos eval DIR/eval.json --model compact --kinds

``--photos`` is the folder that scripts/train_compact_model.py learns from; its test split is
written. Queries of the kind "label" are labels that at least ``LEAST`` of the photos have. Those of
the kind "synonym" ask for the same photos by words that are no label of any photo, and those of the
kind "named" by the labels of these very photos: the last two are compared.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections import defaultdict
from pathlib import Path

from compact.photos import Row, read_rows

#: With fewer photos a query says little.
LEAST = 4

#: What else these things are called.
SYNONYMS = {
    "airplane": ("aeroplane", "aircraft", "jet in the sky"),
    "apple pie": ("fruit pastry dessert",),
    "baseball": ("batter at home plate",),
    "bathroom": ("washroom", "lavatory"),
    "bedroom": ("room to sleep in", "bedchamber"),
    "boxing": ("fistfight in a ring", "prizefighters"),
    "buildings": ("architecture", "edifices"),
    "car": ("automobile",),
    "cat": ("kitty", "feline"),
    "cloudy sky": ("overcast weather",),
    "coast": ("sea shore", "shoreline"),
    "cocktail": ("mixed drink", "booze"),
    "dog": ("puppy", "canine"),
    "elephant": ("pachyderm",),
    "fog": ("misty haze",),
    "forest": ("woods", "woodland"),
    "glacier": ("ice field", "frozen mountains"),
    "golden retriever": ("blond dog",),
    "guitar": ("acoustic instrument", "six string"),
    "highway": ("motorway", "freeway"),
    "horse": ("stallion", "mare"),
    "house": ("residence", "dwelling"),
    "jacket": ("coat to wear",),
    "kitchen": ("cooking area", "place to cook"),
    "lion": ("big cat of the savanna",),
    "living room": ("lounge with a couch", "parlor"),
    "motorcycle": ("motorbike",),
    "mountain": ("peaks", "summit"),
    "office": ("workplace",),
    "people dancing": ("dancers",),
    "people hugging": ("embrace", "cuddling"),
    "person drinking": ("sipping a beverage",),
    "person eating": ("having a meal",),
    "person laughing": ("giggling", "someone finds it funny"),
    "person listening to music": ("wearing headphones",),
    "person riding a bicycle": ("bicycle ride", "bike ride"),
    "person running": ("jogger", "jogging"),
    "person sitting": ("seated man", "seated woman"),
    "person sleeping": ("taking a nap", "slumber"),
    "person talking on the phone": ("telephone call",),
    "person using a laptop": ("typing on a notebook computer",),
    "pig": ("hog", "swine"),
    "rain": ("downpour", "wet weather"),
    "screenshot": ("screen capture",),
    "sea": ("ocean waves",),
    "shirt": ("blouse",),
    "shoes": ("footwear",),
    "soccer": ("world cup match",),
    "street": ("alley", "avenue"),
    "sunflower": ("yellow blossom",),
    "sunrise": ("dawn", "early morning sky"),
    "swimming": ("swimmer", "front crawl in a pool"),
    "tall building": ("skyscraper", "high-rise"),
    "tennis": ("wimbledon",),
    "weightlifting": ("lifting barbells",),
    "wine": ("merlot", "chardonnay"),
    "wristwatch": ("timepiece",),
}


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, metavar="DIR")
    parser.add_argument("--photos", type=Path, required=True)
    options = parser.parse_args()
    rows = read_rows(options.photos)
    tested = [row for row in rows if row.is_test]
    write_photos(options.photos, tested, options.out / "photos")
    queries, file = questions(rows, tested), options.out / "eval.json"
    content = json.dumps({"photos": "photos", "queries": queries}, indent=1)
    file.write_text(content + "\n", encoding="utf-8")
    print(f"{len(tested)} photos, {len(queries)} queries: {file}")


def write_photos(folder: Path, rows: list[Row], out: Path) -> None:
    """Write photos as they are in the zip files of a folder."""
    for row in rows:
        path = out / row.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(folder / f"photos-{row.shard:02}.zip") as shard:
            path.write_bytes(shard.read(row.name))


def questions(rows: list[Row], tested: list[Row]) -> list[dict[str, object]]:
    """Return the queries as an evaluation file has them."""
    named: dict[str, list[str]] = defaultdict(list)
    for row in tested:
        for label in row.labels:
            named[label].append(row.name)
    labels = {label for row in rows for label in row.labels}
    asked = [label for label, photos in sorted(named.items()) if len(photos) >= LEAST]
    queries: list[dict[str, object]] = [
        {"query": label, "kind": "label", "photos": named[label]} for label in asked
    ]
    for label, synonyms in SYNONYMS.items():
        unknown = [synonym for synonym in synonyms if synonym not in labels]
        if label not in asked or not unknown:
            continue
        queries.append({"query": label, "kind": "named", "photos": named[label]})
        queries += [{"query": s, "kind": "synonym", "photos": named[label]} for s in unknown]
    return queries


if __name__ == "__main__":
    main()
