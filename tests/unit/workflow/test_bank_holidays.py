"""Working days, as England and Wales count them."""

from datetime import date

import pytest
from holidays import country_holidays

from proposals.workflow.domain.bank_holidays import bank_holidays
from proposals.workflow.selectors.bank_holidays import (
    clear_days_before,
    first_day_with_clear,
    working_day_after,
    working_days_between,
)


def test_papers_before_a_meeting() -> None:
    """[WF103] Five clear days; the second one over Christmas, and over a bank holiday in a later year."""
    assert clear_days_before(date(2026, 12, 11), 5) == date(2026, 12, 3)
    assert clear_days_before(date(2027, 1, 4), 5) == date(2026, 12, 22)
    assert clear_days_before(date(2027, 5, 7), 5) == date(2027, 4, 28)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 6, 1), date(2026, 6, 29)),
        (date(2026, 12, 7), date(2027, 1, 7)),  # Christmas, its substitute and New Year
        (date(2022, 9, 1), date(2022, 9, 30)),  # the day of a state funeral
    ],
)
def test_asking_again(start: date, last: date) -> None:
    """[WF103] [WF95] Twenty working days."""
    assert working_day_after(start, 20) == last


def test_the_first_meeting_in_time() -> None:
    """[WF103] Over Christmas, and from a Saturday on."""
    assert first_day_with_clear(date(2026, 12, 3), 5) == date(2026, 12, 11)
    assert first_day_with_clear(date(2026, 12, 22), 5) == date(2027, 1, 4)
    assert first_day_with_clear(date(2026, 11, 28), 5) == date(2026, 12, 8)


def test_waiting() -> None:
    """[WF103] Over Easter, and never less than nothing."""
    assert working_days_between(date(2026, 4, 1), date(2026, 4, 8)) == 3
    assert working_days_between(date(2026, 12, 23), date(2027, 1, 5)) == 6
    assert working_days_between(date(2026, 4, 8), date(2026, 4, 1)) == 0


@pytest.mark.parametrize("year", range(2000, 2101))
def test_as_the_library_has_them(year: int) -> None:
    """[WF103] Bank holidays from Monday to Friday, those proclaimed for one year and those moved included."""
    known = country_holidays("GB", subdiv="ENG", years=year, observed=True)
    assert sorted(bank_holidays(year)) == sorted(day for day in known if day.weekday() < 5)
