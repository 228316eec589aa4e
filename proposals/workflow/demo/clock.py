"""Another day, for as long as a step of the demo takes: what it tells happened over months, not at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

# Before this day no template is in force.
FIRST_DAY = date(2026, 1, 1)
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

        # Defaults of fields hold the function itself, so the clock is put back beneath it.
        vars(timezone)["datetime"] = Told
        try:
            yield
        finally:
            vars(timezone)["datetime"] = datetime
