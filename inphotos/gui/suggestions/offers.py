"""Finds what the user may be about to type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from inphotos.gui.suggestions.things import Thing, ThingKind, folded
from inphotos.search.language.conditions import FlagName
from inphotos.search.query import FILTERS

if TYPE_CHECKING:
    from inphotos.library import SavedSearch

Kind = Literal["saved", "history", "folder", "place", "camera", "date", "filter"]

#: More rows than that are not read.
MOST = 8
#: So many of each kind, where there are others.
_SAVED, _HISTORY, _THINGS, _FILTERS = 2, 3, 2, 2
#: Shorter words begin too many names.
_LEAST_LETTERS = 2
#: A name may have so many words.
_MOST_WORDS = 3

#: What is offered after the colon of a filter.
_VALUES: dict[str, tuple[ThingKind, ...]] = {
    "folder": ("folder",),
    "place": ("place",),
    "country": ("place",),
    "city": ("place",),
    "camera": ("camera",),
    "date": ("date",),
    "in": ("folder", "place"),
}
_LINK = re.compile(r"\b(?:at|from|in|near|on)\s+$", re.IGNORECASE)
#: A filter whose value is being typed, at the end of the text.
_OPEN = re.compile(r"(?:^|(?<=\s))([-+]?)([A-Za-z]{2,20}):=?(?:([\"“«])([^\"”»]*)|([^\s\"“«]*))$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for.

    Attributes:
        kind: what it is.
        text: what the user reads.
        whole: what stands in the field once it is taken.
        beside: what tells it from others; may be empty.
        photos: how many it finds; None where that is not known.
        bold: which characters of ``text`` are what was typed, as starts and ends.
        saved: the search, where it is a saved one.
        is_open: a value is still to be typed.
    """

    kind: Kind
    text: str
    whole: str
    beside: str = ""
    photos: int | None = None
    bold: tuple[int, int] | None = None
    saved: SavedSearch | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Sources:
    """What suggestions are made of.

    Attributes:
        history: texts that were searched for, the newest last.
        saved: the saved searches.
        things: what is in the library by name.
    """

    history: Sequence[str] = ()
    saved: Sequence[SavedSearch] = ()
    things: Sequence[Thing] = field(default_factory=tuple)


def suggestions(text: str, sources: Sources) -> list[Suggestion]:
    """Return what to offer for a text, at most :data:`MOST`, what is of one kind together.

    Args:
        text: what stands in the field, up to the cursor at its end.
        sources: what there is.
    """
    if not text.strip():
        return [Suggestion("history", each, each) for each in reversed(sources.history[-MOST:])]
    opened = _OPEN.search(text)
    if opened is not None and (opened[2].lower() in _VALUES or opened[2].lower() == "is"):
        return _values(text, opened, sources.things)
    typed = folded(" ".join(text.split()))
    saved = _saved(typed, sources.saved)
    known = {each.whole for each in saved} | {text.strip()}
    history = [each for each in _history(typed, sources.history) if each.whole not in known]
    things = _things(text, sources.things)
    found = saved[:_SAVED] + history[:_HISTORY] + _some_of_each(things)
    found = found[: MOST - _FILTERS] + _filters(text)[:_FILTERS]
    found += [each for each in history + things if each not in found]
    order = get_args(Kind)
    return sorted(found[:MOST], key=lambda each: order.index(each.kind))


