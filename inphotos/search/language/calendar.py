"""Periods of the calendar that people have a name for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import TH, relativedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: The first month of each, of three whole months as in meteorology, in the north.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
SEASONS = (*_SEASONS, "fall")

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the meaning of a date depends on.

    Attributes:
        now: the time of the query, without a time zone.
        southern: summer is in December.
        day_first: 4/7/2023 is in July; otherwise in April.
    """

    now: datetime
    southern: bool = False
    day_first: bool = False

    @property
    def today(self) -> date:
        """The day of the query."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Period:
    """From a time up to, but not including, another.

    Attributes:
        label: how it is called.
    """

    start: datetime
    end: datetime
    label: str


def day(of: date, name: str = "") -> Period:
    """Return one day."""
    return days(of, of, name)


def days(first: date, last: date, name: str = "") -> Period:
    """Return the days from one to another, both included."""
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        label = end
    elif (first.year, first.month) == (last.year, last.month):
        label = f"{first.day}–{end}"
    elif first.year == last.year:
        label = f"{first.day} {MONTHS[first.month - 1]} – {end}"
    else:
        label = f"{first.day} {MONTHS[first.month - 1]} {first.year} – {end}"
    midnight = time()
    return Period(
        datetime.combine(first, midnight), datetime.combine(last + _DAY, midnight), name or label
    )


def month(year_: int, number: int) -> Period:
    """Return a month of a year, 1 to 12."""
    start = datetime(year_, number, 1)
    return Period(start, start + relativedelta(months=1), f"{MONTHS[number - 1]} {year_}")


def year(number: int) -> Period:
    """Return a whole year."""
    return years(number, number)


def years(first: int, last: int) -> Period:
    """Return the years from one to another, both included."""
    label = str(first) if first == last else f"{first}–{last}"
    return Period(datetime(first, 1, 1), datetime(last + 1, 1, 1), label)


def decade(first: int) -> Period:
    """Return ten years."""
    return Period(datetime(first, 1, 1), datetime(first + 10, 1, 1), f"{first}s")


def season(name: str, year_: int, *, southern: bool) -> Period:
    """Return a season that began in a year."""
    name = "autumn" if name == "fall" else name
    first = _SEASONS[name]
    if southern:
        first = (first + 5) % 12 + 1
    start = datetime(year_, first, 1)
    end = start + relativedelta(months=3)
    across = f"/{end.year % 100:02}" if end.year > year_ else ""
    return Period(start, end, f"{name} {year_}{across}")


def _christmas(year_: int) -> tuple[date, date]:
    return date(year_, 12, 24), date(year_, 12, 26)


def _easter(year_: int) -> tuple[date, date]:
    sunday = easter(year_)
    return sunday - 2 * _DAY, sunday + _DAY


def _new_year(year_: int) -> tuple[date, date]:
    return date(year_ - 1, 12, 31), date(year_, 1, 1)


def _thanksgiving(year_: int) -> tuple[date, date]:
    thursday = date(year_, 11, 1) + relativedelta(weekday=TH(+4))
    return thursday, thursday


def _fixed(number: int, day_: int) -> Callable[[int], tuple[date, date]]:
    return lambda year_: (date(year_, number, day_), date(year_, number, day_))


#: What is called by each name, with the first and last day of it in a year. Thanksgiving is that
#: of the United States; Easter that of the western churches, from Good Friday to Monday.
_HOLIDAYS: dict[str, tuple[str, Callable[[int], tuple[date, date]]]] = {
    "christmas": ("Christmas", _christmas),
    "xmas": ("Christmas", _christmas),
    "christmas eve": ("Christmas Eve", _fixed(12, 24)),
    "christmas day": ("Christmas Day", _fixed(12, 25)),
    "boxing day": ("Boxing Day", _fixed(12, 26)),
    "easter": ("Easter", _easter),
    "easter sunday": ("Easter Sunday", lambda year_: (easter(year_), easter(year_))),
    "new year": ("New Year", _new_year),
    "new years": ("New Year", _new_year),
    "new year's": ("New Year", _new_year),
    "new year's day": ("New Year's Day", _fixed(1, 1)),
    "new years day": ("New Year's Day", _fixed(1, 1)),
    "new year's eve": ("New Year's Eve", _fixed(12, 31)),
    "new years eve": ("New Year's Eve", _fixed(12, 31)),
    "nye": ("New Year's Eve", _fixed(12, 31)),
    "halloween": ("Halloween", _fixed(10, 31)),
    "valentine's day": ("Valentine's Day", _fixed(2, 14)),
    "valentines day": ("Valentine's Day", _fixed(2, 14)),
    "st patrick's day": ("St Patrick's Day", _fixed(3, 17)),
    "thanksgiving": ("Thanksgiving", _thanksgiving),
}
HOLIDAYS = tuple(_HOLIDAYS)


def holiday(name: str, year_: int) -> Period:
    """Return a holiday of a year by one of the names in ``HOLIDAYS``."""
    called, when = _HOLIDAYS[name]
    period = days(*when(year_), f"{called} {year_}")
    if called == "New Year's Eve":  # the party ends in the new year
        return Period(period.start, period.end + timedelta(hours=6), period.label)
    return period


def latest(of_year: Callable[[int], Period], now: datetime, *, ended: bool) -> Period:
    """Return the last of what comes every year that has begun, or has ended as well.

    Raises:
        ValueError: it never comes, as the 31st of June.
    """
    for year_ in range(now.year + 1, now.year - 9, -1):  # two leap years can be 8 years apart
        try:
            period = of_year(year_)
        except ValueError:  # no 29th of February in this one
            continue
        if (period.end if ended else period.start) <= now:
            return period
    raise ValueError("no year has it")


def calendar_unit(unit: str, back: int, today: date) -> Period:
    """Return the day, week (from Monday), weekend, month or year so many before this one."""
    match unit:
        case "day":
            return day(today - back * _DAY)
        case "week":
            monday = today - (today.weekday() + 7 * back) * _DAY
            return days(monday, monday + 6 * _DAY)
        case "weekend":
            saturday = today - (today.weekday() + 7 * back - 5) * _DAY
            return days(saturday, saturday + _DAY)
        case "month":
            then = today - relativedelta(months=back)
            return month(then.year, then.month)
        case _:
            return year(today.year - back)


def span_until_now(unit: str, count: int, today: date) -> Period:
    """Return the last so many days, weeks, months or years, up to the end of today."""
    match unit:
        case "day":
            first = today - (count - 1) * _DAY
        case "week":
            first = today - (7 * count - 1) * _DAY
        case "month":
            first = today - relativedelta(months=count) + _DAY
        case _:
            first = today - relativedelta(years=count) + _DAY
    plural = f"{count} {unit}s" if count > 1 else unit
    return days(first, today, f"last {plural}" if count > 1 else f"past {unit}")


def weekday(number: int, today: date, *, before_today: bool) -> Period:
    """Return the last such day of the week (0 is Monday), today included or not."""
    back = (today.weekday() - number) % 7
    return day(today - (back or (7 if before_today else 0)) * _DAY)
