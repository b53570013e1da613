"""Finds dates in words, and reads the values of ``date:``, ``after:`` and ``before:``.

The grammar is strict, because a wrong guess hides photos: what is not clearly a date stays a
word. A day that it recognises is read by dateutil, which also knows when Easter is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from inphotos.search.language.calendar import Clock, Period
from inphotos.search.language.conditions import DateRange
from inphotos.search.language.date_forms import Context, match_period

#: Edges of a word that are no part of it.
_EDGES = "()[]{},;:!?.…"

#: A cheap test of whether a date can begin at a word.
_MAY_BEGIN = re.compile(
    r"\d|'\d|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|taken|shot|"
    r"made|captured|in|during|on|from|of|at|over|around|for|within|the|last|this|past|previous|"
    r"since|after|before|until|till|between|today|yesterday|day|early|mid|late|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|"
    r"christmas|xmas|boxing|easter|new|nye|halloween|valentine|st|thanksgiving|"
    r"show|find|all|any|my|our|photo|picture|pics|image|snapshots)"
)
_SUBJECT = re.compile(
    r"(?:(?:show|find|me|all|any|my|our|the) )*(?:photos?|pictures?|pics|images?|snapshots) "
)
_BEFORE = re.compile(
    r"(?:(?:taken|shot|made|captured) )?"
    r"(?:(?P<word>in|during|on|from|of|at|over|around|for|within) )?(?:the )?"
)
_CONTEXTS: dict[str, Context] = {"in": "in", "during": "in", "on": "on"}
_SIDE = re.compile(r"(?:taken )?(?P<word>since|after|before|until|till) (?:the )?")
_RANGE_START = re.compile(r"(?:(?:taken )?(?P<word>between|from) )?(?:the )?")
_TO = re.compile(r" (?:-|–|to|until|till|through) (?:the )?")
_AND = re.compile(r" and (?:the )?")
_CONJUNCTIONS = frozenset({"and", "or", "&"})
_COMPARISON = re.compile(r"(>=|<=|>|<|≥|≤)\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a sequence of words.

    Attributes:
        first, last: the words from one up to, but not including, the other.
        range: when.
        label: how it is called.
        alternative: it follows the one before, perhaps after a conjunction, and a photo may be of
            either.
    """

    first: int
    last: int
    range: DateRange
    label: str
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    range: DateRange
    label: str
    end: int


def find_dates(words: Sequence[str], clock: Clock, *, opening: bool) -> list[FoundDate]:
    """Find the dates in consecutive words, from left to right.

    Args:
        opening: the words begin the query, so that "photos from" before a date says nothing more.
    """
    plain = [_plain(word) for word in words]
    line = " ".join(plain)
    starts = [0, *accumulate(len(word) + 1 for word in plain)]
    word_at = {start: number for number, start in enumerate(starts)}
    found: list[FoundDate] = []
    at = 0
    while at < len(words):
        match = None
        if _MAY_BEGIN.match(plain[at]):
            match = _expression(line, starts[at], clock, opening=opening and at == 0)
        if match is None:
            at += 1
            continue
        last = word_at[match.end + 1]
        alternative = bool(found) and _is_alternative(found[-1], match, plain[found[-1].last : at])
        found.append(FoundDate(at, last, match.range, match.label, alternative))
        at = last
    return found


def is_conjunction(word: str) -> bool:
    """Whether a word between two dates only joins them."""
    return _plain(word) in _CONJUNCTIONS


def read_date(value: str, clock: Clock) -> tuple[DateRange, str] | None:
    """Read the value of ``date:``: a date as in words, a comparison, or a range with ``..``.

    Returns:
        The range and how it is called, or None when it is no date.
    """
    text = value.strip()
    first, dots, last = text.partition("..")
    if dots:
        return _read_range(first, last, clock)
    compared = _COMPARISON.fullmatch(text)
    if compared is not None:
        return _read_comparison(compared[1], compared[2], clock)
    for line in _spellings(text):
        match = _expression(line, 0, clock, opening=False, context="value")
        if match is not None and match.end == len(line):
            return match.range, match.label
    return None


def read_since(value: str, clock: Clock) -> tuple[DateRange, str] | None:
    """Read the value of ``after:``: from the beginning of the date on, as Gmail does."""
    return _read_comparison(">=", value, clock)


def read_before(value: str, clock: Clock) -> tuple[DateRange, str] | None:
    """Read the value of ``before:``: up to the beginning of the date."""
    return _read_comparison("<", value, clock)


