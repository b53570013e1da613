"""Dates in words are the right days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from query_table import NOW

from inphotos.search.query import DateRange, parse


def range_of(text: str, now: datetime = NOW, **options: bool) -> DateRange:
    (filter_,) = parse(text, now=now, **options).filters
    assert isinstance(filter_.condition, DateRange)
    return filter_.condition


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", "2019-01-01", "2020-01-01"),
        ("date:2023-07", "2023-07-01", "2023-08-01"),
        ("date:2023-12", "2023-12-01", "2024-01-01"),
        ("date:2020-02-29", "2020-02-29", "2020-03-01"),
        ("date:2021..2023", "2021-01-01", "2024-01-01"),
        ("date:2021-03..2021-05-10", "2021-03-01", "2021-05-11"),
        ("date:2021..2021-03", "2021-01-01", "2022-01-01"),
        ("date:2021..", "2021-01-01", None),
        ("date:..2021", None, "2022-01-01"),
        ("date:>2020", "2021-01-01", None),
        ("date:>=2020", "2020-01-01", None),
        ("date:<2020", None, "2020-01-01"),
        ("date:<=2020", None, "2021-01-01"),
        ("after:2020", "2020-01-01", None),
        ("before:2020", None, "2020-01-01"),
        ("since 2020", "2020-01-01", None),
        ("after 2020", "2021-01-01", None),
        ("before 2020", None, "2020-01-01"),
        ("until june 2016", None, "2016-07-01"),
        ("yesterday", "2026-11-20", "2026-11-21"),
        ("two weeks ago", "2026-11-02", "2026-11-09"),
        ("last 7 days", "2026-11-15", "2026-11-22"),
        ("last 2 weeks", "2026-11-08", "2026-11-22"),
        ("last 3 months", "2026-08-22", "2026-11-22"),
        ("past year", "2025-11-22", "2026-11-22"),
        ("last weekend", "2026-11-14", "2026-11-16"),
        ("last summer", "2026-06-01", "2026-09-01"),
        ("winter 2019", "2019-12-01", "2020-03-01"),
        ("spring 2019", "2019-03-01", "2019-06-01"),
        ("christmas 2019", "2019-12-24", "2019-12-27"),
        ("easter 2021", "2021-04-02", "2021-04-06"),
        ("easter sunday 2024", "2024-03-31", "2024-04-01"),
        ("new year's eve 2020", "2020-12-31", "2021-01-01T06:00"),
        ("new year 2020", "2019-12-31", "2020-01-02"),
        ("halloween 2018", "2018-10-31", "2018-11-01"),
        ("valentine's day 2022", "2022-02-14", "2022-02-15"),
        ("thanksgiving 2019", "2019-11-28", "2019-11-29"),
        ("thanksgiving 2018", "2018-11-22", "2018-11-23"),
        ("the 90s", "1990-01-01", "2000-01-01"),
        ("in the 20s", "2020-01-01", "2030-01-01"),
        ("in the 30s", "1930-01-01", "1940-01-01"),
        ("in the late 90s", "1996-01-01", "2000-01-01"),
        ("in the mid 2010s", "2013-01-01", "2017-01-01"),
        ("between 2018 and 2020", "2018-01-01", "2021-01-01"),
        ("november to february 2021", "2020-11-01", "2021-03-01"),
        ("3-10 july 2019", "2019-07-03", "2019-07-11"),
        ("5.3.2020", "2020-03-05", "2020-03-06"),
    ],
)
def test_a_date_is_these_days(text: str, start: str | None, end: str | None) -> None:
    assert range_of(text) == DateRange(
        datetime.fromisoformat(start) if start else None,
        datetime.fromisoformat(end) if end else None,
    )


def test_seasons_are_turned_around_in_the_south() -> None:
    summer = DateRange(datetime(2019, 12, 1), datetime(2020, 3, 1))
    assert range_of("summer 2019", southern=True) == summer
    winter = DateRange(datetime(2019, 6, 1), datetime(2019, 9, 1))
    assert range_of("winter 2019", southern=True) == winter
    spring = DateRange(datetime(2026, 9, 1), datetime(2026, 12, 1))
    assert range_of("this spring", southern=True) == spring


def test_the_order_of_day_and_month_can_be_chosen() -> None:
    july = DateRange(datetime(2023, 7, 4), datetime(2023, 7, 5))
    april = DateRange(datetime(2023, 4, 7), datetime(2023, 4, 8))
    assert range_of("4/7/2023") == april
    assert range_of("4/7/2023", day_first=True) == july
    assert range_of("2023-07-04", day_first=True) == july
    assert range_of("4.7.2023") == july


@pytest.mark.parametrize(
    ("now", "text", "year"),
    [
        (datetime(2026, 7, 15), "last summer", 2025),
        (datetime(2026, 7, 15), "this summer", 2026),
        (datetime(2026, 9, 1), "last summer", 2026),
        (datetime(2026, 3, 1), "this summer", 2025),
        (datetime(2026, 1, 15), "this winter", 2025),
        (datetime(2026, 1, 15), "last winter", 2024),
        (datetime(2026, 7, 15), "in july", 2026),
        (datetime(2026, 7, 15), "last july", 2025),
        (datetime(2026, 12, 24, 18), "last christmas", 2025),
        (datetime(2026, 12, 27), "last christmas", 2026),
        (datetime(2026, 2, 1), "last december", 2025),
    ],
)
def test_the_last_one_is_over_and_this_one_has_begun(now: datetime, text: str, year: int) -> None:
    start = range_of(text, now).start
    assert start is not None
    assert start.year == year


def test_this_weekend_is_never_ahead() -> None:
    wednesday = datetime(2026, 11, 18, 9)
    assert range_of("this weekend", wednesday).start == datetime(2026, 11, 14)


def test_the_31st_of_march_was_a_month_before_no_day() -> None:
    assert range_of("last month", datetime(2026, 3, 31)).start == datetime(2026, 2, 1)
    last = range_of("last 1 months", datetime(2026, 3, 31))
    assert last == DateRange(datetime(2026, 3, 1), datetime(2026, 4, 1))


def test_the_29th_of_february_is_not_in_every_year() -> None:
    assert range_of("on february 29").start == datetime(2024, 2, 29)
    (concept,) = parse("on february 30", now=NOW).concepts
    assert concept.text == "on february 30"


PAST = st.dates(min_value=datetime(1900, 1, 1).date(), max_value=NOW.date())


@settings(deadline=None)
@given(PAST, st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %B %Y}", "{:%b %d, %Y}"]))
def test_any_day_is_found_among_words(day: datetime, form: str) -> None:
    query = parse(f"dog {form.format(day)} beach", now=NOW)
    start = datetime(day.year, day.month, day.day)
    assert [concept.text for concept in query.concepts] == ["dog beach"]
    assert query.filters[0].condition == DateRange(start, start + timedelta(days=1))


@settings(deadline=None)
@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2090, 1, 1)),
    st.sampled_from(["last", "this"]),
    st.sampled_from(
        ["week", "weekend", "month", "year", "summer", "winter", "july", "monday", "easter", "nye"]
    ),
)
def test_what_was_last_or_is_now_has_begun(now: datetime, which: str, what: str) -> None:
    if which == "this" and what == "monday":
        which = "this past"
    (filter_,) = parse(f"{which} {what}", now=now).filters
    assert isinstance(filter_.condition, DateRange)
    start, end = filter_.condition.start, filter_.condition.end
    assert start is not None
    assert end is not None
    assert start <= now
    assert which != "last" or end <= now
