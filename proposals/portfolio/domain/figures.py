"""Figures as people write them: £25,000, 12.5%, 1.2m."""

import re
from decimal import Decimal

_FIGURE = re.compile(r"([-\u2212]?)£?(\d+(?:,\d{3})*|\d*)(\.\d+)?([km]?)%?", re.ASCII | re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def figure(said: str) -> Decimal | None:
    """The number somebody wrote, or None where it is none."""
    found = _FIGURE.fullmatch("".join(said.split()))
    if found is None or not (found[2] or found[3]):
        return None
    sign = -1 if found[1] else 1
    return sign * Decimal((found[2].replace(",", "") or "0") + (found[3] or "")) * _TIMES[found[4].lower()]


def pounds(whole: int) -> str:
    """£25,000."""
    return f"£{whole:,}"
