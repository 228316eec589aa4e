"""How a mail stands, and when one that could not leave is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a mail is on its way out."""

    WAITING = "waiting"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    NEEDLESS = "needless"  # when it was to leave, nothing in it was new to its reader any more


# Whoever has a mail in hand for longer than this has died over it.
LEASE = timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MOST_ATTEMPTS = 12


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts, each pause longer than the last; None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