def _is_alternative(before: FoundDate, after: _Match, between: Sequence[str]) -> bool:
    """Whether one of two dates is enough: no photo is of both "2018 and 2019"."""
    if len(between) > 1 or (between and between[0] not in _CONJUNCTIONS):
        return False
    return list(between) == ["or"] or not before.range.overlaps(after.range)


def _expression(
    line: str, at: int, clock: Clock, *, opening: bool, context: Context = ""
) -> _Match | None:
    if opening and (subject := _SUBJECT.match(line, at)):
        match = _expression(line, subject.end(), clock, opening=False)
        if match is not None:
            return match
    return (
        _one_sided(line, at, clock)
        or _from_to(line, at, clock)
        or _single(line, at, clock, context)
    )


def _one_sided(line: str, at: int, clock: Clock) -> _Match | None:
    side = _SIDE.match(line, at)
    if side is None:
        return None
    word = side["word"]
    point = match_period(line, side.end(), clock, "since" if word == "since" else "until")
    if point is None:
        return None
    period, end = point
    match word:
        case "since":
            return _Match(DateRange(period.start, None), f"since {period.label}", end)
        case "after":
            return _Match(DateRange(period.end, None), f"after {period.label}", end)
        case "before":
            return _Match(DateRange(None, period.start), f"before {period.label}", end)
        case _:
            return _Match(DateRange(None, period.end), f"until {period.label}", end)


def _from_to(line: str, at: int, clock: Clock) -> _Match | None:
    start = _RANGE_START.match(line, at)
    assert start is not None  # all of it is optional
    first = match_period(line, start.end(), clock, "range" if start["word"] else "")
    if first is None:
        return None
    middle = (_AND if start["word"] == "between" else _TO).match(line, first[1])
    if middle is None:
        return None
    second = match_period(line, middle.end(), clock, "range")
    if second is None:
        return None
    range_, label = _between(first[0], second[0])
    return _Match(range_, label, second[1])


def _single(line: str, at: int, clock: Clock, context: Context) -> _Match | None:
    point = match_period(line, at, clock, context)
    if point is None:
        before = _BEFORE.match(line, at)
        assert before is not None  # all of it is optional
        if before["word"]:
            context = context or _CONTEXTS.get(before["word"], "of")
        point = match_period(line, before.end(), clock, context)
    if point is None:
        return None
    return _Match(DateRange(point[0].start, point[0].end), point[0].label, point[1])


def _read_range(first: str, last: str, clock: Clock) -> tuple[DateRange, str] | None:
    if not last.strip():
        return _read_comparison(">=", first, clock)
    if not first.strip():
        return _read_comparison("<=", last, clock)
    periods = _read_period(first, clock), _read_period(last, clock)
    if periods[0] is None or periods[1] is None:
        return None
    return _between(periods[0], periods[1])


def _read_comparison(sign: str, value: str, clock: Clock) -> tuple[DateRange, str] | None:
    period = _read_period(value, clock)
    if period is None:
        return None
    match sign:
        case ">":
            return DateRange(period.end, None), f"after {period.label}"
        case "<":
            return DateRange(None, period.start), f"before {period.label}"
        case ">=" | "≥":
            return DateRange(period.start, None), f"since {period.label}"
        case _:
            return DateRange(None, period.end), f"until {period.label}"


def _read_period(value: str, clock: Clock) -> Period | None:
    for line in _spellings(value):
        match = _expression(line, 0, clock, opening=False, context="value")
        if match is None or match.end != len(line):
            continue
        start, end = match.range.start, match.range.end
        if start is not None and end is not None:
            return Period(start, end, match.label)
    return None


def _between(first: Period, second: Period) -> tuple[DateRange, str]:
    """Return what lies between two periods, both included, in whatever order they come."""
    if second.start < first.start:
        first, second = second, first
    end = max(first.end, second.end)
    if first.label.isdecimal() and second.label.isdecimal():
        label = f"{first.label}–{second.label}" if first != second else first.label
    else:
        label = f"{first.label} – {second.label}"
    return DateRange(first.start, end), label


def _spellings(value: str) -> tuple[str, str]:
    """Return a value as words, and so that ``last-summer`` is two."""
    line = " ".join(_plain(word) for word in value.replace("_", " ").split())
    return line, " ".join(line.replace("-", " ").split())


def _plain(word: str) -> str:
    word = word.casefold().replace("’", "'")
    return word.strip(_EDGES) or word
