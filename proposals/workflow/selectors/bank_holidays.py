"""Working days in England and Wales: Monday to Friday without bank holidays, one-off ones included."""

from datetime import date, timedelta
from functools import cache

from proposals.workflow.domain import days
from proposals.workflow.domain.bank_holidays import bank_holidays


def working_day_after(start: date, count: int) -> date:
    """The `count`-th working day after `start`."""
    return days.after(start, count, _around(start.year))


def clear_days_before(end: date, count: int) -> date:
    """The last day on which there still lie `count` clear working days between it and `end`."""
    return days.before(end, count, _around(end.year))


def first_day_with_clear(start: date, count: int) -> date:
    """The first working day before which, from `start` on, there still lie `count` clear working days."""
    day = working_day_after(start, count)
    while clear_days_before(day, count) < start or not days.is_working(day, _around(day.year)):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days have begun after `start`, `end` included."""
    return days.between(start, end, _around(start.year, end.year))


@cache
def _around(first: int, last: int | None = None) -> frozenset[date]:
    """The bank holidays of these years and of those beside them."""
    return frozenset().union(*(bank_holidays(year) for year in range(first - 1, (last or first) + 2)))
