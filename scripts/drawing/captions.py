"""Captions: what people would type to find a drawn picture, with what each one claims.

A claim is a short string such as "scene:car-on-a-road", "colour:red", "count:3", "light:night" or
"tag:snow". A picture's claims are everything that is true of it; a caption fits every picture that
has all of the caption's claims. Training and evaluation both judge by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .registry import SCENES, Facts, Words

COUNTS = {
    1: ("one", "1", "a single"),
    2: ("two", "2"),
    3: ("three", "3"),
    4: ("four", "4"),
    5: ("five", "5"),
}
SPELLINGS = {"grey": ("grey", "gray"), "colourful": ("colourful", "colorful", "different coloured")}
LIGHTS = {
    "day": ("by day", "in daylight", "on a sunny day", "under a blue sky"),
    "sunset": ("at sunset", "in the evening", "at dusk", "in the evening light"),
    "night": ("at night", "in the dark", "under the stars"),
}
LIGHT_KEYWORDS = {
    "day": ("daylight", "daytime", "blue sky"),
    "sunset": ("sunset", "dusk", "evening sky"),
    "night": ("night", "at night", "darkness"),
}
OPENINGS = ("a photo of", "a picture of", "an image of", "photo of", "picture of", "picture with")
# A phrase that says where already takes no second place.
PLACED = (" on ", " in ", " with ", " at ", " over ", " of ", " under ", " against ")


@dataclass(frozen=True)
class Caption:
    """A text and what a picture must be for the text to be right about it."""

    text: str
    claims: frozenset[str]


def claims_of(scene: str, facts: Facts) -> frozenset[str]:
    """Everything that captions may say about a picture with these facts."""
    claims = {f"scene:{scene}", *(f"tag:{t}" for t in (*SCENES[scene].words.tags, *facts.tags))}
    if facts.colour:
        claims.add(f"colour:{facts.colour}")
    if facts.count:
        claims.add(f"count:{facts.count}")
    if facts.light:
        claims.add(f"light:{facts.light}")
    return frozenset(claims)


def bare(phrase: str) -> str:
    """The phrase without its leading article."""
    for article in ("a ", "an ", "the "):
        if phrase.startswith(article):
            return phrase[len(article) :]
    return phrase


def _with_article(phrase: str) -> str:
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def _colour_phrase(words: Words, colour: str, count: int | None, rng: Random, full: bool) -> str:
    several = bool(words.plurals) and count is not None and count > 1
    spelling = rng.choice(SPELLINGS.get(colour, (colour,)))
    if words.coloured and not (several and (full or rng.random() < 0.5)):
        phrase = rng.choice(words.coloured).format(colour=spelling)
        # "a {colour} …" was written for a consonant.
        return _with_article(phrase[2:]) if phrase.startswith("a ") else phrase
    if several:
        return f"{spelling} {rng.choice(words.plurals)}"
    return _with_article(f"{spelling} {rng.choice(words.nouns or (bare(words.names[0]),))}")


def _count_phrase(words: Words, count: int, rng: Random, colour: str | None) -> str:
    number = rng.choice(COUNTS[count])
    plural = rng.choice(words.plurals) if words.plurals else ""
    if count == 1:
        plural = rng.choice(words.nouns or (bare(words.names[0]),))
    if colour:
        plural = f"{rng.choice(SPELLINGS.get(colour, (colour,)))} {plural}"
    template = rng.choice(words.counted) if words.counted else "{count} {plural}"
    return template.format(count=number, plural=plural, s="" if count == 1 else "s")


def caption(
    scene: str, facts: Facts, rng: Random, kind: str | None = None, full: bool = False
) -> Caption:
    """One caption; `kind` asks for one sort ("name", "setting", "colour", "count", "both",
    "light", "tag", "mood") and falls back to "name" where the picture has nothing of that sort.
    `full` leaves out the clipped forms that people type into a search box."""
    words = SCENES[scene].words
    counted = facts.count is not None and bool(words.plurals or words.counted)
    kinds = {
        "name": 3.0,
        "setting": 2.0 if words.settings else 0.0,
        "colour": 3.0 if facts.colour else 0.0,
        "count": 5.0 if counted else 0.0,
        "both": 3.0 if counted and facts.colour and words.plurals else 0.0,
        "light": 1.2 if facts.light else 0.0,
        "tag": 0.8 if words.tags or facts.tags else 0.0,
        "mood": 0.3 if facts.light else 0.0,
    }
    if kind is None:
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
    if not kinds[kind]:
        kind = "name"
    claims = {f"scene:{scene}"}
    if kind == "tag":
        tag = rng.choice((*words.tags, *facts.tags))
        return Caption(tag, frozenset({f"tag:{tag}"}))
    if kind == "mood":
        text = rng.choice(LIGHT_KEYWORDS[facts.light or "day"])
        return Caption(text, frozenset({f"light:{facts.light}"}))
    if kind == "colour" and facts.colour:
        text = _colour_phrase(words, facts.colour, facts.count, rng, full)
        claims.add(f"colour:{facts.colour}")
    elif kind in ("count", "both") and facts.count is not None:
        colour = facts.colour if kind == "both" else None
        text = _count_phrase(words, facts.count, rng, colour)
        claims.add(f"count:{facts.count}")
        if colour:
            claims.add(f"colour:{colour}")
    else:
        several = facts.count is not None and facts.count > 1 and bool(words.plurals)
        text = (
            rng.choice(words.plurals)
            if several and (full or rng.random() < 0.6)
            else rng.choice(words.names)
        )
    placed = any(word in text for word in PLACED)
    if words.settings and not placed and (kind == "setting" or rng.random() < 0.2):
        setting = rng.choice(words.settings)
        text = f"{setting} {text}" if not full and rng.random() < 0.15 else f"{text} {setting}"
    if facts.light and (kind == "light" or rng.random() < 0.15):
        claims.add(f"light:{facts.light}")
        when = rng.choice(LIGHTS[facts.light])
        text = f"{when} {text}" if not full and rng.random() < 0.3 else f"{text} {when}"
    style = rng.random()
    if style < 0.35 and not full:
        text = bare(text)
    elif style < 0.6 and not text.startswith(("in ", "on ", "at ", "by ", "under ")):
        text = f"{rng.choice(OPENINGS)} {text}"
    return Caption(text, frozenset(claims))


def describe(scene: str, facts: Facts, rng: Random) -> tuple[str, ...]:
    """Up to five different captions for a reader, those that say most first."""
    found: dict[str, int] = {}
    for kind in ("both", "colour", "count", "light", "setting", "name", "setting", "name"):
        said = caption(scene, facts, rng, kind, full=True)
        found.setdefault(said.text[0].upper() + said.text[1:], len(said.claims))
    return tuple(sorted(found, key=lambda text: -found[text])[:5])
