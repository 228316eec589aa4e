"""Working days: Monday to Friday without the bank holidays of England that are given."""

from collections.abc import Collection
from datetime import date, timedelta


def is_working(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def after(start: date, count: int, holidays: Collection[date] = ()) -> date:
    """The `count`-th working day after `start`."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working(day, holidays)
    return day


def before(end: date, count: int, holidays: Collection[date] = ()) -> date:
    """The last day on which there still lie `count` clear working days between it and `end`."""
    day = end - timedelta(days=1)
    while count:
        count -= is_working(day, holidays)
        day -= timedelta(days=1)
    while not is_working(day, holidays):
        day -= timedelta(days=1)
    return day


def between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days have begun after `start`, `end` included; none where it lies before."""
    whole = max((end - start).days, 0)
    weeks, rest = divmod(whole, 7)
    spare = sum(is_working(end - timedelta(days=back)) for back in range(rest))
    return weeks * 5 + spare - sum(start < day <= end and day.weekday() < 5 for day in holidays)


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; for 29 February, where there was none, the day before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
