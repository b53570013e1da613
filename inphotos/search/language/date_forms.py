"""The forms in which a single period of time is written, such as "July 2023" or "last summer".

Each form says after what it is taken for a date: "2023-07-14" always is one, "may" only where a
date must stand, as in "in may" or "date:may".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from inphotos.search.language import calendar
from inphotos.search.language.calendar import Clock, Period

#: What stands before a date: nothing that says so; "in" or "during"; "on"; another preposition;
#: "since", "after", "before" or "until"; a range ("between"); "date:".
Context = Literal["", "in", "on", "of", "since", "until", "range", "value"]

_Reader: TypeAlias = Callable[[re.Match[str], Clock], Period | None]

_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"(?:-|–|to|until|till|through)"
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "a couple of": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_COUNT = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,3}})"

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": 9}

#: Before and after a number that is not a year.
_NUMBERED = re.compile(
    "route|highway|number|no|nr|room|bus|flight|line|area|windows|office|runner|channel|gate|"
    "mustang|ferrari|porsche"
)
_COUNTED = re.compile(
    "people|persons|men|women|soldiers|steps|pieces|items|things|dollars|euros|pounds|yen|x|×|"
    "m|km|cm|mm|metres|meters|miles|feet|ft|kg|g|calories|watts|w|px|pixels|mp|times"
)
_FOLLOWING = re.compile(r" (\S+)")


def _one_of(names: tuple[str, ...] | dict[str, int]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})"


_MONTH = _one_of(_MONTH_NUMBERS)
_SEASON = _one_of(calendar.SEASONS)
_HOLIDAY = _one_of(calendar.HOLIDAYS)
_WEEKDAY = _one_of(calendar.WEEKDAYS)


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    read: _Reader
    contexts: frozenset[str] | None  # None: everywhere


def match_period(line: str, at: int, clock: Clock, context: Context) -> tuple[Period, int] | None:
    """Read a period that begins at a word of a line.

    Args:
        line: words in lower case with one space in between.
        context: what stands before.

    Returns:
        The period and where it ends, or None when it is not clearly a date.
    """
    for form in _FORMS:
        if form.contexts is not None and context not in form.contexts:
            continue
        match = form.pattern.match(line, at)
        if match is None:
            continue
        try:
            period = form.read(match, clock)
        except (ValueError, OverflowError):  # the 31st of February, or before the year 1
            continue
        if period is not None and (context == "value" or not _is_a_number(match)):
            return period, match.end()
    return None


def _is_a_number(match: re.Match[str]) -> bool:
    """Whether what looks like a year only counts something, or is the name of something."""
    if not re.fullmatch(_YEAR, match[0]):
        return False
    line, start = match.string, match.start() - 1
    before = line[line.rfind(" ", 0, max(start, 0)) + 1 : max(start, 0)]
    after = _FOLLOWING.match(line, match.end())
    if _NUMBERED.fullmatch(before):
        return True
    return after is not None and _COUNTED.fullmatch(after[1]) is not None


def _iso_day(match: re.Match[str], _clock: Clock) -> Period:
    return calendar.day(date(int(match["y"]), int(match["m"]), int(match["d"])))


def _written_day(match: re.Match[str], clock: Clock) -> Period:
    # With dots the day comes first wherever that is written.
    first = clock.day_first or "." in match[0]
    return _parsed_day(match[0], clock.today.year, day_first=first)


def _day_this_year(match: re.Match[str], clock: Clock) -> Period:
    def of_year(year: int) -> Period:
        return _parsed_day(match[0], year)

    return calendar.latest(of_year, clock.now, ended=False)


def _parsed_day(text: str, year: int, *, day_first: bool = False) -> Period:
    from dateutil.parser import parse  # few queries have a day in them

    return calendar.day(parse(text, dayfirst=day_first, default=datetime(year, 1, 1)).date())


def _days(match: re.Match[str], _clock: Clock) -> Period:
    year, month = int(match["y"]), _MONTH_NUMBERS[match["month"]]
    first, last = sorted(int(re.sub(r"\D", "", match[name])) for name in ("a", "b"))
    return calendar.days(date(year, month, first), date(year, month, last))


def _months(match: re.Match[str], _clock: Clock) -> Period:
    last_year = int(match["y"])
    first, last = (_MONTH_NUMBERS[match[name]] for name in ("a", "b"))
    begin = calendar.month(last_year - (first > last), first)
    end = calendar.month(last_year, last)
    start_label = begin.label if first > last else calendar.MONTHS[first - 1]
    return Period(begin.start, end.end, f"{start_label} – {end.label}")


def _month(match: re.Match[str], _clock: Clock) -> Period:
    return calendar.month(int(match["y"]), _MONTH_NUMBERS[match["month"]])


def _iso_month(match: re.Match[str], _clock: Clock) -> Period:
    return calendar.month(int(match["y"]), int(match["m"]))


def _season(match: re.Match[str], clock: Clock) -> Period | None:
    year = int(match["y"])
    until = match.groupdict().get("until")
    if until and int(until) % 100 != (year + 1) % 100:
        return None
    return calendar.season(match["season"], year, southern=clock.southern)


def _holiday(match: re.Match[str], _clock: Clock) -> Period:
    return calendar.holiday(match["holiday"], int(match["y"]))


def _named(match: re.Match[str], clock: Clock) -> Period:
    """Read a season, holiday or month without its year: the last one."""
    name = match["name"]

    def of_year(year: int) -> Period:
        if name in calendar.SEASONS:
            return calendar.season(name, year, southern=clock.southern)
        if name in calendar.HOLIDAYS:
            return calendar.holiday(name, year)
        return calendar.month(year, _MONTH_NUMBERS[name])

    return calendar.latest(of_year, clock.now, ended=match.groupdict().get("which") == "last")


def _unit(match: re.Match[str], clock: Clock) -> Period:
    unit = match["unit"]
    if match["which"] == "past" and unit != "weekend":
        return calendar.span_until_now(unit, 1, clock.today)
    back = 0 if match["which"] == "this" else 1
    period = calendar.calendar_unit(unit, back, clock.today)
    if period.start > clock.now:  # "this weekend", said on a Wednesday
        period = calendar.calendar_unit(unit, back + 1, clock.today)
    return period


def _ago(match: re.Match[str], clock: Clock) -> Period:
    return calendar.calendar_unit(match["unit"], _count(match["n"]), clock.today)


def _last_units(match: re.Match[str], clock: Clock) -> Period | None:
    count = _count(match["n"])
    return calendar.span_until_now(match["unit"], count, clock.today) if count else None


def _near_day(match: re.Match[str], clock: Clock) -> Period:
    back = {"today": 0, "yesterday": 1}.get(match[0], 2)
    return calendar.calendar_unit("day", back, clock.today)


def _weekday(match: re.Match[str], clock: Clock) -> Period:
    number = calendar.WEEKDAYS.index(match["weekday"])
    past = "last" in (match.groupdict().get("which") or "")
    return calendar.weekday(number, clock.today, before_today=past)


def _decade(match: re.Match[str], clock: Clock) -> Period:
    digits = match["decade"].strip("'")[:-1]
    first = int(digits)
    if len(digits) == 2:
        first += 2000 if first <= clock.today.year % 100 else 1900
    part = match.groupdict().get("part")
    if part is None:
        return calendar.decade(first)
    begin, end = {"early": (0, 4), "mid": (3, 7), "late": (6, 10)}[part]
    return Period(datetime(first + begin, 1, 1), datetime(first + end, 1, 1), f"{part} {first}s")


def _bare_year(match: re.Match[str], clock: Clock) -> Period | None:
    year = int(match["y"])
    return calendar.year(year) if 1900 <= year <= clock.today.year else None


def _year(match: re.Match[str], _clock: Clock) -> Period:
    return calendar.year(int(match["y"]))


def _years(match: re.Match[str], clock: Clock) -> Period | None:
    first, last = int(match["a"]), int(match["b"])
    if not 1900 <= first < last <= clock.today.year:
        return None
    return calendar.years(first, last)


def _count(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _form(pattern: str, read: _Reader, *contexts: Context) -> _Form:
    whole = re.compile(rf"(?:{pattern})(?!\S)")
    return _Form(whole, read, frozenset(contexts) if contexts else None)


_DECADE = r"(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:1[89]|20)\d0s|'?\d0s)"
_LAST = r"(?P<which>last|this past|this)"

#: The first that fits is taken, so the longer ones come first.
_FORMS = (
    _form(rf"(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)", _iso_day),
    _form(rf"\d\d?([-/.])\d\d?\1{_YEAR}", _written_day),
    _form(rf"(?:the )?{_DAY} (?:of )?{_MONTH} (?:of )?{_YEAR}", _written_day),
    _form(rf"{_MONTH} (?:the )?{_DAY} (?:of )?{_YEAR}|{_YEAR} {_MONTH} {_DAY}", _written_day),
    _form(
        rf"(?:from |between )?(?P<a>{_DAY}) ?(?:{_TO}|and) ?(?P<b>{_DAY}) (?:of )?"
        rf"(?P<month>{_MONTH}) (?P<y>{_YEAR})",
        _days,
    ),
    _form(rf"between (?P<a>{_MONTH}) and (?P<b>{_MONTH}) (?:of )?(?P<y>{_YEAR})", _months),
    _form(rf"(?:from )?(?P<a>{_MONTH}) ?{_TO} ?(?P<b>{_MONTH}) (?:of )?(?P<y>{_YEAR})", _months),
    _form(rf"(?:last )?(?P<month>{_MONTH}) (?:of )?(?P<y>{_YEAR})", _month),
    _form(rf"(?P<y>{_YEAR}) (?P<month>{_MONTH})(?! {_YEAR})", _month),
    _form(
        rf"(?:last )?(?P<season>{_SEASON}) (?:of |in )?(?P<y>{_YEAR})"
        r"(?:[-/–](?P<until>\d\d(?:\d\d)?))?",
        _season,
    ),
    _form(rf"(?P<y>{_YEAR}) (?P<season>{_SEASON})(?! {_YEAR})", _season),
    _form(rf"(?:last )?(?P<holiday>{_HOLIDAY}) (?:of |in )?(?P<y>{_YEAR})", _holiday),
    _form(rf"(?P<y>{_YEAR}) (?P<holiday>{_HOLIDAY})(?! {_YEAR})", _holiday),
    _form(rf"(?P<y>{_YEAR})[-/](?P<m>\d\d?)", _iso_month),
    _form(rf"(?P<a>{_YEAR})[-–](?P<b>{_YEAR})", _years),
    _form(rf"(?P<which>last) (?P<name>{_SEASON}|{_HOLIDAY}|{_MONTH})", _named),
    # "this may be a dog" and "this march" are no dates.
    _form(rf"(?P<which>this) (?!may|mar)(?P<name>{_SEASON}|{_HOLIDAY}|{_MONTH})", _named),
    _form(r"(?P<which>last|past|this past|this) (?P<unit>weekend|week|month|year)", _unit),
    _form(rf"(?P<n>{_COUNT}) (?P<unit>day|week|month|year)s? ago", _ago),
    _form(rf"(?:last|past|previous) (?P<n>{_COUNT}) (?P<unit>day|week|month|year)s?", _last_units),
    _form(r"today|yesterday|(?:the )?day before yesterday", _near_day),
    _form(rf"{_LAST} (?P<weekday>{_WEEKDAY})", _weekday),
    _form(_DECADE, _decade, "in", "of", "since", "until", "range", "value"),
    # "1950s diner" is a style; at the end it is a time, and "the 90s" as well.
    _form(rf"(?<=the ){_DECADE}$", _decade),
    _form(r"(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:1[89]|20)\d0s)$", _decade),
    _form(rf"(?P<y>{_YEAR})", _year, "value"),
    _form(rf"(?P<y>{_YEAR})", _bare_year),
    _form(
        rf"{_MONTH} (?:the )?{_DAY}|(?:the )?{_DAY} (?:of )?{_MONTH}",
        _day_this_year,
        "on",
        "since",
        "until",
        "value",
    ),
    _form(rf"(?P<name>{_MONTH})", _named, "in", "since", "until", "value"),
    _form(rf"(?P<weekday>{_WEEKDAY})", _weekday, "on", "since", "value"),
    _form(rf"(?P<name>{_SEASON}|{_HOLIDAY})", _named, "since", "value"),
)
