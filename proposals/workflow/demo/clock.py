"""Another day, for as long as a step of the demo takes: what it tells happened over months, not at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

from proposals.portfolio import templates
from proposals.portfolio.models import Template
from workspaces.models import Organisation

# The demo tells of nothing before this day.
FIRST_DAY = date(2020, 1, 1)
OPENS, STEP = time(9, 10), timedelta(minutes=25)


def day_before(ago: int) -> date:
    """That many days before today; a weekend counts as the Friday before it."""
    day = timezone.localdate(datetime.now(UTC)) - timedelta(days=ago)
    if ago > 0:
        day -= timedelta(days=max(0, day.weekday() - 4))
    return max(day, FIRST_DAY)


class Clock:
    """Gives each step a moment on its day, always after the one before."""

    def __init__(self) -> None:
        self._last = timezone.make_aware(datetime.combine(FIRST_DAY, OPENS)) - STEP

    @contextmanager
    def on(self, ago: int) -> Iterator[None]:
        """Whatever asks for the time in here is told that day; today is told as it is."""
        if ago <= 0:
            yield
            return
        opens = timezone.make_aware(datetime.combine(day_before(ago), OPENS))
        self._last = moment = max(opens, self._last + STEP)
        began = datetime.now(UTC)

        class Told(datetime):
            """The date and time as `timezone.now` asks for it: it goes on from that moment."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Told":
                return cls.fromtimestamp((moment + (datetime.now(UTC) - began)).timestamp(), tz)

        def newest(stage: str, _day: date, organisation: Organisation | None = None) -> Template | None:
            """Texts of the demo answer the questions of today, also where they are older than those."""
            return in_force(stage, began.date(), organisation)

        # Defaults of fields hold the function itself, so the clock is put back beneath it.
        in_force = templates.in_force
        vars(timezone)["datetime"], vars(templates)["in_force"] = Told, newest
        try:
            yield
        finally:
            vars(timezone)["datetime"], vars(templates)["in_force"] = datetime, in_force
