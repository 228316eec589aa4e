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
