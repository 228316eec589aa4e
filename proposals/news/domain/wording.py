"""How a mail of news is called, and where its links lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news as a mail shows it."""

    headline: str
    text: str
    at: datetime
    link: str


def subject(lines: Sequence[Line], about: str) -> str:
    """What it is, for whoever decides by the subject whether to open it; `about` may be empty."""
    what = lines[0].headline if len(lines) == 1 else f"{len(lines)} new things"
    return f"{what} ({about})" if about else what