def _some_of_each(offers: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the first few of each kind."""
    seen: Counter[str] = Counter()
    found = []
    for offer in offers:
        seen[offer.kind] += 1
        if seen[offer.kind] <= _THINGS:
            found.append(offer)
    return found


def _saved(typed: str, searches: Iterable[SavedSearch]) -> list[Suggestion]:
    found = []
    for search in searches:
        ranks = [_rank(typed, folded(text), anywhere=True) for text in (search.name, search.text)]
        known = [rank for rank in ranks if rank is not None]
        if known:
            beside = search.text if search.text != search.name else ""
            offer = Suggestion(
                "saved",
                search.name,
                search.text,
                beside,
                bold=_bold(typed, search.name),
                saved=search,
            )
            found.append((min(known), offer))
    return [offer for _, offer in sorted(found, key=lambda each: each[0])]


def _history(typed: str, texts: Sequence[str]) -> list[Suggestion]:
    found = []
    for text in reversed(texts):
        rank = _rank(typed, folded(text), anywhere=True)
        if rank is not None:
            found.append((rank, Suggestion("history", text, text, bold=_bold(typed, text))))
    return [offer for _, offer in sorted(found, key=lambda each: each[0])]


def _values(text: str, opened: re.Match[str], things: Sequence[Thing]) -> list[Suggestion]:
    """Return the values of the filter that is being typed at the end of a text."""
    before = text[: opened.start()] + opened[1]
    typed = folded((opened[4] or opened[5] or "").strip())
    if opened[2].lower() == "is":
        return [
            Suggestion("filter", flag, f"{before}is:{flag} ", bold=_bold(typed, flag))
            for flag in get_args(FlagName)
            if flag.startswith(typed) and flag != typed
        ][:MOST]
    kinds = _VALUES[opened[2].lower()]
    wanted = [thing for thing in things if thing.kind in kinds]
    return [_offer(thing, before, typed) for thing in _ranked(typed, wanted)][:MOST]


def _things(text: str, things: Sequence[Thing]) -> list[Suggestion]:
    """Return what has a name that begins like the last words of a text."""
    found: dict[str, Suggestion] = {}
    for start in _starts(text):
        typed = folded(" ".join(text[start:].split()))
        if len(typed) >= _LEAST_LETTERS:
            for thing in _ranked(typed, things):
                found.setdefault(f"{thing.kind} {id(thing)}", _offer(thing, text[:start], typed))
    return list(found.values())


def _filters(text: str) -> list[Suggestion]:
    """Return the filters that begin like the last word of a text."""
    start = _starts(text)[-1:]
    typed = text[start[0] :].lower() if start else ""
    if len(typed) < _LEAST_LETTERS:
        return []
    before = text[: start[0]]
    names = [
        Suggestion(
            "filter", f"{name}:", f"{before}{name}:", example, None, (0, len(typed)), is_open=True
        )
        for name, example in FILTERS.items()
        if name.startswith(typed)
    ]
    flags = [
        Suggestion("filter", f"is:{flag}", f"{before}is:{flag} ", bold=(3, 3 + len(typed)))
        for flag in get_args(FlagName)
        if flag.startswith(typed)
    ]
    return names + flags


def _starts(text: str) -> list[int]:
    """Return where the last words of a text begin, the most first; none after a space."""
    if text[-1:].isspace():
        return []
    return [word.start() for word in re.finditer(r"\S+", text)][-_MOST_WORDS:]


def _ranked(typed: str, things: Iterable[Thing]) -> list[Thing]:
    """Return what has the typed words in its name, the best first."""
    found = []
    for thing in things:
        rank = _rank(typed, thing.folded, anywhere=False)
        if rank is not None and thing.facet.photos:
            found.append((rank, -thing.facet.photos, thing))
    found.sort(key=lambda each: each[:2])
    return [thing for *_, thing in found[: 2 * MOST] if thing.facet.query]


def _offer(thing: Thing, before: str, typed: str) -> Suggestion:
    # "A dog in Porto" is a dog, and not a dog that is in something.
    head = _LINK.sub("", before)
    return Suggestion(
        thing.kind,
        thing.name,
        f"{head}{thing.facet.query} ",
        thing.beside,
        thing.facet.photos,
        _bold(typed, thing.name),
    )


def _rank(typed: str, text: str, *, anywhere: bool) -> int | None:
    """Return how well a text begins with what is typed, 0 for the best; None for not at all."""
    at = text.find(typed)
    if at == 0:
        return 0
    while at > 0:
        if not text[at - 1].isalnum():
            return 1
        if anywhere:
            return 2
        at = text.find(typed, at + 1)
    return None


def _bold(typed: str, text: str) -> tuple[int, int] | None:
    """Return which characters of a text are what was typed, where they can be told."""
    places = [place for place, char in enumerate(text) for _ in folded(char)]
    plain = "".join(map(folded, text))
    starts = [match.start() for match in re.finditer(re.escape(typed), plain)] if typed else []
    if not starts:
        return None
    words = [at for at in starts if at == 0 or not plain[at - 1].isalnum()]
    start = (words or starts)[0]
    return places[start], places[start + len(typed) - 1] + 1
