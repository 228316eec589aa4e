"""Bank holidays in England and Wales since 2000: the rules of every year, and what was proclaimed for one."""

from datetime import date, timedelta

from proposals.workflow.domain.days import after

# What is proclaimed for one year is a row here; a test compares all with a library that knows.
MOVED = {
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
ONCE = (
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)


def bank_holidays(year: int) -> frozenset[date]:
    """Those on Monday to Friday: a day at the weekend is made up for by the next one that is free."""
    sunday = easter(year)
    rules = [
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    ]
    days = {MOVED.get(day, day) for day in rules} | {day for day in ONCE if day.year == year}
    # The last first: of Christmas on a Sunday and Boxing Day on a Monday, Christmas is made up for.
    for day in (date(year, 12, 26), date(year, 12, 25), date(year, 1, 1)):
        days.add(after(day - timedelta(days=1), 1, days))
    return frozenset(days)


def easter(year: int) -> date:
    """Easter Sunday, by the reckoning of J.-M. Oudin (1940)."""
    century = year // 100
    golden = year % 19
    correction = (century - (century - 17) // 25) // 3
    epact = (century - century // 4 - correction + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    number = epact - weekday
    month = 3 + (number + 40) // 44
    return date(year, month, number + 28 - 31 * (month // 4))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
